import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { Credentials, TokenPair } from '../portal/credentials';
import type { Portal } from '../portal/portal';
import { integer } from '../rest/params';
import { requestParams } from './bodies';

/** Authorization page and token endpoint of the local application (settings/oauth/index.md, settings/oauth/auto-renewal.md). */
export function addOAuthRoutes(
	server: FastifyInstance,
	{ portal, credentials }: { portal: Portal; credentials: Credentials },
): void {
	server.get('/oauth/authorize', (request, reply) => authorize(request, reply, portal, credentials));
	server.route({
		method: ['GET', 'POST'],
		url: '/oauth/token',
		handler: (request, reply) => token(request, reply, credentials),
	});
}

/**
 * The page asks nothing: whoever opens it is logged in as `user` (default 1) and sent on with a code. Where to is written in the
 * application's card; only if that is empty the request's `redirect_uri` counts. Errors are shown, never redirected.
 */
function authorize(
	request: FastifyRequest,
	reply: FastifyReply,
	portal: Portal,
	credentials: Credentials,
): FastifyReply {
	const params = requestParams(request);
	const target = credentials.redirectUri || String(params.redirect_uri ?? '');
	const user = portal.users.get(integer(params.user) ?? 1);
	if (params.client_id !== credentials.clientId || !URL.canParse(target) || !user) {
		return reply.code(400).type('text/html; charset=utf-8').send('<h1>Application not found</h1>');
	}
	const url = new URL(target);
	const answer = {
		code: credentials.issueCode(user.id),
		state: String(params.state ?? ''),
		domain: request.host,
		member_id: credentials.memberId,
		scope: credentials.applicationScopes.join(','),
		server_domain: request.host,
	};
	Object.entries(answer).forEach(([name, value]) => url.searchParams.set(name, value));
	return reply.redirect(url.toString(), 302);
}

function token(request: FastifyRequest, reply: FastifyReply, credentials: Credentials): FastifyReply {
	const params = { ...requestParams(request), ...basicAuth(request) };
	if (params.client_id !== credentials.clientId || params.client_secret !== credentials.clientSecret) {
		return refuse(reply, 'invalid_client', 'Invalid client data');
	}
	const renews = params.grant_type === 'refresh_token';
	if (!renews && params.grant_type !== 'authorization_code') {
		return refuse(reply, 'invalid_request', 'Unknown grant_type');
	}
	const pair = renews
		? credentials.refresh(String(params.refresh_token ?? ''))
		: credentials.exchangeCode(String(params.code ?? ''));
	if (!pair) return refuse(reply, 'invalid_grant', 'Invalid authorization data');
	return reply
		.type('application/json; charset=utf-8')
		.send(JSON.stringify(describe(pair, request, credentials, renews)));
}

function describe(pair: TokenPair, request: FastifyRequest, credentials: Credentials, renewed: boolean): object {
	const origin = `http://${request.host}`;
	return {
		access_token: pair.access,
		client_endpoint: `${origin}/rest/`,
		domain: request.host,
		...(renewed ? { expires: Math.floor(pair.expires / 1000) } : {}),
		expires_in: 3600,
		member_id: credentials.memberId,
		refresh_token: pair.refresh,
		scope: credentials.applicationScopes.join(','),
		server_endpoint: `${origin}/oauth/rest/`,
		status: 'L',
		...(renewed ? { user_id: pair.userId } : {}),
	};
}

/** Some clients send their identity as HTTP Basic. */
function basicAuth(request: FastifyRequest): Record<string, string> {
	const encoded = /^Basic\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1];
	if (!encoded) return {};
	const [id, secret] = Buffer.from(encoded, 'base64').toString().split(':').map(decodeURIComponent);
	return { client_id: id, client_secret: secret };
}

function refuse(reply: FastifyReply, error: string, text: string): FastifyReply {
	const body = JSON.stringify({ error, error_description: text });
	return reply.code(400).type('application/json; charset=utf-8').send(body);
}
