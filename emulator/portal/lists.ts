import { isObject, list, type PlainObject } from '../rest/params';
import { RestError } from '../rest/rest-error';
import type { ListElement, ListProperty, PortalList } from './entities';
import type { Actor, Portal } from './portal';

/** IDs of elements come from one counter for all lists of the portal, with gaps. */
function nextElementId(portal: Portal): number {
	const gap = 1 + (portal.store.nextId('list element gap', 7) % 3);
	return portal.store.nextId('list_element', gap);
}

export function propertiesOf(portal: Portal, iblockId: number): ListProperty[] {
	return portal.listProperties.find({ iblockId }, `${portal.listProperties.expression('sort')}, id`);
}

/**
 * Adds an element. The code must be free in its list: the check and the insertion are two steps, so that a race of two writers
 * (switch `skipListUniqueness`) lets the same code in twice. Throws the documented errors of lists-element-add.md.
 */
export function addElement(
	portal: Portal,
	iblock: PortalList,
	code: string,
	fields: PlainObject,
	sectionId: number,
	actor: Actor,
): ListElement {
	const taken = portal.listElements.first({ iblockId: iblock.id, code });
	if (taken && !portal.switches.skipListUniqueness) {
		throw new RestError('ERROR_ELEMENT_ALREADY_EXISTS', 'Element already exists');
	}
	const name = String(fields.NAME ?? '').trim();
	if (!name) throw new RestError('ERROR_ADD_ELEMENT', 'Please fill the required field "NAME"');
	return portal.listElements.insert({
		id: nextElementId(portal),
		iblockId: iblock.id,
		code,
		name,
		sectionId,
		createdBy: actor.userId,
		created: portal.time.now(),
		sort: 500,
		values: readValues(portal, iblock.id, fields, 'ERROR_ADD_ELEMENT'),
		visibleFrom: portal.clock.now() + portal.switches.listLagMs,
	});
}

/** Writes an element anew: every property that is not sent is empty afterwards (lists-element-update.md). */
export function overwriteElement(portal: Portal, element: ListElement, fields: PlainObject): ListElement {
	const name = String(fields.NAME ?? '').trim();
	if (!name) throw new RestError('ERROR_UPDATE_ELEMENT', 'Please fill the required field "NAME"');
	const values = readValues(portal, element.iblockId, fields, 'ERROR_UPDATE_ELEMENT');
	return portal.listElements.update(element.id, { name, values });
}

function readValues(portal: Portal, iblockId: number, fields: PlainObject, errorCode: string): ListElement['values'] {
	const values: ListElement['values'] = {};
	for (const property of propertiesOf(portal, iblockId)) {
		const given = fields[`PROPERTY_${property.id}`] ?? property.defaultValue;
		const stored = flatten(given).map((value) => storedValue(portal, property, value));
		const kept = property.multiple ? stored : stored.slice(0, 1);
		if (property.required && kept.length === 0) {
			throw new RestError(errorCode, `Please fill the required field "${property.name}"`);
		}
		if (kept.length > 0) {
			values[property.id] = kept.map((value) => ({ id: portal.store.nextId('list value', 2), value }));
		}
	}
	return values;
}

/** A single value, a list of values, or `{valueId: value}` as the portal itself answers. */
function flatten(given: unknown): string[] {
	const raw = list(given) ?? (isObject(given) ? Object.values(given) : [given]);
	return raw.filter((value) => value !== undefined && value !== null && value !== '').map(String);
}

/** Dates are kept as the portal writes them, everything else as text. */
function storedValue(portal: Portal, property: ListProperty, value: string): string {
	if (property.type !== 'S:Date' && property.type !== 'S:DateTime') return value;
	const moment = portal.time.parse(value);
	if (Number.isNaN(moment)) return value;
	return property.type === 'S:Date' ? portal.time.siteDate(moment) : portal.time.site(moment);
}
