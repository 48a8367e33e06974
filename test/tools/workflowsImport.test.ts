import { readFileSync } from 'node:fs';

import { importWorkflows, type ImportOptions } from '../../tools/workflowsImport/importVertical';
import type { Answers } from '../../tools/workflowsImport/linkCredentials';
import type { CredentialRow, N8nTarget, NewCredential } from '../../tools/workflowsImport/n8nTarget';
import { report } from '../../tools/workflowsImport/report';
import { userFolderTarget } from '../../tools/workflowsImport/userFolderTarget';
import { readVertical, verticals } from '../../tools/workflowsImport/vertical';
import type { WorkflowJson } from '../../tools/workflowsCheck/shippedWorkflow';

const WEBHOOK = 'https://portal.example/rest/1/secret/';
const SILENT: Answers = {
	choose: async () => undefined,
	webhookUrl: async () => undefined,
	timeZone: async () => undefined,
};
const ANSWERING: Answers = { ...SILENT, webhookUrl: async () => WEBHOOK, timeZone: async () => 'Asia/Yekaterinburg' };

/** An n8n that remembers what was done to it. */
class FakeN8n implements N8nTarget {
	label = 'a test';
	losses: string[] = [];
	afterwards: string[] = [];
	rows: CredentialRow[] = [];
	zone: string | undefined;
	there = new Set<string>();
	saved: WorkflowJson[] = [];
	published: string[] = [];
	created: NewCredential[] = [];

	credentials = async () => this.rows;
	timeZoneOf = async () => this.zone;
	existing = async () => this.there;

	async createCredential(credential: NewCredential): Promise<string> {
		this.created.push(credential);
		return 'given-by-n8n';
	}

	async save(workflows: WorkflowJson[]): Promise<Map<string, string>> {
		this.saved = workflows;
		return new Map(workflows.map(({ id }) => [id, id]));
	}

	async publish(id: string): Promise<void> {
		if (id === 'b24ClientSms01') throw new Error('n8n does not want it');
		this.published.push(id);
	}

	credentialIds(): Set<string | null> {
		const references = this.saved.flatMap(({ nodes }) =>
			nodes.flatMap((node) => Object.values(node.credentials ?? {})),
		);
		return new Set(references.map(({ id }) => id));
	}
}

const into = async (n8n: FakeN8n, options: Partial<ImportOptions> = {}) =>
	await importWorkflows({
		workflows: readVertical('flowers-crm'),
		target: n8n,
		answers: ANSWERING,
		replace: false,
		...options,
	});

test.each(verticals())('%s: what is called and the error workflow come before those that need them', (vertical) => {
	const ids = readVertical(vertical).map(({ id }) => id);
	for (const { id, nodes, settings } of readVertical(vertical)) {
		const called = nodes.flatMap(
			({ parameters }) => (parameters.workflowId as { value?: string } | undefined)?.value ?? [],
		);
		for (const needed of [...called, ...(settings?.errorWorkflow ? [String(settings.errorWorkflow)] : [])]) {
			expect(ids.indexOf(needed)).toBeGreaterThanOrEqual(0);
			expect(ids.indexOf(needed)).toBeLessThan(ids.indexOf(id));
		}
	}
});

test('an unknown vertical is answered with the known ones', () => {
	expect(() => readVertical('nonsense')).toThrow('There are: flowers-crm');
});

test('a missing credential is made from the webhook address, and every node is linked to it', async () => {
	const n8n = new FakeN8n();
	await into(n8n);
	expect(n8n.created).toEqual([
		expect.objectContaining({
			name: 'Bitrix24',
			type: 'bitrix24WebhookApi',
			data: expect.objectContaining({ webhookSecret: WEBHOOK, timeZone: 'Asia/Yekaterinburg' }),
		}),
	]);
	expect(n8n.credentialIds()).toEqual(new Set(['given-by-n8n']));
});

test("a credential is found by its name, and its time zone becomes the workflows' one", async () => {
	const n8n = new FakeN8n();
	n8n.rows = [
		{ id: 'other', name: 'Another portal', type: 'bitrix24WebhookApi' },
		{ id: 'own', name: 'Bitrix24', type: 'bitrix24WebhookApi' },
	];
	n8n.zone = 'Asia/Vladivostok';
	await into(n8n, { answers: SILENT });
	expect(n8n.credentialIds()).toEqual(new Set(['own']));
	expect(new Set(n8n.saved.map(({ settings }) => settings?.timezone))).toEqual(new Set(['Asia/Vladivostok']));
});

test('a time zone that is given goes before that of the credential, and the difference is told', async () => {
	const n8n = new FakeN8n();
	n8n.rows = [{ id: 'own', name: 'Bitrix24', type: 'bitrix24WebhookApi' }];
	n8n.zone = 'Asia/Vladivostok';
	const { timeZone, notes } = await into(n8n, { timeZone: 'Asia/Omsk' });
	expect(timeZone).toBe('Asia/Omsk');
	expect(notes).toEqual(['The credential says Asia/Vladivostok, the workflows now say Asia/Omsk.']);
});

test('of several credentials with other names one has to be chosen; without a choice nothing is published', async () => {
	const n8n = new FakeN8n();
	n8n.rows = ['First', 'Second'].map((name) => ({ id: name, name, type: 'bitrix24WebhookApi' }));
	const answers = { ...SILENT, timeZone: async () => 'Europe/Moscow' };
	const result = await into(n8n, { answers });
	expect(n8n.published).toEqual([]);
	expect(result.byHand).toEqual([expect.stringContaining('Create the credential "Bitrix24"')]);

	const choose = async (_wanted: CredentialRow, among: CredentialRow[]) => among[1];
	await into(n8n, { answers: { ...answers, choose } });
	expect(n8n.credentialIds()).toEqual(new Set(['Second']));
});

test('without any word about the time zone nothing is saved', async () => {
	const n8n = new FakeN8n();
	n8n.rows = [{ id: 'own', name: 'Bitrix24', type: 'bitrix24WebhookApi' }];
	await expect(into(n8n, { answers: SILENT })).rejects.toThrow('--time-zone');
	expect(n8n.saved).toEqual([]);
});

test('workflows that are there are not overwritten unasked', async () => {
	const n8n = new FakeN8n();
	n8n.there = new Set(['flowersDeals01']);
	await expect(into(n8n)).rejects.toThrow('"Flowers CRM · Сделки"');
	expect(n8n.saved).toEqual([]);
	await into(n8n, { replace: true });
	expect(n8n.published).toContain('flowersDeals01');
});

test('what n8n does not publish is reported with its words, and the secret is not', async () => {
	const result = await into(new FakeN8n());
	const lines = report('flowers-crm', result).join('\n');
	expect(lines).toContain('not published: n8n does not want it');
	expect(lines).toContain('Mend what n8n says about "Bitrix24 · SMS клиенту"');
	expect(lines).not.toContain('secret');
});

test('new tags that workflows share go to n8n in one call each, because n8n fails otherwise', async () => {
	const calls: string[][] = [];
	const target = userFolderTarget('/somewhere', async ([command, input]) => {
		if (command !== 'import:workflow') return '';
		const rows = JSON.parse(readFileSync(input.slice('--input='.length), 'utf8')) as WorkflowJson[];
		calls.push(rows.map(({ name }) => name));
		return `Successfully imported ${rows.length} workflows.`;
	});
	const workflow = (name: string, ...tags: string[]) =>
		({ id: name, name, nodes: [], connections: {}, tags: tags.map((tag) => ({ name: tag })) }) as WorkflowJson;
	await target.save([workflow('a', 'x'), workflow('b', 'x'), workflow('c', 'y'), workflow('d')]);
	expect(calls).toEqual([['a', 'c', 'd'], ['b']]);
});
