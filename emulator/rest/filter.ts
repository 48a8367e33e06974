import type { SqlValue } from 'sql.js';

import type { Condition } from '../store/collection';
import { isObject, list, type PlainObject } from './params';

/** A field that a method allows in its filter or order. */
export interface FilterField {
	/** SQL expression of the value; of a multiple field: of the JSON array. */
	sql: string;
	/** Makes the stored form of a value from the request. `undefined` = the value is not valid. */
	read?: (value: unknown) => SqlValue | undefined;
	multiple?: boolean;
	/** SQL of the value inside an element of a multiple field; `item.value` by default. */
	itemSql?: string;
}

export interface FilterRules {
	field(name: string): FilterField | undefined;
	/** Called for a field that the method does not allow. Not throwing means that the condition is left out. */
	unknown(name: string): void;
	/** Called for a value that does not fit. Not throwing means that nothing matches. */
	invalid?(name: string): void;
	/** Prefixes that the method documents; default: all. */
	prefixes?: string[];
	/** Nested groups with `logic`, as only crm.item.list has them. */
	groups?: boolean;
}

const PREFIXES = ['!=%', '!%=', '!=', '!@', '!%', '>=', '<=', '=%', '%=', '!', '>', '<', '@', '%', '='];
const NOTHING: Condition = { sql: '0', values: [] };

/** Compiles a filter with its prefixes to SQL. The one place that knows what the prefixes mean. */
export function compileFilter(filter: PlainObject, rules: FilterRules): Condition | undefined {
	const parts: Condition[] = [];
	for (const [key, value] of Object.entries(filter)) {
		if (key.toLowerCase() === 'logic') continue;
		if (rules.groups && /^\d+$/.test(key) && isObject(value)) {
			const group = compileFilter(value, rules);
			if (group) parts.push(group);
			continue;
		}
		const part = compileCondition(key, value, rules);
		if (part) parts.push(part);
	}
	const logic = String(filter.logic ?? filter.LOGIC ?? 'AND').toUpperCase();
	return joinConditions(parts, rules.groups && logic === 'OR' ? 'OR' : 'AND');
}

export function joinConditions(parts: Condition[], word: 'AND' | 'OR' = 'AND'): Condition | undefined {
	if (parts.length === 0) return undefined;
	return {
		sql: parts.map((part) => `(${part.sql})`).join(` ${word} `),
		values: parts.flatMap((part) => part.values),
	};
}

function compileCondition(key: string, value: unknown, rules: FilterRules): Condition | undefined {
	const prefix = PREFIXES.find((candidate) => key.startsWith(candidate)) ?? '';
	const name = key.slice(prefix.length);
	const field = rules.field(name);
	if (!field || (rules.prefixes && !rules.prefixes.includes(prefix))) {
		rules.unknown(name);
		return undefined;
	}
	const values = readValues(value, field);
	if (!values) {
		rules.invalid?.(name);
		return NOTHING;
	}
	return compare(prefix, field, values);
}

function readValues(value: unknown, field: FilterField): SqlValue[] | undefined {
	const raw = list(value) ?? [value];
	const stored = raw.map((one) => (isEmpty(one) ? '' : field.read ? field.read(one) : plain(one)));
	return stored.includes(undefined) ? undefined : (stored as SqlValue[]);
}

function plain(value: unknown): SqlValue | undefined {
	if (typeof value === 'boolean') return value ? 'Y' : 'N';
	return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

function isEmpty(value: unknown): boolean {
	return value === '' || value === null || value === undefined;
}

function compare(prefix: string, field: FilterField, values: SqlValue[]): Condition {
	const negative = prefix.startsWith('!');
	const operator = prefix.replace('!', '') || '=';
	if (!field.multiple) {
		const positive = matchAny(operator, field.sql, values);
		return negative ? { sql: `NOT coalesce((${positive.sql}), 0)`, values: positive.values } : positive;
	}
	const inner = matchAny(
		operator,
		field.itemSql ?? 'item.value',
		values.filter((value) => value !== ''),
	);
	const some = `EXISTS (SELECT 1 FROM json_each(${field.sql}) AS item WHERE ${inner.sql})`;
	const none = `coalesce(json_array_length(${field.sql}), 0) = 0`;
	const positive = values.includes('') ? `${none} OR ${some}` : some;
	return { sql: negative ? `NOT (${positive})` : positive, values: inner.values };
}

function matchAny(operator: string, sql: string, values: SqlValue[]): Condition {
	const parts = values.map((value) => match(operator, sql, value));
	return joinConditions(parts, 'OR') ?? NOTHING;
}

function match(operator: string, sql: string, value: SqlValue): Condition {
	switch (operator) {
		case '=':
		case '@':
			if (value === '') return { sql: `${sql} IS NULL OR ${sql} = ''`, values: [] };
			return { sql: `${sql} = ? COLLATE NOCASE`, values: [value] };
		case '%':
			return { sql: `instr(fold_case(${sql}), fold_case(?)) > 0`, values: [value] };
		case '=%':
		case '%=':
			return { sql: `fold_case(${sql}) LIKE fold_case(?)`, values: [value] };
		default:
			return { sql: `${sql} ${operator} ?`, values: [value] };
	}
}
