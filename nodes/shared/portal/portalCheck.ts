import { DateTime, IANAZone } from 'luxon';

/** What the nodes of this pack call, by the permission that allows it. */
export const NEEDED_SCOPES = ['crm', 'task', 'user', 'department', 'im', 'lists', 'calendar'];

/** The commands of the batch by which a credential is tested; none changes anything. */
export const CHECK_COMMANDS = {
	owner: 'profile',
	scopes: 'scope',
	time: 'server.time',
	mode: 'crm.settings.mode.get',
};

/** The sentence for each thing that can be wrong, shared by both credentials. */
export const FINDINGS = {
	notAPortal: 'No Bitrix24 portal answers at this address. Open it in a browser and copy the URL anew.',
	wrongCode:
		'The portal does not know this webhook: the code is wrong, or the webhook was edited or deleted. Copy the URL anew from Developer resources.',
	noRest:
		'The portal refuses REST. It needs a commercial plan, a trial or a Market subscription, and the owner must be an active employee.',
	notAdministrator:
		'The owner is not an administrator of the portal, so lists, structure and the tasks of others stay closed. Create the webhook as an administrator.',
	noCrm: 'The permission crm is missing. Tick it in Bitrix24: Developer resources → the webhook or application.',
	simpleCrm:
		'The portal works in simple CRM mode, without leads: every new lead becomes a deal at once. Switch it in CRM → Settings → Other → CRM mode to the classic one.',
};

export interface Verdict {
	ok: boolean;
	message: string;
}

/** Judges the answers to CHECK_COMMANDS. `zone` is the IANA zone of the credential. */
export function judgePortal(answers: Record<string, unknown>, errors: Record<string, unknown>, zone: string): Verdict {
	const wrong = (message: string): Verdict => ({ ok: false, message });
	if (!IANAZone.isValidZone(zone) || zone.trim() === '') {
		return wrong(`"${zone}" is not a time zone. Enter an IANA name such as Europe/Moscow.`);
	}
	const owner = answers.owner as { ADMIN?: boolean; TIME_ZONE?: string } | undefined;
	if (owner?.ADMIN === false) return wrong(FINDINGS.notAdministrator);
	const granted = Array.isArray(answers.scopes) ? (answers.scopes as string[]) : [];
	const missing = NEEDED_SCOPES.filter(
		(scope) => !granted.some((name) => name === scope || name.startsWith(`${scope}_`)),
	);
	if (missing.length > 0) {
		return wrong(
			`${missing.length === 1 ? 'A permission is' : 'Permissions are'} missing: ${missing.join(', ')}. Tick ${missing.length === 1 ? 'it' : 'them'} in Bitrix24: Developer resources → the webhook.`,
		);
	}
	if (answers.mode === 2) return wrong(FINDINGS.simpleCrm);
	const failed = Object.keys(errors)[0];
	if (failed !== undefined) {
		const { error, error_description: text } = errors[failed] as Record<string, unknown>;
		return wrong(
			`The portal refused ${CHECK_COMMANDS[failed as keyof typeof CHECK_COMMANDS]}: ${String(text || error)}`,
		);
	}
	return { ok: true, message: zoneRemark(String(answers.time ?? ''), zone, owner?.TIME_ZONE) };
}

function zoneRemark(serverTime: string, zone: string, ownerZone = ''): string {
	const server = DateTime.fromISO(serverTime, { setZone: true });
	if (!server.isValid || server.offset === server.setZone(zone).offset) return 'Connection successful!';
	const proposal = ownerZone === '' || ownerZone === zone ? '' : ` The owner's own zone is ${ownerZone}.`;
	return `Connection successful, but the clock of the portal stands at ${server.toFormat("HH:mm 'UTC'ZZ")} while ${zone} has ${server.setZone(zone).toFormat("HH:mm 'UTC'ZZ")}. Check the time zone.${proposal}`;
}
