import { setTimeout as pause } from 'node:timers/promises';

import { DateTime } from 'luxon';

import type { Emulator } from '../emulator';
import { PortalView, type Person, type TaskOfDeal } from './portalView';

const FLORIST_TASK = 'Выполнение заказа';
const COURIER_TASK = 'Доставка заказа';
const STAGES = ['Выполнение заказа', 'Доставка', 'Заказ выполнен'];
// A flow notices within a minute, and n8n has a start to get over.
const PATIENCE_MS = 180_000;
const LOOK_EVERY_MS = 500;

/**
 * One order of the flower shop: people act on the portal, and what the flows do is waited for and told. A step that does not come
 * throws an error that says what was waited for and how the portal looks.
 */
export class FlowersOrder {
	private readonly view: PortalView;

	private constructor(
		private readonly portal: Emulator,
		private readonly tell: (line: string) => void,
		readonly dealId: number,
		private readonly manager: Person,
	) {
		this.view = new PortalView(portal);
	}

	/** Елена Орлова takes an order by phone and puts it to work. */
	static async place(portal: Emulator, tell: (line: string) => void): Promise<FlowersOrder> {
		const manager = await new PortalView(portal).person('Орлова');
		const delivery = DateTime.fromMillis(portal.clock.now(), { zone: 'Europe/Moscow' })
			.plus({ hours: 6 })
			.startOf('hour');
		const dealId = await portal.act.createDeal({
			as: manager.id,
			pipeline: 'Общее',
			stage: STAGES[0],
			contact: { name: 'Пётр', lastName: 'Перов', phone: '+79161112233' },
			fields: {
				title: 'Перов, букет на годовщину',
				'Контактные данные клиента': 'Пётр Перов, +7 916 111-22-33',
				'Требования к букету': '25 красных роз',
				'Оформление букета': 'Крафт и атласная лента',
				'Дополнительные пожелания к флористу': 'Без гипсофилы',
				'Дополнительные пожелания к курьеру': 'Позвонить за час',
				'Тип доставки': 'Курьером',
				'Информация о доставке (адрес)': 'Москва, Лесная улица, 5',
				'Дата и время доставки': delivery.toISO({ suppressMilliseconds: true }),
				'Тип оплаты': 'Наличными',
				'Сумма, с которой нужна сдача': '5000',
			},
		});
		tell(`${manager.name} takes an order: deal №${dealId} «Перов, букет на годовщину», stage «${STAGES[0]}»`);
		return new FlowersOrder(portal, tell, dealId, manager);
	}

	async floristGetsTask(): Promise<void> {
		await this.appears(FLORIST_TASK);
	}

	async floristCompletesTask(): Promise<void> {
		await this.complete(FLORIST_TASK);
	}

	async reachesDelivery(): Promise<void> {
		await this.reaches(STAGES[1]);
	}

	async courierGetsTask(): Promise<void> {
		await this.appears(COURIER_TASK);
	}

	async courierCompletesTask(): Promise<void> {
		await this.complete(COURIER_TASK);
	}

	async isWon(): Promise<void> {
		await this.reaches(STAGES[2]);
	}

	/** The manager was told of every stage. */
	async managerWasTold(): Promise<void> {
		const told = await this.until('a notification of the manager for each stage', async () => {
			const texts = this.statusTexts();
			return texts.length >= STAGES.length ? texts : undefined;
		});
		for (const text of told) this.tell(`n8n told ${this.manager.name}: «${text}»`);
	}

	/** @throws Error when the portal does not hold exactly what an order that went through leaves there */
	async verify(): Promise<void> {
		const tasks = await this.view.tasksOf(this.dealId);
		const faults = [
			...expected('stage', await this.view.stageOf(this.dealId), STAGES[2]),
			...expected('tasks', tasks.map(taskLine), [
				`${FLORIST_TASK}: Ольга Иванова, completed`,
				`${COURIER_TASK}: Павел Фёдоров, completed`,
			]),
			...expected(
				'notifications',
				this.statusTexts().map((text) => STAGES.find((stage) => text.endsWith(`: ${stage}.`))),
				STAGES,
			),
		];
		if (faults.length > 0) throw new Error(`The portal does not hold what it should:\n${faults.join('\n')}`);
	}

	private async appears(title: string): Promise<void> {
		const started = performance.now();
		const task = await this.until(`the task «${title}»`, () => this.task(title));
		this.tell(`n8n gave ${task.responsible.name} the task «${task.title}» ${after(started)}`);
	}

	private async complete(title: string): Promise<void> {
		const task = await this.task(title);
		if (!task) throw new Error(`Deal ${this.dealId} has no task «${title}»`);
		await this.portal.act.completeTask({ as: task.responsible.id, id: task.id });
		this.tell(`${task.responsible.name} completes the task «${title}»`);
	}

	private async reaches(stage: string): Promise<void> {
		const started = performance.now();
		await this.until(`the stage «${stage}»`, async () => (await this.view.stageOf(this.dealId)) === stage || undefined);
		this.tell(`n8n moved deal №${this.dealId} to «${stage}» ${after(started)}`);
	}

	private async task(title: string): Promise<TaskOfDeal | undefined> {
		return (await this.view.tasksOf(this.dealId)).find((task) => task.title.startsWith(`${title} |`));
	}

	private statusTexts(): string[] {
		return this.view.notificationsOf(this.manager).filter((text) => text.includes(`№${this.dealId} `));
	}

	private async until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
		const giveUpAt = performance.now() + PATIENCE_MS;
		for (;;) {
			const seen = await look();
			if (seen !== undefined) return seen;
			if (performance.now() > giveUpAt) throw new Error(`Waited in vain for ${what}.\n${await this.state()}`);
			await pause(LOOK_EVERY_MS);
		}
	}

	private async state(): Promise<string> {
		const tasks = (await this.view.tasksOf(this.dealId)).map(taskLine);
		return `Deal №${this.dealId} is in «${await this.view.stageOf(this.dealId)}», its tasks: ${tasks.join('; ') || 'none'}`;
	}
}

function taskLine({ title, responsible, completed }: TaskOfDeal): string {
	return `${title.split(' |')[0]}: ${responsible.name}, ${completed ? 'completed' : 'open'}`;
}

function expected(what: string, seen: unknown, wanted: unknown): string[] {
	const [is, should] = [JSON.stringify(seen), JSON.stringify(wanted)];
	return is === should ? [] : [`  ${what}: ${is}, should be ${should}`];
}

function after(started: number): string {
	return `(after ${Math.round((performance.now() - started) / 1000)} s)`;
}
