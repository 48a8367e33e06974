import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { Credential, Credentials } from '../portal/credentials';
import type { Portal } from '../portal/portal';
import { batchCommands, parsePhpQuery } from '../rest/batch';
import type { Dispatcher } from '../rest/dispatcher';
import type { PlainObject } from '../rest/params';
import { RestError } from '../rest/rest-error';
import { requestParams } from './bodies';
import { faultError, type FaultPlan, type Faults } from './faults';
import type { LeakyBucket } from './leaky-bucket';
import type { RequestLog, RequestLogEntry } from './request-log';

export interface RestRouteParts {
	portal: Portal;
	dispatcher: Dispatcher;
	credentials: Credentials;
	faults: Faults;
	log: RequestLog;
	bucket: LeakyBucket;
	/** Milliseconds by which an answer is held back. */
	sleep: (ms: number) => Promise<void>;
}

interface Address {
	method: string;
	webhook?: { userId: number; code: string };
}

/** `/rest/{user}/{code}/{method}` and `/rest/{method}` (general-principles.md), by GET and POST. */
export function addRestRoute(server: FastifyInstance, parts: RestRouteParts): void {
	server.route({
		method: ['GET', 'POST'],
		url: '/rest/*',
		handler: (request, reply) => answer(parts, request, reply),
	});
}

async function answer(parts: RestRouteParts, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
	const { portal, dispatcher, faults, log } = parts;
	const { method, webhook } = readAddress((request.params as { '*': string })['*']);
	const params = requestParams(request);
	const isBatch = method.toLowerCase() === 'batch';
	const commands = isBatch ? batchCommands(params) : undefined;
	const entry: RequestLogEntry = {
		time: portal.time.iso(portal.clock.now()),
		method,
		params: { ...params },
		commands,
		status: 0,
	};
	const plan = faults.plan(method, commands?.map((command) => command.method) ?? []);

	if (plan.delayMs > 0) await parts.sleep(plan.delayMs);
	if (plan.kinds.has('cutBefore')) return cut(request, reply, log, entry);
	try {
		parts.bucket.take(request.ip, portal.clock.now(), portal.switches.limits);
		for (const kind of plan.kinds) {
			const error = faultError(kind);
			if (error) throw error;
		}
		if (plan.kinds.has('html')) return send(reply, log, entry, 502, BAD_GATEWAY, 'text/html');
		if (plan.kinds.has('empty')) return send(reply, log, entry, 200, '', 'application/json');
		const credential = authorize(parts, request, params, webhook);
		entry.userId = credential.userId;
		if (!webhook) delete params.auth;
		const result = dispatcher.call(method, params, credential, commandFaults(plan));
		if (plan.kinds.has('cutAfter')) return cut(request, reply, log, entry);
		return send(reply, log, entry, 200, JSON.stringify(result));
	} catch (error) {
		const known = error instanceof RestError ? error : new RestError('INTERNAL_SERVER_ERROR', `${error}`, 500);
		if (!(error instanceof RestError)) request.log.error(error);
		entry.error = known.code;
		return send(reply, log, entry, known.status, JSON.stringify(known.body()));
	}
}

function readAddress(path: string): Address {
	const segments = path.split('/').filter(Boolean);
	const method = (segments.at(-1) ?? '').replace(/\.json$/, '');
	if (segments.length < 3 || !/^\d+$/.test(segments[0])) return { method };
	return { method, webhook: { userId: Number(segments[0]), code: segments[1] } };
}

function authorize(
	{ portal, credentials }: RestRouteParts,
	request: FastifyRequest,
	params: PlainObject,
	webhook?: Address['webhook'],
): Credential {
	if (portal.switches.restDisabled) {
		throw new RestError('ACCESS_DENIED', 'REST API is available only on commercial plans', 403);
	}
	if (webhook) return credentials.byWebhook(webhook.userId, webhook.code);
	const bearer = /^Bearer\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1];
	const token = params.auth ?? parsePhpQuery(request.url.split('?')[1] ?? '').auth ?? bearer;
	return credentials.byAccessToken(String(token ?? ''));
}

function commandFaults(plan: FaultPlan): (method: string) => void {
	return (method) => {
		const kind = plan.commandErrors.get(method.toLowerCase());
		const error = kind && faultError(kind);
		if (error) throw error;
	};
}

const BAD_GATEWAY = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';

function send(
	reply: FastifyReply,
	log: RequestLog,
	entry: RequestLogEntry,
	status: number,
	body: string,
	type = 'application/json; charset=utf-8',
): FastifyReply {
	log.add({ ...entry, status });
	return reply.code(status).header('content-type', type).send(body);
}

function cut(request: FastifyRequest, reply: FastifyReply, log: RequestLog, entry: RequestLogEntry): FastifyReply {
	log.add(entry);
	reply.hijack();
	request.raw.socket.destroy();
	return reply;
}
