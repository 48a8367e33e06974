import type { UserField } from '../portal/entities';
import { compileFilter, joinConditions, type FilterField } from '../rest/filter';
import { family, type RestCall } from '../rest/method';
import { compileOrder } from '../rest/order';
import { Page } from '../rest/page';
import { flag, integer, isObject, type PlainObject } from '../rest/params';
import { RestError } from '../rest/rest-error';

/** User fields of one entity type with their list values (api-reference/crm/deals/user-defined-fields/ and its sisters). */
export const crmUserFieldMethods = family(['crm'], {
	/** api-reference/crm/leads/userfield/crm-lead-userfield-list.md */
	'crm.lead.userfield.list': (call) => listFields(call, 'CRM_LEAD'),
	/** api-reference/crm/deals/user-defined-fields/crm-deal-userfield-list.md */
	'crm.deal.userfield.list': (call) => listFields(call, 'CRM_DEAL'),
	/** api-reference/crm/contacts/userfield/crm-contact-userfield-list.md */
	'crm.contact.userfield.list': (call) => listFields(call, 'CRM_CONTACT'),
	/** api-reference/crm/companies/userfields/crm-company-userfield-list.md */
	'crm.company.userfield.list': (call) => listFields(call, 'CRM_COMPANY'),
});

const FIELDS: Record<string, keyof UserField> = {
	ID: 'id',
	FIELD_NAME: 'fieldName',
	USER_TYPE_ID: 'userTypeId',
	XML_ID: 'xmlId',
	SORT: 'sort',
	MULTIPLE: 'multiple',
	MANDATORY: 'mandatory',
};

function listFields(call: RestCall, entityId: string): Page {
	const { params, portal } = call;
	const { userFields } = portal;
	for (const name of ['order', 'filter']) {
		const given = params.get(name);
		if (given !== undefined && typeof given !== 'object') throw new RestError('', `Parameter '${name}' must be array.`);
	}
	const { LANG: language, ...filter } = params.object('filter');
	const field = (name: string): FilterField | undefined => {
		if (!FIELDS[name]) return undefined;
		const numeric = name === 'ID' || name === 'SORT';
		const flags = name === 'MULTIPLE' || name === 'MANDATORY';
		const read = numeric ? integer : flags ? (value: unknown) => Number(flag(value)) : undefined;
		return { sql: userFields.expression(FIELDS[name]), read };
	};
	const where = compileFilter(filter, { field, unknown: () => undefined });
	const own = { sql: '"entityId" = ?', values: [entityId] };
	const order = isObject(params.get('order')) ? params.object('order') : {};
	const orderBy = compileOrder(order, (name) => field(name)?.sql, `${userFields.expression('sort')}, id`);
	const rows = userFields.select({ where: joinConditions(where ? [own, where] : [own]), orderBy });
	return new Page(
		rows.map((row) => view(row, typeof language === 'string' ? language : undefined)),
		rows.length,
	);
}

function view(field: UserField, language: string | undefined): PlainObject {
	const labels = language
		? {
				EDIT_FORM_LABEL: field.editFormLabel[language] ?? null,
				LIST_COLUMN_LABEL: field.listColumnLabel[language] ?? null,
				LIST_FILTER_LABEL: field.listFilterLabel[language] ?? null,
				ERROR_MESSAGE: null,
				HELP_MESSAGE: field.helpMessage[language] ?? null,
			}
		: {};
	const options = field.options.map((option) => ({
		ID: String(option.id),
		SORT: String(option.sort),
		VALUE: option.value,
		DEF: option.default ? 'Y' : 'N',
		XML_ID: option.xmlId,
	}));
	return {
		ID: String(field.id),
		ENTITY_ID: field.entityId,
		FIELD_NAME: field.fieldName,
		USER_TYPE_ID: field.userTypeId,
		XML_ID: field.xmlId,
		SORT: String(field.sort),
		MULTIPLE: field.multiple ? 'Y' : 'N',
		MANDATORY: field.mandatory ? 'Y' : 'N',
		SHOW_FILTER: field.showFilter,
		SHOW_IN_LIST: 'Y',
		EDIT_IN_LIST: field.editInList ? 'Y' : 'N',
		IS_SEARCHABLE: field.isSearchable ? 'Y' : 'N',
		SETTINGS: field.settings,
		...labels,
		...(field.userTypeId === 'enumeration' ? { LIST: options } : {}),
	};
}
