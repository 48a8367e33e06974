import { setTimeout } from 'node:timers/promises';

import { createActs } from './acts/acts';
import { OutsideClock, RunningClock } from './clock';
import { allMethods } from './methods';
import { ALL_SCOPES, Credentials } from './portal/credentials';
import { EventHandlers } from './portal/event-handlers';
import { Portal } from './portal/portal';
import { Dispatcher } from './rest/dispatcher';
import { seedPortal } from './seeds';
import { Faults } from './server/faults';
import { LeakyBucket } from './server/leaky-bucket';
import { RequestLog } from './server/request-log';
import { createServer } from './server/server';
import type { Emulator, EmulatorOptions } from './types';

export type { Acts, NewItem } from './acts/acts';
export type { OutboxContent } from './portal/outbox';
export type { Switches } from './portal/switches';
export { RestError } from './rest/rest-error';
export type { FaultRule } from './server/faults';
export type { RequestLogEntry } from './server/request-log';
export type { Emulator, EmulatorOptions } from './types';

/** Starts a Bitrix24 portal on 127.0.0.1 with its own data, clock and secrets. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
	const startAt = options.startAt === undefined ? undefined : Date.parse(options.startAt);
	const clock = options.clock ? new OutsideClock(options.clock) : new RunningClock(startAt);
	const portal = await Portal.open(clock, options.timeZone ?? 'Europe/Moscow');
	portal.switches.limits = options.limits ?? 'standard';
	const seed = () => seedPortal(portal, options.seed ?? 'empty', options.seedOptions ?? {});
	seed();

	let url = '';
	const credentials = new Credentials(() => clock.now());
	const eventHandlers = new EventHandlers(portal, credentials, () => url);
	const dispatcher = new Dispatcher(portal, eventHandlers, allMethods);
	const faults = new Faults();
	const log = new RequestLog();
	const bucket = new LeakyBucket();
	const sleep = options.sleep ?? (async (ms: number) => await setTimeout(ms));
	const parts = { portal, dispatcher, credentials, faults, log, bucket, sleep };

	const emulator: Emulator = {
		url: '',
		webhookUrl: '',
		oauth: {
			clientId: credentials.clientId,
			clientSecret: credentials.clientSecret,
			authorizationUrl: '',
			accessTokenUrl: '',
		},
		async call(method, params = {}, { as = 1 } = {}) {
			const inside = { kind: 'inside' as const, key: 'inside', userId: as, scopes: ALL_SCOPES };
			const copy = JSON.parse(JSON.stringify(params));
			return JSON.parse(JSON.stringify(dispatcher.call(method, copy, inside).result));
		},
		act: createActs(portal),
		outbox: () => portal.outbox.read(),
		requests: log,
		faults,
		switches: {
			get: () => ({ ...portal.switches }),
			set: (changes) => void Object.assign(portal.switches, changes),
		},
		issueWebhook: ({ userId, scopes }) => `${url}/rest/${credentials.issueWebhook(userId, scopes)}/`,
		configureApplication({ redirectUri, scopes }) {
			if (redirectUri !== undefined) credentials.redirectUri = redirectUri;
			if (scopes !== undefined) credentials.applicationScopes = scopes;
		},
		addOutgoingWebhook: (webhook) => eventHandlers.addOutgoingWebhook(webhook),
		clock: {
			now: () => clock.now(),
			set: (moment) => clock.set(portal.time.parse(moment)),
			advance: (milliseconds) => clock.advance(milliseconds),
		},
		revision: () => portal.store.revision,
		reset() {
			portal.clear();
			eventHandlers.clear();
			dispatcher.ledger.clear();
			bucket.clear();
			seed();
		},
		idle: () => eventHandlers.idle(),
		async close() {
			eventHandlers.close();
			await eventHandlers.idle();
			await server.close();
			portal.store.close();
		},
	};
	const server = createServer(parts, emulator);
	url = await server.listen({ host: '127.0.0.1', port: options.port ?? 0 });
	emulator.url = url;
	emulator.webhookUrl = emulator.issueWebhook({ userId: 1, scopes: ALL_SCOPES });
	emulator.oauth.authorizationUrl = `${url}/oauth/authorize/`;
	emulator.oauth.accessTokenUrl = `${url}/oauth/token/`;
	return emulator;
}
