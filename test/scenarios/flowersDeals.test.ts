import { FlowerShop } from './flowerShop';

let shop: FlowerShop;

afterEach(async () => await shop.close());

describe('FL-08: a deal enters «Выполнение заказа»', () => {
	test('FL-08: the florist gets one task with what the bouquet has to be', async () => {
		shop = await FlowerShop.open();
		const deal = await shop.createDeal();
		await shop.pass({ minutes: 2 });

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
});
