import { encodePhpQuery } from '../logic/phpQuery';

/** Most commands one batch may hold (docs: settings/how-to-call-rest-api/batch.md). */
export const BATCH_SIZE = 50;

export interface Command {
	method: string;
	parameters: Record<string, unknown>;
}

/** What became of one command: an answer, an error, or nothing because the batch ended before it. */
export type CommandOutcome =
	| { kind: 'answered'; result: unknown; total?: number; next?: number }
	| { kind: 'refused'; error: unknown; description: unknown }
	| { kind: 'missing' };

// Named keys keep every map of the answer an object; PHP would turn 0, 1, 2 … into a list.
const keyOf = (index: number): string => `c${index}`;

export function batchParameters(commands: Command[]): Record<string, unknown> {
	const cmd = Object.fromEntries(
		commands.map(({ method, parameters }, index) => [keyOf(index), commandLine(method, parameters)]),
	);
	return { halt: 0, cmd };
}

/** Reads `result` of a batch, in the order of the commands. */
export function batchOutcomes(result: unknown, count: number): CommandOutcome[] {
	const part = (name: string): Record<string, unknown> => asMap(asMap(result)[name]);
	const results = part('result');
	const errors = part('result_error');
	const totals = part('result_total');
	const nexts = part('result_next');
	return Array.from({ length: count }, (_, index): CommandOutcome => {
		const key = keyOf(index);
		if (key in errors) {
			const { error, error_description: description } = asMap(errors[key]);
			return { kind: 'refused', error, description };
		}
		if (!(key in results)) return { kind: 'missing' };
		return { kind: 'answered', result: results[key], total: asNumber(totals[key]), next: asNumber(nexts[key]) };
	});
}

function commandLine(method: string, parameters: Record<string, unknown>): string {
	const query = encodePhpQuery(parameters);
	return query === '' ? method : `${method}?${query}`;
}

// An empty PHP map arrives as [].
function asMap(value: unknown): Record<string, unknown> {
	return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function asNumber(value: unknown): number | undefined {
	return typeof value === 'number' ? value : undefined;
}
