import { checkScenarios } from '../../tools/workflowsCheck/scenarios/checkScenarios';
import { scenarioPage } from '../../tools/workflowsCheck/scenarios/scenarioPage';
import type { Scenario, ScenarioList } from '../../tools/workflowsCheck/scenarios/scenarioList';
import { testTitles, type TestTitle } from '../../tools/workflowsCheck/scenarios/testTitles';
import { FLOW, flow, SCENARIOS, shippedAs } from './soundWorkflows';

const TESTS: TestTitle[] = [{ file: 'test/shop.test.ts', title: 'SH-01: a task', scenarios: ['SH-01'] }];

function problems(list: ScenarioList, tests = TESTS, page: string | undefined = scenarioPage(list, tests)): string[] {
	return checkScenarios(list, [shippedAs(FLOW, flow())], tests, page).map(({ file, problem }) => `${file}: ${problem}`);
}

const withScenario = (change: Partial<Scenario>): ScenarioList => ({
	...SCENARIOS,
	scenarios: [{ ...SCENARIOS.scenarios[0], ...change }],
});

describe('the list of scenarios', () => {
	test('is sound', () => expect(problems(SCENARIOS)).toEqual([]));

	test.each([
		['no workflow', { workflows: [] }, 'SH-01 has no workflow'],
		[
			'a workflow that does not exist',
			{ workflows: [{ file: 'workflows/shop/99-gone.json', nodes: ['Задача'] }] },
			'SH-01 names the workflow workflows/shop/99-gone.json, which does not exist',
		],
		['no node', { workflows: [{ file: FLOW, nodes: [] }] }, `SH-01 names no node of ${FLOW}`],
		[
			'a node that does not exist',
			{ workflows: [{ file: FLOW, nodes: ['Задача', 'Нет'] }] },
			`SH-01 names the node «Нет», which ${FLOW} does not have`,
		],
		['an unknown vertical', { vertical: 'bakery' }, 'SH-01 belongs to the vertical "bakery"'],
	] as Array<[string, Partial<Scenario>, string]>)('with %s', (_what, change, problem) => {
		expect(problems(withScenario(change))).toEqual([`docs/scenarios.json: ${problem}`]);
	});

	test('with an ID of another vertical, or twice the same', () => {
		expect(problems(withScenario({ id: 'XX-01' }))).toEqual([
			'docs/scenarios.json: "XX-01" is no ID of the vertical "shop"',
			'docs/scenarios.json: No test names XX-01',
		]);
		const [scenario] = SCENARIOS.scenarios;
		expect(problems({ ...SCENARIOS, scenarios: [scenario, scenario] })).toEqual([
			'docs/scenarios.json: SH-01 stands there twice',
		]);
	});

	test('without a test', () => {
		expect(problems(SCENARIOS, [])).toEqual(['docs/scenarios.json: No test names SH-01']);
	});
});

describe('the page', () => {
	test('is missing or old', () => {
		const checked = (page: string | undefined) =>
			checkScenarios(SCENARIOS, [shippedAs(FLOW, flow())], TESTS, page).map(
				({ file, problem }) => `${file}: ${problem}`,
			);
		expect(checked(undefined)).toEqual(['docs/scenarios.md: The page does not exist']);
		const newTest = { file: 'test/shop.test.ts', title: 'SH-01: another', scenarios: ['SH-01'] };
		expect(checked(scenarioPage(SCENARIOS, [...TESTS, newTest]))).toEqual([
			'docs/scenarios.md: The page is not up to date',
		]);
	});

	test('has a row with ID, when, then, workflow and tests', () => {
		const tests = [...TESTS, { file: 'test/shop.test.ts', title: 'SH-01: a | b', scenarios: ['SH-01'] }];
		expect(scenarioPage(SCENARIOS, tests).split('\n')).toContain(
			`| SH-01 | an order | a task | [shop/10-orders.json](../${FLOW}) | [shop.test.ts](../test/shop.test.ts)<br>• a task<br>• a \\| b |`,
		);
	});
});

describe('titles of tests', () => {
	const titles = (text: string) =>
		testTitles('a.test.ts', text).map(({ title, scenarios }) => [title, scenarios.join()]);

	test('tests, tables and template strings', () => {
		expect(titles("test('SH-01: a', () => {}); it.each([1])('SH-02: %s', () => {}); test(`SH-03`, f)")).toEqual([
			['SH-01: a', 'SH-01'],
			['SH-02: %s', 'SH-02'],
			['SH-03', 'SH-03'],
		]);
	});

	test('a test that names no scenario counts by its group, once', () => {
		const text = "describe('SH-01 … SH-03 when late', () => { test('a', f); test('b', f); test('SH-09: c', f) })";
		expect(titles(text)).toEqual([
			['SH-01 … SH-03 when late', 'SH-01,SH-02,SH-03'],
			['SH-09: c', 'SH-09'],
		]);
	});

	test('what is skipped, planned, empty or only mentioned does not count', () => {
		const text = `
			test.skip('SH-01', f); test.todo('SH-02'); xit('SH-03', f);
			describe.skip('SH-04', () => { test('a', f) });
			describe('SH-05', () => {});
			// SH-06
			const text = 'SH-07';
			test('plain', () => { note('SH-08') });
		`;
		expect(titles(text)).toEqual([]);
	});

	test('tests inside a loop are found', () => {
		expect(titles("for (const n of [1]) { test('SH-01: in a loop', f) }")).toEqual([['SH-01: in a loop', 'SH-01']]);
	});
});
