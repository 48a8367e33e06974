/** Marks an object that stays an object in JSON even when it is empty. */
export class ForcedObject {
	constructor(readonly entries: Record<string, unknown> = {}) {}
}

/**
 * What PHP's json_encode makes of a value: a map whose keys are 0..n-1 becomes an array, an empty map becomes `[]`.
 * (settings/how-to-call-rest-api/batch.md shows the empty maps.)
 */
export function phpValue(value: unknown): unknown {
	if (value instanceof ForcedObject) return mapValues(value.entries);
	if (Array.isArray(value)) return value.map(phpValue);
	if (value === null || typeof value !== 'object') return value === undefined ? null : value;
	const keys = Object.keys(value);
	if (keys.every((key, index) => key === String(index))) return Object.values(value).map(phpValue);
	return mapValues(value as Record<string, unknown>);
}

function mapValues(map: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(map)
			.filter(([, value]) => value !== undefined)
			.map(([key, value]) => [key, phpValue(value)]),
	);
}
