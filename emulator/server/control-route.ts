import type { FastifyInstance, FastifyRequest } from 'fastify';

import type { Acts } from '../acts/acts';
import { isObject, type PlainObject } from '../rest/params';
import type { Emulator } from '../types';
import type { FaultRule } from './faults';

/**
 * The control API under `/_emulator/`: what the in-process interface offers, for other processes. JSON in and out; a mistake of
 * the caller is answered with 400 and `{error}`.
 *
 *     GET  /_emulator/info                                  addresses, webhook, OAuth application
 *     GET  /_emulator/clock        POST {set: ISO | ms} or {advance: ms}
 *     GET  /_emulator/revision     GET /_emulator/requests  DELETE /_emulator/requests
 *     POST /_emulator/faults       rules                    DELETE /_emulator/faults
 *     GET  /_emulator/switches     POST changes
 *     GET  /_emulator/outbox       POST /_emulator/reset    POST /_emulator/idle
 *     POST /_emulator/act          {kind: 'moveToStage', as: 3, id: 7, stage: '…'}
 *     POST /_emulator/webhooks     {userId, scopes}         POST /_emulator/outgoing {url, events, applicationToken}
 *     POST /_emulator/application  {redirectUri?, scopes?}  the application's card
 *     POST /_emulator/call         {method, params, as}     a REST method without limits
 */
export function addControlRoutes(server: FastifyInstance, emulator: Emulator): void {
	const get = (path: string, read: () => unknown) =>
		server.get(`/_emulator/${path}`, async () => ({ result: await read() }));
	const post = (path: string, run: (body: PlainObject) => unknown) =>
		server.post(`/_emulator/${path}`, async (request, reply) => {
			try {
				return { result: (await run(jsonBody(request))) ?? null };
			} catch (error) {
				return reply.code(400).send({ error: error instanceof Error ? error.message : String(error) });
			}
		});

	get('info', () => ({ url: emulator.url, webhookUrl: emulator.webhookUrl, oauth: emulator.oauth }));
	get('revision', () => emulator.revision());
	get('outbox', () => emulator.outbox());
	get('requests', () => emulator.requests.log);
	server.delete('/_emulator/requests', async () => ({ result: emulator.requests.clear() ?? null }));
	server.delete('/_emulator/faults', async () => ({ result: emulator.faults.clear() ?? null }));
	post('faults', (body) => emulator.faults.set((body.rules ?? body) as FaultRule[]));
	get('switches', () => emulator.switches.get());
	post('switches', (body) => emulator.switches.set(body));
	get('clock', () => emulator.clock.now());
	post('clock', ({ set, advance }) => {
		if (typeof set === 'string' || typeof set === 'number') emulator.clock.set(set);
		if (typeof advance === 'number') emulator.clock.advance(advance);
		return emulator.clock.now();
	});
	post('reset', () => emulator.reset());
	post('idle', () => emulator.idle());
	post('act', (body) => act(emulator.act, body));
	post('webhooks', (body) => emulator.issueWebhook(body as { userId: number; scopes: string[] }));
	post('outgoing', (body) =>
		emulator.addOutgoingWebhook(body as { url: string; events: string[]; applicationToken: string }),
	);
	post('application', (body) => emulator.configureApplication(body));
	post('call', ({ method, params, as }) =>
		emulator.call(String(method), isObject(params) ? params : {}, { as: typeof as === 'number' ? as : 1 }),
	);
}

function act(acts: Acts, { kind, ...details }: PlainObject): Promise<unknown> {
	const known = Object.keys(acts);
	if (typeof kind !== 'string' || !known.includes(kind)) {
		throw new Error(`Unknown kind of act: ${String(kind)}. Known: ${known.join(', ')}`);
	}
	const run = acts[kind as keyof Acts] as (details: PlainObject) => Promise<unknown>;
	return run(details);
}

function jsonBody(request: FastifyRequest): PlainObject {
	const text = typeof request.body === 'string' ? request.body : '';
	const body: unknown = text.trim() ? JSON.parse(text) : {};
	if (Array.isArray(body)) return { rules: body };
	return isObject(body) ? body : {};
}
