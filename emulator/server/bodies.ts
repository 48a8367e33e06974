import type { FastifyInstance, FastifyRequest } from 'fastify';

import { parsePhpQuery } from '../rest/batch';
import { isObject, type PlainObject } from '../rest/params';

const BODY_LIMIT = 64 * 1024 * 1024;

/** Bodies are read as text and parsed by content type here: JSON, or forms with PHP brackets (data-encoding.md). */
export function addBodyParser(server: FastifyInstance): void {
	server.removeAllContentTypeParsers();
	server.addContentTypeParser('*', { parseAs: 'string', bodyLimit: BODY_LIMIT }, (_request, body, done) => {
		done(null, body);
	});
}

/** Parameters of query string and body together; the body wins. A JSON array becomes a map with the keys 0..n. */
export function requestParams(request: FastifyRequest): PlainObject {
	const query = parsePhpQuery(request.url.split('?').slice(1).join('?'));
	const text = typeof request.body === 'string' ? request.body : '';
	if (text.trim() === '') return query;
	const type = request.headers['content-type'] ?? '';
	if (!type.includes('json')) return { ...query, ...parsePhpQuery(text) };
	const body = parseJson(text);
	if (Array.isArray(body)) return { ...query, ...Object.fromEntries(body.entries()) };
	return { ...query, ...(isObject(body) ? body : {}) };
}

/** Bodies that are no JSON count as empty, as PHP takes them. */
function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return {};
	}
}
