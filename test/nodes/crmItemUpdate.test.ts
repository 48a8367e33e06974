import type { IDataObject } from 'n8n-workflow';

import { calls, fieldsOf, NodeBench, type FlowItem } from './nodeBench';

let bench: NodeBench;
let deal: FlowItem;

beforeEach(async () => {
	bench = await NodeBench.open();
	deal = await bench.deal({ 'Тип доставки': 'Самовывоз', 'Требования к букету': '25 роз' });
});
afterEach(async () => await bench.close());
afterAll(async () => await NodeBench.closePortals());

const update = (values: Record<string, unknown>, more: IDataObject = {}) =>
	({ resource: 'crmItem', operation: 'update', fields: fieldsOf(values), ...more }) as never;

describe('a value that is written', () => {
	test.each(['Курьером', ' курьером ', 'courier'])('list value «%s»', async (value) => {
		const { outputs, error } = await bench.run(update({ UF_CRM_FL_DELIVERY_TYPE: value }), [deal]);
		expect(error).toBeUndefined();
		expect(outputs[0][0]).toMatchObject({
			itemRef: deal.itemRef,
			entryId: deal.entryId,
			readable: { UF_CRM_FL_DELIVERY_TYPE: 'Курьером' },
			codes: { UF_CRM_FL_DELIVERY_TYPE: 'courier' },
		});
		expect(outputs[0][0].UF_CRM_FL_DELIVERY_TYPE).toBe((await bench.dealNow(deal.id)).UF_CRM_FL_DELIVERY_TYPE);
	});

	test('list value by its ID', async () => {
		const courier = await bench.deal({ 'Тип доставки': 'Курьером' });
		const id = (await bench.dealNow(courier.id)).UF_CRM_FL_DELIVERY_TYPE;
		await bench.run(update({ UF_CRM_FL_DELIVERY_TYPE: id }), [deal]);
		expect((await bench.dealNow(deal.id)).UF_CRM_FL_DELIVERY_TYPE).toBe(id);
	});

	test.each([
		['2026-01-12T18:00:00+05:00', '2026-01-12T16:00:00+03:00'],
		['2026-01-12T18:00:00Z', '2026-01-12T21:00:00+03:00'],
		['2026-01-12T18:00', '2026-01-12T18:00:00+03:00'],
		['12.01.2026 18:00', '2026-01-12T18:00:00+03:00'],
		['2026-01-12', '2026-01-12T00:00:00+03:00'],
		['={{ new Date("2026-01-12T15:00:00Z") }}', '2026-01-12T18:00:00+03:00'],
		['={{ DateTime.fromISO("2026-01-12T15:00:00Z") }}', '2026-01-12T18:00:00+03:00'],
	])('moment %s', async (value, expected) => {
		await bench.run(update({ UF_CRM_FL_DELIVERY_AT: value }), [deal]);
		expect((await bench.dealNow(deal.id)).UF_CRM_FL_DELIVERY_AT).toBe(expected);
	});

	test('moment without offset in the zone of the credential', async () => {
		const credential = bench.webhook({ timeZone: 'Asia/Yekaterinburg' });
		await bench.run(update({ UF_CRM_FL_DELIVERY_AT: '2026-01-12T18:00' }), [deal], { credential });
		expect((await bench.dealNow(deal.id)).UF_CRM_FL_DELIVERY_AT).toBe('2026-01-12T16:00:00+03:00');
	});

	test('of a standard field, several at once and by expression', async () => {
		const values = { title: '={{ "Заказ " + $json.id }}', opportunity: 1500, observers: '={{ [1, 2] }}' };
		await bench.run(update(values), [deal]);
		expect(await bench.dealNow(deal.id)).toMatchObject({
			title: `Заказ ${deal.id}`,
			opportunity: 1500,
			observers: [1, 2],
		});
	});

	test('that is empty clears the field', async () => {
		const values = { UF_CRM_FL_DELIVERY_TYPE: '', UF_CRM_FL_BOUQUET: '', observers: '' };
		const { error } = await bench.run(update(values), [deal]);
		expect(error).toBeUndefined();
		const now = await bench.dealNow(deal.id);
		expect([now.UF_CRM_FL_DELIVERY_TYPE, now.UF_CRM_FL_BOUQUET || null, now.observers]).toEqual([null, null, []]);
	});

	test('a word that is neither yes nor no is refused, and nothing is changed', async () => {
		const before = await bench.dealNow(deal.id);
		const { error } = await bench.run(update({ opened: 'может быть', title: 'Другой' }), [deal]);
		expect(error?.message).toContain('"может быть" is neither yes nor no');
		expect(await bench.dealNow(deal.id)).toEqual(before);
	});

	test.each([
		[true, 'Y'],
		['да', 'Y'],
		['Y', 'Y'],
		[false, 'N'],
		['N', 'N'],
	])('yes or no as %p', async (value, expected) => {
		await bench.run(update({ opened: value }), [deal]);
		expect((await bench.dealNow(deal.id)).opened).toBe(expected);
	});

	test('travels in one request besides the look at the fields', async () => {
		const { requests } = await bench.run(update({ UF_CRM_FL_BOUQUET: '11 тюльпанов' }), [deal]);
		expect(calls(requests, 'crm.item.update')).toBe(1);
		expect(calls(requests, 'crm.item.get')).toBe(0);
	});
});

describe('what cannot be written is named, and the portal stays as it was', () => {
	test.each<[string, Record<string, unknown>, string, string]>([
		[
			'an unknown field',
			{ UF_CRM_OLD: 'x' },
			'This kind of item has no field "UF_CRM_OLD"',
			'Choose the field from the list, or set the portal up again.',
		],
		[
			'an unknown list value beside a good field',
			{ title: 'Новое', UF_CRM_FL_DELIVERY_TYPE: 'Почтой' },
			'The field «Тип доставки» has no value «Почтой»',
			'It has «Самовывоз» (pickup), «Курьером» (courier).',
		],
		[
			'a date that is none',
			{ UF_CRM_FL_DELIVERY_AT: 'завтра' },
			'"завтра" is not a date for the field «Дата и время доставки»',
			'Give an ISO date such as 2026-09-24T18:00, with an offset or in the zone of the portal.',
		],
		[
			'several values for a field that holds one',
			{ UF_CRM_FL_DELIVERY_TYPE: '={{ ["courier", "pickup"] }}' },
			'The field «Тип доставки» holds one value, and 2 were given',
			'Give a single value.',
		],
		['nothing at all', {}, 'No field was chosen to change', 'Add at least one row under "Fields".'],
	])('%s', async (_name, values, message, wayOut) => {
		const before = [bench.portal.revision(), await bench.dealNow(deal.id)];
		const { error, outputs, requests } = await bench.run(update(values), [deal]);
		expect(error).toEqual({ message, description: wayOut, itemIndex: 0 });
		expect(outputs).toEqual([]);
		expect([bench.portal.revision(), await bench.dealNow(deal.id)]).toEqual(before);
		expect(calls(requests, 'crm.item.update')).toBe(0);
	});

	test('a value that only the portal can judge', async () => {
		const { error } = await bench.run(update({ opportunity: 'много' }), [deal]);
		expect(error?.message).toContain('Bitrix24 refused crm.item.update: ');
		expect(error?.description).not.toBe('');
	});

	test('a deal that was deleted', async () => {
		await bench.portal.act.deleteItem({ as: 1, id: deal.id });
		const { error } = await bench.run(update({ title: 'x' }), [deal]);
		expect(error?.message).toBe('Bitrix24 refused crm.item.update: Element not found');
	});
});

test('another portal with other numbers is written by the same names', async () => {
	await bench.close();
	bench = await NodeBench.open({ seedOptions: { pipelineId: 7, idOffset: 5000 } });
	deal = await bench.deal();
	const { outputs } = await bench.run(update({ UF_CRM_FL_DELIVERY_TYPE: 'courier' }), [deal]);
	expect(outputs[0][0]).toMatchObject({
		stageId: 'C7:NEW',
		readable: { UF_CRM_FL_DELIVERY_TYPE: 'Курьером', stageId: 'Выполнение заказа', categoryId: 'Общее' },
		codes: { UF_CRM_FL_DELIVERY_TYPE: 'courier', stageId: 'NEW' },
	});
	expect(Number(outputs[0][0].UF_CRM_FL_DELIVERY_TYPE)).toBeGreaterThan(5000);
});
