import type { IDataObject } from 'n8n-workflow';

import { calls, fieldsOf, NodeBench, requestsWith, type FlowItem } from './nodeBench';

let bench: NodeBench;
let deals: FlowItem[];

beforeAll(async () => {
	bench = await NodeBench.open();
	deals = [];
	for (let number = 0; number < 120; number++) deals.push(await bench.deal({ title: `№${number}` }));
});
afterAll(async () => {
	await bench.close();
	await NodeBench.closePortals();
});

const update = (values: Record<string, unknown>) =>
	({ resource: 'crmItem', operation: 'update', fields: fieldsOf(values) }) as never;

/** Values that the item itself brings; `bad` items ask for a list value that does not exist. */
const updateEach = update({ UF_CRM_FL_BOUQUET: '={{ $json.text }}', UF_CRM_FL_PAYMENT: '={{ $json.pay }}' });

const order = (deal: FlowItem, index: number, pay = 'cash'): IDataObject => ({ ...deal, text: `букет ${index}`, pay });

describe('120 items', () => {
	const everyIndex = Array.from({ length: 120 }, (_, index) => index);

	test('are updated in three requests after the look-ups, in order and paired', async () => {
		const { outputs, paired, requests } = await bench.run(
			updateEach,
			deals.map((deal, index) => order(deal, index)),
		);
		expect(outputs[0].map(({ UF_CRM_FL_BOUQUET }) => UF_CRM_FL_BOUQUET)).toEqual(
			everyIndex.map((index) => `букет ${index}`),
		);
		expect(outputs[0].map(({ itemRef, entryId }) => [itemRef, entryId])).toEqual(
			deals.map(({ itemRef, entryId }) => [itemRef, entryId]),
		);
		expect(paired[0]).toEqual(everyIndex);
		expect(calls(requests, 'crm.item.update')).toBe(120);
		expect(requestsWith(requests, 'crm.item.update')).toBe(3);
		expect(requests.length).toBeLessThanOrEqual(3 + 3);
	});

	test('are read in three requests after the look-ups', async () => {
		const { outputs, requests } = await bench.run({ resource: 'crmItem', operation: 'get' }, deals);
		expect(outputs[0].map(({ title }) => title)).toEqual(everyIndex.map((index) => `№${index}`));
		expect(requestsWith(requests, 'crm.item.get')).toBe(3);
		expect(requests.length).toBeLessThanOrEqual(3 + 3);
	});

	test('of which 50 are chosen are updated in one request', async () => {
		const { requests } = await bench.run(
			updateEach,
			deals.slice(0, 50).map((deal, index) => order(deal, index)),
		);
		expect(requestsWith(requests, 'crm.item.update')).toBe(1);
	});

	test('are told of in three requests', async () => {
		const parameters = {
			resource: 'notification',
			operation: 'send',
			recipient: 'person',
			person: '1',
			message: '={{ $json.itemRef }}',
		};
		const before = bench.portal.outbox().notifications.length;
		const { outputs, requests } = await bench.run(parameters, deals);
		expect(outputs[0]).toHaveLength(120);
		expect(
			bench.portal
				.outbox()
				.notifications.slice(before)
				.map(({ text }) => text),
		).toEqual(deals.map(({ itemRef }) => itemRef));
		expect(requestsWith(requests, 'im.notify.system.add')).toBe(3);
		expect(requests).toHaveLength(4);
	});

	test('that move all to the same stage need six requests: read and write, 50 at a time', async () => {
		const parameters = { resource: 'crmItem', operation: 'moveToStage', stage: 'Заказ собран' };
		const { outputs, requests } = await bench.run(parameters, deals);
		expect(outputs[0].every(({ stageId }) => stageId === 'FL_READY')).toBe(true);
		expect(requestsWith(requests, 'crm.item.update')).toBe(3);
		expect(requests.length).toBeLessThanOrEqual(6 + 3);
	});
});

describe('when two of five items are bad', () => {
	const bad = [1, 3];
	const five = () => deals.slice(0, 5).map((deal, index) => order(deal, index, bad.includes(index) ? 'fish' : 'card'));
	const message = 'The field «Тип оплаты» has no value «fish»';
	const details = 'It has «Наличными» (cash), «Картой» (card), «Онлайн» (online).';
	const failed = (index: number) => ({
		entryId: deals[index].entryId,
		itemRef: deals[index].itemRef,
		error: message,
		details,
	});

	test('the run stops and names the first of them', async () => {
		const { outputs, error } = await bench.run(updateEach, five());
		expect(outputs).toEqual([]);
		expect(error).toEqual({ message, description: details, itemIndex: 1 });
	});

	test('and the node goes on: both come with the reason, in their places', async () => {
		const { outputs, paired, error } = await bench.run(updateEach, five(), { onError: 'continueRegularOutput' });
		expect(error).toBeUndefined();
		expect(outputs).toHaveLength(1);
		expect(paired).toEqual([[0, 1, 2, 3, 4]]);
		expect(outputs[0][1]).toEqual(failed(1));
		expect(outputs[0][3]).toEqual(failed(3));
		for (const index of [0, 2, 4]) expect(outputs[0][index]).toMatchObject({ codes: { UF_CRM_FL_PAYMENT: 'card' } });
	});

	test('and the node has an error output: only they leave through it, with what they brought', async () => {
		const { outputs, paired, error } = await bench.run(updateEach, five(), { onError: 'continueErrorOutput' });
		expect(error).toBeUndefined();
		expect(outputs.map((items) => items.map(({ itemRef }) => itemRef))).toEqual([
			[0, 2, 4].map((index) => deals[index].itemRef),
			bad.map((index) => deals[index].itemRef),
		]);
		expect(outputs[1]).toEqual([1, 3].map((index) => ({ ...order(deals[index], index, 'fish'), ...failed(index) })));
		expect(paired).toEqual([[0, 2, 4], bad]);
		expect(outputs[0].some((item) => 'error' in item)).toBe(false);
	});

	test('what the portal refuses is told item by item', async () => {
		const missing = { id: 99_999, itemRef: 'D_99999', entryId: 'D_99999-1' };
		const items = [order(deals[0], 0), order(missing, 1), order(deals[2], 2)];
		const { outputs } = await bench.run(updateEach, items, { onError: 'continueErrorOutput' });
		expect(outputs[0]).toHaveLength(2);
		expect(outputs[1]).toEqual([
			{
				...items[1],
				error: 'Bitrix24 refused crm.item.update: Element not found',
				details: 'It may have been deleted meanwhile. Check the ID.',
			},
		]);
	});

	test('an item in the third fifty keeps its number', async () => {
		const items = deals.map((deal, index) => order(deal, index, index === 107 ? 'fish' : 'card'));
		const { error } = await bench.run(updateEach, items);
		expect(error?.itemIndex).toBe(107);
		const { outputs, paired } = await bench.run(updateEach, items, { onError: 'continueErrorOutput' });
		expect([outputs[0].length, paired[1], outputs[1][0].itemRef]).toEqual([119, [107], deals[107].itemRef]);
	});
});

test('no item at all makes no request', async () => {
	const { requests } = await bench.run({ resource: 'crmItem', operation: 'get' }, []);
	expect(requests).toEqual([]);
});
