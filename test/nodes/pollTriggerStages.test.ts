import type { INodeParameters } from 'n8n-workflow';

import { NodeBench, type BenchOptions } from './nodeBench';
import { TriggerBench, watchingStages } from './triggerBench';

let bench: NodeBench;
let trigger: TriggerBench;

afterEach(async () => await bench.close());
afterAll(async () => await NodeBench.closePortals());

async function publish(parameters: INodeParameters, options: BenchOptions = {}): Promise<void> {
	bench = await NodeBench.open(options);
	trigger = await TriggerBench.publish(bench, parameters);
}

const move = async (id: number, stage: string) => await bench.portal.act.moveToStage({ as: 1, id, stage });

describe('an item that enters a stage', () => {
	test('starts one execution, through the output of the stage, with its entry', async () => {
		await publish(watchingStages(['Выполнение заказа', 'FL_DELIVERY', 'Заказ выполнен']));
		const { id, entryId } = await bench.deal({ 'Тип доставки': 'Курьером' });
		const [first, ...none] = await trigger.pass();
		expect(none).toEqual([]);
		expect(first).toMatchObject({ output: 0, outputs: 3 });
		expect(first.item).toMatchObject({
			entryId,
			itemRef: `D_${id}`,
			id,
			title: 'Перов',
			entry: {
				stage: 'Выполнение заказа',
				stageCode: 'NEW',
				stageId: 'NEW',
				fromStage: '',
				fromStageCode: '',
				enteredAt: '2026-01-12T10:00:00+03:00',
				isFirst: true,
			},
			readable: { UF_CRM_FL_DELIVERY_TYPE: 'Курьером', categoryId: 'Общее' },
			codes: { stageId: 'NEW', UF_CRM_FL_DELIVERY_TYPE: 'courier' },
		});

		await move(id, 'Доставка');
		const [second] = await trigger.pass();
		expect(second.output).toBe(1);
		expect(second.item).toMatchObject({
			entryId: await bench.entryOf(id),
			entry: { stage: 'Доставка', fromStage: 'Выполнение заказа', fromStageCode: 'NEW', isFirst: false },
		});
		expect(await trigger.pass({ minutes: 4 })).toEqual([]);
	});

	test('of several in one minute each gets its own execution, in their order', async () => {
		await publish(watchingStages(['NEW', 'FL_DELIVERY']));
		const { id } = await bench.deal();
		await move(id, 'Доставка');
		await move(id, 'Заказ собран');
		await move(id, 'Доставка');
		const started = await trigger.pass();
		expect(started.map(({ output }) => output)).toEqual([0, 1, 1]);
		expect(started.map(({ item }) => (item.entry as { fromStage: string }).fromStage)).toEqual([
			'',
			'Выполнение заказа',
			'Заказ собран',
		]);
		expect(new Set(started.map(({ item }) => item.entryId)).size).toBe(3);
		expect(new Set(started.map(({ item }) => item.itemRef))).toEqual(new Set([`D_${id}`]));
	});

	test('through a row that is switched off does not; the outputs stay where they are', async () => {
		await publish(watchingStages(['NEW', { stage: 'FL_READY', active: false }, 'FL_DELIVERY']));
		const { id } = await bench.deal();
		await move(id, 'Заказ собран');
		await move(id, 'Доставка');
		expect((await trigger.pass()).map(({ output, outputs }) => [output, outputs])).toEqual([
			[0, 3],
			[2, 3],
		]);
	});

	test('of a row that is switched off and was never filled does not matter', async () => {
		await publish(watchingStages(['NEW', { stage: { __rl: true, mode: 'list', value: '' }, active: false }]));
		await bench.deal();
		expect(await trigger.pass()).toMatchObject([{ output: 0, outputs: 2 }]);
	});

	test('starts an execution at any stage when no stage is chosen', async () => {
		await publish(watchingStages([]));
		const { id } = await bench.deal();
		for (const stage of ['Заказ собран', 'Доставка', 'Заказ выполнен']) await move(id, stage);
		const started = await trigger.pass();
		expect(started.map(({ item }) => (item.entry as { stage: string }).stage)).toEqual([
			'Выполнение заказа',
			'Заказ собран',
			'Доставка',
			'Заказ выполнен',
		]);
		expect(new Set(started.map(({ output, outputs }) => `${output} of ${outputs}`))).toEqual(new Set(['0 of 1']));
	});

	test('may be a lead', async () => {
		await publish(watchingStages(['Не обработан', 'IN_PROCESS'], { entityTypeId: 1, pipeline: '' }));
		const id = await bench.portal.act.createLead({ as: 1, fields: { title: 'Заявка' } });
		await bench.portal.act.moveToStage({ as: 1, type: 'lead', id, stage: 'В работе' });
		const started = await trigger.pass();
		expect(started.map(({ output }) => output)).toEqual([0, 1]);
		expect(started[1].item).toMatchObject({
			entryId: await bench.entryOf(id, 1),
			itemRef: `L_${id}`,
			entry: { stage: 'В работе', stageCode: 'IN_PROCESS', fromStage: 'Не обработан', isFirst: false },
			readable: { stageId: 'В работе' },
		});
	});

	test('may be a lead at any status', async () => {
		await publish(watchingStages([], { entityTypeId: 1, pipeline: '' }));
		await bench.portal.act.createLead({ as: 1, fields: { title: 'Заявка' } });
		expect(await trigger.pass()).toMatchObject([{ output: 0, item: { title: 'Заявка' } }]);
	});

	test('is known by name on a portal with other numbers, and other pipelines are none of our business', async () => {
		await publish(watchingStages(['FL_READY']), { seedOptions: { pipelineId: 7, idOffset: 5000 } });
		await bench.portal.act.createDeal({ as: 1, fields: { title: 'Чужая' }, pipeline: 0 });
		const { id } = await bench.deal({}, 'Заказ собран');
		expect(await trigger.pass()).toMatchObject([
			{ output: 0, item: { id, entry: { stageId: 'C7:FL_READY', stageCode: 'FL_READY', stage: 'Заказ собран' } } },
		]);
	});

	test('from another pipeline tells the name of the stage there', async () => {
		await publish(watchingStages(['FL_READY']), { seedOptions: { pipelineId: 7, idOffset: 5000 } });
		const id = await bench.portal.act.createDeal({ as: 1, fields: { title: 'Чужая' }, pipeline: 0 });
		await bench.portal.act.moveToStage({ as: 1, id, stage: 'Заказ собран', pipeline: 'Общее' });
		const [{ item }] = await trigger.pass();
		expect(item.entry).toMatchObject({
			stage: 'Заказ собран',
			fromStage: 'Новая',
			fromStageCode: 'NEW',
			isFirst: false,
		});
	});
});

describe('what does not start an execution', () => {
	test('an item that stood there before, unless that is wanted', async () => {
		bench = await NodeBench.open();
		const { id } = await bench.deal();
		trigger = await TriggerBench.publish(bench, watchingStages(['NEW']));
		expect(await trigger.pass({ minutes: 3 })).toEqual([]);
		trigger = await TriggerBench.publish(bench, watchingStages(['NEW'], { takeOver: true }));
		expect(await trigger.pass({ minutes: 3 })).toMatchObject([{ item: { id } }]);
	});

	test('an item that was deleted before the poll', async () => {
		await publish(watchingStages(['NEW']));
		const [gone, there] = [await bench.deal(), await bench.deal()];
		await bench.portal.act.deleteItem({ as: 1, id: gone.id });
		expect((await trigger.pass()).map(({ item }) => item.id)).toEqual([there.id]);
	});

	test('an item whose fields change', async () => {
		await publish(watchingStages(['NEW']));
		const { id } = await bench.deal();
		await trigger.pass();
		await bench.portal.act.setFields({ as: 1, id, fields: { title: 'Штерн' } });
		expect(await trigger.pass()).toEqual([]);
	});
});
