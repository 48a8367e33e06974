import { n8nHttp, type N8nHttp } from './n8nHttp';
import type { CredentialRow, N8nTarget } from './n8nTarget';
import type { WorkflowJson } from '../workflowsCheck/shippedWorkflow';

interface Answer<T> {
	data: T;
}

interface SavedWorkflow {
	id: string;
	versionId: string;
}

/** An n8n reached as its editor reaches it, which keeps the IDs of workflows. */
export async function loginTarget(url: string, user: { email: string; password: string }): Promise<N8nTarget> {
	const http = n8nHttp(`${url}/rest`, { 'browser-id': 'workflows-import' });
	await logIn(http, user);
	const versions = new Map<string, string>();
	return {
		label: url,
		losses: ['Tags are not carried over.'],
		afterwards: [],
		credentials: async () => (await http.ask<Answer<CredentialRow[]>>('get', '/credentials')).data,
		async createCredential({ name, type, data }) {
			return (await http.ask<Answer<CredentialRow>>('post', '/credentials', { name, type, data })).data.id;
		},
		async timeZoneOf(credentialId) {
			type WithData = { data?: { timeZone?: string } };
			const { data } = await http.ask<Answer<WithData>>('get', `/credentials/${credentialId}?includeData=true`);
			return data.data?.timeZone;
		},
		async existing(workflows) {
			const found = new Set<string>();
			for (const { id } of workflows) if (await http.find(`/workflows/${id}`)) found.add(id);
			return found;
		},
		async save(workflows) {
			for (const workflow of workflows) versions.set(workflow.id, await save(http, workflow));
			return new Map(workflows.map(({ id }) => [id, id]));
		},
		async publish(id) {
			await http.ask('post', `/workflows/${id}/activate`, { versionId: versions.get(id) });
		},
	};
}

async function logIn(http: N8nHttp, { email, password }: { email: string; password: string }): Promise<void> {
	const body = { emailOrLdapLoginId: email, password };
	const { status, data, headers } = await http.client.post<{ message?: string }>('/login', body);
	if (status >= 400) throw new Error(`n8n refused the login: ${data.message ?? status}`);
	const cookies = (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]);
	http.client.defaults.headers.common.Cookie = cookies.join('; ');
}

/** Returns the ID of the saved version. */
async function save(http: N8nHttp, workflow: WorkflowJson): Promise<string> {
	const { id, name, description, nodes, connections, settings, pinData, meta } = workflow;
	const content = { name, description, nodes, connections, settings, pinData, meta };
	const there = await http.find(`/workflows/${id}`);
	const { data } = there
		? await http.ask<Answer<SavedWorkflow>>('patch', `/workflows/${id}?forceSave=true`, content)
		: await http.ask<Answer<SavedWorkflow>>('post', '/workflows', { id, ...content });
	return data.versionId;
}
