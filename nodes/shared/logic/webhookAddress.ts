import { assertPortalAddress } from './portalAddress';

/** The parts of an incoming webhook's URL. `baseUrl` holds the secret code and ends in a slash. */
export interface WebhookAddress {
	host: string;
	baseUrl: string;
	userId: number;
}

/**
 * Reads the URL that Bitrix24 shows for an incoming webhook, `https://portal.bitrix24.ru/rest/1/code/`.
 * A method name behind it (as the portal's request builder copies it) is cut off.
 * Throws an Error whose message says what is wrong and never holds the code.
 * Docs: local-integrations/local-webhooks.md
 */
export function parseWebhookAddress(text: string): WebhookAddress {
	const url = assertPortalAddress(text, 'incoming webhook URL');
	const match = /^(.*\/rest)\/(\d+)\/([^/]+)(\/[\w.]*)?\/?$/.exec(url.pathname);
	if (!match) {
		throw new Error(
			'The incoming webhook URL does not end in /rest/<user number>/<code>/. Copy the whole URL from Bitrix24: Applications → Developer resources → Other → Inbound webhook.',
		);
	}
	const [, path, userId, code] = match;
	return { host: url.host, baseUrl: `${url.origin}${path}/${userId}/${code}/`, userId: Number(userId) };
}
