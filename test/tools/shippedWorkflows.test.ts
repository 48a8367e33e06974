import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

import { canonicalText } from '../../tools/workflowsCheck/canonicalForm';
import { checkProject, writeProject } from '../../tools/workflowsCheck/checkProject';
import { describeFinding } from '../../tools/workflowsCheck/finding';
import { readShipped } from '../../tools/workflowsCheck/projectFiles';
import { scenarioPage } from '../../tools/workflowsCheck/scenarios/scenarioPage';
import { FLOW, flow, HANDLER, SCENARIOS } from './soundWorkflows';

test('the shipped workflows and docs/scenarios.md have no findings', () => {
	const { checked, findings } = checkProject(resolve(__dirname, '../..'));
	expect(findings.map(describeFinding)).toEqual([]);
	expect(checked).toBeGreaterThanOrEqual(4);
});

describe('a project of its own', () => {
	let root: string;
	const write = (file: string, text: string) => {
		mkdirSync(dirname(join(root, file)), { recursive: true });
		writeFileSync(join(root, file), text);
	};
	const read = (file: string) => readFileSync(join(root, file), 'utf8');

	beforeEach(() => {
		root = mkdtempSync(join(tmpdir(), 'workflows-check-'));
		write('docs/scenarios.json', JSON.stringify(SCENARIOS));
		write('test/shop.test.ts', "test('SH-01: a task', () => {});");
	});
	afterEach(() => rmSync(root, { recursive: true }));

	test('--write rewrites what is not canonical and the page, and a second time nothing', () => {
		const json = flow();
		write(FLOW, JSON.stringify({ versionId: 'x', ...json }));
		write('workflows/shop/portal.json', '{"stages":[]}');
		expect(writeProject(root)).toEqual([FLOW, 'docs/scenarios.md']);
		expect(read(FLOW)).toBe(canonicalText(json));
		const tests = [{ file: 'test/shop.test.ts', title: 'SH-01: a task', scenarios: ['SH-01'] }];
		expect(read('docs/scenarios.md')).toBe(scenarioPage(SCENARIOS, tests));
		expect(read('workflows/shop/portal.json')).toBe('{"stages":[]}');
		expect(writeProject(root)).toEqual([]);
	});

	test('what cannot be read or has a broken structure is told, and left as it is', () => {
		write(FLOW, '{ "id": ');
		write(HANDLER, '{"id":"handler"}');
		const { shipped, unreadable } = readShipped(root);
		expect(shipped.map(({ file }) => file)).toEqual([HANDLER]);
		expect(unreadable).toEqual([{ file: FLOW, problem: expect.stringContaining('JSON'), remedy: 'Mend the JSON' }]);
		expect(writeProject(root)).toEqual(['docs/scenarios.md']);
		expect(read(HANDLER)).toBe('{"id":"handler"}');
	});
});
