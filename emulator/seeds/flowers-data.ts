import type { StageSeed } from '../portal/crm/default-dictionaries';

/** Departments by key; `head` is the key of a person. */
export const DEPARTMENTS = [
	{ key: 'sales', name: 'Отдел продаж', head: 'sokolova' },
	{ key: 'workshop', name: 'Цех', head: 'ivanova' },
	{ key: 'delivery', name: 'Доставка', head: '' },
];

/** The director is the administrator of the fresh portal. */
export const PEOPLE = [
	{
		key: 'sokolova',
		name: 'Мария',
		lastName: 'Соколова',
		gender: 'F',
		position: 'Руководитель отдела продаж',
		department: 'sales',
	},
	{ key: 'orlova', name: 'Елена', lastName: 'Орлова', gender: 'F', position: 'Менеджер', department: 'sales' },
	{ key: 'petrov', name: 'Игорь', lastName: 'Петров', gender: 'M', position: 'Менеджер', department: 'sales' },
	{ key: 'smirnova', name: 'Дарья', lastName: 'Смирнова', gender: 'F', position: 'Менеджер', department: 'sales' },
	{ key: 'ivanova', name: 'Ольга', lastName: 'Иванова', gender: 'F', position: 'Флорист', department: 'workshop' },
	{ key: 'fedorov', name: 'Павел', lastName: 'Фёдоров', gender: 'M', position: 'Курьер', department: 'delivery' },
	{
		key: 'kuznetsov',
		name: 'Роман',
		lastName: 'Кузнецов',
		gender: 'M',
		position: 'Помощник флориста',
		department: 'workshop',
	},
];

export const PIPELINE_NAME = 'Общее';

export const PIPELINE_STAGES: StageSeed[] = [
	['NEW', 'Выполнение заказа', '#39A8EF', ''],
	['FL_READY', 'Заказ собран', '#55D0E0', ''],
	['FL_DELIVERY', 'Доставка', '#FFA900', ''],
	['WON', 'Заказ выполнен', '#7BD500', 'S'],
	['LOSE', 'Сделка неуспешна', '#FF5752', 'F'],
];

export interface UserFieldSeed {
	name: string;
	type: string;
	label: string;
	options?: Array<[xmlId: string, value: string]>;
}

/** Fields of deals and of leads. */
export const USER_FIELDS: UserFieldSeed[] = [
	{ name: 'UF_CRM_FL_CLIENT', type: 'string', label: 'Контактные данные клиента' },
	{ name: 'UF_CRM_FL_RECIPIENT', type: 'string', label: 'Контактные данные получателя' },
	{ name: 'UF_CRM_FL_BOUQUET', type: 'string', label: 'Требования к букету' },
	{ name: 'UF_CRM_FL_WRAPPING', type: 'string', label: 'Оформление букета' },
	{
		name: 'UF_CRM_FL_DELIVERY_TYPE',
		type: 'enumeration',
		label: 'Тип доставки',
		options: [
			['pickup', 'Самовывоз'],
			['courier', 'Курьером'],
		],
	},
	{ name: 'UF_CRM_FL_ADDRESS', type: 'string', label: 'Информация о доставке (адрес)' },
	{ name: 'UF_CRM_FL_DELIVERY_AT', type: 'datetime', label: 'Дата и время доставки' },
	{
		name: 'UF_CRM_FL_PAYMENT',
		type: 'enumeration',
		label: 'Тип оплаты',
		options: [
			['cash', 'Наличными'],
			['card', 'Картой'],
			['online', 'Онлайн'],
		],
	},
	{ name: 'UF_CRM_FL_CHANGE_FROM', type: 'string', label: 'Сумма, с которой нужна сдача' },
	{ name: 'UF_CRM_FL_WISHES_FLORIST', type: 'string', label: 'Дополнительные пожелания к флористу' },
	{ name: 'UF_CRM_FL_WISHES_COURIER', type: 'string', label: 'Дополнительные пожелания к курьеру' },
];

/** Rows of the list of roles: code, visible name, and the person who has the role. */
export const ROLES = [
	{ code: 'florist', name: 'Флорист', person: 'ivanova' },
	{ code: 'courier', name: 'Курьер', person: 'fedorov' },
	{ code: 'head_of_sales', name: 'Руководитель отдела продаж', person: 'sokolova' },
	{ code: 'director', name: 'Директор', person: 'director' },
];

export const SMS_TEMPLATE_NAME = 'Отправить SMS клиенту';
export const SMS_TEXT_PARAMETER = 'TEXT';
