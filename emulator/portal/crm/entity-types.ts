import { RestError } from '../../rest/rest-error';
import type { CrmItem } from '../entities';
import type { Portal } from '../portal';
import type { Collection } from '../../store/collection';

export const LEAD = 1;
export const DEAL = 2;
export const CONTACT = 3;
export const COMPANY = 4;

/** What belongs to an entity type of the CRM (api-reference/crm/data-types.md). */
export interface EntityType {
	id: number;
	/** Upper-case name, as in event names and documents of workflows. */
	name: string;
	/** Russian name in the default titles. */
	title: string;
	/** Short code of bindings, e.g. `D` in `D_12`. */
	short: string;
}

const TYPES: EntityType[] = [
	{ id: LEAD, name: 'LEAD', title: 'Лид', short: 'L' },
	{ id: DEAL, name: 'DEAL', title: 'Сделка', short: 'D' },
	{ id: CONTACT, name: 'CONTACT', title: 'Контакт', short: 'C' },
	{ id: COMPANY, name: 'COMPANY', title: 'Компания', short: 'CO' },
];

/** Throws NOT_FOUND as crm.item.* do for an entityTypeId that does not exist. */
export function requireEntityType(entityTypeId: unknown): EntityType {
	const type = TYPES.find(({ id }) => id === entityTypeId);
	if (!type) throw new RestError('NOT_FOUND', 'Smart process not found');
	return type;
}

export function entityTypeByName(name: string): EntityType | undefined {
	return TYPES.find((type) => type.name === name.toUpperCase());
}

export function itemsOf(portal: Portal, entityTypeId: number): Collection<CrmItem> {
	const items = portal.items.get(entityTypeId);
	if (!items) throw new RestError('NOT_FOUND', 'Smart process not found');
	return items;
}
