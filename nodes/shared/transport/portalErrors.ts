import { redactSecrets } from '../logic/redactSecrets';

/**
 * How a call ended badly:
 * `refused` – the portal answered with an error and did nothing;
 * `unknownOutcome` – a write was sent and no answer came, the portal may or may not have carried it out;
 * `unreachable` – the call did not arrive, or was a read.
 */
export type FailureKind = 'refused' | 'unknownOutcome' | 'unreachable';

/** A failed call to the portal. `message` says what happened, `wayOut` what to do. Neither holds a secret. */
export class PortalError extends Error {
	readonly name = 'PortalError';

	constructor(
		readonly kind: FailureKind,
		readonly code: string,
		readonly method: string,
		message: string,
		readonly wayOut: string,
		readonly httpStatus?: number,
	) {
		super(redactSecrets(message));
	}

	/** The item, task or element that the call names is not there (any more). */
	get isNotFound(): boolean {
		return (
			this.code !== 'ERROR_METHOD_NOT_FOUND' && (this.code === 'NOT_FOUND' || /not found|не найден/i.test(this.message))
		);
	}
}

// Docs: _includes/system-errors.md and the pages named in it. Sentences are ours.
const WAYS_OUT: Record<string, string> = {
	QUERY_LIMIT_EXCEEDED:
		'Too many requests reach the portal from this address. Lower "Share of the Request Budget" in the credential, or poll less often.',
	OPERATION_TIME_LIMIT:
		'The portal has spent its time allowance for this method. It works again within ten minutes; process fewer items at a time.',
	OVERLOAD_LIMIT: 'Bitrix24 has blocked REST for this portal by hand. Ask the support of Bitrix24.',
	PORTAL_DELETED: 'The portal is closed or deleted. Check the address in the credential.',
	NO_AUTH_FOUND:
		'The portal does not know this webhook or token. Copy the webhook URL anew from Bitrix24 (Developer resources) into the credential; editing a webhook changes its code.',
	expired_token: 'Reconnect the credential: open it and press Connect.',
	invalid_grant: 'Reconnect the credential: open it and press Connect.',
	insufficient_scope:
		'The webhook or application lacks the permission (scope) for this method. Tick it in Bitrix24: Developer resources → the webhook → Permissions.',
	INVALID_CREDENTIALS: 'The owner of the webhook may not do this. Use a webhook of an administrator.',
	user_access_error: 'The user has no access to the application. Give him access in Bitrix24: Applications.',
	ACCESS_DENIED:
		'The portal refuses REST or this action for the owner of the webhook. REST needs a commercial plan; the action may need administrator rights.',
	INVALID_REQUEST: 'Use https:// in the credential.',
	ERROR_METHOD_NOT_FOUND:
		'The portal has no such method. Check its spelling; a self-hosted portal may need an update, and some methods exist only in newer REST versions.',
	ERROR_BATCH_METHOD_NOT_ALLOWED: 'This method cannot travel in a batch. Call it by itself.',
	WRONG_AUTH_TYPE: 'This method works for applications only. Use the OAuth2 credential.',
	METHOD_CONFIRM_WAITING:
		'An administrator of the portal has to confirm this method first. He finds the request in Bitrix24.',
	METHOD_CONFIRM_DENIED: 'An administrator of the portal has refused this method for the application.',
	allowed_only_intranet_user: 'The owner of the webhook is an external user. Use a webhook of an employee.',
	NOT_FOUND: 'It may have been deleted meanwhile. Check the ID.',
	INVALID_ARG_VALUE: 'Check the names of the fields and the values.',
	ERROR_ELEMENT_ALREADY_EXISTS: 'An element with this code is already in the list.',
};

/** An error that the portal answered. `error` may be empty, a number or a whole sentence (docs: error-codes.md). */
export function refusedByPortal(
	method: string,
	error: unknown,
	description: unknown,
	httpStatus?: number,
): PortalError {
	const code = String(error ?? '');
	const said = plainText(description) || code || `HTTP ${httpStatus ?? '?'}`;
	const wayOut = WAYS_OUT[code] ?? 'Check the parameters against the documentation of the method.';
	return new PortalError('refused', code, method, `Bitrix24 refused ${method}: ${said}`, wayOut, httpStatus);
}

/** No usable answer: connection failed or was cut, or the answer is not JSON. */
export function noAnswer(method: string, isWrite: boolean, sent: boolean, reason: string): PortalError {
	if (isWrite && sent) {
		return new PortalError(
			'unknownOutcome',
			'UNKNOWN_OUTCOME',
			method,
			`No answer to ${method} (${reason}), so it is unknown whether Bitrix24 carried it out`,
			'It was not repeated, so that nothing is done twice. Look in the portal, then run the step again if it is missing.',
		);
	}
	return new PortalError(
		'unreachable',
		'UNREACHABLE',
		method,
		`Bitrix24 could not be reached for ${method} (${reason})`,
		'Check that the portal opens in a browser and that this server may reach it, then run the step again.',
	);
}

/** Descriptions may hold HTML (tasks, departments). */
function plainText(description: unknown): string {
	return String(description ?? '')
		.replace(/<br\s*\/?>/gi, ' ')
		.replace(/<[^>]*>/g, '')
		.trim();
}
