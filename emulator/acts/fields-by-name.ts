import type { UserField } from '../portal/entities';
import { standardFields } from '../portal/crm/item-fields';
import { camelUserFieldName } from '../portal/crm/user-field-names';
import { userFieldsOf } from '../portal/crm/user-fields';
import type { Portal } from '../portal/portal';
import type { PlainObject } from '../rest/params';

/** Fields as a person sees them → fields as the portal keeps them. Throws for a name that no field has. */
export function fieldsByName(portal: Portal, entityTypeId: number, fields: PlainObject): PlainObject {
	const userFields = userFieldsOf(portal, entityTypeId);
	const standard = standardFields(entityTypeId);
	return Object.fromEntries(
		Object.entries(fields).map(([name, value]) => {
			if (name === 'fm' || standard.some((field) => field.name === name)) return [name, value];
			const field = userFields.find((one) => names(one).includes(name));
			if (field) return [field.fieldName, userValue(field, value)];
			const titled = standard.find((one) => one.title === name);
			if (!titled) throw new Error(`There is no field named "${name}"`);
			return [titled.name, value];
		}),
	);
}

function names(field: UserField): Array<string | null> {
	return [field.fieldName, camelUserFieldName(field.fieldName), ...Object.values(field.editFormLabel)];
}

function userValue(field: UserField, value: unknown): unknown {
	if (field.userTypeId !== 'enumeration' || value === null || value === '') return value;
	if (Array.isArray(value)) return value.map((one) => userValue(field, one));
	const option = field.options.find(({ id, xmlId, value: label }) =>
		[String(id), xmlId, label].includes(String(value)),
	);
	if (!option) throw new Error(`The field "${field.fieldName}" has no value "${String(value)}"`);
	return option.id;
}
