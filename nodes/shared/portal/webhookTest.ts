import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IDataObject,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { redactSecrets } from '../logic/redactSecrets';
import { parseWebhookAddress } from '../logic/webhookAddress';
import { CHECK_COMMANDS, FINDINGS, judgePortal, type Verdict } from './portalCheck';
import { connectionFault } from '../transport/connection';

/** Tells in words what is wrong with an incoming webhook, by one request that changes nothing. */
export async function bitrix24WebhookTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const { ok, message } = await checkWebhook(this, (credential.data ?? {}) as IDataObject);
	return { status: ok ? 'OK' : 'Error', message: redactSecrets(message) };
}

async function checkWebhook(context: ICredentialTestFunctions, credential: IDataObject): Promise<Verdict> {
	let baseUrl: string;
	try {
		({ baseUrl } = parseWebhookAddress(String(credential.webhookSecret ?? '')));
	} catch (error) {
		return { ok: false, message: (error as Error).message };
	}
	const options = {
		method: 'POST',
		uri: `${baseUrl}batch.json`,
		body: { halt: 0, cmd: CHECK_COMMANDS },
		json: true,
		simple: false,
		resolveWithFullResponse: true,
		followRedirect: false,
		timeout: 20_000,
	};
	let answer: { statusCode: number; body: unknown };
	try {
		// A credential test has no other way to the network than this helper.
		answer = (await context.helpers.request(options)) as typeof answer;
	} catch (error) {
		const { reason } = connectionFault(error);
		return { ok: false, message: `The portal could not be reached: ${reason}. Check the address in the URL.` };
	}
	return judgeAnswer(answer, String(credential.timeZone ?? ''));
}

function judgeAnswer({ statusCode, body }: { statusCode: number; body: unknown }, zone: string): Verdict {
	const {
		error,
		error_description: text,
		result,
	} = (typeof body === 'object' && body !== null ? body : {}) as IDataObject;
	if (statusCode === 401 || error === 'NO_AUTH_FOUND') return { ok: false, message: FINDINGS.wrongCode };
	if (error === 'ACCESS_DENIED') return { ok: false, message: FINDINGS.noRest };
	if (error !== undefined) return { ok: false, message: `The portal refused the test: ${String(text || error)}` };
	if (statusCode >= 300 && statusCode < 400) {
		return { ok: false, message: 'The portal has moved to another address. Copy the webhook URL anew from Bitrix24.' };
	}
	if (typeof result !== 'object' || result === null) return { ok: false, message: FINDINGS.notAPortal };
	const { result: answers, result_error: errors } = result as { result: IDataObject; result_error: IDataObject };
	return judgePortal(answers ?? {}, errors ?? {}, zone);
}
