import type { WorkflowJson } from '../workflowsCheck/shippedWorkflow';
import type { CredentialRow } from './n8nTarget';

/** Credential as a workflow of the files names it: type, ID and visible name. */
export function credentialsIn(workflows: WorkflowJson[]): CredentialRow[] {
	const found = new Map<string, CredentialRow>();
	for (const { nodes } of workflows) {
		for (const { credentials = {} } of nodes) {
			for (const [type, { id, name }] of Object.entries(credentials)) {
				found.set(`${type} ${id}`, { type, id: id ?? '', name });
			}
		}
	}
	return [...found.values()];
}

export interface Adaptation {
	/** IANA name. */
	timeZone: string;
	/** Credential of this n8n for each ID of the files. One that is missing stays as it is. */
	credentials: Map<string, CredentialRow>;
}

/** The workflow for one portal: with its time zone and with the credentials of its n8n. */
export function adapt(workflow: WorkflowJson, { timeZone, credentials }: Adaptation): WorkflowJson {
	return {
		...workflow,
		settings: { ...workflow.settings, timezone: timeZone },
		nodes: workflow.nodes.map((node) => {
			if (!node.credentials) return node;
			const linked = Object.entries(node.credentials).map(([type, reference]) => {
				const own = credentials.get(reference.id ?? '');
				return [type, own ? { id: own.id, name: own.name } : reference];
			});
			return { ...node, credentials: Object.fromEntries(linked) };
		}),
	};
}
