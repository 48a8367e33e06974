import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

import type { IDataObject } from 'n8n-workflow';

import type { Emulator } from '../../emulator';
import type { GivenCredentials } from '../harness';

const REDIRECT = 'https://n8n.example/rest/oauth2-credential/callback';

/** The OAuth2 credential as it is after «Connect» was pressed by that user. */
export async function connectedCredential(portal: Emulator, user = 1): Promise<GivenCredentials[string]> {
	portal.configureApplication({ redirectUri: REDIRECT });
	const { clientId, clientSecret, authorizationUrl, accessTokenUrl } = portal.oauth;
	const page = await fetch(`${authorizationUrl}?client_id=${clientId}&state=x&user=${user}`, { redirect: 'manual' });
	const code = new URL(page.headers.get('location') ?? '').searchParams.get('code') ?? '';
	const body = { grant_type: 'authorization_code', client_id: clientId, client_secret: clientSecret, code };
	const answer = await fetch(accessTokenUrl, { method: 'POST', body: new URLSearchParams(body) });
	const oauthTokenData = (await answer.json()) as IDataObject;
	const data = {
		portalAddress: portal.url,
		authorizationServer: 'portal',
		clientId,
		clientSecret,
		timeZone: 'Europe/Moscow',
		plan: 'standard',
		oauthTokenData,
	};
	return { type: 'bitrix24OAuth2Api', data: data as GivenCredentials[string]['data'] };
}

/** Both tokens of a credential. */
export function tokensOf(data: IDataObject): string[] {
	const { access_token, refresh_token } = data.oauthTokenData as IDataObject;
	return [String(access_token), String(refresh_token)];
}

/** Counts how often this process asks for a new token while `work` is done. */
export async function countRefreshes(work: () => Promise<unknown>): Promise<number> {
	let count = 0;
	const listener = (message: unknown) => {
		const { request } = message as { request: ClientRequest };
		if (request.path.startsWith('/oauth/token')) count += 1;
	};
	subscribe('http.client.request.start', listener);
	try {
		await work();
	} finally {
		unsubscribe('http.client.request.start', listener);
	}
	return count;
}
