import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { Command } from 'commander';

import { answersFrom, requireTimeZone } from './answers';
import { apiKeyTarget } from './apiKeyTarget';
import { importWorkflows } from './importVertical';
import { loginTarget } from './loginTarget';
import type { N8nTarget } from './n8nTarget';
import { report } from './report';
import { userFolderTarget, type N8nCommand } from './userFolderTarget';
import { readVertical, verticals } from './vertical';

interface CliOptions {
	n8n?: string;
	userFolder?: string;
	n8nCommand: string;
	email?: string;
	timeZone?: string;
	credential?: string;
	replace: boolean;
}

const SECRETS = `
Secrets come from the environment, or are asked for:
  N8N_API_KEY             API key of the n8n given by --n8n; its scopes: workflow:create, :read, :list, :update and :activate,
                          credential:create and :list
  N8N_PASSWORD            password of --email instead of an API key; only this way the IDs of the workflows are kept
  BITRIX24_WEBHOOK_URL    address of the portal's incoming webhook, when n8n has no credential for it yet

Verticals: ${verticals().join(', ')}`;

async function main(): Promise<void> {
	const program = new Command('workflows:import')
		.description(
			'Brings the workflows of a vertical into an n8n, links credentials, sets the time zone and publishes them',
		)
		.argument('<vertical>', 'folder under workflows/')
		.option('--n8n <url>', 'address of a running n8n, e.g. http://localhost:5678')
		.option(
			'--user-folder <folder>',
			'folder that holds the .n8n of an n8n on this machine; needs its command line program',
		)
		.option('--n8n-command <program>', 'that program', 'n8n')
		.option('--email <address>', 'log in to --n8n as this user instead of using an API key')
		.option('--time-zone <zone>', "the portal's time zone; default: that of the credential")
		.option('--credential <name>', 'which credential is meant, when there are several')
		.option('--replace', 'overwrite workflows that are there already, with all changes made in them', false)
		.addHelpText('after', SECRETS)
		.parse();
	const options = program.opts<CliOptions>();
	if (options.timeZone) requireTimeZone(options.timeZone);
	const [vertical] = program.args;
	const workflows = readVertical(vertical);
	const { timeZone, credential, replace } = options;
	const given = { timeZone, credential, webhookUrl: process.env.BITRIX24_WEBHOOK_URL };
	const answers = answersFrom(given, process.stdin.isTTY === true);
	const result = await importWorkflows({ workflows, target: await targetOf(options), answers, timeZone, replace });
	console.log(report(vertical, result).join('\n'));
	process.exitCode = result.byHand.length > 0 ? 1 : 0;
}

async function targetOf({ n8n, userFolder, n8nCommand, email }: CliOptions): Promise<N8nTarget> {
	if ((n8n === undefined) === (userFolder === undefined)) throw new Error('Give either --n8n or --user-folder.');
	if (userFolder !== undefined) return folderTarget(resolve(userFolder), n8nCommand);
	const url = (n8n as string).replace(/\/+$/, '');
	const { N8N_API_KEY: key, N8N_PASSWORD: password } = process.env;
	if (email && password) return await loginTarget(url, { email, password });
	if (key) return apiKeyTarget(url, key);
	throw new Error('Set N8N_API_KEY, or give --email and set N8N_PASSWORD.');
}

function folderTarget(given: string, program: string): N8nTarget {
	const folder = basename(given) === '.n8n' ? dirname(given) : given;
	if (!existsSync(join(folder, '.n8n'))) throw new Error(`There is no folder .n8n in ${folder}. Start n8n there once.`);
	const command: N8nCommand = async (args) => {
		const env = { ...process.env, N8N_USER_FOLDER: folder };
		try {
			const { stdout, stderr } = await promisify(execFile)(program, args, { env, maxBuffer: 2 ** 26 });
			return stdout + stderr;
		} catch (error) {
			throw new Error(whatN8nSaid(program, error as Partial<Record<'code' | 'stdout' | 'stderr', string>>));
		}
	};
	return userFolderTarget(folder, command);
}

function whatN8nSaid(program: string, { code, stdout = '', stderr = '' }: Partial<Record<string, string>>): string {
	if (code === 'ENOENT')
		return `There is no program "${program}". Name n8n's command line program with --n8n-command, or use --n8n.`;
	const lines = `${stdout}\n${stderr}`.split('\n').map((line) => line.trim());
	return lines
		.filter((line) => line && !/^at /.test(line))
		.join(' ')
		.slice(-500);
}

// Ending by a signal alone would leave files with secrets behind.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : String(error));
	process.exitCode = 1;
});
