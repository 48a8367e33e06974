import type { IDataObject } from 'n8n-workflow';

import { calls, fieldsOf, NodeBench, type FlowItem } from './nodeBench';

let bench: NodeBench;

afterEach(async () => await bench.close());
afterAll(async () => await NodeBench.closePortals());

const create = (more: IDataObject = {}) => ({ resource: 'crmItem', operation: 'create', ...more }) as never;

async function dealsCalled(title: string): Promise<IDataObject[]> {
	return (await bench.portal.call('crm.item.list', { entityTypeId: 2, filter: { '=title': title } })).items;
}

describe('a new item', () => {
	beforeEach(async () => {
		bench = await NodeBench.open();
	});

	test('gets title, stage and fields by name, and its itemRef', async () => {
		const { outputs } = await bench.run(
			create({
				title: 'Заказ с сайта',
				pipeline: 'Общее',
				stage: 'Заказ собран',
				fields: fieldsOf({
					UF_CRM_FL_DELIVERY_TYPE: 'Курьером',
					UF_CRM_FL_DELIVERY_AT: '2026-01-13T10:00',
					sourceId: 'WEB',
				}),
			}),
		);
		const [item] = outputs[0];
		expect(item).toMatchObject({
			itemRef: `D_${item.id}`,
			stageId: 'FL_READY',
			readable: { stageId: 'Заказ собран', UF_CRM_FL_DELIVERY_AT: '13.01.2026 10:00', sourceId: 'Веб-сайт' },
			codes: { UF_CRM_FL_DELIVERY_TYPE: 'courier' },
		});
		expect(await bench.dealNow(Number(item.id))).toMatchObject({
			title: 'Заказ с сайта',
			UF_CRM_FL_DELIVERY_AT: '2026-01-13T10:00:00+03:00',
			originId: null,
		});
	});

	test('may be a lead or a contact', async () => {
		const [[lead]] = (await bench.run(create({ entityTypeId: 1, title: 'Заявка', stage: 'В работе' }))).outputs;
		const [[contact]] = (await bench.run(create({ entityTypeId: 3, fields: fieldsOf({ name: 'Пётр' }) }))).outputs;
		expect(lead).toMatchObject({ itemRef: `L_${lead.id}`, title: 'Заявка', codes: { stageId: 'IN_PROCESS' } });
		expect(contact).toMatchObject({ itemRef: `C_${contact.id}`, name: 'Пётр' });
	});

	test('without anything chosen stands in the first stage', async () => {
		const [[item]] = (await bench.run(create())).outputs;
		expect(item).toMatchObject({ stageId: 'NEW', title: `Сделка #${item.id}` });
	});

	test.each<[string, IDataObject, string]>([
		['an unknown field', { fields: fieldsOf({ UF_CRM_OLD: 1 }) }, 'This kind of item has no field "UF_CRM_OLD"'],
		[
			'an unknown list value',
			{ fields: fieldsOf({ UF_CRM_FL_PAYMENT: 'Натурой' }) },
			'The field «Тип оплаты» has no value «Натурой»',
		],
		['an unknown stage', { stage: 'Сборка' }, 'The pipeline «Общее» has no stage «Сборка»'],
		['an unknown pipeline', { pipeline: 'Букеты' }, 'The portal has no pipeline «Букеты». It has «Общее».'],
		['a step name with capitals', { step: 'Florist Task' }, '"Florist Task" cannot be a step name'],
	])('is not made because of %s', async (_name, parameters, message) => {
		const before = bench.portal.revision();
		const { error } = await bench.run(create({ title: 'Новая', ...parameters }), [{ entryId: 'D_1-1' }]);
		expect(error?.message).toContain(message);
		expect(bench.portal.revision()).toBe(before);
	});

	test('of a step needs the entry', async () => {
		const before = bench.portal.revision();
		const { error } = await bench.run(create({ title: 'Новая', step: 'repeat' }), [{ itemRef: 'D_1' }]);
		expect(error).toEqual({
			message: 'A step that is done once needs "entryId", which this item lacks',
			description: expect.stringContaining('have to keep the fields entryId and itemRef'),
			itemIndex: 0,
		});
		expect(bench.portal.revision()).toBe(before);
	});
});

describe('a new item of a step', () => {
	let deal: FlowItem;
	const repeat = create({ title: 'Повтор', step: 'repeat-order' });

	beforeEach(async () => {
		bench = await NodeBench.open();
		deal = await bench.deal();
	});

	test('is made once and found again', async () => {
		const [[made]] = (await bench.run(repeat, [deal])).outputs;
		const [[found]] = (await bench.run(repeat, [deal])).outputs;
		expect(made).toMatchObject({ title: 'Повтор', itemRef: deal.itemRef, entryId: deal.entryId });
		expect(found).toMatchObject({ id: made.id, itemRef: deal.itemRef, entryId: deal.entryId });
		expect(await dealsCalled('Повтор')).toHaveLength(1);
	});

	test('is made once when the same item comes twice in one run', async () => {
		const { outputs, error } = await bench.run(repeat, [deal, deal]);
		expect(error).toBeUndefined();
		const [made, ...others] = await dealsCalled('Повтор');
		expect(others).toEqual([]);
		expect(outputs[0].map(({ id }) => id)).toEqual([made.id, made.id]);
	});

	test('is made anew for another entry and for another step', async () => {
		await bench.run(repeat, [deal]);
		await bench.portal.act.moveToStage({ as: 1, id: deal.id, stage: 'Доставка' });
		await bench.run(repeat, [{ ...deal, entryId: await bench.entryOf(deal.id) }]);
		await bench.run(create({ title: 'Повтор', step: 'other' }), [deal]);
		expect(await dealsCalled('Повтор')).toHaveLength(3);
	});

	test.each(['cutBefore', 'cutAfter', 'html', 'empty', '500'] as const)(
		'whose answer is lost (%s) is looked up and made once in the end',
		async (kind) => {
			bench.portal.faults.set([{ method: 'crm.item.add', kind, count: 1 }]);
			const first = await bench.run(repeat, [deal]);
			const atOnce = await bench.run(repeat, [deal]);
			await bench.pass({ minutes: 4 });
			const [[found]] = (await bench.run(repeat, [deal])).outputs;
			expect(await dealsCalled('Повтор')).toMatchObject([{ id: found.id }]);
			if (kind === 'cutAfter') {
				expect([first, atOnce].map(({ outputs }) => outputs[0][0].id)).toEqual([found.id, found.id]);
			} else {
				expect(first.error?.message).toMatch(/^No answer to crm\.item\.add \(.+\), so it is unknown whether/);
				expect(first.error?.description).toContain('It was not repeated');
				// It waits for the first run, which never says that it is done, and then takes over.
				expect(atOnce.outputs[0][0].id).toBe(found.id);
			}
		},
	);

	test('that the portal refuses may be tried again', async () => {
		const wrong = create({ title: 'Повтор', step: 'repeat-order', fields: fieldsOf({ opportunity: 'много' }) });
		expect((await bench.run(wrong, [deal])).error?.message).toContain('Bitrix24 refused crm.item.add');
		expect((await bench.run(repeat, [deal])).outputs[0]).toHaveLength(1);
	});

	test('that was deleted by hand is not made again', async () => {
		const [[made]] = (await bench.run(repeat, [deal])).outputs;
		await bench.portal.act.deleteItem({ as: 1, id: Number(made.id) });
		const { outputs, hints } = await bench.run(repeat, [deal]);
		expect(outputs).toEqual([[]]);
		expect(hints).toEqual(['The step "repeat-order" was done before, and what it made was deleted since.']);
	});

	test('that was made before is found without another attempt', async () => {
		await bench.run(repeat, [deal]);
		const { requests } = await bench.run(repeat, [deal]);
		expect(calls(requests, 'crm.item.add')).toBe(0);
	});
});

test('on a portal where «Общее» is pipeline 7 the stage is found by the pipeline', async () => {
	bench = await NodeBench.open({ seedOptions: { pipelineId: 7, idOffset: 5000 } });
	const parameters = create({ title: 'Новая', pipeline: 'Общее', stage: 'FL_READY' });
	const [[item]] = (await bench.run(parameters)).outputs;
	expect(item).toMatchObject({ categoryId: 7, stageId: 'C7:FL_READY', codes: { stageId: 'FL_READY' } });
});

test('on a portal without the list «Шаги» a step says what is missing and does nothing', async () => {
	bench = await NodeBench.open({ seed: 'empty' });
	const id = await bench.portal.act.createDeal({ as: 1, fields: { title: 'Перов' } });
	const flow = { itemRef: `D_${id}`, entryId: await bench.entryOf(id) };
	const { error } = await bench.run(create({ title: 'Повтор', step: 'repeat-order' }), [flow]);
	expect(error).toMatchObject({
		message: 'The portal has no list «Шаги» (code b24_steps), or its fields cannot be read',
		description: 'Set the portal up for the vertical first, and use a webhook of an administrator.',
	});
	expect(await dealsCalled('Повтор')).toEqual([]);
});
