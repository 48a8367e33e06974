import type { WorkflowJson } from '../harness';
import { FlowerShop } from './flowerShop';

let shop: FlowerShop;

afterEach(async () => await shop.close());

const FLORIST_TASK = 'Выполнение заказа';
const COURIER_TASK = 'Доставка заказа';
const DELIVERY_TYPE_TASK = 'Укажите тип доставки';

describe('FL-08: a deal enters «Выполнение заказа»', () => {
	test('FL-08: the florist gets one task that shows what the bouquet has to be', async () => {
		shop = await FlowerShop.open();
		const deal = await shop.createDeal();
		await shop.pass({ hours: 3 });

		const [task, ...others] = await shop.tasks(deal);
		expect(others).toEqual([]);
		expect(task).toMatchObject({
			title: `Выполнение заказа | №${deal} "Перов"`,
			for: 'Иванова',
			ufCrmTask: [`D_${deal}`],
			deadline: '2026-01-12T17:00:00+03:00',
		});
		expect(task.description).toContain('Требования к букету:[/b]\n25 красных роз');
		expect(task.description).toContain('Оформление букета:[/b]\nКрафт и атласная лента');
		expect(task.description).toContain('Пожелания к флористу:[/b]\nБез гипсофилы');
	});

	test('FL-08: two deals that enter between two polls get a task each, from an execution each', async () => {
		shop = await FlowerShop.open();
		const deals = [await shop.createDeal(), await shop.createDeal({ title: 'Штерн' })];
		await shop.pass({ minutes: 2 });

		for (const deal of deals) expect(await shop.tasks(deal)).toHaveLength(1);
		expect(shop.n8n.executions('flowersDeals01')).toHaveLength(2);
		expect(shop.n8n.executions('flowersStatus01')).toHaveLength(2);
	});

	test('FL-08: a deal that comes back to the stage is a new order of the florist', async () => {
		shop = await FlowerShop.open();
		const deal = await shop.createDeal();
		await shop.pass({ minutes: 2 });
		await shop.moveDeal(deal, 'Заказ собран');
		await shop.pass({ minutes: 2 });
		await shop.moveDeal(deal, 'Выполнение заказа');
		await shop.pass({ minutes: 2 });

		expect((await shop.tasks(deal)).map(({ title }) => title.split(' |')[0])).toEqual([FLORIST_TASK, FLORIST_TASK]);
	});

	test('FL-08: a deal that has left the stage before the poll gets no task', async () => {
		shop = await FlowerShop.open();
		const deal = await shop.createDeal();
		await shop.moveDeal(deal, 'Сделка неуспешна');
		await shop.pass({ minutes: 2 });

		expect(await shop.tasks(deal)).toEqual([]);
	});

	test('FL-08: without a delivery date the task has no deadline', async () => {
		shop = await FlowerShop.open();
		const deal = await shop.createDeal({ 'Дата и время доставки': undefined, 'Оформление букета': undefined });
		await shop.pass({ minutes: 2 });

		const task = await shop.task(deal, FLORIST_TASK);
		expect(task.deadline).toBeNull();
		expect(task.description).toContain('Оформление букета:[/b]\nнет');
	});

	test('FL-08: deals that stood there before the flow was first published are left alone', async () => {
		shop = await FlowerShop.open({ published: false });
		const deal = await shop.createDeal();
		await shop.n8n.activate();
		await shop.pass({ hours: 1 });

		expect(await shop.tasks(deal)).toEqual([]);
	});

	test('FL-08: on wish, the flow takes over what stands there when it is first published', async () => {
		shop = await FlowerShop.open({ published: false, tweak: takeOver });
		const deal = await shop.createDeal();
		await shop.pass({ hours: 1 });
		await shop.n8n.activate();
		await shop.pass({ hours: 1 });

		expect(await shop.tasks(deal)).toHaveLength(1);
		expect(shop.n8n.executions('flowersDeals01')).toHaveLength(1);
	});

	test('FL-08: a flow that was switched off for an hour catches up', async () => {
		shop = await FlowerShop.open();
		await shop.n8n.unpublish('flowersDeals01');
		const deal = await shop.createDeal();
		await shop.pass({ hours: 1 });
		await shop.n8n.activate('flowersDeals01');
		await shop.pass({ minutes: 2 });

		expect(await shop.tasks(deal)).toHaveLength(1);
	});
});

describe('FL-09: the florist completes the task', () => {
	test('FL-09: «Курьером» moves the deal to «Доставка»', async () => {
		shop = await FlowerShop.open();
		const deal = await shop.createDeal();
		await shop.pass({ minutes: 2 });
		await shop.complete(deal, FLORIST_TASK);
		await shop.pass({ minutes: 2 });

		expect(await shop.stage(deal)).toBe('Доставка');
	});

	test('FL-09: «Самовывоз» moves the deal to «Заказ собран», and the courier is not asked', async () => {
		shop = await FlowerShop.open();
		const deal = await shop.createDeal({ 'Тип доставки': 'Самовывоз' });
		await shop.pass({ minutes: 2 });
		await shop.complete(deal, FLORIST_TASK);
		await shop.pass({ hours: 1 });

		expect(await shop.stage(deal)).toBe('Заказ собран');
		expect(await shop.tasks(deal)).toHaveLength(1);
	});

	test('FL-09: without a delivery type the manager is asked, and his answer moves the deal', async () => {
		shop = await FlowerShop.open();
		const deal = await shop.createDeal({ 'Тип доставки': undefined });
		await shop.pass({ minutes: 2 });
		await shop.complete(deal, FLORIST_TASK);
		await shop.pass({ minutes: 2 });
		expect(await shop.stage(deal)).toBe('Выполнение заказа');
		expect(await shop.task(deal, DELIVERY_TYPE_TASK)).toMatchObject({ for: 'Орлова' });

		await shop.portal.act.setFields({ as: 1, id: deal, fields: { 'Тип доставки': 'Самовывоз' } });
		await shop.complete(deal, DELIVERY_TYPE_TASK);
		await shop.pass({ minutes: 2 });
		expect(await shop.stage(deal)).toBe('Заказ собран');
	});

	test('FL-09: the manager who completes his task without an answer gets it back', async () => {
		shop = await FlowerShop.open();
		const deal = await shop.createDeal({ 'Тип доставки': undefined });
		await shop.pass({ minutes: 2 });
		await shop.complete(deal, FLORIST_TASK);
		await shop.pass({ minutes: 2 });
		await shop.complete(deal, DELIVERY_TYPE_TASK);
		await shop.pass({ hours: 2 });

		expect(await shop.task(deal, DELIVERY_TYPE_TASK)).toMatchObject({ status: '2' });
		expect(await shop.stage(deal)).toBe('Выполнение заказа');
	});

	test('FL-09: a deal that was moved away by hand in between stays where it is', async () => {
		shop = await FlowerShop.open();
		const deal = await shop.createDeal();
		await shop.pass({ minutes: 2 });
		await shop.moveDeal(deal, 'Сделка неуспешна');
		await shop.complete(deal, FLORIST_TASK);
		await shop.pass({ hours: 1 });

		expect(await shop.stage(deal)).toBe('Сделка неуспешна');
		expect(await shop.tasks(deal)).toHaveLength(1);
	});

	test('FL-09: a task completed twice moves the deal once', async () => {
		shop = await FlowerShop.open();
		const deal = await shop.createDeal();
		await shop.pass({ minutes: 2 });
		await shop.complete(deal, FLORIST_TASK);
		await shop.pass({ minutes: 2 });
		await shop.moveDeal(deal, 'Заказ собран');
		const task = await shop.task(deal, FLORIST_TASK);
		await shop.portal.act.renewTask({ as: 1, id: Number(task.id) });
		await shop.pass({ minutes: 2 });
		await shop.complete(deal, FLORIST_TASK);
		await shop.pass({ hours: 1 });

		expect(await shop.stage(deal)).toBe('Заказ собран');
	});

	test('FL-09: the task of an earlier stay in the stage does not move the deal', async () => {
		shop = await FlowerShop.open();
		const deal = await shop.createDeal();
		await shop.pass({ minutes: 2 });
		const [earlier] = await shop.tasks(deal);
		await shop.moveDeal(deal, 'Заказ собран');
		await shop.moveDeal(deal, 'Выполнение заказа');
		await shop.pass({ minutes: 2 });
		await shop.portal.act.completeTask({ as: Number(earlier.responsibleId), id: Number(earlier.id) });
		await shop.pass({ hours: 1 });

		expect(await shop.stage(deal)).toBe('Выполнение заказа');
	});
});

describe('FL-10: a deal enters «Доставка»', () => {
	test('FL-10: the courier gets a task with all the order says; completing it closes the deal', async () => {
		shop = await FlowerShop.open();
		const deal = await shop.createDeal();
		await shop.pass({ minutes: 2 });
		await shop.complete(deal, FLORIST_TASK);
		await shop.pass({ minutes: 3 });

		const task = await shop.task(deal, COURIER_TASK);
		expect(task).toMatchObject({
			title: `Доставка заказа | Перов ${deal}`,
			for: 'Фёдоров',
			ufCrmTask: [`D_${deal}`],
		});
		const lines = String(task.description)
			.replace(/\[\/?b\]/g, '')
			.split('\n');
		expect(lines.filter((line) => line !== '')).toEqual([
			'Доставить заказ по адресу',
			'Москва, Лесная улица, 5',
			'Заказчик:',
			'Пётр Перов, +7 916 111-22-33',
			'Получатель:',
			'нет',
			'Дата и время доставки: 12.01.2026 18:00',
			'Пожелания к курьеру:',
			'Позвонить за час',
			'Тип оплаты:',
			'Наличными',
			'Сумма, с которой нужна сдача (если наличными):',
			'5000',
		]);

		await shop.complete(deal, COURIER_TASK);
		await shop.pass({ minutes: 2 });
		expect(await shop.stage(deal)).toBe('Заказ выполнен');
		expect(await shop.tasks(deal)).toHaveLength(2);
	});

	test('FL-10: a deal that was cancelled while the courier was on his way is not closed as won', async () => {
		shop = await FlowerShop.open();
		const deal = await shop.createDeal({}, 'Доставка');
		await shop.pass({ minutes: 2 });
		await shop.moveDeal(deal, 'Сделка неуспешна');
		await shop.complete(deal, COURIER_TASK);
		await shop.pass({ hours: 1 });

		expect(await shop.stage(deal)).toBe('Сделка неуспешна');
	});
});

describe('FL-12: a deal changes its stage', () => {
	test('FL-12: the manager is told of each stage once, the client of none while SMS is off', async () => {
		shop = await FlowerShop.open();
		const deal = await shop.createDeal();
		await shop.pass({ minutes: 2 });
		await shop.complete(deal, FLORIST_TASK);
		await shop.pass({ minutes: 3 });
		await shop.complete(deal, COURIER_TASK);
		await shop.pass({ hours: 2 });

		const order = `Заказ [URL=/crm/deal/details/${deal}/]№${deal} «Перов»[/URL]`;
		expect(await shop.notificationsOf('Орлова')).toEqual([
			`${order}: Выполнение заказа.`,
			`${order}: Доставка.`,
			`${order}: Заказ выполнен.`,
		]);
		expect(shop.portal.outbox().sms).toEqual([]);
	});

	test('FL-12: with the switch on, the client gets an SMS for each stage', async () => {
		shop = await FlowerShop.open({ tweak: switchSmsOn });
		const deal = await shop.portal.act.createDeal({
			as: 1,
			fields: { title: 'Перов' },
			pipeline: 'Общее',
			stage: 'Выполнение заказа',
			contact: { name: 'Пётр', lastName: 'Перов', phone: '+79161112233' },
		});
		await shop.pass({ minutes: 2 });
		await shop.moveDeal(deal, 'Заказ собран');
		await shop.pass({ hours: 1 });

		expect(shop.portal.outbox().sms.map(({ phone, text }) => ({ phone, text }))).toEqual([
			{ phone: '+79161112233', text: `Ваш заказ №${deal}: Выполнение заказа.` },
			{ phone: '+79161112233', text: `Ваш заказ №${deal}: Заказ собран.` },
		]);
	});

	test('FL-12: with the switch on but no SMS process in the portal, the administrator is told what is missing', async () => {
		shop = await FlowerShop.open({ tweak: switchSmsOn, smsTemplate: false });
		await shop.createDeal();
		await shop.pass({ minutes: 5 });

		const [text] = await shop.notificationsOf(await shop.lastNameOf(1));
		expect(text).toContain('На портале нет бизнес-процесса сделок «Отправить SMS клиенту»');
		expect(shop.portal.outbox().sms).toEqual([]);
	});

	test('FL-12: a stage that the administrator adds later counts as well', async () => {
		shop = await FlowerShop.open();
		await shop.portal.call('crm.status.add', {
			fields: { ENTITY_ID: 'DEAL_STAGE', STATUS_ID: 'FL_PACKED', NAME: 'Упаковка', SORT: 25 },
		});
		const deal = await shop.createDeal({}, 'Упаковка');
		await shop.pass({ minutes: 2 });

		expect(await shop.notificationsOf('Орлова')).toEqual([
			`Заказ [URL=/crm/deal/details/${deal}/]№${deal} «Перов»[/URL]: Упаковка.`,
		]);
	});
});

function takeOver(workflow: WorkflowJson): void {
	for (const { type, parameters } of workflow.nodes) {
		if (type.endsWith('.bitrix24PollTrigger')) parameters.takeOver = true;
	}
}

function switchSmsOn(workflow: WorkflowJson): void {
	const settings = workflow.nodes.find(({ name }) => name === 'Настройки');
	if (settings === undefined) return;
	const { assignments } = (
		settings.parameters as unknown as { assignments: { assignments: Array<{ name: string; value: unknown }> } }
	).assignments;
	for (const assignment of assignments) if (assignment.name === 'smsПодключено') assignment.value = true;
}
