import type { ListElement, ListProperty, PortalList } from '../portal/entities';
import { addElement, overwriteElement, propertiesOf } from '../portal/lists';
import type { Portal } from '../portal/portal';
import { compileFilter, joinConditions, type FilterField } from '../rest/filter';
import { family, type RestCall } from '../rest/method';
import { compileOrder } from '../rest/order';
import { readPage } from '../rest/page';
import { integer, isObject, type PlainObject } from '../rest/params';
import { RestError } from '../rest/rest-error';
import { requireList, required } from './lists-structure';

/** Elements of universal lists (api-reference/lists/elements/). */
export const listElementMethods = family(['lists'], {
	/** lists-element-add.md: ELEMENT_CODE is obligatory and free in its list. */
	'lists.element.add': (call) => {
		const iblock = requireList(call);
		required(call, 'ELEMENT_CODE', 'FIELDS');
		const section = call.params.integer('IBLOCK_SECTION_ID') ?? 0;
		return addElement(call.portal, iblock, call.params.text('ELEMENT_CODE'), fieldsOf(call), section, call.actor).id;
	},
	/** lists-element-get.md: values are `{valueId: value}`, dates in the site's format. */
	'lists.element.get': getElements,
	/** lists-element-update.md: what is not sent is cleared. */
	'lists.element.update': (call) => {
		const iblock = requireList(call);
		required(call, 'FIELDS');
		overwriteElement(call.portal, requireElement(call, iblock), fieldsOf(call));
		return true;
	},
	/** lists-element-delete.md */
	'lists.element.delete': (call) => {
		call.portal.listElements.remove(requireElement(call, requireList(call)).id);
		return true;
	},
});

function fieldsOf(call: RestCall): PlainObject {
	const fields = call.params.get('FIELDS');
	return isObject(fields) ? fields : {};
}

function requireElement(call: RestCall, iblock: PortalList): ListElement {
	const { params, portal } = call;
	if (!params.has('ELEMENT_ID') && !params.has('ELEMENT_CODE')) required(call, 'ELEMENT_ID');
	const id = params.integer('ELEMENT_ID');
	const element = params.has('ELEMENT_ID')
		? portal.listElements.get(id ?? 0)
		: portal.listElements.first({ iblockId: iblock.id, code: params.text('ELEMENT_CODE') });
	if (!element || element.iblockId !== iblock.id) throw new RestError('ERROR_ELEMENT_NOT_FOUND', 'Element not found');
	return element;
}

function getElements(call: RestCall): unknown {
	const { portal, params } = call;
	const iblock = requireList(call);
	const { listElements } = portal;
	const properties = propertiesOf(portal, iblock.id);
	const conditions = [
		{ sql: `"iblockId" = ? AND "visibleFrom" <= ?`, values: [iblock.id, portal.clock.now()] },
		...(params.has('ELEMENT_ID') ? [{ sql: 'id = ?', values: [params.integer('ELEMENT_ID') ?? 0] }] : []),
		...(params.has('ELEMENT_CODE') ? [{ sql: '"code" = ?', values: [params.text('ELEMENT_CODE')] }] : []),
	];
	const filter = compileFilter(params.object('FILTER'), {
		field: (name) => elementField(portal, properties, name),
		unknown: () => undefined,
	});
	if (filter) conditions.push(filter as (typeof conditions)[number]);
	const orderBy = compileOrder(params.object('ELEMENT_ORDER'), (name) => {
		const property = properties.find(({ id }) => name === `PROPERTY_${id}`);
		if (property) return property.multiple ? undefined : firstValue(portal, property);
		return elementField(portal, properties, name)?.sql;
	});
	const select = (params.list('SELECT') ?? []).map(String);
	return readPage(listElements, { where: joinConditions(conditions), orderBy, start: params.start() }, (rows) =>
		rows.map((row) => viewElement(portal, properties, row, select)),
	);
}

function firstValue(portal: Portal, property: ListProperty): string {
	return `json_extract(${portal.listElements.expression('values')}, '$."${property.id}"[0].value')`;
}

function elementField(portal: Portal, properties: ListProperty[], name: string): FilterField | undefined {
	const stored = (field: string, read?: FilterField['read']) => ({ sql: portal.listElements.expression(field), read });
	switch (name) {
		case 'ID':
			return stored('id', integer);
		case 'NAME':
			return stored('name');
		case 'IBLOCK_SECTION_ID':
			return stored('sectionId', integer);
		case 'CREATED_BY':
			return stored('createdBy', integer);
		case 'SORT':
			return stored('sort', integer);
		case 'DATE_CREATE':
			return stored('created', (value) => {
				const moment = portal.time.parse(value);
				return Number.isNaN(moment) ? undefined : moment;
			});
	}
	const property = properties.find(({ id }) => name === `PROPERTY_${id}`);
	if (!property) return undefined;
	const sql = `json_extract(${portal.listElements.expression('values')}, '$."${property.id}"')`;
	return { sql, multiple: true, ...propertyComparison(portal, property) };
}

/** Dates are compared as moments, numbers as numbers, all else as text. */
function propertyComparison(portal: Portal, property: ListProperty): Pick<FilterField, 'itemSql' | 'read'> {
	const value = `json_extract(item.value, '$.value')`;
	if (property.type === 'S:Date' || property.type === 'S:DateTime') {
		const day = `substr(${value}, 7, 4) || substr(${value}, 4, 2) || substr(${value}, 1, 2)`;
		return {
			itemSql: `(${day} || substr(${value} || ' 00:00:00', 11, 9))`,
			read: (given) => {
				const moment = portal.time.parse(given);
				if (Number.isNaN(moment)) return undefined;
				const text = portal.time.site(moment);
				return `${text.slice(6, 10)}${text.slice(3, 5)}${text.slice(0, 2)}${text.slice(10)}`;
			},
		};
	}
	if (property.type.startsWith('N')) {
		return {
			itemSql: `CAST(${value} AS REAL)`,
			read: (given) => (Number.isNaN(Number(given)) ? undefined : Number(given)),
		};
	}
	return { itemSql: value, read: (given) => (typeof given === 'object' ? undefined : String(given)) };
}

function viewElement(portal: Portal, properties: ListProperty[], element: ListElement, select: string[]): PlainObject {
	const view: PlainObject = {
		ID: String(element.id),
		NAME: element.name,
		IBLOCK_SECTION_ID: element.sectionId === 0 ? null : String(element.sectionId),
		CREATED_BY: String(element.createdBy),
		CODE: element.code,
	};
	if (select.includes('DATE_CREATE')) view.DATE_CREATE = portal.time.site(element.created);
	if (select.includes('SORT')) view.SORT = String(element.sort);
	for (const property of properties) {
		const values = element.values[property.id];
		if (values)
			view[`PROPERTY_${property.id}`] = Object.fromEntries(values.map(({ id, value }) => [String(id), value]));
	}
	if (select.length === 0) return view;
	return Object.fromEntries(Object.entries(view).filter(([name]) => select.includes(name)));
}
