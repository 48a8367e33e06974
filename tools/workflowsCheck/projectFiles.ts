import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Finding } from './finding';
import { SCENARIO_LIST, type ScenarioList } from './scenarios/scenarioList';
import { testTitles, type TestTitle } from './scenarios/testTitles';
import { readWorkflow, type ShippedWorkflow } from './shippedWorkflow';

/** The blueprint of a vertical's portal lies beside its workflows. */
const BLUEPRINT = 'portal.json';

/** All workflows of the project in the order of their paths. A file that is no JSON becomes a finding. */
export function readShipped(root: string): { shipped: ShippedWorkflow[]; unreadable: Finding[] } {
	const shipped: ShippedWorkflow[] = [];
	const unreadable: Finding[] = [];
	for (const file of filesUnder(root, 'workflows', '.json')) {
		if (file.endsWith(`/${BLUEPRINT}`)) continue;
		try {
			shipped.push(readWorkflow(file, readFileSync(join(root, file), 'utf8')));
		} catch (error) {
			unreadable.push({ file, problem: (error as Error).message, remedy: 'Mend the JSON' });
		}
	}
	return { shipped, unreadable };
}

export function readScenarioList(root: string): ScenarioList {
	return JSON.parse(readFileSync(join(root, SCENARIO_LIST), 'utf8')) as ScenarioList;
}

/** The titles of all tests that name scenarios. */
export function readTestTitles(root: string): TestTitle[] {
	return filesUnder(root, 'test', '.test.ts').flatMap((file) =>
		testTitles(file, readFileSync(join(root, file), 'utf8')),
	);
}

export function readIfThere(root: string, file: string): string | undefined {
	const path = join(root, file);
	return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function filesUnder(root: string, folder: string, ending: string): string[] {
	return readdirSync(join(root, folder), { withFileTypes: true })
		.flatMap((entry) => {
			const path = `${folder}/${entry.name}`;
			if (entry.isDirectory()) return filesUnder(root, path, ending);
			return entry.name.endsWith(ending) ? [path] : [];
		})
		.sort();
}
