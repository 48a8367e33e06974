import { rmSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { CredentialRow, N8nTarget, NewCredential } from './n8nTarget';
import type { WorkflowJson } from '../workflowsCheck/shippedWorkflow';

/** Runs one of n8n's commands on a user folder and resolves with what it printed; rejects when it failed. */
export type N8nCommand = (args: string[]) => Promise<string>;

/** An n8n reached through its own commands, which keep the IDs of workflows and credentials. */
export function userFolderTarget(userFolder: string, command: N8nCommand): N8nTarget {
	return {
		label: `the n8n in ${userFolder}`,
		losses: [],
		afterwards: ['An n8n that is running takes this over within half a minute. If it does not, restart it.'],
		credentials: () => exported<CredentialRow>(command, ['export:credentials', '--all']),
		async createCredential({ id, name, type, data }: NewCredential) {
			await imported(command, 'import:credentials', [{ id, name, type, data }]);
			return id;
		},
		async timeZoneOf(credentialId) {
			type Decrypted = { data?: { timeZone?: string } };
			const args = ['export:credentials', `--id=${credentialId}`, '--decrypted'];
			const [credential] = await exported<Decrypted>(command, args);
			return credential?.data?.timeZone;
		},
		async existing(workflows: WorkflowJson[]) {
			const lines = (await command(['list:workflow', '--onlyId'])).split('\n').map((line) => line.trim());
			return new Set(workflows.map(({ id }) => id).filter((id) => lines.includes(id)));
		},
		async save(workflows) {
			for (const together of withoutSharedNewTags(workflows)) await imported(command, 'import:workflow', together);
			return new Map(workflows.map(({ id }) => [id, id]));
		},
		publish: async (id) => void (await command(['publish:workflow', `--id=${id}`])),
	};
}

/** n8n creates a tag that it does not know once for each workflow of a call, and the second time fails because the first exists. */
function withoutSharedNewTags(workflows: WorkflowJson[]): WorkflowJson[][] {
	const known = new Set<unknown>();
	const calls: WorkflowJson[][] = [];
	let rest = workflows;
	while (rest.length > 0) {
		const fresh = new Set<unknown>();
		const together = rest.filter(({ tags = [] }) => {
			const unknown = tags.map(({ name }) => name).filter((name) => !known.has(name));
			if (unknown.some((name) => fresh.has(name))) return false;
			unknown.forEach((name) => fresh.add(name));
			return true;
		});
		fresh.forEach((name) => known.add(name));
		rest = rest.filter((workflow) => !together.includes(workflow));
		calls.push(together);
	}
	return calls;
}

/** n8n reads and writes files only; they hold secrets, so they stand in a folder nobody else may read, and only for a moment. */
async function withFolder<T>(use: (file: string) => Promise<T>): Promise<T> {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-import-'));
	const remove = () => rmSync(folder, { recursive: true, force: true });
	process.once('exit', remove);
	try {
		return await use(join(folder, 'rows.json'));
	} finally {
		process.removeListener('exit', remove);
		remove();
	}
}

async function imported(command: N8nCommand, name: string, rows: unknown[]): Promise<void> {
	await withFolder(async (file) => {
		await writeFile(file, JSON.stringify(rows), { mode: 0o600 });
		const printed = await command([name, `--input=${file}`]);
		if (!printed.includes(`Successfully imported ${rows.length} `))
			throw new Error(`n8n ${name} said: ${printed.trim()}`);
	});
}

async function exported<Row>(command: N8nCommand, args: string[]): Promise<Row[]> {
	return await withFolder(async (file) => {
		try {
			await command([...args, `--output=${file}`]);
		} catch (error) {
			// This is how n8n says that there are none.
			if (error instanceof Error && /No credentials found/.test(error.message)) return [];
			throw error;
		}
		return await readFile(file, 'utf8').then((text) => JSON.parse(text) as Row[]);
	});
}
