import type { WorkflowJson } from '../workflowsCheck/shippedWorkflow';

/** A credential as a list shows it, without its secrets. */
export interface CredentialRow {
	id: string;
	name: string;
	type: string;
}

export interface NewCredential extends CredentialRow {
	data: Record<string, unknown>;
}

/** An n8n into which workflows are imported. */
export interface N8nTarget {
	/** How it is called in the report. */
	label: string;
	/** What this way of importing cannot keep of the files, each a sentence; empty when it keeps all. */
	losses: string[];
	/** What remains to be said when all went well; empty when there is nothing. */
	afterwards: string[];
	credentials(): Promise<CredentialRow[]>;
	/** Returns the new credential's ID, which need not be the wished one. */
	createCredential(credential: NewCredential): Promise<string>;
	/** The portal's time zone as the credential has it; nothing where n8n does not show it. */
	timeZoneOf(credentialId: string): Promise<string | undefined>;
	/** Those of the workflows that are there already, by their ID of the files. */
	existing(workflows: WorkflowJson[]): Promise<Set<string>>;
	/** Creates or replaces the workflows in this order and returns the ID that each got, by its ID of the files. */
	save(workflows: WorkflowJson[]): Promise<Map<string, string>>;
	publish(id: string): Promise<void>;
}
