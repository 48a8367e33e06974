import type { Portal } from './portal';

export interface ListValue {
	id: string;
	label: string;
	/** XML_ID, which a blueprint chooses; empty when the portal has none. */
	code: string;
}

export interface ItemField {
	name: string;
	title: string;
	/** As crm.item.fields names it: string, datetime, enumeration, user, crm_status … */
	type: string;
	isReadOnly: boolean;
	isMultiple: boolean;
	/** Dictionary of a crm_status field: SOURCE, STATUS … */
	dictionary?: string;
	values: ListValue[];
}

// Only these classic families tell the codes of list values (docs: …/user-defined-fields/crm-deal-userfield-list.md and sisters).
const CLASSIC_FAMILY: Record<number, string> = { 1: 'lead', 2: 'deal', 3: 'contact', 4: 'company' };

/** The fields of a kind of item under the names that crm.item.* uses with `useOriginalUfNames`. */
export async function listFields(portal: Portal, entityTypeId: number): Promise<Map<string, ItemField>> {
	return await portal.memory.recall(`fields ${entityTypeId}`, async () => {
		const [{ fields }, values] = await Promise.all([
			portal.client.call<{ fields: Record<string, Record<string, unknown>> }>('crm.item.fields', {
				entityTypeId,
				useOriginalUfNames: 'Y',
			}),
			listValues(portal, entityTypeId),
		]);
		return new Map(Object.entries(fields).map(([name, field]) => [name, describe(name, field, values.get(name))]));
	});
}

function describe(name: string, field: Record<string, unknown>, values: ListValue[] | undefined): ItemField {
	return {
		name,
		title: String(field.title ?? name),
		type: String(field.type ?? 'string'),
		isReadOnly: field.isReadOnly === true,
		isMultiple: field.isMultiple === true,
		dictionary: typeof field.statusType === 'string' ? field.statusType : undefined,
		values: values ?? valuesInField(field.items),
	};
}

async function listValues(portal: Portal, entityTypeId: number): Promise<Map<string, ListValue[]>> {
	const family = CLASSIC_FAMILY[entityTypeId];
	if (family === undefined) return new Map();
	const fields = await portal.client.call<Array<Record<string, unknown>>>(`crm.${family}.userfield.list`, {
		filter: { USER_TYPE_ID: 'enumeration' },
	});
	return new Map(fields.map((field) => [String(field.FIELD_NAME), valuesInField(field.LIST)]));
}

function valuesInField(list: unknown): ListValue[] {
	if (!Array.isArray(list)) return [];
	return (list as Array<Record<string, unknown>>).map(({ ID, VALUE, XML_ID }) => ({
		id: String(ID),
		label: String(VALUE ?? ''),
		code: String(XML_ID ?? ''),
	}));
}
