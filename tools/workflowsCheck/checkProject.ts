import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { canonicalText, cleaned } from './canonicalForm';
import { checkWorkflow } from './checkWorkflow';
import { structure } from './checks/structure';
import { DEMO_CREDENTIALS } from './demoCredentials';
import type { Finding } from './finding';
import { NodeCatalog } from './nodeCatalog';
import { readIfThere, readScenarioList, readShipped, readTestTitles } from './projectFiles';
import { checkScenarios } from './scenarios/checkScenarios';
import { SCENARIO_PAGE } from './scenarios/scenarioList';
import { scenarioPage } from './scenarios/scenarioPage';
import type { ShippedWorkflow } from './shippedWorkflow';

export interface ProjectReport {
	/** number of workflows */
	checked: number;
	findings: Finding[];
}

/** Holds all workflows of a project and its list of scenarios against the rules. */
export function checkProject(root: string): ProjectReport {
	const { shipped, unreadable } = readShipped(root);
	const scenarios = readScenarioList(root);
	const sound = shipped.filter(isSound);
	const context = { catalog: new NodeCatalog(root), shipped: sound, credentials: DEMO_CREDENTIALS, scenarios };
	const findings = [
		...unreadable,
		...shipped.flatMap((workflow) => checkWorkflow(workflow, context)),
		...checkScenarios(scenarios, sound, readTestTitles(root), readIfThere(root, SCENARIO_PAGE)),
	];
	return { checked: shipped.length, findings };
}

/**
 * Rewrites what can be put right without a person: the canonical form of the workflows and the page of scenarios.
 *
 * @returns the files that have changed
 */
export function writeProject(root: string): string[] {
	const workflows = readShipped(root)
		.shipped.filter(isSound)
		.map(({ file, json }) => ({ file, text: canonicalText(cleaned(json)) }));
	const page = { file: SCENARIO_PAGE, text: scenarioPage(readScenarioList(root), readTestTitles(root)) };
	const changed = [...workflows, page].filter(({ file, text }) => readIfThere(root, file) !== text);
	for (const { file, text } of changed) writeFileSync(join(root, file), text);
	return changed.map(({ file }) => file);
}

/** Other workflows are compared only with those whose structure holds. */
function isSound(workflow: ShippedWorkflow): boolean {
	return structure(workflow).length === 0;
}
