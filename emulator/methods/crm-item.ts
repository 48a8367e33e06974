import type { CrmItem, UserField } from '../portal/entities';
import { itemsOf, requireEntityType } from '../portal/crm/entity-types';
import { standardFields } from '../portal/crm/item-fields';
import { viewItem } from '../portal/crm/item-view';
import { createItem, deleteItem, requireItem, updateItem } from '../portal/crm/items';
import { stageDictionary } from '../portal/crm/stages';
import { camelUserFieldName } from '../portal/crm/user-field-names';
import { userFieldsOf } from '../portal/crm/user-fields';
import { compileFilter, type FilterField } from '../rest/filter';
import { family, type RestCall } from '../rest/method';
import { compileOrder } from '../rest/order';
import { readPage } from '../rest/page';
import { flag, integer, type PlainObject } from '../rest/params';
import type { Portal } from '../portal/portal';
import { RestError } from '../rest/rest-error';

/** Universal methods of the CRM for leads, deals, contacts and companies (api-reference/crm/universal/). */
export const crmItemMethods = family(['crm'], {
	/** crm-item-add.md: an incorrect field is ignored; answers the whole item. */
	'crm.item.add': (call) => {
		const type = typeOf(call);
		const item = createItem(call.portal, type, inputFields(call, type), call.actor);
		return { item: view(call, type, item) };
	},
	/** crm-item-get.md */
	'crm.item.get': (call) => {
		const type = typeOf(call);
		return { item: view(call, type, requireItem(call.portal, type, call.params.integer('id'))) };
	},
	/** crm-item-list.md: `fm` comes with `*` only; an unknown field in filter or order is an error. */
	'crm.item.list': listItems,
	/** crm-item-update.md: without a difference nothing is saved. */
	'crm.item.update': (call) => {
		const type = typeOf(call);
		const { id } = requireItem(call.portal, type, call.params.integer('id'));
		const item = updateItem(call.portal, type, id, inputFields(call, type), call.actor);
		return { item: view(call, type, item) };
	},
	/** crm-item-delete.md: answers an empty list. */
	'crm.item.delete': (call) => {
		const type = typeOf(call);
		const { id } = requireItem(call.portal, type, call.params.integer('id'));
		deleteItem(call.portal, type, id, call.actor);
		return [];
	},
	/** crm-item-fields.md */
	'crm.item.fields': (call) => ({ fields: describeFields(call, typeOf(call)) }),
});

function typeOf(call: RestCall): number {
	return requireEntityType(call.params.integer('entityTypeId')).id;
}

function originalNames(call: RestCall): boolean {
	return flag(call.params.get('useOriginalUfNames'));
}

function view(call: RestCall, type: number, item: CrmItem): PlainObject {
	return viewItem(call.portal, type, item, { originalNames: originalNames(call) });
}

function answerName(field: UserField, original: boolean): string {
	return original ? field.fieldName : camelUserFieldName(field.fieldName);
}

/** Fields of the request with user fields under their original names. */
function inputFields(call: RestCall, type: number): PlainObject {
	const fields = call.params.object('fields');
	const input = { ...fields };
	for (const field of userFieldsOf(call.portal, type)) {
		const name = answerName(field, originalNames(call));
		delete input[field.fieldName];
		if (name in fields) input[field.fieldName] = fields[name];
	}
	return input;
}

function listItems(call: RestCall): unknown {
	const type = typeOf(call);
	const original = originalNames(call);
	const { portal, params } = call;
	const fields = filterFields(portal, type, original);
	const where = compileFilter(params.object('filter'), {
		field: (name) => fields.get(name),
		unknown: (name) => {
			throw new RestError('INVALID_ARG_VALUE', `Invalid filter: field '${name}' is not allowed in filter`);
		},
		invalid: (name) => {
			throw new RestError('INVALID_ARG_VALUE', `Invalid filter: field '${name}' has invalid value`);
		},
		groups: true,
	});
	const orderBy = compileOrder(params.object('order'), (name, direction) => {
		const field = fields.get(name);
		if (!field) throw new RestError('INVALID_ARG_VALUE', `Invalid order: field '${name}' is not allowed in order`);
		if (direction !== 'ASC' && direction !== 'DESC') {
			const message = `Invalid order: allowed sort directions are ASC, DESC. But got '${direction}' for field '${name}'`;
			throw new RestError('INVALID_ARG_VALUE', message);
		}
		return field.sql;
	});
	const select = (params.list('select') ?? []).map(String);
	const options = { originalNames: original, select: select.length > 0 && !select.includes('*') ? select : undefined };
	if (options.select?.includes('fm')) options.select = options.select.filter((name) => name !== 'fm');
	return readPage(itemsOf(portal, type), { where, orderBy, start: params.start() }, (rows) => ({
		items: rows.map((row) => viewItem(portal, type, row, options)),
	}));
}

function filterFields(portal: Portal, type: number, original: boolean): Map<string, FilterField> {
	const items = itemsOf(portal, type);
	const fields = new Map<string, FilterField>();
	for (const field of standardFields(type)) {
		if (field.hidden) continue;
		const { multiple } = field;
		fields.set(field.name, { sql: items.expression(field.name), multiple, read: reader(portal, field.type) });
	}
	for (const field of userFieldsOf(portal, type)) {
		const sql = items.expression(field.fieldName);
		const read = reader(portal, field.userTypeId === 'boolean' ? 'integer' : field.userTypeId);
		fields.set(answerName(field, original), { sql, multiple: field.multiple, read });
	}
	return fields;
}

/** Makes the stored form of a filter value of a type. */
function reader(portal: Portal, type: string): FilterField['read'] {
	const number = (value: unknown) => (Number.isFinite(Number(value)) ? Number(value) : undefined);
	const moment = (epochMs: number) => (Number.isNaN(epochMs) ? undefined : epochMs);
	switch (type) {
		case 'datetime':
			return (value) => moment(portal.time.parse(value));
		case 'date':
			return (value) => moment(portal.time.parseDay(value));
		case 'boolean':
			return (value) => (flag(value) ? 'Y' : 'N');
		case 'double':
			return number;
		case 'integer':
		case 'user':
		case 'enumeration':
		case 'employee':
		case 'crm_company':
		case 'crm_contact':
		case 'crm_lead':
		case 'crm_quote':
		case 'crm_category':
			return (value) => integer(value) ?? (value === true ? 1 : value === false ? 0 : undefined);
		default:
			return (value) => (typeof value === 'object' ? undefined : String(value));
	}
}

function describeFields(call: RestCall, type: number): PlainObject {
	const described: PlainObject = {};
	for (const field of standardFields(type)) {
		if (field.hidden) continue;
		const statusType = field.name === 'stageId' ? stageDictionary(type, 0) : field.statusType;
		described[field.name] = {
			type: field.type,
			isRequired: field.required ?? false,
			isReadOnly: field.readOnly ?? false,
			isImmutable: false,
			isMultiple: field.multiple ?? false,
			isDynamic: false,
			...(statusType ? { statusType } : {}),
			...(field.deprecated ? { isDeprecated: true } : {}),
			title: field.title,
			upperName: field.upperName,
		};
	}
	for (const field of userFieldsOf(call.portal, type)) {
		described[answerName(field, originalNames(call))] = describeUserField(field);
	}
	return described;
}

function describeUserField(field: UserField): PlainObject {
	const label = field.editFormLabel.ru ?? Object.values(field.editFormLabel)[0] ?? field.fieldName;
	const items = field.options.map((option) => ({ ID: String(option.id), VALUE: option.value }));
	return {
		type: field.userTypeId,
		isRequired: field.mandatory,
		isReadOnly: false,
		isImmutable: false,
		isMultiple: field.multiple,
		isDynamic: true,
		...(field.userTypeId === 'enumeration' ? { items } : {}),
		title: label,
		listLabel: label,
		formLabel: label,
		filterLabel: label,
		settings: field.settings,
		upperName: field.fieldName,
	};
}
