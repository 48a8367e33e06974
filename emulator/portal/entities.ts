import type { Entity } from '../store/collection';

/** A person of the portal. Moments are epoch milliseconds, as everywhere in the store. */
export interface User extends Entity {
	name: string;
	lastName: string;
	secondName: string;
	gender: string;
	email: string;
	mobile: string;
	workPhone: string;
	position: string;
	birthday: string;
	departments: number[];
	admin: boolean;
	active: boolean;
	userType: 'employee' | 'extranet' | 'email';
	registered: number;
}

export interface Department extends Entity {
	name: string;
	sort: number;
	/** 0 = the company itself. */
	parent: number;
	/** 0 = nobody. */
	head: number;
}

export interface Absence extends Entity {
	userId: number;
	from: number;
	to: number;
	name: string;
}

/** An element of a CRM dictionary: a stage, a source … */
export interface Status extends Entity {
	entityId: string;
	statusId: string;
	name: string;
	initialName: string;
	sort: number;
	system: boolean;
	/** Pipeline of a deal stage; null in all other dictionaries. */
	categoryId: number | null;
	color: string;
	/** `S` success, `F` failure, '' in work. */
	semantics: '' | 'S' | 'F';
}

/** A pipeline of deals. The default one has ID 0. */
export interface Category extends Entity {
	name: string;
	sort: number;
}

export interface UserFieldOption {
	id: number;
	value: string;
	default: boolean;
	sort: number;
	xmlId: string;
}

export interface UserField extends Entity {
	entityId: string;
	fieldName: string;
	userTypeId: string;
	xmlId: string | null;
	sort: number;
	multiple: boolean;
	mandatory: boolean;
	showFilter: string;
	editInList: boolean;
	isSearchable: boolean;
	settings: Record<string, unknown>;
	/** Labels by language. */
	editFormLabel: Record<string, string | null>;
	listColumnLabel: Record<string, string | null>;
	listFilterLabel: Record<string, string | null>;
	helpMessage: Record<string, string | null>;
	options: UserFieldOption[];
}

export interface Multifield {
	id: number;
	typeId: string;
	valueType: string;
	value: string;
}

/** A lead, deal, contact or company: standard fields by their camelCase names, user fields by their original names. */
export interface CrmItem extends Entity {
	[field: string]: unknown;
	fm: Multifield[];
	contactIds: number[];
	observers: number[];
}

export interface StageHistoryEntry extends Entity {
	typeId: number;
	ownerId: number;
	createdTime: number;
	categoryId: number;
	semantics: string;
	stageId: string;
	/** From this moment on a reader sees the row. */
	visibleFrom: number;
}

export interface TimelineComment extends Entity {
	entityType: string;
	entityId: number;
	created: number;
	comment: string;
	authorId: number;
}

/** A task: fields by their camelCase names. */
export interface Task extends Entity {
	[field: string]: unknown;
	title: string;
	createdBy: number;
	responsibleId: number;
	status: number;
	auditors: number[];
	accomplices: number[];
	ufCrmTask: string[];
}

export interface ChecklistItem extends Entity {
	taskId: number;
	parentId: number;
	createdBy: number;
	title: string;
	sortIndex: number;
	complete: boolean;
	important: boolean;
	toggledBy: number | null;
	toggledDate: number | null;
}

export interface TaskComment extends Entity {
	taskId: number;
	authorId: number;
	message: string;
	created: number;
}

export interface PortalList extends Entity {
	typeId: string;
	code: string | null;
	name: string;
	description: string;
	sort: number;
	bizproc: boolean;
	changed: number;
}

export interface ListProperty extends Entity {
	iblockId: number;
	code: string;
	name: string;
	/** As given to lists.field.add: `S`, `N`, `L`, `S:employee` … */
	type: string;
	required: boolean;
	multiple: boolean;
	sort: number;
	defaultValue: unknown;
	settings: Record<string, string>;
	userTypeSettings: unknown;
	rowCount: number;
	colCount: number;
	linkIblockId: number | null;
	options: Array<{ id: number; value: string; sort: number; default: boolean }>;
}

export interface ListElement extends Entity {
	iblockId: number;
	code: string;
	name: string;
	sectionId: number;
	createdBy: number;
	created: number;
	sort: number;
	/** By property ID; every value has an ID of its own. */
	values: Record<string, Array<{ id: number; value: string }>>;
	visibleFrom: number;
}

export interface WorkflowTemplate extends Entity {
	name: string;
	userId: number;
	systemCode: string;
	moduleId: string;
	entity: string;
	documentType: [string, string, string];
	autoExecute: number;
	parameters: Record<string, unknown>;
	/** The one step of the template: an SMS to the document's client with the text of this parameter. */
	smsTextParameter: string;
}
