import type { PlainObject } from '../../rest/params';
import type { CrmItem, UserField } from '../entities';
import type { Portal } from '../portal';
import { DEAL } from './entity-types';
import { MULTIFIELD_ALIASES, standardFields } from './item-fields';
import { multifieldAlias } from './multifields';
import { camelUserFieldName } from './user-field-names';
import { userFieldsOf } from './user-fields';

export interface ViewOptions {
	/** Original names of user fields instead of camelCase. */
	originalNames: boolean;
	/** Only these fields, in the names of the answer; undefined = all. */
	select?: string[];
}

/** An item as crm.item.* answer it: numbers, `Y`/`N`, ISO dates with offset, null for what is unset. */
export function viewItem(portal: Portal, entityTypeId: number, item: CrmItem, options: ViewOptions): PlainObject {
	const view: PlainObject = {};
	const { select } = options;
	const put = (name: string, value: () => unknown) => {
		if (!select || select.includes(name)) view[name] = value();
	};
	for (const field of standardFields(entityTypeId)) {
		put(field.name, () =>
			MULTIFIELD_ALIASES.includes(field.name)
				? multifieldAlias(item.fm, field.name)
				: viewStandard(portal, field.type, item[field.name]),
		);
	}
	for (const field of userFieldsOf(portal, entityTypeId)) {
		const name = options.originalNames ? field.fieldName : camelUserFieldName(field.fieldName);
		put(name, () => viewUserField(portal, field, item[field.fieldName]));
	}
	if (entityTypeId !== DEAL) put('fm', () => item.fm);
	put('entityTypeId', () => entityTypeId);
	return view;
}

function viewStandard(portal: Portal, type: string, value: unknown): unknown {
	if (type === 'datetime' || type === 'date') return portal.time.isoOrNull(value);
	return value ?? null;
}

function viewUserField(portal: Portal, field: UserField, value: unknown): unknown {
	if (field.multiple) return Array.isArray(value) ? value.map((one) => viewScalar(portal, field, one)) : [];
	return viewScalar(portal, field, value);
}

function viewScalar(portal: Portal, field: UserField, value: unknown): unknown {
	if (field.userTypeId === 'date' || field.userTypeId === 'datetime') return portal.time.isoOrNull(value);
	if (field.userTypeId === 'boolean') return value === 1 ? 'Y' : 'N';
	return value ?? null;
}
