import { randomBytes } from 'node:crypto';

import type { UserField, UserFieldOption } from '../portal/entities';
import { defaultSettings } from '../portal/crm/user-field-settings';
import type { Portal } from '../portal/portal';
import { compileFilter, joinConditions } from '../rest/filter';
import { family, type RestCall } from '../rest/method';
import { compileOrder } from '../rest/order';
import { readPage } from '../rest/page';
import { flag, integer, isObject, list, type PlainObject } from '../rest/params';
import { RestError } from '../rest/rest-error';

/** Settings of user fields (api-reference/crm/universal/userfieldconfig/). Only the module `crm` has fields here. */
export const userFieldConfigMethods = family(['userfieldconfig', 'crm'], {
	/** userfieldconfig-add.md */
	'userfieldconfig.add': (call) => {
		requireModule(call);
		return { field: view(addUserField(call), true) };
	},
	/** userfieldconfig-get.md */
	'userfieldconfig.get': (call) => {
		requireModule(call);
		return { field: view(requireField(call, 'You do not have permission to view user field settings'), true) };
	},
	/** userfieldconfig-list.md: without list values; labels of the language in `select[language]`. */
	'userfieldconfig.list': listFields,
	/** userfieldconfig-update.md: `enum` counts only beside `userTypeId: enumeration`. */
	'userfieldconfig.update': (call) => {
		requireModule(call);
		return { field: view(updateUserField(call), true) };
	},
});

function empty(text: string): RestError {
	return new RestError('', text);
}

function requireModule(call: RestCall): void {
	if (call.params.text('moduleId') !== 'crm') throw empty('No settings for UserFieldAccess');
}

function requireField(call: RestCall, text: string): UserField {
	const field = call.portal.userFields.get(call.params.integer('id') ?? 0);
	if (!field) throw empty(text);
	return field;
}

function addUserField(call: RestCall): UserField {
	const { portal, user } = call;
	if (!user.admin) throw empty('Access denied');
	const given = call.params.object('field');
	const entityId = String(given.entityId ?? '');
	const fieldName = String(given.fieldName ?? '');
	if (!fieldName) throw empty("The 'FIELD_NAME' field is not found.");
	if (!given.userTypeId) throw empty("The 'USER_TYPE_ID' field is not found.");
	const prefix = /^CRM_(LEAD|DEAL|CONTACT|COMPANY)$/.test(entityId) ? 'UF_CRM_' : `UF_${entityId}_`;
	if (!entityId || !fieldName.startsWith(prefix) || !/^[A-Z0-9_]{1,50}$/.test(fieldName)) {
		throw empty('You cannot create custom fields');
	}
	if (portal.userFields.first({ entityId, fieldName })) throw empty(`Field ${fieldName} already exists.`);
	return portal.userFields.insert({
		entityId,
		fieldName,
		userTypeId: String(given.userTypeId),
		xmlId: given.xmlId ? String(given.xmlId) : null,
		sort: integer(given.sort) ?? 100,
		multiple: flag(given.multiple),
		mandatory: flag(given.mandatory),
		showFilter: flag(given.showFilter) ? 'Y' : 'N',
		editInList: given.editInList === undefined || flag(given.editInList),
		isSearchable: flag(given.isSearchable),
		settings: { ...defaultSettings(String(given.userTypeId)), ...(isObject(given.settings) ? given.settings : {}) },
		editFormLabel: label(given.editFormLabel),
		listColumnLabel: label(undefined),
		listFilterLabel: label(undefined),
		helpMessage: label(given.helpMessage),
		options: readOptions(portal, given.enum, []),
	});
}

function updateUserField(call: RestCall): UserField {
	const { portal, user } = call;
	const refusal = 'You cannot change the settings of the user field';
	if (!user.admin) throw empty(refusal);
	const field = requireField(call, refusal);
	const given = call.params.object('field');
	const options =
		given.userTypeId === 'enumeration' && given.enum !== undefined
			? readOptions(portal, given.enum, field.options)
			: field.options;
	return portal.userFields.update(field.id, {
		xmlId: given.xmlId === undefined ? field.xmlId : String(given.xmlId),
		sort: integer(given.sort) ?? field.sort,
		mandatory: given.mandatory === undefined ? field.mandatory : flag(given.mandatory),
		showFilter: given.showFilter === undefined ? field.showFilter : flag(given.showFilter) ? 'Y' : 'N',
		isSearchable: given.isSearchable === undefined ? field.isSearchable : flag(given.isSearchable),
		settings: isObject(given.settings) ? { ...field.settings, ...given.settings } : field.settings,
		editFormLabel: given.editFormLabel === undefined ? field.editFormLabel : label(given.editFormLabel),
		helpMessage: given.helpMessage === undefined ? field.helpMessage : label(given.helpMessage),
		options,
	});
}

function label(given: unknown): Record<string, string | null> {
	if (isObject(given)) return { ru: null, en: null, ...(given as Record<string, string>) };
	return given === undefined || given === null ? { ru: null, en: null } : { ru: String(given), en: String(given) };
}

/** List values; an element with the ID of a known value changes it, values that are not sent stay away. */
function readOptions(portal: Portal, given: unknown, known: UserFieldOption[]): UserFieldOption[] {
	return (list(given) ?? []).filter(isObject).map((option, index) => {
		const before = known.find(({ id }) => id === integer(option.id));
		return {
			id: before?.id ?? portal.store.nextId('user field option', 2),
			value: String(option.value ?? before?.value ?? ''),
			default: option.def === undefined ? (before?.default ?? false) : flag(option.def),
			sort: integer(option.sort) ?? before?.sort ?? (index + 1) * 100,
			xmlId: String(option.xmlId ?? before?.xmlId ?? randomBytes(16).toString('hex')),
		};
	});
}

const FILTERS = ['id', 'entityId', 'fieldName', 'userTypeId', 'xmlId', 'sort', 'multiple', 'mandatory', 'showFilter'];
const SORTS = ['id', 'fieldName', 'userTypeId', 'xmlId', 'sort'];

function listFields(call: RestCall): unknown {
	requireModule(call);
	const { params, portal } = call;
	const { userFields } = portal;
	const where = compileFilter(params.object('filter'), {
		field: (name) => {
			if (!FILTERS.includes(name)) return undefined;
			const flags = ['multiple', 'mandatory'].includes(name);
			const read =
				name === 'id' || name === 'sort' ? integer : flags ? (value: unknown) => Number(flag(value)) : undefined;
			return { sql: userFields.expression(name), read };
		},
		unknown: () => undefined,
	});
	const orderBy = compileOrder(
		params.object('order'),
		(name) => (SORTS.includes(name) ? userFields.expression(name) : undefined),
		`${userFields.expression('sort')}, id`,
	);
	const select = params.object('select');
	const language = typeof select.language === 'string' ? select.language : undefined;
	const names = Object.entries(select).filter(([key]) => /^\d+$/.test(key));
	const wanted = names.map(([, name]) => String(name));
	return readPage(userFields, { where: where && joinConditions([where]), orderBy, start: params.start() }, (rows) => ({
		fields: rows.map((row) => {
			const full = { ...view(row, false), ...languageLabels(row, language) };
			if (wanted.length === 0 || wanted.includes('*')) return full;
			return Object.fromEntries(Object.entries(full).filter(([name]) => wanted.includes(name)));
		}),
	}));
}

const LABELS = ['editFormLabel', 'listColumnLabel', 'listFilterLabel', 'helpMessage'] as const;

function languageLabels(field: UserField, language: string | undefined): PlainObject {
	if (!language) return {};
	const labels = LABELS.map((name) => {
		const text = field[name][language] ?? null;
		return [name, name === 'editFormLabel' || text !== null ? { [language]: text } : null];
	});
	return { languageId: { [language]: language }, ...Object.fromEntries(labels), errorMessage: null };
}

function view(field: UserField, complete: boolean): PlainObject {
	const languages = Object.keys(field.editFormLabel);
	return {
		id: String(field.id),
		entityId: field.entityId,
		fieldName: field.fieldName,
		userTypeId: field.userTypeId,
		xmlId: field.xmlId,
		sort: String(field.sort),
		multiple: field.multiple ? 'Y' : 'N',
		mandatory: field.mandatory ? 'Y' : 'N',
		showFilter: field.showFilter,
		showInList: 'Y',
		editInList: field.editInList ? 'Y' : 'N',
		isSearchable: field.isSearchable ? 'Y' : 'N',
		settings: field.settings,
		...(complete
			? {
					languageId: Object.fromEntries(languages.map((language) => [language, language])),
					editFormLabel: field.editFormLabel,
					listColumnLabel: field.listColumnLabel,
					listFilterLabel: field.listFilterLabel,
					errorMessage: Object.fromEntries(languages.map((language) => [language, null])),
					helpMessage: field.helpMessage,
				}
			: {}),
		...(complete && field.userTypeId === 'enumeration'
			? { enum: field.options.map((one) => viewOption(field, one)) }
			: {}),
	};
}

function viewOption(field: UserField, option: UserFieldOption): PlainObject {
	return {
		id: String(option.id),
		userFieldId: String(field.id),
		value: option.value,
		def: option.default ? 'Y' : 'N',
		sort: String(option.sort),
		xmlId: option.xmlId,
	};
}
