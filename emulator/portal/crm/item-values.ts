import { flag, integer, list } from '../../rest/params';
import { RestError } from '../../rest/rest-error';
import type { UserField } from '../entities';
import type { Portal } from '../portal';
import type { ItemField } from './item-fields';

function notValid(name: string): RestError {
	return new RestError('CRM_FIELD_ERROR_VALUE_NOT_VALID', `Invalid value for field "${name}"`);
}

function phpType(value: unknown): string {
	if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'double';
	return typeof value;
}

/** Reads a list for a multiple field; throws error 100 for a scalar (crm-item-add.md). */
function iterable(value: unknown): unknown[] {
	if (value === null || value === '') return [];
	const values = list(value);
	if (!values) {
		throw new RestError(100, `Expected iterable value for multiple field, but got ${phpType(value)} instead`);
	}
	return values.filter((one) => one !== '' && one !== null);
}

/** Stored form of a standard field's value: numbers, texts, `Y`/`N`, epoch milliseconds. */
export function readStandardValue(portal: Portal, field: ItemField, value: unknown): unknown {
	if (field.multiple) return iterable(value).map((one) => readScalar(portal, field.name, field.type, one));
	return readScalar(portal, field.name, field.type, value);
}

/** Stored form of a user field's value. */
export function readUserValue(portal: Portal, field: UserField, value: unknown): unknown {
	if (field.multiple) return iterable(value).map((one) => readUserScalar(portal, field, one));
	return readUserScalar(portal, field, value);
}

function readUserScalar(portal: Portal, field: UserField, value: unknown): unknown {
	const scalar = readScalar(portal, field.fieldName, field.userTypeId, value);
	if (field.userTypeId === 'enumeration' && scalar !== null) {
		if (!field.options.some(({ id }) => id === scalar)) throw notValid(field.fieldName);
	}
	if (field.userTypeId === 'boolean') return scalar === 'Y' ? 1 : 0;
	return scalar;
}

function readScalar(portal: Portal, name: string, type: string, value: unknown): unknown {
	if (type === 'boolean') return flag(value) ? 'Y' : 'N';
	if (value === null || value === undefined) return null;
	if (typeof value === 'object' && type !== 'file') throw notValid(name);
	switch (type) {
		case 'string':
		case 'text':
		case 'url':
		case 'money':
		case 'address':
		case 'crm_status':
		case 'crm_currency':
			return typeof value === 'boolean' ? (value ? '1' : '') : String(value);
		case 'double':
			return value === '' ? null : finite(name, value);
		case 'date':
			return value === '' ? null : moment(name, portal.time.parseDay(value));
		case 'datetime':
			return value === '' ? null : moment(name, portal.time.parse(value));
		case 'file':
			return value;
		default:
			return value === '' ? null : whole(name, value);
	}
}

function finite(name: string, value: unknown): number {
	const number = Number(value);
	if (!Number.isFinite(number)) throw notValid(name);
	return number;
}

function whole(name: string, value: unknown): number {
	const number = integer(value);
	if (number === undefined) throw notValid(name);
	return number;
}

function moment(name: string, epochMs: number): number {
	if (Number.isNaN(epochMs)) throw notValid(name);
	return epochMs;
}
