import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	IPollFunctions,
} from 'n8n-workflow';

import { assertPortalAddress } from '../logic/portalAddress';
import { parseWebhookAddress } from '../logic/webhookAddress';
import { connectionFault, type Connection, type HttpAnswer } from './connection';
import { LIMITS_OF_PLAN, shareOf, type Plan, type RequestLimits } from './governor';

/** Where our nodes call the portal from. */
export type PortalContext = IExecuteFunctions | IPollFunctions | ILoadOptionsFunctions;

export type CredentialType = 'bitrix24WebhookApi' | 'bitrix24OAuth2Api';

// The portal itself gives up after 60 s (docs: limits.md), so nothing is cut off before it has answered.
const TIMEOUT_MS = 70_000;

/** Opens the way into the portal that the node's credential describes. */
export async function connect(context: PortalContext, type: CredentialType): Promise<Connection> {
	const credential = await context.getCredentials(type);
	return type === 'bitrix24WebhookApi' ? webhookConnection(context, credential) : oAuth2Connection(context, credential);
}

function webhookConnection(context: PortalContext, credential: IDataObject): Connection {
	const { host } = parseWebhookAddress(String(credential.webhookSecret ?? ''));
	return {
		host,
		...settingsOf(credential),
		send: async (method, parameters) =>
			await answered(
				async () =>
					await context.helpers.httpRequestWithAuthentication.call(
						context,
						'bitrix24WebhookApi',
						postJson(`${method}.json`, parameters),
					),
			),
	};
}

/**
 * n8n would sign with a Bearer header, Bitrix24 documents the parameter `auth` (docs: settings/how-to-call-rest-api/authorization.md);
 * so the token is put there, and renewed through n8n (which locks and stores it) only after the portal has called it expired.
 */
function oAuth2Connection(context: PortalContext, credential: IDataObject): Connection {
	const portal = assertPortalAddress(String(credential.portalAddress ?? ''), 'portal address');
	const token = { ...(credential.oauthTokenData as IDataObject | undefined) };
	const restAddress = String(token.client_endpoint ?? `${portal.origin}/rest/`);
	let accessToken = String(token.access_token ?? '');
	const send = async (method: string, parameters: Record<string, unknown>) => {
		const body = { ...parameters, auth: accessToken };
		return await answered(
			async () => await context.helpers.httpRequest(postJson(`${restAddress}${method}.json`, body)),
		);
	};
	return {
		host: portal.host,
		...settingsOf(credential),
		send: async (method, parameters) => {
			const usedToken = accessToken;
			const answer = await send(method, parameters);
			if ((answer.body as IDataObject | null)?.error !== 'expired_token') return answer;
			if (accessToken === usedToken) accessToken = await renewedToken(context, portal.host, usedToken);
			return await send(method, parameters);
		},
	};
}

// The last renewal for each portal: whoever finds the same token expired shares it, for n8n would renew even a fresh token again.
const renewals = new Map<string, { of: string; token: Promise<string> }>();

async function renewedToken(context: PortalContext, host: string, expired: string): Promise<string> {
	const last = renewals.get(host);
	const token = last?.of === expired ? last.token : renew(context, expired);
	renewals.set(host, { of: expired, token });
	token.catch(() => renewals.delete(host));
	return await token;
}

async function renew(context: PortalContext, expired: string): Promise<string> {
	const { oauthTokenData } = await context.getCredentials('bitrix24OAuth2Api');
	const stored = (oauthTokenData as IDataObject | undefined)?.access_token;
	// Another process has renewed it already.
	if (stored !== undefined && stored !== expired) return String(stored);
	return String((await context.helpers.refreshOAuth2Token.call(context, 'bitrix24OAuth2Api')).access_token);
}

function settingsOf(credential: IDataObject): { zone: string; limits: RequestLimits } {
	const plan = (credential.plan ?? 'standard') as Plan;
	return {
		zone: String(credential.timeZone ?? ''),
		limits: shareOf(LIMITS_OF_PLAN[plan] ?? LIMITS_OF_PLAN.standard, Number(credential.budgetShare ?? 100)),
	};
}

function postJson(url: string, body: Record<string, unknown>): IHttpRequestOptions {
	return {
		method: 'POST',
		url,
		body: body as IDataObject,
		headers: {
			Accept: 'application/json',
			'Content-Type': 'application/json',
			'User-Agent': 'n8n-nodes-bitrix24-automation',
		},
		json: true,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: TIMEOUT_MS,
	};
}

async function answered(request: () => Promise<unknown>): Promise<HttpAnswer> {
	const outcome = await request().then(
		(response) => ({ response: response as IN8nHttpFullResponse }),
		(error: unknown) => ({ fault: connectionFault(error) }),
	);
	if ('fault' in outcome) throw outcome.fault;
	const { statusCode, body, headers } = outcome.response;
	return { status: statusCode, body, location: headers?.location as string | undefined };
}
