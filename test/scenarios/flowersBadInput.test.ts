import type { WorkflowJson } from '../harness';
import { FlowerShop } from './flowerShop';

let shop: FlowerShop;

afterEach(async () => await shop.close());

/** A change that the consultant makes to one node of the flows. */
function changing(nodeName: string, change: (parameters: Record<string, unknown>) => void) {
	return (workflow: WorkflowJson) => {
		for (const node of workflow.nodes) if (node.name === nodeName) change(node.parameters);
	};
}

const byName = (value: string) => ({ __rl: true, mode: 'name', value });

async function refusal(act: Promise<unknown>): Promise<string> {
	return await act.then(
		() => 'nothing was refused',
		(error: Error & { description?: string }) => `${error.message}\n${error.description ?? ''}`,
	);
}

describe('FL-08 when something is wrong', () => {
	test('FL-08: an empty role gives the task to the manager, who is told so once', async () => {
		shop = await FlowerShop.open({ roles: { florist: false } });
		const deal = await shop.createDeal();
		await shop.pass({ hours: 2 });

		expect(await shop.tasks(deal)).toMatchObject([{ for: 'Орлова' }]);
		const told = (await shop.notificationsOf('Орлова')).filter((text) => text.includes('Роль «Флорист»'));
		expect(told).toEqual([
			`Роль «Флорист» никому не назначена, поэтому задача по сделке [URL=/crm/deal/details/${deal}/]№${deal}[/URL] передана вам. Администратор может назначить сотрудника в списке «Роли сотрудников».`,
		]);
	});

	test('FL-08: a person who is entered for the role later gets the next task', async () => {
		shop = await FlowerShop.open({ roles: { florist: false } });
		await shop.createDeal();
		await shop.pass({ minutes: 2 });
		await shop.appoint('Флорист', 'Кузнецов');
		const next = await shop.createDeal({ title: 'Штерн' });
		await shop.pass({ minutes: 2 });

		expect(await shop.tasks(next)).toMatchObject([{ for: 'Кузнецов' }]);
	});

	test('FL-08: a stage that the pipeline does not have is named when the flow is published', async () => {
		shop = await FlowerShop.open({
			published: false,
			tweak: changing('Сделка вошла в стадию', ({ stages }) => {
				(stages as { row: Array<{ stage: unknown }> }).row[0].stage = byName('Сборка букета');
			}),
		});
		expect(await refusal(shop.n8n.activate('flowersDeals01'))).toContain(
			'The pipeline «Общее» has no stage «Сборка букета». It has «Выполнение заказа» (NEW), «Заказ собран» (FL_READY), «Доставка» (FL_DELIVERY)',
		);
	});

	test('FL-08: a pipeline that the portal does not have is named when the flow is published', async () => {
		shop = await FlowerShop.open({
			published: false,
			tweak: changing('Сделка вошла в стадию', (parameters) => {
				parameters.pipeline = byName('Букеты');
			}),
		});
		expect(await refusal(shop.n8n.activate('flowersDeals01'))).toContain(
			'The portal has no pipeline «Букеты». It has «Общее».',
		);
	});

	test.each([
		['of another portal', 'http://127.0.0.1:9/rest/1/s3cr3tcode/', 'could not be reached'],
		['with an old code', undefined, 'The portal does not know this webhook or token'],
		['without its end', 'https://shop.bitrix24.ru/', 'does not end in /rest/<user number>/<code>/'],
		['that is not encrypted', 'http://shop.bitrix24.ru/rest/1/s3cr3tcode/', 'must start with https://'],
	])('a webhook URL %s is explained when the flow is published', async (_name, webhookSecret, sentence) => {
		shop = await FlowerShop.open({
			published: false,
			webhookSecret: (portal) => webhookSecret ?? `${portal.url}/rest/1/s3cr3tcode/`,
		});
		const said = await refusal(shop.n8n.activate('flowersDeals01'));
		expect(said).toContain(sentence);
		expect(said).not.toContain('s3cr3tcode');
	});
});

describe('FL-09 when something is wrong', () => {
	test('FL-09: a stage that the pipeline does not have stops the move, and the administrator is told', async () => {
		shop = await FlowerShop.open({
			expectFailures: true,
			tweak: changing('В «Доставку»', (parameters) => {
				parameters.stage = byName('Доставляется');
			}),
		});
		const deal = await shop.createDeal();
		await shop.pass({ minutes: 2 });
		await shop.complete(deal, 'Выполнение заказа');
		await shop.pass({ minutes: 2 });

		expect(await shop.stage(deal)).toBe('Выполнение заказа');
		const [told] = await shop.notificationsOf(await shop.lastNameOf(1));
		expect(told).toContain('В «Доставку»');
		expect(told).toContain('has no stage «Доставляется»');
	});

	test('FL-09: a deal that was deleted in between ends quietly', async () => {
		shop = await FlowerShop.open();
		const deal = await shop.createDeal();
		await shop.pass({ minutes: 2 });
		const florist = await shop.task(deal, 'Выполнение заказа');
		await shop.portal.act.deleteItem({ as: 1, id: deal });
		await shop.portal.act.completeTask({ as: Number(florist.responsibleId), id: Number(florist.id) });
		await shop.pass({ hours: 1 });

		expect(shop.n8n.failures()).toEqual([]);
	});
});

test('FL-12: a deal that is deleted before the poll tells nobody anything', async () => {
	shop = await FlowerShop.open();
	const deal = await shop.createDeal();
	await shop.portal.act.deleteItem({ as: 1, id: deal });
	await shop.pass({ hours: 1 });

	expect(await shop.notificationsOf('Орлова')).toEqual([]);
	expect(shop.n8n.failures()).toEqual([]);
});
