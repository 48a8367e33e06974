import { calls, NodeBench } from './nodeBench';

let bench: NodeBench;

beforeEach(async () => {
	bench = await NodeBench.open();
});
afterEach(async () => await bench.close());
afterAll(async () => await NodeBench.closePortals());

const get = (more = {}) => ({ resource: 'crmItem', operation: 'get', ...more });

describe('an item that is read', () => {
	test('shows names and codes beside what the portal holds', async () => {
		const seller = await bench.person('Орлова');
		const deal = await bench.deal(
			{
				'Тип доставки': 'Курьером',
				'Дата и время доставки': '2026-01-12T18:00:00+03:00',
				sourceId: 'WEB',
				assignedById: seller,
			},
			'Доставка',
			seller,
		);
		const { outputs } = await bench.run(get(), [deal]);
		const [item] = outputs[0];
		const courier = (await bench.dealNow(deal.id)).UF_CRM_FL_DELIVERY_TYPE;
		expect(item).toMatchObject({
			id: deal.id,
			title: 'Перов',
			stageId: 'FL_DELIVERY',
			categoryId: 0,
			assignedById: seller,
			UF_CRM_FL_DELIVERY_TYPE: courier,
			readable: {
				stageId: 'Доставка',
				categoryId: 'Общее',
				assignedById: 'Елена Орлова',
				createdBy: 'Елена Орлова',
				sourceId: 'Веб-сайт',
				UF_CRM_FL_DELIVERY_TYPE: 'Курьером',
				UF_CRM_FL_DELIVERY_AT: '12.01.2026 18:00',
				createdTime: '12.01.2026 10:00',
			},
			codes: { stageId: 'FL_DELIVERY', UF_CRM_FL_DELIVERY_TYPE: 'courier' },
		});
		expect(typeof courier).toBe('number');
	});

	test('gives empty fields no readable value', async () => {
		const deal = await bench.deal();
		const [[{ readable, codes }]] = (await bench.run(get(), [deal])).outputs;
		for (const name of ['UF_CRM_FL_DELIVERY_TYPE', 'UF_CRM_FL_DELIVERY_AT', 'sourceId', 'observers']) {
			expect(readable).not.toHaveProperty(name);
			expect(codes).not.toHaveProperty(name);
		}
	});

	test('shows its dates in the zone of the credential', async () => {
		const deal = await bench.deal({ 'Дата и время доставки': '2026-01-12T18:00:00+03:00' });
		const credential = bench.webhook({ timeZone: 'Asia/Yekaterinburg' });
		const [[{ readable }]] = (await bench.run(get(), [deal], { credential })).outputs;
		expect(readable).toMatchObject({ UF_CRM_FL_DELIVERY_AT: '12.01.2026 20:00', begindate: '12.01.2026' });
	});

	test('hands entryId and itemRef on', async () => {
		const { id, itemRef, entryId } = await bench.deal();
		const [[item]] = (await bench.run(get(), [{ itemRef, entryId, other: 'is not kept' }])).outputs;
		expect(item).toMatchObject({ id, itemRef, entryId });
		expect(item).not.toHaveProperty('other');
	});

	test('is found by an ID and gets its itemRef', async () => {
		const { id } = await bench.deal();
		const [[item]] = (await bench.run(get({ item: `${id}` }))).outputs;
		expect(item).toMatchObject({ id, itemRef: `D_${id}` });
		expect(item).not.toHaveProperty('entryId');
	});

	test('keeps the itemRef of the flow when it is another item', async () => {
		const [flow, other] = [await bench.deal(), await bench.deal({ title: 'Штерн' })];
		const [[item]] = (await bench.run(get({ item: other.itemRef }), [flow])).outputs;
		expect(item).toMatchObject({ id: other.id, title: 'Штерн', itemRef: flow.itemRef, entryId: flow.entryId });
	});

	test('may be a lead, whose statuses have no pipeline', async () => {
		const id = await bench.portal.act.createLead({ as: 1, fields: { title: 'Заявка' }, stage: 'В работе' });
		const [[item]] = (await bench.run(get({ entityTypeId: 1, item: `L_${id}` }))).outputs;
		expect(item).toMatchObject({
			title: 'Заявка',
			itemRef: `L_${id}`,
			readable: { stageId: 'В работе' },
			codes: { stageId: 'IN_PROCESS' },
		});
		expect(item.readable).not.toHaveProperty('categoryId');
	});

	test('may be a contact, which has no stage', async () => {
		const { item } = await bench.portal.call('crm.item.add', { entityTypeId: 3, fields: { name: 'Пётр' } });
		const [[contact]] = (await bench.run(get({ entityTypeId: 3, item: `C_${item.id}` }))).outputs;
		expect(contact).toMatchObject({ name: 'Пётр', itemRef: `C_${item.id}`, readable: { createdBy: 'Анна Крылова' } });
	});
});

describe('an item that cannot be read', () => {
	test('because it was deleted, is named with a way out', async () => {
		const deal = await bench.deal();
		await bench.portal.act.deleteItem({ as: 1, id: deal.id });
		const { error } = await bench.run(get(), [deal]);
		expect(error).toEqual({
			message: 'Bitrix24 refused crm.item.get: Element not found',
			description: 'It may have been deleted meanwhile. Check the ID.',
			itemIndex: 0,
		});
	});

	test.each([
		['of another type', 'L_8', 'L_8 is not an item of the chosen type', '"Item Type" and "Item" have to fit'],
		['that is a name', 'Перов', '"Перов" is neither an ID nor a reference such as D_57', 'Check the parameter "Item"'],
		['that is zero', '0', '"0" is neither an ID nor a reference such as D_57', 'Check the parameter "Item"'],
		['without a value', '={{ "" }}', '"Item" is empty', 'Enter a value or an expression that gives one for this item.'],
	])('because of a reference %s, does not reach the portal', async (_name, item, message, wayOut) => {
		const { error, requests } = await bench.run(get({ item }), [{}]);
		expect(error?.message).toBe(message);
		expect(error?.description).toContain(wayOut);
		expect(requests).toEqual([]);
	});

	test('because the flow has no item, asks for one', async () => {
		const { error } = await bench.run(get(), [{ title: 'nothing of ours' }]);
		expect(error?.message).toBe('"Item" is empty');
	});

	test('because there is no such smart process, is refused by the portal', async () => {
		const { error } = await bench.run(get({ entityTypeId: 0, smartProcessId: 777, item: '1' }));
		expect(error?.message).toContain('Bitrix24 refused crm.item.get');
		expect(error?.description).not.toBe('');
	});
});

test('many items of one type are read with one look at the fields', async () => {
	const deals = [];
	for (let number = 0; number < 10; number++) deals.push(await bench.deal({ title: `№${number}` }));
	const { outputs, paired, requests } = await bench.run(get(), deals);
	expect(outputs[0].map(({ title }) => title)).toEqual(deals.map((_, index) => `№${index}`));
	expect(paired[0]).toEqual(deals.map((_, index) => index));
	expect(calls(requests, 'crm.item.get')).toBe(10);
	for (const method of ['crm.item.fields', 'crm.category.list', 'user.get']) expect(calls(requests, method)).toBe(1);
	expect(requests).toHaveLength(4);
});
