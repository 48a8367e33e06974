import { phpValue } from './php-json';

/** What the commands so far came to, by command key. */
export interface BatchResults {
	result: Record<string, unknown>;
	error: Record<string, unknown>;
	total: Record<string, unknown>;
	next: Record<string, unknown>;
	time: Record<string, unknown>;
}

const REFERENCE = /\$(result|error|total|next|time)(\[\S*)/g;

/**
 * Puts the results of earlier commands in place of `$result[key][path]`. A reference swallows everything up to white space; a
 * path that does not exist is cut at the deepest level that does.
 */
export function resolveReferences(value: unknown, results: BatchResults): unknown {
	if (Array.isArray(value)) return value.map((one) => resolveReferences(one, results));
	if (typeof value === 'object' && value !== null) {
		return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolveReferences(one, results)]));
	}
	if (typeof value !== 'string' || !value.includes('$')) return value;
	const whole = /^\$(result|error|total|next|time)(\[\S*)$/.exec(value);
	if (whole) return lookUp(results, whole[1] as keyof BatchResults, whole[2]);
	return value.replace(REFERENCE, (_, kind: keyof BatchResults, path: string) => {
		const found = lookUp(results, kind, path);
		return typeof found === 'object' && found !== null ? 'Array' : String(found ?? '');
	});
}

function lookUp(results: BatchResults, kind: keyof BatchResults, path: string): unknown {
	const keys = [...path.matchAll(/\[([^\]]*)\]/g)].map(([, key]) => key);
	let current: unknown = phpValue(results[kind]);
	for (const key of keys) {
		if (typeof current !== 'object' || current === null || !(key in current)) return current;
		current = (current as Record<string, unknown>)[key];
	}
	return current;
}
