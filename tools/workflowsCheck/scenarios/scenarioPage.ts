import type { Scenario, ScenarioList, Vertical } from './scenarioList';
import type { TestTitle } from './testTitles';

const HEAD = `# Scenarios

What the shipped workflows do, and which tests show it.

<!-- Written by "npm run workflows:check -- --write" from scenarios.json and the titles of the tests. Do not edit. -->
`;

/** The Markdown page about all scenarios: a table for each vertical. */
export function scenarioPage({ verticals, scenarios }: ScenarioList, tests: TestTitle[]): string {
	const sections = verticals.map((vertical) =>
		section(
			vertical,
			scenarios.filter((scenario) => scenario.vertical === vertical.folder),
			tests,
		),
	);
	return [HEAD, ...sections].join('\n');
}

// The table stays as it is written: aligned to its longest row it could not be read.
function section({ name }: Vertical, scenarios: Scenario[], tests: TestTitle[]): string {
	const rows = scenarios.map((scenario) => row(scenario, tests));
	return [
		`## ${name}`,
		'',
		'<!-- prettier-ignore-start -->',
		'',
		'| ID | When | Then | Workflow | Test |',
		'| --- | --- | --- | --- | --- |',
		...rows,
		'',
		'<!-- prettier-ignore-end -->',
		'',
	].join('\n');
}

function row({ id, when, then, workflows }: Scenario, tests: TestTitle[]): string {
	const files = workflows.map(({ file }) => `[${file.replace(/^workflows\//, '')}](../${file})`);
	const naming = tests.filter(({ scenarios }) => scenarios.includes(id));
	const titles = [...new Set(naming.map(({ file }) => file))].flatMap((file) => [
		`[${file.split('/').at(-1)}](../${file})`,
		...naming.filter((test) => test.file === file).map(({ title }) => `• ${title.replace(`${id}: `, '')}`),
	]);
	const cells = [id, when, then, files.join('<br>'), titles.join('<br>')];
	return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
