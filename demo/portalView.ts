import type { Emulator } from '../emulator';

type Row = Record<string, unknown>;

export interface Person {
	id: number;
	name: string;
}

export interface TaskOfDeal {
	id: number;
	title: string;
	responsible: Person;
	completed: boolean;
}

const COMPLETED = '5';

/** What somebody sees who looks at the portal: by the names that stand there, never by codes. */
export class PortalView {
	constructor(private readonly portal: Emulator) {}

	async person(lastName: string): Promise<Person> {
		const person = (await this.people()).find(({ name }) => name.endsWith(` ${lastName}`));
		if (!person) throw new Error(`Nobody on the portal is called ${lastName}`);
		return person;
	}

	/** Name of the stage in which the deal is. */
	async stageOf(dealId: number): Promise<string> {
		const { item } = await this.portal.call<{ item: Row }>('crm.item.get', { entityTypeId: 2, id: dealId });
		const pipeline = Number(item.categoryId);
		const entityId = pipeline === 0 ? 'DEAL_STAGE' : `DEAL_STAGE_${pipeline}`;
		const stages = await this.portal.call<Row[]>('crm.status.list', { filter: { ENTITY_ID: entityId } });
		return String(stages.find(({ STATUS_ID }) => STATUS_ID === item.stageId)?.NAME);
	}

	/** Tasks of a deal, oldest first. */
	async tasksOf(dealId: number): Promise<TaskOfDeal[]> {
		const { tasks } = await this.portal.call<{ tasks: Row[] }>('tasks.task.list', {
			filter: { UF_CRM_TASK: `D_${dealId}` },
			order: { ID: 'asc' },
			select: ['ID', 'TITLE', 'STATUS', 'RESPONSIBLE_ID'],
		});
		const people = await this.people();
		return tasks.map(({ id, title, status, responsibleId }) => ({
			id: Number(id),
			title: String(title),
			responsible: people.find((person) => person.id === Number(responsibleId)) as Person,
			completed: status === COMPLETED,
		}));
	}

	/** Texts of the notifications that a person got, oldest first, without links. */
	notificationsOf(person: Person): string[] {
		return this.portal
			.outbox()
			.notifications.filter(({ userId, method }) => userId === person.id && method.startsWith('im.notify'))
			.map(({ text }) => text.replace(/\[\/?[a-z]+(=[^\]]*)?\]/gi, ''));
	}

	private async people(): Promise<Person[]> {
		const users = await this.portal.call<Row[]>('user.get', {});
		return users.map(({ ID, NAME, LAST_NAME }) => ({ id: Number(ID), name: `${NAME} ${LAST_NAME}`.trim() }));
	}
}
