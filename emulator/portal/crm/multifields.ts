import { isObject, list } from '../../rest/params';
import type { Multifield } from '../entities';
import type { Portal } from '../portal';

const TYPES = ['PHONE', 'EMAIL', 'WEB', 'IM', 'LINK'];

/**
 * Applies the field `fm` of crm.item.add/update to the entries an item has
 * (tutorials/crm/how-to-edit-crm-objects/how-to-change-email-or-phone.md): an array adds; in an object the key `n0`, `n1` …
 * adds, an entry's ID changes, an empty value deletes. An element without `typeId` does nothing, silently.
 */
export function applyMultifields(portal: Portal, entries: Multifield[], change: unknown): Multifield[] {
	let result = [...entries];
	const additions = Array.isArray(change) ? list(change) : undefined;
	const elements: Array<[string, unknown]> = additions
		? additions.map((element, index) => [`n${index}`, element])
		: Object.entries(isObject(change) ? change : {});
	for (const [key, element] of elements) {
		if (!isObject(element) || !TYPES.includes(String(element.typeId))) continue;
		const value = String(element.value ?? '').trim();
		const known = result.find(({ id }) => String(id) === key);
		if (known && value === '') result = result.filter(({ id }) => id !== known.id);
		else if (known) {
			const changed = { ...known, value, valueType: String(element.valueType ?? known.valueType) };
			result = result.map((entry) => (entry.id === known.id ? changed : entry));
		} else if (value !== '' && !/^\d+$/.test(key)) {
			result.push({
				id: portal.store.nextId('multifield'),
				valueType: String(element.valueType ?? 'WORK'),
				value,
				typeId: String(element.typeId),
			});
		}
	}
	return result;
}

/** Value of a flat alias such as `phoneWork` or `email`; '' if there is no such entry (crm-item-get.md). */
export function multifieldAlias(entries: Multifield[], alias: string): string | null {
	if (alias === 'skype' || alias === 'icq') return null;
	if (alias === 'imol') return entries.find(({ typeId }) => typeId === 'IM')?.value ?? '';
	const [, type, kind] = /^(phone|email)(\w*)$/.exec(alias) as unknown as [string, string, string];
	const ofType = entries.filter(({ typeId }) => typeId === type.toUpperCase());
	const found = kind ? ofType.find(({ valueType }) => valueType === kind.toUpperCase()) : ofType[0];
	return found?.value ?? '';
}

export function firstPhone(entries: Multifield[]): string | undefined {
	return entries.find(({ typeId }) => typeId === 'PHONE')?.value;
}
