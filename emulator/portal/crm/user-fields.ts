import type { UserField } from '../entities';
import type { Portal } from '../portal';

const ENTITY_IDS: Record<number, string> = { 1: 'CRM_LEAD', 2: 'CRM_DEAL', 3: 'CRM_CONTACT', 4: 'CRM_COMPANY' };

/** The name under which user fields of an entity type are kept, e.g. `CRM_DEAL`. */
export function userFieldEntityId(entityTypeId: number): string {
	return ENTITY_IDS[entityTypeId] ?? `CRM_${entityTypeId}`;
}

// Every item that is written or shown asks for these rows.
const cache = new WeakMap<Portal, { version: number; fields: Map<number, UserField[]> }>();

export function userFieldsOf(portal: Portal, entityTypeId: number): UserField[] {
	let known = cache.get(portal);
	if (!known || known.version !== portal.userFields.version) {
		known = { version: portal.userFields.version, fields: new Map() };
		cache.set(portal, known);
	}
	let fields = known.fields.get(entityTypeId);
	if (!fields) {
		fields = portal.userFields.find({ entityId: userFieldEntityId(entityTypeId) });
		known.fields.set(entityTypeId, fields);
	}
	return fields;
}
