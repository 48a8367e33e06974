import type { CredentialRow, N8nTarget } from './n8nTarget';

export const WEBHOOK_CREDENTIAL = 'bitrix24WebhookApi';

/** What the person who imports can be asked, or has said beforehand. Nothing = there is no answer. */
export interface Answers {
	/** Which of several credentials of one type is meant. */
	choose(wanted: CredentialRow, among: CredentialRow[]): Promise<CredentialRow | undefined>;
	/** Address of the portal's incoming webhook. */
	webhookUrl(): Promise<string | undefined>;
	/** IANA name of the portal's zone. */
	timeZone(): Promise<string | undefined>;
}

export interface LinkedCredential {
	wanted: CredentialRow;
	/** Nothing = a person has to make it. */
	linked?: CredentialRow;
	/** How it was found, for the report. */
	how: string;
	/** The portal's time zone, where it was asked for to make the credential. */
	timeZone?: string;
}

/**
 * Finds the credential of this n8n that is meant: the one with the ID of the files, else the one of that type and name, else the
 * only one of that type, else the one chosen. A missing credential for the portal's webhook is made when its address is known.
 */
export async function linkCredential(
	wanted: CredentialRow,
	target: N8nTarget,
	answers: Answers,
): Promise<LinkedCredential> {
	const ofType = (await target.credentials()).filter(({ type }) => type === wanted.type);
	const same = ofType.find(({ id }) => id === wanted.id);
	if (same) return { wanted, linked: same, how: 'is there already' };
	const named = ofType.filter(({ name }) => name === wanted.name);
	if (named.length === 1) return { wanted, linked: named[0], how: 'found by its name' };
	if (ofType.length === 1) return { wanted, linked: ofType[0], how: `the only one of its type, "${ofType[0].name}"` };
	if (ofType.length > 1) {
		const linked = await answers.choose(wanted, ofType);
		if (linked) return { wanted, linked, how: `"${linked.name}" was chosen` };
		return { wanted, how: `several of its type, and none is called "${wanted.name}"` };
	}
	return await make(wanted, target, answers);
}

async function make(wanted: CredentialRow, target: N8nTarget, answers: Answers): Promise<LinkedCredential> {
	if (wanted.type !== WEBHOOK_CREDENTIAL) return { wanted, how: 'is missing' };
	const webhookSecret = await answers.webhookUrl();
	if (!webhookSecret) return { wanted, how: 'is missing, and the address of the webhook was not given' };
	const timeZone = await answers.timeZone();
	if (!timeZone) return { wanted, how: "is missing, and the portal's time zone was not given" };
	const data = { webhookSecret, timeZone, plan: 'standard', budgetShare: 100, applicationToken: '' };
	const id = await target.createCredential({ ...wanted, data });
	return { wanted, linked: { ...wanted, id }, how: 'created', timeZone };
}
