import type { ListProperty, PortalList } from '../portal/entities';
import { propertiesOf } from '../portal/lists';
import type { Portal } from '../portal/portal';
import { family, type RestCall } from '../rest/method';
import { compileOrder } from '../rest/order';
import { readPage } from '../rest/page';
import { flag, integer, isObject, list, type PlainObject } from '../rest/params';
import { RestError } from '../rest/rest-error';

const LIST_TYPES = ['lists', 'bitrix_processes', 'lists_socnet'];

/** Universal lists and their fields (api-reference/lists/lists/, api-reference/lists/fields/). */
export const listStructureMethods = family(['lists'], {
	/** lists/lists-add.md: administrators only. */
	'lists.add': addList,
	/** lists/lists-get.md */
	'lists.get': getLists,
	/** lists/lists-update.md */
	'lists.update': (call) => {
		const iblock = requireList(call);
		required(call, 'FIELDS');
		requireAdministrator(call);
		const fields = call.params.object('FIELDS');
		call.portal.lists.update(iblock.id, {
			name: String(fields.NAME ?? iblock.name),
			description: String(fields.DESCRIPTION ?? iblock.description),
			sort: integer(fields.SORT) ?? iblock.sort,
			changed: call.portal.time.now(),
		});
		return true;
	},
	/** fields/lists-field-add.md: answers `PROPERTY_{id}`; CODE is obligatory. */
	'lists.field.add': addField,
	/** fields/lists-field-get.md: one field by its type, without FIELD_ID all fields by their IDs. */
	'lists.field.get': getFields,
});

/** Throws ERROR_REQUIRED_PARAMETERS_MISSING for the first parameter that is absent. */
export function required(call: RestCall, ...names: string[]): void {
	for (const name of names) {
		const given = call.params.get(name);
		if (given === undefined || given === null || given === '') {
			throw new RestError('ERROR_REQUIRED_PARAMETERS_MISSING', `Required parameter \`${name}\` is missing`);
		}
	}
}

/** The list that IBLOCK_ID or IBLOCK_CODE names. */
export function requireList(call: RestCall): PortalList {
	const { portal, params } = call;
	required(call, 'IBLOCK_TYPE_ID');
	if (!params.has('IBLOCK_ID') && !params.has('IBLOCK_CODE')) required(call, 'IBLOCK_ID');
	const typeId = params.text('IBLOCK_TYPE_ID');
	const found = params.has('IBLOCK_ID')
		? portal.lists.get(params.integer('IBLOCK_ID') ?? 0)
		: portal.lists.first({ typeId, code: params.text('IBLOCK_CODE') });
	if (!found || found.typeId !== typeId) throw new RestError('ERROR_IBLOCK_NOT_FOUND', 'Iblock not found');
	return found;
}

function requireAdministrator(call: RestCall): void {
	if (!call.user.admin) throw new RestError('ACCESS_DENIED', 'Access denied');
}

function addList(call: RestCall): number {
	const { portal, params } = call;
	required(call, 'IBLOCK_TYPE_ID', 'IBLOCK_CODE', 'FIELDS');
	requireAdministrator(call);
	const fields = params.object('FIELDS');
	const typeId = params.text('IBLOCK_TYPE_ID');
	const code = params.text('IBLOCK_CODE');
	if (!LIST_TYPES.includes(typeId)) throw new RestError('ERROR_ADD_IBLOCK', 'Unknown information block type');
	if (portal.lists.first({ code })) throw new RestError('ERROR_IBLOCK_ALREADY_EXISTS', 'Iblock already exists');
	if (!String(fields.NAME ?? '').trim()) throw new RestError('ERROR_ADD_IBLOCK', 'Please fill the name');
	return portal.lists.insert({
		typeId,
		code,
		name: String(fields.NAME),
		description: String(fields.DESCRIPTION ?? ''),
		sort: integer(fields.SORT) ?? 500,
		bizproc: flag(fields.BIZPROC),
		changed: portal.time.now(),
	}).id;
}

const LIST_SORTS: Record<string, string> = {
	ID: 'id',
	NAME: 'name',
	CODE: 'code',
	SORT: 'sort',
	TIMESTAMP_X: 'changed',
};

function getLists(call: RestCall): unknown {
	const { portal, params } = call;
	required(call, 'IBLOCK_TYPE_ID');
	const parts = ['"typeId" = ?'];
	const values: Array<string | number> = [params.text('IBLOCK_TYPE_ID')];
	if (params.has('IBLOCK_ID')) {
		parts.push('id = ?');
		values.push(params.integer('IBLOCK_ID') ?? 0);
	}
	if (params.has('IBLOCK_CODE')) {
		parts.push('"code" = ?');
		values.push(params.text('IBLOCK_CODE'));
	}
	const orderBy = compileOrder(params.object('IBLOCK_ORDER'), (name) => {
		return LIST_SORTS[name] ? portal.lists.expression(LIST_SORTS[name]) : undefined;
	});
	const query = { where: { sql: parts.join(' AND '), values }, orderBy, start: params.start() };
	return readPage(portal.lists, query, (rows) => rows.map((row) => viewList(portal, row)));
}

const NEVER_SET = [
	...['API_CODE', 'LIST_PAGE_URL', 'DETAIL_PAGE_URL', 'SECTION_PAGE_URL', 'CANONICAL_PAGE_URL', 'PICTURE'],
	...['RSS_FILE_LIMIT', 'RSS_FILE_DAYS', 'XML_ID', 'TMP_ID', 'LIST_MODE', 'SECTION_PROPERTY', 'PROPERTY_INDEX'],
	...['SOCNET_GROUP_ID', 'EDIT_FILE_BEFORE', 'EDIT_FILE_AFTER', 'EXTERNAL_ID', 'SERVER_NAME'],
];

function viewList(portal: Portal, row: PortalList): PlainObject {
	return {
		ID: String(row.id),
		TIMESTAMP_X: portal.time.site(row.changed),
		IBLOCK_TYPE_ID: row.typeId,
		LID: 's1',
		CODE: row.code,
		...Object.fromEntries(NEVER_SET.map((name) => [name, null])),
		NAME: row.name,
		ACTIVE: 'Y',
		SORT: String(row.sort),
		DESCRIPTION: row.description,
		DESCRIPTION_TYPE: 'text',
		RSS_TTL: '24',
		RSS_ACTIVE: 'Y',
		RSS_FILE_ACTIVE: 'N',
		RSS_YANDEX_ACTIVE: 'N',
		INDEX_ELEMENT: 'Y',
		INDEX_SECTION: 'N',
		WORKFLOW: 'N',
		BIZPROC: row.bizproc ? 'Y' : 'N',
		SECTION_CHOOSER: 'L',
		RIGHTS_MODE: 'E',
		VERSION: '1',
		LAST_CONV_ELEMENT: '0',
		REST_ON: 'N',
		FULLTEXT_INDEX: 'N',
		SECTIONS_NAME: 'Разделы',
		SECTION_NAME: 'Раздел',
		ELEMENTS_NAME: 'Элементы',
		ELEMENT_NAME: 'Элемент',
		LANG_DIR: '/',
	};
}

const PROPERTY_TYPES = [
	...['S', 'N', 'L', 'F', 'G', 'E', 'S:Date', 'S:DateTime', 'S:HTML', 'E:EList', 'N:Sequence', 'S:ECrm', 'S:Money'],
	...['S:DiskFile', 'S:employee'],
];

function addField(call: RestCall): string {
	const { portal, params } = call;
	const iblock = requireList(call);
	required(call, 'FIELDS');
	const fields = params.object('FIELDS');
	const type = String(fields.TYPE ?? '');
	const code = String(fields.CODE ?? '');
	if (!String(fields.NAME ?? '').trim() || !PROPERTY_TYPES.includes(type)) {
		throw new RestError('ERROR_SAVE_FIELD', 'Error saving the field');
	}
	if (!code) throw new RestError('ERROR_SAVE_FIELD', 'Please fill the code fields');
	if (propertiesOf(portal, iblock.id).some((property) => property.code === code)) {
		throw new RestError('ERROR_SAVE_FIELD', 'Property already exists');
	}
	const property = portal.listProperties.insert({
		iblockId: iblock.id,
		code,
		name: String(fields.NAME),
		type,
		required: flag(fields.IS_REQUIRED),
		multiple: flag(fields.MULTIPLE),
		sort: integer(fields.SORT) ?? 10,
		defaultValue: fields.DEFAULT_VALUE ?? null,
		settings: readSettings(fields.SETTINGS),
		userTypeSettings: fields.USER_TYPE_SETTINGS ?? null,
		rowCount: integer(fields.ROW_COUNT) ?? 1,
		colCount: integer(fields.COL_COUNT) ?? 30,
		linkIblockId: integer(fields.LINK_IBLOCK_ID) ?? null,
		options: readOptions(portal, fields),
	});
	return `PROPERTY_${property.id}`;
}

function readSettings(given: unknown): Record<string, string> {
	const settings: Record<string, string> = { SHOW_ADD_FORM: 'Y', SHOW_EDIT_FORM: 'Y', ADD_READ_ONLY_FIELD: 'N' };
	Object.assign(settings, { EDIT_READ_ONLY_FIELD: 'N', SHOW_FIELD_PREVIEW: 'N' });
	for (const [name, value] of Object.entries(isObject(given) ? given : {})) settings[name] = flag(value) ? 'Y' : 'N';
	return settings;
}

function readOptions(portal: Portal, fields: PlainObject): ListProperty['options'] {
	const listed = isObject(fields.LIST) ? Object.values(fields.LIST) : (list(fields.LIST) ?? []);
	const lines = String(fields.LIST_TEXT_VALUES ?? '').split('\n');
	const options = [
		...listed.filter(isObject),
		...lines.filter(Boolean).map((line) => ({ VALUE: line }) as PlainObject),
	];
	return options.map((option, index) => ({
		id: portal.store.nextId('list option', 2),
		value: String(option.VALUE ?? ''),
		sort: integer(option.SORT) ?? (index + 1) * 10,
		default: flag(option.DEF),
	}));
}

function getFields(call: RestCall): unknown {
	const iblock = requireList(call);
	const properties = propertiesOf(call.portal, iblock.id);
	const wanted = call.params.text('FIELD_ID');
	const nameField = { FIELD_ID: 'NAME', SORT: 10, NAME: 'Название', IS_REQUIRED: 'Y', MULTIPLE: 'N', TYPE: 'NAME' };
	if (wanted === 'NAME') return { NAME: nameField };
	if (wanted) {
		const property = properties.find(({ id }) => wanted === `PROPERTY_${id}`);
		return property ? { [property.type]: viewProperty(property) } : [];
	}
	const views = properties.map((property) => [`PROPERTY_${property.id}`, viewProperty(property)]);
	return { NAME: nameField, ...Object.fromEntries(views) };
}

function viewProperty(property: ListProperty): PlainObject {
	const [base, userType] = property.type.split(':');
	return {
		FIELD_ID: `PROPERTY_${property.id}`,
		SORT: property.sort,
		NAME: property.name,
		IS_REQUIRED: property.required ? 'Y' : 'N',
		MULTIPLE: property.multiple ? 'Y' : 'N',
		DEFAULT_VALUE: property.defaultValue,
		TYPE: property.type,
		PROPERTY_TYPE: base,
		PROPERTY_USER_TYPE: userType ? { USER_TYPE: userType } : false,
		CODE: property.code,
		ID: String(property.id),
		LINK_IBLOCK_ID: property.linkIblockId === null ? null : String(property.linkIblockId),
		ROW_COUNT: String(property.rowCount),
		COL_COUNT: String(property.colCount),
		USER_TYPE_SETTINGS: property.userTypeSettings,
		SETTINGS: property.settings,
		...(property.type === 'L'
			? { DISPLAY_VALUES_FORM: Object.fromEntries(property.options.map(({ id, value }) => [String(id), value])) }
			: {}),
	};
}
