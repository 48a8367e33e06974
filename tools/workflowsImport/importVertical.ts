import type { WorkflowJson } from '../workflowsCheck/shippedWorkflow';
import { adapt, credentialsIn } from './adapt';
import { linkCredential, type Answers, type LinkedCredential } from './linkCredentials';
import type { N8nTarget } from './n8nTarget';

export interface ImportedWorkflow {
	name: string;
	/** ID in that n8n. */
	id: string;
	published: boolean;
	/** Why it is not published. */
	reason?: string;
	/** Whether n8n itself did not want to publish it. */
	refused?: boolean;
}

export interface ImportResult {
	target: string;
	timeZone: string;
	credentials: LinkedCredential[];
	workflows: ImportedWorkflow[];
	/** What could not be done or kept, and what is left to do by hand; whole sentences. */
	byHand: string[];
	notes: string[];
}

export interface ImportOptions {
	/** In the order in which they can be published. */
	workflows: WorkflowJson[];
	target: N8nTarget;
	answers: Answers;
	/** IANA name; default: that of the portal's credential, else it is asked for. */
	timeZone?: string;
	/** Whether workflows that are there already may be replaced, with all that was changed in them. */
	replace: boolean;
}

const NO_TIME_ZONE = "The portal's time zone is not known. Give it with --time-zone, e.g. --time-zone Europe/Moscow.";

/**
 * Brings workflows into an n8n: links their credentials, writes the portal's time zone into them, saves and publishes them.
 * What depends on a credential that is missing is saved, but not published.
 *
 * @throws Error when the time zone stays unknown, or when workflows would be replaced that may not
 */
export async function importWorkflows(options: ImportOptions): Promise<ImportResult> {
	const { workflows, target, answers, timeZone: wantedTimeZone, replace } = options;
	const existing = await target.existing(workflows);
	if (existing.size > 0 && !replace) throw new Error(alreadyThere(workflows, existing));

	const credentials: LinkedCredential[] = [];
	for (const wanted of credentialsIn(workflows)) credentials.push(await linkCredential(wanted, target, answers));
	const known = await timeZoneOfCredentials(credentials, target);
	const timeZone = wantedTimeZone ?? known ?? (await answers.timeZone());
	if (timeZone === undefined) throw new Error(NO_TIME_ZONE);
	const links = new Map(credentials.flatMap(({ wanted, linked }) => (linked ? [[wanted.id, linked] as const] : [])));
	const ids = await target.save(workflows.map((workflow) => adapt(workflow, { timeZone, credentials: links })));

	const missing = credentials.filter(({ linked }) => !linked);
	const imported: ImportedWorkflow[] = [];
	for (const workflow of workflows) {
		const lacking = missing.filter(({ wanted }) => credentialsIn([workflow]).some(({ id }) => id === wanted.id));
		imported.push(await publish(workflow, ids.get(workflow.id) ?? workflow.id, lacking, target));
	}
	const byHand = leftToDo(missing, imported);
	const notes = [
		...target.losses,
		...(known && known !== timeZone ? [`The credential says ${known}, the workflows now say ${timeZone}.`] : []),
		...(existing.size > 0 ? ['What was there was replaced.'] : []),
		...target.afterwards,
	];
	return { target: target.label, timeZone, credentials, workflows: imported, byHand, notes };
}

function leftToDo(missing: LinkedCredential[], imported: ImportedWorkflow[]): string[] {
	const refused = imported.filter((workflow) => workflow.refused);
	return [
		...missing.map(
			({ wanted: { name, type } }) =>
				`Create the credential "${name}" (${type}) in n8n, then run this again with --replace: it publishes what waits for it.`,
		),
		...refused.map(({ name }) => `Mend what n8n says about "${name}" and publish it in the editor.`),
	];
}

async function publish(
	{ name }: WorkflowJson,
	id: string,
	lacking: LinkedCredential[],
	target: N8nTarget,
): Promise<ImportedWorkflow> {
	if (lacking.length > 0) {
		const names = lacking.map(({ wanted }) => `"${wanted.name}"`).join(', ');
		return { name, id, published: false, reason: `the credential ${names} is missing` };
	}
	try {
		await target.publish(id);
		return { name, id, published: true };
	} catch (error) {
		return {
			name,
			id,
			published: false,
			refused: true,
			reason: error instanceof Error ? error.message : String(error),
		};
	}
}

async function timeZoneOfCredentials(credentials: LinkedCredential[], target: N8nTarget): Promise<string | undefined> {
	for (const { linked, timeZone } of credentials) {
		const known = timeZone ?? (linked && (await target.timeZoneOf(linked.id)));
		if (known) return known;
	}
	return undefined;
}

function alreadyThere(workflows: WorkflowJson[], existing: Set<string>): string {
	const names = workflows.filter(({ id }) => existing.has(id)).map(({ name }) => `"${name}"`);
	return `These workflows are there already: ${names.join(', ')}. Give --replace to overwrite them and all changes made in them.`;
}
