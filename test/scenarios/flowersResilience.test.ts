import { FlowerShop, type ShopOptions } from './flowerShop';

let shop: FlowerShop;

afterEach(async () => await shop.close());

/** Leads one order from its creation to its delivery and returns its ID. */
async function deliverOneOrder(): Promise<number> {
	const deal = await shop.createDeal();
	await shop.pass({ minutes: 3 });
	await shop.complete(deal, 'Выполнение заказа');
	await shop.pass({ minutes: 3 });
	await shop.complete(deal, 'Доставка заказа');
	await shop.pass({ minutes: 30 });
	return deal;
}

/** Everything happened, and nothing of it twice (FL-08, FL-09, FL-10, FL-12). */
async function expectOrderDelivered(deal: number): Promise<void> {
	expect(await shop.stage(deal)).toBe('Заказ выполнен');
	expect((await shop.tasks(deal)).map((task) => [task.title.split(' |')[0], task.for])).toEqual([
		['Выполнение заказа', 'Иванова'],
		['Доставка заказа', 'Фёдоров'],
	]);
	expect((await shop.notificationsOf('Орлова')).map((text) => text.split(': ')[1])).toEqual([
		'Выполнение заказа.',
		'Доставка.',
		'Заказ выполнен.',
	]);
}

describe('FL-08 … FL-12 on other portals', () => {
	test.each<[string, ShopOptions]>([
		['whose pipeline has another number', { pipelineId: 7 }],
		['on which every ID is another', { pipelineId: 12, idOffset: 5000 }],
	])('FL-08, FL-09, FL-10, FL-12 run on a portal %s', async (_name, options) => {
		shop = await FlowerShop.open(options);
		await expectOrderDelivered(await deliverOneOrder());
	});

	test('a deal of another pipeline is none of our business', async () => {
		shop = await FlowerShop.open({ pipelineId: 7 });
		const deal = await shop.portal.act.createDeal({ as: 1, fields: { title: 'Чужая' }, pipeline: 0 });
		await shop.pass({ hours: 1 });

		expect(await shop.tasks(deal)).toEqual([]);
		expect(shop.n8n.executions()).toEqual([]);
	});
});

describe('FL-08 … FL-12 when things come twice, late or not at all', () => {
	test('two n8n with the same flows on one portal do everything once', async () => {
		shop = await FlowerShop.open({ everyPoll: true });
		const second = await shop.openSecondN8n();
		await expectOrderDelivered(await deliverOneOrder());
		expect(second.executions().length).toBeGreaterThan(0);
	});

	test('two n8n do everything once even when the portal lets a code be used twice', async () => {
		shop = await FlowerShop.open({ everyPoll: true });
		shop.portal.switches.set({ skipListUniqueness: true, listLagMs: 200 });
		await shop.openSecondN8n();
		await expectOrderDelivered(await deliverOneOrder());
	});

	test.each([13, 15, 17, 19])(
		'of two n8n, one killed before its request no. %i, the other does what was begun',
		async (beforeRequest) => {
			shop = await FlowerShop.open({ everyPoll: true, expectFailures: true });
			await shop.openSecondN8n();
			const deal = await shop.createDeal();
			shop.n8n.killAfter({ beforeRequest });
			await shop.pass({ minutes: 30 });

			expect(shop.n8n.isRunning()).toBe(false);
			expect(await shop.tasks(deal)).toHaveLength(1);
		},
	);

	test('polls that are left out while the portal stands still change nothing', async () => {
		const story = async (everyPoll: boolean) => {
			shop = await FlowerShop.open({ everyPoll });
			const deal = await deliverOneOrder();
			await expectOrderDelivered(deal);
			const { notifications, ...others } = shop.portal.outbox();
			const told = notifications.map(({ userId, text }) => ({ userId, text }));
			const tasks = (await shop.tasks(deal)).map(({ title, description, status }) => ({ title, description, status }));
			return { told, tasks, others };
		};
		const withEveryPoll = await story(true);
		await shop.close();
		expect(await story(false)).toEqual(withEveryPoll);
	});

	test('rows of the stage history that become visible late are not missed', async () => {
		shop = await FlowerShop.open({ everyPoll: true });
		shop.portal.switches.set({ stageHistoryLagMs: 4 * 60_000 });
		const deal = await shop.createDeal();
		await shop.pass({ minutes: 10 });
		expect(await shop.tasks(deal)).toHaveLength(1);
	});

	test('n8n that is stopped overnight catches up in the morning', async () => {
		shop = await FlowerShop.open();
		const first = await shop.createDeal();
		await shop.pass({ minutes: 3 });
		await shop.n8n.stop();
		await shop.complete(first, 'Выполнение заказа');
		const second = await shop.createDeal({ title: 'Штерн' });
		await shop.pass({ hours: 12 });
		expect(await shop.stage(first)).toBe('Выполнение заказа');

		await shop.n8n.restart();
		await shop.pass({ minutes: 5 });
		expect(await shop.stage(first)).toBe('Доставка');
		expect(await shop.tasks(first)).toHaveLength(2);
		expect(await shop.tasks(second)).toHaveLength(1);
	});

	test.each(Array.from({ length: 24 }, (_, index) => index + 1))(
		'n8n that is killed before its request no. %i goes on after its restart',
		async (beforeRequest) => {
			shop = await FlowerShop.open({ expectFailures: true });
			const deal = await shop.createDeal();
			shop.n8n.killAfter({ beforeRequest });
			await shop.pass({ minutes: 4 });
			expect(shop.n8n.isRunning()).toBe(false);
			await shop.n8n.restart();
			await shop.pass({ minutes: 40 });

			expect(await shop.tasks(deal)).toHaveLength(1);
			// Whether a notification left before the end cannot be looked up: it came once, or was reported as unknown.
			expect((await shop.notificationsOf('Орлова')).length + reportedSteps()).toBe(1);
		},
	);

	test('n8n that is killed as soon as the task was set does not set it again', async () => {
		shop = await FlowerShop.open({ expectFailures: true });
		const deal = await shop.createDeal();
		shop.n8n.killAfter({ node: 'Флористу: собрать заказ' });
		await shop.pass({ minutes: 3 });
		expect(shop.n8n.isRunning()).toBe(false);
		await shop.n8n.restart();
		await shop.pass({ minutes: 40 });

		expect(await shop.tasks(deal)).toHaveLength(1);
	});

	test.each(['cutBefore', 'cutAfter', '500', 'html', 'empty'] as const)(
		'a portal that answers the creation of the task with %s gets one task in the end',
		async (kind) => {
			shop = await FlowerShop.open({ expectFailures: true });
			shop.portal.faults.set([{ method: 'tasks.task.add', kind, count: 1 }]);
			const deal = await shop.createDeal();
			await shop.pass({ hours: 1 });

			expect(await shop.tasks(deal)).toHaveLength(1);
		},
	);

	test('a notification whose answer was lost is not sent again', async () => {
		shop = await FlowerShop.open({ expectFailures: true });
		shop.portal.faults.set([{ method: 'im.notify.system.add', kind: 'cutAfter', count: 1 }]);
		await shop.createDeal();
		await shop.pass({ hours: 1 });

		expect(await shop.notificationsOf('Орлова')).toHaveLength(1);
	});

	test('a portal that is out of reach for a quarter of an hour delays the order and loses nothing', async () => {
		shop = await FlowerShop.open({ expectFailures: true });
		const deal = await shop.createDeal();
		shop.portal.faults.set([{ method: '*', kind: '500' }]);
		await shop.pass({ minutes: 15 });
		shop.portal.faults.clear();
		await shop.pass({ minutes: 30 });

		expect(await shop.tasks(deal)).toHaveLength(1);
		expect(await shop.notificationsOf('Орлова')).toHaveLength(1);
	});

	test('too many requests are waited out', async () => {
		shop = await FlowerShop.open();
		shop.portal.faults.set([{ method: '*', kind: '503', count: 5 }]);
		await expectOrderDelivered(await deliverOneOrder());
	});
});

/** How many steps of unknown outcome were reported as an error. */
function reportedSteps(): number {
	return shop.n8n.failures().filter(({ error }) => String(error?.message).includes('it is unknown whether')).length;
}
