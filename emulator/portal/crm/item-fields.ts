/** A standard field of a CRM item. */
export interface ItemField {
	name: string;
	type: string;
	title: string;
	upperName: string;
	readOnly?: boolean;
	required?: boolean;
	multiple?: boolean;
	deprecated?: boolean;
	/** Dictionary of the values. */
	statusType?: string;
	/** Answered with every item, but not listed by crm.item.fields: a disabled or derived field. */
	hidden?: boolean;
}

const UPPER_NAMES: Record<string, string> = {
	createdTime: 'DATE_CREATE',
	updatedTime: 'DATE_MODIFY',
	createdBy: 'CREATED_BY_ID',
	updatedBy: 'MODIFY_BY_ID',
	movedBy: 'MOVED_BY_ID',
};

type Options = Omit<ItemField, 'name' | 'type' | 'title' | 'upperName'>;

function field(name: string, type: string, title: string, options: Options = {}): ItemField {
	const upperName = UPPER_NAMES[name] ?? name.replace(/([A-Z])/g, '_$1').toUpperCase();
	return { name, type, title, upperName, ...options };
}

const READ_ONLY = { readOnly: true };
const HIDDEN = { readOnly: true, hidden: true };
const disabled = (name: string) => field(name, 'string', name, HIDDEN);

const ID = field('id', 'integer', 'ID', READ_ONLY);
const TITLE = field('title', 'string', 'Название');
const CREATED = field('createdTime', 'datetime', 'Дата создания', READ_ONLY);
const UPDATED = field('updatedTime', 'datetime', 'Дата изменения', READ_ONLY);
const AUTHORS = [
	field('createdBy', 'user', 'Кем создано', READ_ONLY),
	field('updatedBy', 'user', 'Кем изменено', READ_ONLY),
	field('assignedById', 'user', 'Ответственный'),
	field('opened', 'boolean', 'Доступно для всех'),
];
const CLIENT = [
	field('companyId', 'crm_company', 'Компания'),
	field('contactId', 'crm_contact', 'Контакт', { deprecated: true }),
];
const SOURCE = [
	field('sourceId', 'crm_status', 'Источник', { statusType: 'SOURCE' }),
	field('sourceDescription', 'text', 'Дополнительно об источнике'),
];
const ORIGIN = [
	field('originatorId', 'string', 'Внешний источник'),
	field('originId', 'string', 'Идентификатор элемента во внешнем источнике'),
];
const MOVED = [
	field('movedBy', 'user', 'Кем перемещено', READ_ONLY),
	field('movedTime', 'datetime', 'Дата перемещения', READ_ONLY),
];
const ACTIVITY = [
	field('lastActivityBy', 'user', 'Кто последний был активен', READ_ONLY),
	field('lastActivityTime', 'datetime', 'Последняя активность', READ_ONLY),
];
const UTM = ['Source', 'Medium', 'Campaign', 'Content', 'Term'].map((part) =>
	field(`utm${part}`, 'string', `UTM ${part}`),
);
const OBSERVERS = field('observers', 'user', 'Наблюдатели', { multiple: true });
const CONTACTS = field('contactIds', 'crm_contact', 'Контакты', { multiple: true });
const MONEY = [field('opportunity', 'double', 'Сумма'), field('isManualOpportunity', 'boolean', 'Режим расчёта суммы')];
const CURRENCY = field('currencyId', 'crm_currency', 'Валюта');
const PERSON = [
	field('name', 'string', 'Имя'),
	field('lastName', 'string', 'Фамилия'),
	field('secondName', 'string', 'Отчество'),
];
const HAS = ['hasPhone', 'hasEmail', 'hasImol'].map((name) => field(name, 'boolean', name, READ_ONLY));

/** Flat aliases of the first phone, e-mail … of a kind (crm-item-get.md). */
export const MULTIFIELD_ALIASES = [
	...['phoneMobile', 'phoneWork', 'phoneMailing', 'emailHome', 'emailWork', 'emailMailing'],
	...['skype', 'icq', 'imol', 'email', 'phone'],
];
const ALIASES = MULTIFIELD_ALIASES.map(disabled);

const LEAD: ItemField[] = [
	...[ID, CREATED, disabled('dateCreateShort'), UPDATED, disabled('dateModifyShort'), ...AUTHORS, ...CLIENT],
	field('stageId', 'crm_status', 'Стадия', { statusType: 'STATUS' }),
	disabled('isConvert'),
	field('statusDescription', 'text', 'Дополнительно о стадии'),
	field('stageSemanticId', 'string', 'Группа стадии', READ_ONLY),
	...[disabled('productId'), MONEY[0], CURRENCY, ...SOURCE, TITLE, ...PERSON, disabled('shortName')],
	field('companyTitle', 'string', 'Название компании'),
	field('post', 'string', 'Должность'),
	field('address', 'text', 'Адрес'),
	field('comments', 'text', 'Комментарий'),
	field('webformId', 'integer', 'Создано CRM-формой'),
	...ORIGIN,
	field('dateClosed', 'datetime', 'Дата завершения', READ_ONLY),
	field('birthdate', 'date', 'Дата рождения'),
	field('honorific', 'crm_status', 'Обращение', { statusType: 'HONORIFIC' }),
	...[...HAS, disabled('login')],
	field('isReturnCustomer', 'boolean', 'Повторный лид', READ_ONLY),
	...[disabled('searchContent'), MONEY[1], ...MOVED, ...ACTIVITY, ...ALIASES, ...UTM, OBSERVERS, CONTACTS],
];

const DEAL: ItemField[] = [
	...[ID, CREATED, disabled('dateCreateShort'), UPDATED, disabled('dateModifyShort'), ...AUTHORS],
	field('leadId', 'crm_lead', 'Лид'),
	...CLIENT,
	field('quoteId', 'crm_quote', 'Предложение'),
	...[TITLE, disabled('productId')],
	field('categoryId', 'crm_category', 'Воронка'),
	field('stageId', 'crm_status', 'Стадия сделки', { statusType: 'DEAL_STAGE' }),
	field('stageSemanticId', 'string', 'Группа стадии', READ_ONLY),
	field('isNew', 'boolean', 'Новая сделка', READ_ONLY),
	field('isRecurring', 'boolean', 'Регулярная сделка'),
	field('isReturnCustomer', 'boolean', 'Повторная сделка', READ_ONLY),
	field('isRepeatedApproach', 'boolean', 'Повторное обращение', READ_ONLY),
	field('closed', 'boolean', 'Сделка закрыта', READ_ONLY),
	field('typeId', 'crm_status', 'Тип', { statusType: 'DEAL_TYPE' }),
	...MONEY,
	field('taxValue', 'double', 'Сумма налога'),
	CURRENCY,
	field('probability', 'integer', 'Вероятность'),
	field('comments', 'text', 'Комментарий'),
	...[field('begindate', 'date', 'Дата начала'), disabled('begindateShort')],
	...[field('closedate', 'date', 'Предполагаемая дата закрытия'), disabled('closedateShort')],
	...['eventDate', 'eventDateShort', 'eventId', 'eventDescription'].map(disabled),
	field('locationId', 'location', 'Местоположение'),
	field('webformId', 'integer', 'Создано CRM-формой'),
	...[...SOURCE, ...ORIGIN],
	field('additionalInfo', 'string', 'Дополнительная информация'),
	...['searchContent', 'orderStage'].map(disabled),
	...[...MOVED, ...ACTIVITY],
	...['isWork', 'isWon', 'isLose', 'receivedAmount', 'lostAmount', 'hasProducts'].map(disabled),
	...[...UTM, OBSERVERS, CONTACTS],
];

const CONTACT: ItemField[] = [
	...[ID, CREATED, UPDATED, ...AUTHORS],
	field('honorific', 'crm_status', 'Обращение', { statusType: 'HONORIFIC' }),
	...PERSON,
	field('birthdate', 'date', 'Дата рождения'),
	field('typeId', 'crm_status', 'Тип контакта', { statusType: 'CONTACT_TYPE' }),
	...SOURCE,
	field('post', 'string', 'Должность'),
	field('comments', 'text', 'Комментарий'),
	field('export', 'boolean', 'Участвует в экспорте контактов'),
	field('companyId', 'crm_company', 'Компания', { deprecated: true }),
	field('companyIds', 'crm_company', 'Компании', { multiple: true }),
	field('leadId', 'crm_lead', 'Лид'),
	field('webformId', 'integer', 'Создано CRM-формой'),
	...[...ORIGIN, ...HAS, ...ACTIVITY, ...ALIASES, ...UTM, OBSERVERS],
];

const COMPANY: ItemField[] = [
	...[ID, TITLE, CREATED, UPDATED, ...AUTHORS],
	field('typeId', 'crm_status', 'Тип компании', { statusType: 'COMPANY_TYPE' }),
	field('industry', 'crm_status', 'Сфера деятельности', { statusType: 'INDUSTRY' }),
	field('employees', 'crm_status', 'Кол-во сотрудников', { statusType: 'EMPLOYEES' }),
	CURRENCY,
	field('revenue', 'double', 'Годовой оборот'),
	field('bankingDetails', 'text', 'Банковские реквизиты'),
	field('comments', 'text', 'Комментарий'),
	field('isMyCompany', 'boolean', 'Моя компания'),
	field('leadId', 'crm_lead', 'Лид'),
	field('webformId', 'integer', 'Создано CRM-формой'),
	...[...ORIGIN, ...HAS, ...ACTIVITY, ...ALIASES, ...UTM, OBSERVERS, CONTACTS],
];

const FIELDS = new Map<number, ItemField[]>([
	[1, LEAD],
	[2, DEAL],
	[3, CONTACT],
	[4, COMPANY],
]);

/** Standard fields of an entity type in the order in which items are answered (object-fields.md, crm-item-add.md). */
export function standardFields(entityTypeId: number): ItemField[] {
	return FIELDS.get(entityTypeId) ?? [];
}
