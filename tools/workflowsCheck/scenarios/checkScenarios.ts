import type { Finding } from '../finding';
import type { Fault } from '../parameters/fault';
import type { ShippedWorkflow } from '../shippedWorkflow';
import { SCENARIO_LIST, SCENARIO_PAGE, type Scenario, type ScenarioList } from './scenarioList';
import { scenarioPage } from './scenarioPage';
import type { TestTitle } from './testTitles';

/** Every listed scenario has nodes that implement it and a test that names it, and the page about them is up to date. */
export function checkScenarios(
	list: ScenarioList,
	shipped: ShippedWorkflow[],
	tests: TestTitle[],
	page: string | undefined,
): Finding[] {
	const faults = list.scenarios.flatMap((scenario, index) => [
		...identityFaults(scenario, list, index),
		...workflowFaults(scenario, shipped),
		...testFaults(scenario, tests),
	]);
	const findings: Finding[] = faults.map((fault) => ({ file: SCENARIO_LIST, ...fault }));
	if (page !== scenarioPage(list, tests)) {
		const problem = page === undefined ? 'The page does not exist' : 'The page is not up to date';
		findings.push({ file: SCENARIO_PAGE, problem, remedy: 'Run "npm run workflows:check -- --write"' });
	}
	return findings;
}

function identityFaults({ id, vertical }: Scenario, { verticals, scenarios }: ScenarioList, index: number): Fault[] {
	const prefix = verticals.find(({ folder }) => folder === vertical)?.prefix;
	if (prefix === undefined)
		return [{ problem: `${id} belongs to the vertical "${vertical}"`, remedy: 'Enter that under "verticals"' }];
	if (!new RegExp(`^${prefix}-\\d\\d$`).test(id))
		return [{ problem: `"${id}" is no ID of the vertical "${vertical}"`, remedy: `Write it as ${prefix}-01` }];
	if (scenarios.findIndex((other) => other.id === id) < index)
		return [{ problem: `${id} stands there twice`, remedy: 'Keep one' }];
	return [];
}

function workflowFaults({ id, workflows }: Scenario, shipped: ShippedWorkflow[]): Fault[] {
	if (workflows.length === 0)
		return [{ problem: `${id} has no workflow`, remedy: 'Name the files and nodes that implement it' }];
	return workflows.flatMap(({ file, nodes }): Fault[] => {
		const workflow = shipped.find((candidate) => candidate.file === file);
		if (workflow === undefined)
			return [{ problem: `${id} names the workflow ${file}, which does not exist`, remedy: 'Correct the path' }];
		if (nodes.length === 0)
			return [{ problem: `${id} names no node of ${file}`, remedy: 'Name the nodes that implement it' }];
		return nodes
			.filter((name) => !workflow.json.nodes.some((node) => node.name === name))
			.map((name) => ({
				problem: `${id} names the node «${name}», which ${file} does not have`,
				remedy: 'Correct it',
			}));
	});
}

function testFaults({ id }: Scenario, tests: TestTitle[]): Fault[] {
	if (tests.some(({ scenarios }) => scenarios.includes(id))) return [];
	return [{ problem: `No test names ${id}`, remedy: 'Write a scenario test with the ID in its title' }];
}
