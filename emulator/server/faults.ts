import { RestError } from '../rest/rest-error';

export type FaultKind = '503' | '429' | '500' | 'html' | 'empty' | 'cutBefore' | 'cutAfter' | 'delay';

/** A misbehaviour of the server. It is looked for by request; a batch counts as a hit if any of its commands does. */
export interface FaultRule {
	/** Method name or pattern with `*`, e.g. `crm.item.*`; `batch` aims at batches as such. Default `*`. */
	method?: string;
	kind: FaultKind;
	/** Strike so many times, then never again; default: always. */
	count?: number;
	/** Let so many hits pass first. */
	skip?: number;
	/** Strike this share of the hits (0…1), spread evenly; default 1. */
	share?: number;
	/** For `delay`: real milliseconds before the answer. */
	delayMs?: number;
}

interface ActiveRule extends FaultRule {
	seen: number;
	struck: number;
}

/** What shall happen to one request. */
export interface FaultPlan {
	kinds: Set<FaultKind>;
	delayMs: number;
	/** Commands of a batch (lower case) that fail with an error of their own instead of the whole request. */
	commandErrors: Map<string, FaultKind>;
}

export class Faults {
	private rules: ActiveRule[] = [];

	/** Replaces all rules. */
	set(rules: FaultRule | FaultRule[]): void {
		this.rules = [rules].flat().map((rule) => ({ ...rule, seen: 0, struck: 0 }));
	}

	clear(): void {
		this.rules = [];
	}

	plan(method: string, commands: string[]): FaultPlan {
		const plan: FaultPlan = { kinds: new Set(), delayMs: 0, commandErrors: new Map() };
		for (const rule of this.rules) {
			const matches = (name: string) => matchesPattern(name, rule.method ?? '*');
			const hitCommands = commands.filter(matches);
			const hitItself = matches(method);
			if ((!hitItself && hitCommands.length === 0) || !strikes(rule)) continue;
			if (!hitItself && ['503', '429', '500'].includes(rule.kind)) {
				hitCommands.forEach((command) => plan.commandErrors.set(command.toLowerCase(), rule.kind));
			} else plan.kinds.add(rule.kind);
			if (rule.kind === 'delay') plan.delayMs = Math.max(plan.delayMs, rule.delayMs ?? 0);
		}
		return plan;
	}
}

/** The documented error of a fault that is answered as one. */
export function faultError(kind: FaultKind): RestError | undefined {
	switch (kind) {
		case '503':
			return new RestError('QUERY_LIMIT_EXCEEDED', 'Too many requests', 503);
		case '429':
			return new RestError('OPERATION_TIME_LIMIT', 'Method is blocked due to operation time limit.', 429);
		case '500':
			return new RestError('INTERNAL_SERVER_ERROR', 'Internal server error', 500);
		default:
			return undefined;
	}
}

function strikes(rule: ActiveRule): boolean {
	rule.seen += 1;
	const turn = rule.seen - (rule.skip ?? 0);
	if (turn <= 0 || rule.struck >= (rule.count ?? Number.POSITIVE_INFINITY)) return false;
	const share = rule.share ?? 1;
	if (Math.floor(turn * share) === Math.floor((turn - 1) * share)) return false;
	rule.struck += 1;
	return true;
}

function matchesPattern(name: string, pattern: string): boolean {
	const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
	return new RegExp(`^${parts.join('.*')}$`, 'i').test(name);
}
