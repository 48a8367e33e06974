import { defaultSettings } from '../portal/crm/user-field-settings';
import type { Portal } from '../portal/portal';
import { seedEmpty } from './empty';
import {
	DEPARTMENTS,
	PEOPLE,
	PIPELINE_NAME,
	PIPELINE_STAGES,
	ROLES,
	SMS_TEMPLATE_NAME,
	SMS_TEXT_PARAMETER,
	USER_FIELDS,
	type UserFieldSeed,
} from './flowers-data';
import { putStages } from '../portal/crm/default-dictionaries';

export interface FlowersOptions {
	/** 0 = the default pipeline is renamed «Общее»; any other number = «Общее» is one more pipeline with that ID. */
	pipelineId?: number;
	/** Shifts all IDs but those of the administrator, the company and the default pipeline. */
	idOffset?: number;
	/** `false` leaves a role without a person. */
	roles?: { florist?: boolean; courier?: boolean };
	/** Whether the workflow that sends an SMS to the client exists; default true. */
	smsTemplate?: boolean;
}

const SHIFTED = [
	...['user', 'department', 'list', 'list_property', 'list_element', 'list value', 'user_field', 'user field option'],
	...['status', 'workflow_template', 'lead', 'deal', 'contact', 'company', 'task', 'multifield'],
];

/** A flower shop: people, departments, roles, the pipeline «Общее», the fields of an order. Returns the IDs of the people by key. */
export function seedFlowers(portal: Portal, options: FlowersOptions = {}): Map<string, number> {
	seedEmpty(portal);
	const offset = options.idOffset ?? 0;
	if (offset > 0) SHIFTED.forEach((counter, index) => portal.store.raiseCounter(counter, offset + index * 7));
	const people = addPeople(portal);
	addPipeline(portal, options.pipelineId ?? 0);
	for (const entityId of ['CRM_LEAD', 'CRM_DEAL'])
		USER_FIELDS.forEach((field) => addUserField(portal, entityId, field));
	addRoles(portal, people, options.roles ?? {});
	addStepsList(portal);
	if (options.smsTemplate ?? true) addSmsTemplates(portal);
	return people;
}

function addPeople(portal: Portal): Map<string, number> {
	const people = new Map([['director', 1]]);
	const departments = new Map<string, number>();
	for (const { key, name } of DEPARTMENTS) {
		departments.set(key, portal.departments.insert({ name, sort: 500, parent: 1, head: 0 }).id);
	}
	for (const [index, person] of PEOPLE.entries()) {
		const { id } = portal.users.insert({
			name: person.name,
			lastName: person.lastName,
			secondName: '',
			gender: person.gender,
			email: `${person.key}@example.ru`,
			mobile: `+791600000${String(index + 10)}`,
			workPhone: '',
			position: person.position,
			birthday: '',
			departments: [departments.get(person.department) as number],
			admin: false,
			active: true,
			userType: 'employee',
			registered: portal.time.parse('2024-02-05T10:00:00+03:00'),
		});
		people.set(person.key, id);
	}
	for (const { key, head } of DEPARTMENTS) {
		portal.departments.update(departments.get(key) as number, { head: people.get(head) ?? 0 });
	}
	return people;
}

function addPipeline(portal: Portal, pipelineId: number): void {
	if (pipelineId === 0) {
		portal.categories.update(0, { name: PIPELINE_NAME });
		putStages(portal, 'DEAL_STAGE', 0, PIPELINE_STAGES);
		return;
	}
	portal.categories.insert({ id: pipelineId, name: PIPELINE_NAME, sort: 100 });
	putStages(portal, `DEAL_STAGE_${pipelineId}`, pipelineId, PIPELINE_STAGES);
}

function addUserField(portal: Portal, entityId: string, seed: UserFieldSeed): void {
	const label = { ru: seed.label, en: null };
	portal.userFields.insert({
		entityId,
		fieldName: seed.name,
		userTypeId: seed.type,
		xmlId: null,
		sort: 100,
		multiple: false,
		mandatory: false,
		showFilter: 'E',
		editInList: true,
		isSearchable: false,
		settings: defaultSettings(seed.type),
		editFormLabel: label,
		listColumnLabel: label,
		listFilterLabel: label,
		helpMessage: { ru: null, en: null },
		options: (seed.options ?? []).map(([xmlId, value], index) => ({
			id: portal.store.nextId('user field option', 2),
			value,
			default: false,
			sort: (index + 1) * 10,
			xmlId,
		})),
	});
}

function addList(portal: Portal, code: string, name: string): number {
	const changed = portal.time.now();
	return portal.lists.insert({ typeId: 'lists', code, name, description: '', sort: 500, bizproc: false, changed }).id;
}

function addProperty(
	portal: Portal,
	iblockId: number,
	code: string,
	name: string,
	type: string,
	multiple = false,
): number {
	return portal.listProperties.insert({
		iblockId,
		code,
		name,
		type,
		required: false,
		multiple,
		sort: 20,
		defaultValue: null,
		settings: { SHOW_ADD_FORM: 'Y', SHOW_EDIT_FORM: 'Y' },
		userTypeSettings: null,
		rowCount: 1,
		colCount: 30,
		linkIblockId: null,
		options: [],
	}).id;
}

function addRoles(portal: Portal, people: Map<string, number>, wanted: NonNullable<FlowersOptions['roles']>): void {
	const iblockId = addList(portal, 'b24_roles', 'Роли сотрудников');
	const userProperty = addProperty(portal, iblockId, 'USER', 'Сотрудник', 'S:employee');
	for (const { code, name, person } of ROLES) {
		const filled = (wanted as Record<string, boolean | undefined>)[code] !== false;
		const value = { id: portal.store.nextId('list value', 2), value: String(people.get(person)) };
		portal.listElements.insert({
			id: portal.store.nextId('list_element', 2),
			iblockId,
			code,
			name,
			sectionId: 0,
			createdBy: 1,
			created: portal.time.now(),
			sort: 500,
			values: filled ? { [userProperty]: [value] } : {},
			visibleFrom: 0,
		});
	}
}

function addStepsList(portal: Portal): void {
	const iblockId = addList(portal, 'b24_steps', 'Шаги');
	addProperty(portal, iblockId, 'ENTRY', 'Вход в стадию', 'S');
	addProperty(portal, iblockId, 'STATE', 'Состояние', 'S');
	addProperty(portal, iblockId, 'RUN', 'Запуск', 'S');
}

function addSmsTemplates(portal: Portal): void {
	const documents: Array<[string, string]> = [
		['CCrmDocumentDeal', 'DEAL'],
		['CCrmDocumentLead', 'LEAD'],
	];
	for (const [entity, document] of documents) {
		portal.workflowTemplates.insert({
			name: SMS_TEMPLATE_NAME,
			userId: 1,
			systemCode: '',
			moduleId: 'crm',
			entity,
			documentType: ['crm', entity, document],
			autoExecute: 0,
			parameters: {
				[SMS_TEXT_PARAMETER]: { Name: 'Текст', Type: 'text', Required: '1', Multiple: '0', Default: '', Options: null },
			},
			smsTextParameter: SMS_TEXT_PARAMETER,
		});
	}
}
