import fastify, { type FastifyInstance } from 'fastify';

import { addBodyParser } from './bodies';
import { addControlRoutes } from './control-route';
import { addOAuthRoutes } from './oauth-route';
import { addRestRoute, type RestRouteParts } from './rest-route';
import type { Emulator } from '../types';

/** The portal's HTTP server, not listening yet. */
export function createServer(parts: RestRouteParts, emulator: Emulator): FastifyInstance {
	const server = fastify({ logger: false, forceCloseConnections: true, routerOptions: { ignoreTrailingSlash: true } });
	addBodyParser(server);
	addRestRoute(server, parts);
	addOAuthRoutes(server, parts);
	addControlRoutes(server, emulator);
	return server;
}
