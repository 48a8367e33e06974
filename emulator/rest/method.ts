import type { User } from '../portal/entities';
import type { Actor, Portal } from '../portal/portal';
import type { Credential } from '../portal/credentials';
import type { EventHandlers } from '../portal/event-handlers';
import type { Params } from './params';

/** One call of a REST method, ready to be carried out. */
export interface RestCall {
	method: string;
	params: Params;
	portal: Portal;
	user: User;
	/** Who changes something through this call. */
	actor: Actor;
	credential: Credential;
	/** All methods of this portal, for `methods` and `method.get`. */
	methods: MethodDefinition[];
	eventHandlers: EventHandlers;
}

/** A REST method: its documented behaviour in a few lines, beside its family in `emulator/methods/`. */
export interface MethodDefinition {
	name: string;
	/** Scopes that the credential needs, all of them. Empty = `basic`, which everyone has. */
	scopes: string[];
	/** Other scopes that are enough in place of `scopes`. */
	orScopes?: string[];
	/** Makes `result`, or a `Page` with its siblings. Throws `RestError`. */
	run(call: RestCall): unknown;
	/** False for methods that `batch` refuses. */
	inBatch?: boolean;
}

/** Gives all methods of a family the same scopes. */
export function family(
	scopes: string[],
	methods: Record<string, (call: RestCall) => unknown>,
	orScopes?: string[],
): MethodDefinition[] {
	return Object.entries(methods).map(([name, run]) => ({ name, scopes, orScopes, run }));
}
