import { readFileSync } from 'node:fs';

import { startEmulator, type Emulator } from '../../emulator';
import { Harness, type Duration, type WorkflowJson } from '../harness';

type Row = Record<string, unknown>;

export interface ShopOptions {
	/** Virtual time in the shop, ISO with offset. A Monday morning in Moscow by default. */
	at?: string;
	/** Number of the pipeline «Общее» in this portal. */
	pipelineId?: number;
	/** Shifts every other ID of the portal. */
	idOffset?: number;
	/** `false` leaves a role without a person. */
	roles?: { florist?: boolean; courier?: boolean };
	smsTemplate?: boolean;
	/** What the consultant changed in the editor before publishing. */
	tweak?: (workflow: WorkflowJson) => void;
	expectFailures?: boolean;
	/** URL in the credential, when it is not the right one. */
	webhookSecret?: (portal: Emulator) => string;
	/** `false` leaves the flows unpublished. */
	published?: boolean;
	/** Poll every minute even when the portal stands still. */
	everyPoll?: boolean;
}

export const CARD = {
	title: 'Перов',
	'Контактные данные клиента': 'Пётр Перов, +7 916 111-22-33',
	'Требования к букету': '25 красных роз',
	'Оформление букета': 'Крафт и атласная лента',
	'Дополнительные пожелания к флористу': 'Без гипсофилы',
	'Дополнительные пожелания к курьеру': 'Позвонить за час',
	'Тип доставки': 'Курьером',
	'Информация о доставке (адрес)': 'Москва, Лесная улица, 5',
	'Дата и время доставки': '2026-01-12T18:00:00+03:00',
	'Тип оплаты': 'Наличными',
	'Сумма, с которой нужна сдача': '5000',
};

const WORKFLOWS = [
	'workflows/core/client-sms.json',
	'workflows/core/error-handler.json',
	'workflows/flowers-crm/50-deals.json',
	'workflows/flowers-crm/55-order-status.json',
];

/** A flower shop with its portal and its n8n, in which people act and time passes. */
export class FlowerShop {
	private constructor(
		readonly portal: Emulator,
		readonly n8n: Harness,
		private readonly workflows: WorkflowJson[],
	) {}

	static async open(options: ShopOptions = {}): Promise<FlowerShop> {
		Harness.startClock(options.at ?? '2026-01-12T10:00:00+03:00');
		const { pipelineId, idOffset, roles, smsTemplate } = options;
		const portal = await startEmulator({
			seed: 'flowers',
			clock: () => Date.now(),
			seedOptions: { pipelineId, idOffset, roles, smsTemplate },
		});
		const workflows = WORKFLOWS.map((path) => JSON.parse(readFileSync(path, 'utf8')) as WorkflowJson);
		if (options.tweak) workflows.forEach(options.tweak);
		const n8n = await Harness.start({
			workflows,
			credentials: credentialsFor(options.webhookSecret?.(portal) ?? portal.webhookUrl),
			portal,
			expectFailures: options.expectFailures,
			skipIdlePolls: !options.everyPoll,
		});
		if (options.published !== false) await n8n.activate();
		return new FlowerShop(portal, n8n, workflows);
	}

	/** A second n8n with the same flows on the same portal, as somebody might start by mistake. */
	async openSecondN8n(): Promise<Harness> {
		const second = await Harness.start({
			alongside: this.n8n,
			workflows: this.workflows,
			credentials: credentialsFor(this.portal.webhookUrl),
			portal: this.portal,
		});
		await second.activate();
		return second;
	}

	async close(): Promise<void> {
		await Harness.closeAll();
		await this.portal.close();
	}

	async pass(duration: Duration): Promise<void> {
		await this.n8n.pass(duration);
	}

	/** ID of a person by the last name. */
	async person(lastName: string): Promise<number> {
		const users = await this.portal.call<Row[]>('user.get', {});
		const found = users.find(({ LAST_NAME }) => LAST_NAME === lastName);
		if (found === undefined) throw new Error(`Nobody is called ${lastName}`);
		return Number(found.ID);
	}

	/** The administrator enters a person for a role. */
	async appoint(role: string, lastName: string): Promise<void> {
		const list = { IBLOCK_TYPE_ID: 'lists', IBLOCK_CODE: 'b24_roles' };
		const elements = await this.portal.call<Row[]>('lists.element.get', list);
		const fields = await this.portal.call<Record<string, Row>>('lists.field.get', list);
		const user = Object.values(fields).find(({ CODE }) => CODE === 'USER');
		await this.portal.call('lists.element.update', {
			...list,
			ELEMENT_ID: elements.find(({ NAME }) => NAME === role)?.ID,
			FIELDS: { NAME: role, [String(user?.FIELD_ID)]: await this.person(lastName) },
		});
	}

	async lastNameOf(id: number): Promise<string> {
		const [user] = await this.portal.call<Row[]>('user.get', { ID: id });
		return String(user.LAST_NAME);
	}

	/** A manager (Орлова) creates a deal with a whole card, except for what is changed. */
	async createDeal(changes: Row = {}, stage = 'Выполнение заказа'): Promise<number> {
		const fields = Object.fromEntries(
			Object.entries({ ...CARD, ...changes }).filter(([, value]) => value !== undefined),
		);
		return await this.portal.act.createDeal({ as: await this.person('Орлова'), fields, stage, pipeline: 'Общее' });
	}

	async moveDeal(id: number, stage: string): Promise<void> {
		await this.portal.act.moveToStage({ as: await this.person('Орлова'), id, stage });
	}

	/** Tasks of a deal, oldest first, with the last name of who has to do them. */
	async tasks(dealId: number): Promise<Array<Row & { id: string; title: string; for: string }>> {
		const { tasks } = await this.portal.call<{ tasks: Row[] }>('tasks.task.list', {
			filter: { UF_CRM_TASK: `D_${dealId}` },
			order: { ID: 'asc' },
			select: ['ID', 'TITLE', 'DESCRIPTION', 'STATUS', 'RESPONSIBLE_ID', 'DEADLINE', 'UF_CRM_TASK', 'XML_ID'],
		});
		const users = await this.portal.call<Row[]>('user.get', {});
		return tasks.map((task) => ({
			...task,
			id: String(task.id),
			title: String(task.title),
			for: String(users.find(({ ID }) => ID === task.responsibleId)?.LAST_NAME),
		}));
	}

	async task(dealId: number, title: string): Promise<Row & { id: string; title: string; for: string }> {
		const found = (await this.tasks(dealId)).filter((task) => task.title.startsWith(title));
		if (found.length !== 1) throw new Error(`Deal ${dealId} has ${found.length} tasks «${title}…»`);
		return found[0];
	}

	async complete(dealId: number, title: string): Promise<void> {
		const task = await this.task(dealId, title);
		await this.portal.act.completeTask({ as: Number(task.responsibleId), id: Number(task.id) });
	}

	/** Name of the deal's stage. */
	async stage(dealId: number): Promise<string> {
		const { item } = await this.portal.call<{ item: Row }>('crm.item.get', { entityTypeId: 2, id: dealId });
		const pipeline = Number(item.categoryId);
		const stages = await this.portal.call<Row[]>('crm.status.list', {
			filter: { ENTITY_ID: pipeline === 0 ? 'DEAL_STAGE' : `DEAL_STAGE_${pipeline}` },
		});
		return String(stages.find(({ STATUS_ID }) => STATUS_ID === item.stageId)?.NAME);
	}

	/** Texts of the notifications that a person got. */
	async notificationsOf(lastName: string): Promise<string[]> {
		const userId = await this.person(lastName);
		return this.portal
			.outbox()
			.notifications.filter(
				(notification) => notification.userId === userId && notification.method.startsWith('im.notify'),
			)
			.map(({ text }) => text);
	}
}

function credentialsFor(webhookSecret: string) {
	return {
		b24Portal001: {
			type: 'bitrix24WebhookApi',
			data: { webhookSecret, timeZone: 'Europe/Moscow', plan: 'standard', budgetShare: 100 },
		},
	};
}
