import type { Finding } from '../finding';

/** A finding before the file and the node are known. */
export type Fault = Pick<Finding, 'problem' | 'remedy'>;

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A fault for each key that is not among the known ones. */
export function unknownKeys(value: Record<string, unknown>, known: string[], path: string): Fault[] {
	return Object.keys(value)
		.filter((key) => !known.includes(key))
		.map((key) => ({
			problem: `There is no "${key}" in the parameter "${path}"`,
			remedy: `Known here: ${known.join(', ')}`,
		}));
}
