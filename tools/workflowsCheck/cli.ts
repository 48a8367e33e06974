import { resolve } from 'node:path';

import { Command } from 'commander';

import { checkProject, writeProject } from './checkProject';
import { describeFinding } from './finding';

const ROOT = resolve(__dirname, '../..');

function main(): void {
	const program = new Command('workflows:check')
		.description('Holds the shipped workflows and docs/scenarios.md against the rules of the project')
		.option('--write', 'first rewrite the canonical form of the workflows and docs/scenarios.md')
		.parse();
	const print = (line: string) => process.stdout.write(`${line}\n`);
	if (program.opts<{ write?: boolean }>().write) {
		for (const file of writeProject(ROOT)) print(`Written: ${file}`);
	}
	const { checked, findings } = checkProject(ROOT);
	for (const finding of findings) print(describeFinding(finding));
	print(`${checked} workflows checked: ${findings.length === 0 ? 'nothing' : findings.length} to put right.`);
	process.exitCode = findings.length === 0 ? 0 : 1;
}

main();
