import type { CrmItem, Task } from '../portal/entities';
import { CONTACT, entityTypeByName } from '../portal/crm/entity-types';
import { createItem, deleteItem, requireItem, updateItem } from '../portal/crm/items';
import type { Portal } from '../portal/portal';
import { completeTask, mayWorkOn, setStatus, WAITING } from '../portal/tasks';
import { fieldsByName } from './fields-by-name';
import { stageByName } from './stage-by-name';

export type ItemKind = 'deal' | 'lead' | 'contact' | 'company';

/** A person of the portal, by ID. */
interface Person {
	as: number;
}

interface ItemReference {
	/** Default: deal. */
	type?: ItemKind;
	id: number;
}

export interface NewItem extends Person {
	/** By camelCase name, original name or visible label; list values by ID, XML_ID or label. */
	fields?: Record<string, unknown>;
	/** Pipeline by ID or name; default: that of ID 0. */
	pipeline?: number | string;
	/** Stage by code or name; default: the first one. */
	stage?: string;
	/** The client: a contact is made and linked. */
	contact?: { name?: string; lastName?: string; phone?: string; email?: string };
}

/** What a person does in the interface, always as a given user. Goes the same ways as REST, with history and events. */
export interface Acts {
	/** Returns the new deal's ID. */
	createDeal(act: NewItem): Promise<number>;
	/** Returns the new lead's ID. */
	createLead(act: NewItem): Promise<number>;
	moveToStage(act: Person & ItemReference & { stage: string; pipeline?: number | string }): Promise<void>;
	setFields(act: Person & ItemReference & { fields: Record<string, unknown> }): Promise<void>;
	deleteItem(act: Person & ItemReference): Promise<void>;
	completeTask(act: Person & { id: number }): Promise<void>;
	renewTask(act: Person & { id: number }): Promise<void>;
	/** Puts an absence into the chart. `from` and `to` are ISO 8601. */
	goOnLeave(act: { userId: number; from: string; to: string; name?: string }): Promise<void>;
}

export function createActs(portal: Portal): Acts {
	const create = async (kind: ItemKind, act: NewItem): Promise<number> => {
		portal.users.require(act.as);
		const { as, fields = {}, pipeline, stage, contact } = act;
		const type = typeId(kind);
		const values = fieldsByName(portal, type, fields);
		if (pipeline !== undefined || stage !== undefined) {
			Object.assign(values, stageByName(portal, type, stage, pipeline ?? Number(values.categoryId ?? 0)));
		}
		if (contact) values.contactIds = [addContact(portal, as, contact).id];
		return createItem(portal, type, values, { userId: as }).id;
	};
	return {
		createDeal: (act) => create('deal', act),
		createLead: (act) => create('lead', act),
		moveToStage: async ({ as, type = 'deal', id, stage, pipeline }) => {
			const item = requireItem(portal, typeId(type), id);
			const target = stageByName(portal, typeId(type), stage, pipeline ?? Number(item.categoryId ?? 0));
			updateItem(portal, typeId(type), id, target, { userId: as });
		},
		setFields: async ({ as, type = 'deal', id, fields }) => {
			updateItem(portal, typeId(type), id, fieldsByName(portal, typeId(type), fields), { userId: as });
		},
		deleteItem: async ({ as, type = 'deal', id }) => deleteItem(portal, typeId(type), id, { userId: as }),
		completeTask: async ({ as, id }) => void completeTask(portal, workableTask(portal, id, as), { userId: as }),
		renewTask: async ({ as, id }) => void setStatus(portal, workableTask(portal, id, as), WAITING, { userId: as }),
		goOnLeave: async ({ userId, from, to, name = 'Отпуск' }) => {
			portal.users.require(userId);
			portal.absences.insert({ userId, from: portal.time.parse(from), to: portal.time.parse(to), name });
		},
	};
}

/** The task, if this person has its buttons in the interface. */
function workableTask(portal: Portal, id: number, as: number): Task {
	const task = portal.tasks.require(id);
	if (!mayWorkOn(portal, task, portal.users.require(as))) throw new Error(`User ${as} may not work on task ${id}`);
	return task;
}

function typeId(kind: ItemKind): number {
	const type = entityTypeByName(kind);
	if (!type) throw new Error(`Unknown kind of item: ${kind}`);
	return type.id;
}

function addContact(portal: Portal, as: number, contact: NonNullable<NewItem['contact']>): CrmItem {
	const fm = [
		...(contact.phone ? [{ typeId: 'PHONE', valueType: 'MOBILE', value: contact.phone }] : []),
		...(contact.email ? [{ typeId: 'EMAIL', valueType: 'WORK', value: contact.email }] : []),
	];
	const fields = { name: contact.name ?? '', lastName: contact.lastName ?? '', fm };
	return createItem(portal, CONTACT, fields, { userId: as });
}
