import type { Credential } from '../portal/credentials';
import type { EventHandlers } from '../portal/event-handlers';
import type { Portal } from '../portal/portal';
import { runBatch } from './batch';
import type { MethodDefinition } from './method';
import { OperatingLedger } from './operating-ledger';
import { Page } from './page';
import { Params, type PlainObject } from './params';
import { phpValue } from './php-json';
import { RestError } from './rest-error';
import { timeEnvelope, type TimeEnvelope } from './time-envelope';

/** What a call came to; siblings of `result` only where the method has them. */
export interface Answer {
	result: unknown;
	next?: number;
	total?: number;
	time: TimeEnvelope;
}

/** Lets a test replace the outcome of a command inside a batch. Throws to do so. */
export type Interference = (method: string) => void;

/** Seconds that a method is said to take, by the last part of its name. */
const COSTS: Record<string, number> = { add: 0.13, update: 0.12, delete: 0.12, list: 0.03 };
const DEFAULT_COST = 0.02;

/** Carries out REST methods: looks them up, checks scopes and operating time, wraps answers. */
export class Dispatcher {
	readonly ledger = new OperatingLedger();
	private readonly byName: Map<string, MethodDefinition>;

	constructor(
		readonly portal: Portal,
		private readonly eventHandlers: EventHandlers,
		private readonly methods: MethodDefinition[],
	) {
		this.byName = new Map(methods.map((method) => [method.name.toLowerCase(), method]));
	}

	/** Runs a method or a batch. Throws `RestError`. */
	call(method: string, raw: PlainObject, credential: Credential, interference?: Interference): Answer {
		if (method.toLowerCase() === 'batch') {
			const started = this.portal.clock.now();
			const result = runBatch(raw, (name, params) => {
				interference?.(name);
				return this.single(name, params, credential);
			});
			const operating = { sum: 0, resetAt: Math.floor(started / 1000) + 600 };
			return { result: phpValue(result), time: timeEnvelope(this.portal.time, started, 0.05, operating) };
		}
		const answer = this.single(method, raw, credential);
		return { ...answer, result: phpValue(answer.result) };
	}

	/** True if there is such a method. */
	knows(method: string): boolean {
		return this.byName.has(method.toLowerCase()) || method.toLowerCase() === 'batch';
	}

	private single(method: string, raw: PlainObject, credential: Credential): Answer {
		const definition = this.byName.get(method.toLowerCase());
		if (!definition) throw new RestError('ERROR_METHOD_NOT_FOUND', 'Method not found!', 404);
		checkScopes(definition, credential);
		const { portal } = this;
		const started = portal.clock.now();
		const key = `${credential.key} ${definition.name}`;
		const limited = credential.kind !== 'inside';
		if (limited) this.ledger.check(key, started, portal.switches.operatingLimit);
		const user = portal.users.get(credential.userId);
		if (!user?.active) throw new RestError('NO_AUTH_FOUND', 'Wrong authorization data', 401);

		const cost = COSTS[definition.name.split('.').pop() as string] ?? DEFAULT_COST;
		if (limited) this.ledger.add(key, started, cost);
		const outcome = definition.run({
			method: definition.name,
			params: new Params(raw),
			portal,
			user,
			actor: { userId: user.id },
			credential,
			methods: this.methods,
			eventHandlers: this.eventHandlers,
		});
		const time = timeEnvelope(portal.time, started, cost, this.ledger.report(key, started));
		if (!(outcome instanceof Page)) return { result: outcome, time };
		const next = outcome.next === undefined ? {} : { next: outcome.next };
		return { result: outcome.result, ...next, total: outcome.total, time };
	}
}

function checkScopes(definition: MethodDefinition, credential: Credential): void {
	const has = (scope: string) => credential.scopes.includes(scope);
	if (definition.scopes.every(has) || definition.orScopes?.some(has)) return;
	throw new RestError(
		'insufficient_scope',
		'The request requires higher privileges than provided by the webhook token',
		403,
	);
}
