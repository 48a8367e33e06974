import type { IDataObject } from 'n8n-workflow';

import { calls, NodeBench } from './nodeBench';

let bench: NodeBench;

afterEach(async () => await bench.close());
afterAll(async () => await NodeBench.closePortals());

const move = (stage: unknown, more: IDataObject = {}) =>
	({ resource: 'crmItem', operation: 'moveToStage', stage, ...more }) as never;

const locator = (mode: string, value: string) => ({ __rl: true, mode, value });

describe('a deal is moved', () => {
	beforeEach(async () => {
		bench = await NodeBench.open();
	});

	test.each([
		['by the name of the stage', 'Доставка'],
		['by the name in other letters', ' доставка '],
		['by the code', 'FL_DELIVERY'],
		['by a code from the list', locator('list', 'FL_DELIVERY')],
		['by a name in the locator', locator('name', 'Доставка')],
		['by an expression', '={{ "FL_" + "DELIVERY" }}'],
	])('%s', async (_name, stage) => {
		const deal = await bench.deal();
		const { outputs } = await bench.run(move(stage), [deal]);
		expect(outputs[0][0]).toMatchObject({
			itemRef: deal.itemRef,
			entryId: deal.entryId,
			stageId: 'FL_DELIVERY',
			readable: { stageId: 'Доставка' },
			codes: { stageId: 'FL_DELIVERY' },
		});
		expect(await bench.dealNow(deal.id)).toMatchObject({ stageId: 'FL_DELIVERY', categoryId: 0 });
		expect(await bench.entryOf(deal.id)).not.toBe(deal.entryId);
	});

	test('nowhere when it stands there already, and no entry is made', async () => {
		const deal = await bench.deal();
		const before = bench.portal.revision();
		const { outputs, requests } = await bench.run(move('Выполнение заказа'), [deal]);
		expect(outputs[0][0]).toMatchObject({ itemRef: deal.itemRef, readable: { stageId: 'Выполнение заказа' } });
		expect(calls(requests, 'crm.item.update')).toBe(0);
		expect([bench.portal.revision(), await bench.entryOf(deal.id)]).toEqual([before, deal.entryId]);
	});

	test('out of a final stage again', async () => {
		const deal = await bench.deal({}, 'Сделка неуспешна');
		await bench.run(move('NEW'), [deal]);
		expect(await bench.dealNow(deal.id)).toMatchObject({ stageId: 'NEW', closed: 'N' });
	});

	test.each([
		[
			'an unknown stage',
			move('Упаковка'),
			'The pipeline «Общее» has no stage «Упаковка». It has «Выполнение заказа» (NEW), «Заказ собран» (FL_READY), «Доставка» (FL_DELIVERY), «Заказ выполнен» (WON), «Сделка неуспешна» (LOSE).',
		],
		[
			'an unknown pipeline',
			move('NEW', { pipeline: 'Букеты' }),
			'The portal has no pipeline «Букеты». It has «Общее».',
		],
		['no stage', move('={{ $json.nothing }}'), '"Stage" is empty'],
	])('not, when the node names %s; the sentence says what there is', async (_name, parameters, message) => {
		const deal = await bench.deal();
		const before = bench.portal.revision();
		const { error, outputs } = await bench.run(parameters, [deal]);
		expect(error).toMatchObject({ message, itemIndex: 0 });
		expect(outputs).toEqual([]);
		expect(bench.portal.revision()).toBe(before);
	});

	test('to a stage that was added after the node had looked', async () => {
		const [first, second] = [await bench.deal(), await bench.deal()];
		const add = {
			resource: 'api',
			operation: 'call',
			method: 'crm.status.add',
			parameters: { fields: { ENTITY_ID: 'DEAL_STAGE', STATUS_ID: 'FL_PACKED', NAME: 'Упаковка', SORT: 25 } },
		} as never;
		await bench.run(add);
		expect((await bench.run(move('Упаковка'), [first, second])).outputs[0]).toHaveLength(2);
		expect(await bench.dealNow(second.id)).toMatchObject({ stageId: 'FL_PACKED' });
	});

	test('not, when it was deleted', async () => {
		const deal = await bench.deal();
		await bench.portal.act.deleteItem({ as: 1, id: deal.id });
		const { error } = await bench.run(move('Доставка'), [deal]);
		expect(error?.message).toBe('Bitrix24 refused crm.item.get: Element not found');
	});

	test('not, when it is of another type than chosen', async () => {
		const deal = await bench.deal();
		const { error } = await bench.run(move('В работе', { entityTypeId: 1 }), [deal]);
		expect(error).toMatchObject({
			message: `${deal.itemRef} is not an item of the chosen type`,
			description: expect.stringContaining('L_ a lead'),
		});
	});
});

describe('a lead is moved', () => {
	beforeEach(async () => {
		bench = await NodeBench.open();
	});

	test.each(['В работе', 'IN_PROCESS'])('to «%s»', async (stage) => {
		const id = await bench.portal.act.createLead({ as: 1, fields: { title: 'Заявка' } });
		const entryId = await bench.entryOf(id, 1);
		const { outputs } = await bench.run(move(stage, { entityTypeId: 1 }), [{ itemRef: `L_${id}`, entryId }]);
		expect(outputs[0][0]).toMatchObject({ itemRef: `L_${id}`, entryId, stageId: 'IN_PROCESS' });
	});

	test('not to an unknown status', async () => {
		const id = await bench.portal.act.createLead({ as: 1, fields: { title: 'Заявка' } });
		const { error } = await bench.run(move('Доставка', { entityTypeId: 1, item: `${id}` }));
		expect(error?.message).toContain('The list of lead statuses has no stage «Доставка». It has «Не обработан» (NEW),');
	});
});

describe('on a portal where «Общее» is pipeline 7', () => {
	beforeEach(async () => {
		bench = await NodeBench.open({ seedOptions: { pipelineId: 7, idOffset: 5000 } });
	});

	test.each(['FL_READY', 'Заказ собран', 'C7:FL_READY'])('stage «%s» is found', async (stage) => {
		const deal = await bench.deal();
		await bench.run(move(stage), [deal]);
		expect(await bench.dealNow(deal.id)).toMatchObject({ stageId: 'C7:FL_READY', categoryId: 7 });
	});

	test.each(['Общее', '7', locator('id', '7'), locator('list', 'Общее')])(
		'a deal of another pipeline is moved into pipeline %j',
		async (pipeline) => {
			const id = await bench.portal.act.createDeal({ as: 1, fields: { title: 'Чужая' }, pipeline: 0 });
			const { outputs } = await bench.run(move('FL_READY', { pipeline, item: `${id}` }));
			expect(outputs[0][0]).toMatchObject({ stageId: 'C7:FL_READY', readable: { categoryId: 'Общее' } });
			expect(await bench.dealNow(id)).toMatchObject({ stageId: 'C7:FL_READY', categoryId: 7 });
		},
	);

	test('a stage is looked for in the pipeline of the deal', async () => {
		const id = await bench.portal.act.createDeal({ as: 1, fields: { title: 'Чужая' }, pipeline: 0 });
		const { error } = await bench.run(move('FL_READY', { item: `${id}` }));
		expect(error?.message).toContain('The pipeline «Общая» has no stage «FL_READY»');
	});
});
