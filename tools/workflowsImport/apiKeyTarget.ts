import { SUB_WORKFLOW_CALL, type WorkflowJson } from '../workflowsCheck/shippedWorkflow';
import { n8nHttp, type N8nHttp } from './n8nHttp';
import type { CredentialRow, N8nTarget } from './n8nTarget';

interface Page<Row> {
	data: Row[];
	nextCursor?: string | null;
}

interface Named {
	id: string;
	name: string;
}

/** An n8n reached through its public API, which gives every workflow a new ID; workflows are recognised by their names. */
export function apiKeyTarget(url: string, key: string): N8nTarget {
	const http = n8nHttp(`${url}/api/v1`, { 'X-N8N-API-KEY': key });
	const idsByName = async () => {
		const rows = await everyPage<Named & { isArchived?: boolean }>(http, '/workflows');
		return new Map(rows.filter(({ isArchived }) => !isArchived).map(({ id, name }) => [name, id]));
	};
	return {
		label: url,
		losses: [
			'The API cannot keep the IDs of workflows; calls between them and error workflows were set to the new ones. Log in with --email to keep them.',
			'Tags and descriptions are not carried over.',
		],
		afterwards: [],
		credentials: () => everyPage<CredentialRow>(http, '/credentials'),
		async createCredential({ name, type, data }) {
			return (await http.ask<Named>('post', '/credentials', { name, type, data })).id;
		},
		// The API shows nothing of what a credential holds.
		timeZoneOf: async () => undefined,
		async existing(workflows) {
			const there = await idsByName();
			return new Set(workflows.filter(({ name }) => there.has(name)).map(({ id }) => id));
		},
		async save(workflows) {
			const there = await idsByName();
			const ids = new Map<string, string>();
			for (const workflow of workflows) {
				const { name, nodes, connections, settings } = withIds(workflow, ids);
				const body = { name, nodes, connections, settings };
				const id = there.get(name);
				const saved = id
					? await http.ask<Named>('put', `/workflows/${id}`, body)
					: await http.ask<Named>('post', '/workflows', body);
				ids.set(workflow.id, saved.id);
			}
			return ids;
		},
		publish: async (id) => void (await http.ask('post', `/workflows/${id}/activate`, {})),
	};
}

/** The workflow with calls and error workflow pointing at the IDs that those got. */
function withIds(workflow: WorkflowJson, ids: Map<string, string>): WorkflowJson {
	const { settings = {}, nodes } = workflow;
	const own = (id: unknown) => ids.get(String(id)) ?? id;
	return {
		...workflow,
		settings: settings.errorWorkflow ? { ...settings, errorWorkflow: String(own(settings.errorWorkflow)) } : settings,
		nodes: nodes.map((node) => {
			if (node.type !== SUB_WORKFLOW_CALL) return node;
			const workflowId = node.parameters.workflowId as { value: string };
			const parameters = { ...node.parameters, workflowId: { ...workflowId, value: String(own(workflowId.value)) } };
			return { ...node, parameters } as typeof node;
		}),
	};
}

async function everyPage<Row>(http: N8nHttp, path: string): Promise<Row[]> {
	const rows: Row[] = [];
	let cursor: string | null | undefined;
	do {
		const query = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
		const page = await http.ask<Page<Row>>('get', `${path}?limit=100${query}`);
		rows.push(...page.data);
		cursor = page.nextCursor;
	} while (cursor);
	return rows;
}
