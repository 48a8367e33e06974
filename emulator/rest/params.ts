import { RestError } from './rest-error';

export type PlainObject = Record<string, unknown>;

export function isObject(value: unknown): value is PlainObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** PHP's notion of true, except that `N` and `false` as texts are false, as every Bitrix24 method reads its flags. */
export function flag(value: unknown): boolean {
	return value === true || value === 1 || ['y', '1', 'true'].includes(String(value).toLowerCase());
}

/** A whole number, or undefined if the value is none. Form and query bodies carry numbers as text. */
export function integer(value: unknown): number | undefined {
	if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
	return typeof value === 'string' && /^\s*-?\d+\s*$/.test(value) ? Number(value) : undefined;
}

/** An array, also where a form body made an object with the keys 0..n of it. Undefined if the value is neither. */
export function list(value: unknown): unknown[] | undefined {
	if (Array.isArray(value)) return value;
	if (isObject(value) && Object.keys(value).every((key) => /^\d+$/.test(key))) return Object.values(value);
	return undefined;
}

/** Parameters of one call. Top-level names are read without regard to case, as the official samples write them both ways. */
export class Params {
	private readonly byLowerName: Map<string, unknown>;

	constructor(readonly raw: PlainObject) {
		this.byLowerName = new Map(Object.entries(raw).map(([name, value]) => [name.toLowerCase(), value]));
	}

	get(name: string): unknown {
		return this.byLowerName.get(name.toLowerCase());
	}

	has(name: string): boolean {
		const value = this.get(name);
		return value !== undefined && value !== null && value !== '';
	}

	integer(name: string): number | undefined {
		return integer(this.get(name));
	}

	text(name: string): string {
		const value = this.get(name);
		return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
	}

	flag(name: string): boolean {
		return flag(this.get(name));
	}

	/** A map, or an empty one if the parameter is missing or no map. PHP makes no difference between an empty list and an empty map. */
	object(name: string): PlainObject {
		const value = this.get(name);
		if (Array.isArray(value)) return Object.fromEntries(value.entries());
		return isObject(value) ? value : {};
	}

	list(name: string): unknown[] | undefined {
		return list(this.get(name));
	}

	/** The n-th parameter in the order sent: some old task methods go by position, not by name (data-encoding.md). */
	positional(index: number): unknown {
		return Object.entries(this.raw).filter(([name]) => name.toLowerCase() !== 'auth')[index]?.[1];
	}

	/** The number of rows to skip; -1 switches the counting off (settings/performance/huge-data.md). */
	start(): number {
		return this.integer('start') ?? 0;
	}

	requireObject(name: string, error: RestError): PlainObject {
		const value = this.get(name);
		if (!isObject(value)) throw error;
		return value;
	}
}
