import type { INodeParameters } from 'n8n-workflow';

import { Editor } from './editor';
import { NodeBench } from './nodeBench';

let bench: NodeBench;

beforeEach(async () => {
	bench = await NodeBench.open();
});
afterEach(async () => await bench.close());
afterAll(async () => await NodeBench.closePortals());

const editor = (parameters: unknown) =>
	new Editor('bitrix24PollTrigger', parameters as INodeParameters, bench.webhook());

const stages = (...rows: object[]) => ({ pipeline: 'Общее', stages: { row: rows } });

describe('a test run in the editor', () => {
	test('shows the newest entry, through its output, and notes nothing', async () => {
		const older = await bench.deal({}, 'Заказ собран');
		const newer = await bench.deal({}, 'Доставка');
		await bench.deal({}, 'Выполнение заказа');
		const before = bench.portal.revision();
		const node = editor(stages({ stage: 'FL_READY' }, { stage: 'FL_DELIVERY' }));
		const outputs = await node.fetchTestEvent();
		expect(outputs?.map((items) => items.map(({ json }) => json.entryId))).toEqual([[], [newer.entryId]]);
		expect(node.staticData).toEqual({});
		expect(bench.portal.revision()).toBe(before);

		const other = await editor(stages({ stage: 'FL_READY' })).fetchTestEvent();
		expect(other?.[0][0].json).toMatchObject({
			entryId: older.entryId,
			entry: { stage: 'Заказ собран', isFirst: true },
		});
	});

	test('shows the newest completed task', async () => {
		const deal = await bench.deal();
		for (const step of ['florist', 'courier']) {
			const fields = { TITLE: step, RESPONSIBLE_ID: 1, XML_ID: `${deal.entryId}:${step}`, UF_CRM_TASK: [deal.itemRef] };
			const { task } = await bench.portal.call('tasks.task.add', { fields });
			await bench.portal.act.completeTask({ as: 1, id: Number(task.id) });
		}
		const rows = { watch: 'taskCompleted', steps: { row: [{ step: 'courier' }, { step: 'florist' }] } };
		const outputs = await editor(rows).fetchTestEvent();
		expect(outputs?.flat()).toHaveLength(1);
		const ofFlorist = { watch: 'taskCompleted', steps: { row: [{ step: 'florist' }] } };
		expect((await editor(ofFlorist).fetchTestEvent())?.[0][0].json).toMatchObject({ step: 'florist' });
	});

	test.each([
		['entry', stages({ stage: 'FL_READY' })],
		['task', { watch: 'taskCompleted' }],
	])('says what to do when there is no %s yet', async (_name, parameters) => {
		await bench.deal();
		await expect(editor(parameters).fetchTestEvent()).rejects.toMatchObject({
			message: 'The portal holds no example yet',
			description: expect.stringContaining('Do in the portal what this trigger waits for'),
		});
	});

	test('names an unknown stage', async () => {
		await expect(editor(stages({ stage: 'Упаковка' })).fetchTestEvent()).rejects.toThrow('has no stage «Упаковка»');
	});
});

describe('the outputs on the canvas', () => {
	const chosen = (value: string, cachedResultName?: string) => ({ __rl: true, mode: 'list', value, cachedResultName });

	test.each<[string, unknown, Array<string | undefined>]>([
		['of a fresh node: one without a name', {}, [undefined]],
		[
			'are named after the stages, or by the label',
			stages(
				{ stage: chosen('FL_READY', 'Заказ собран') },
				{ stage: chosen('FL_DELIVERY'), label: 'Едет' },
				{ stage: { __rl: true, mode: 'code', value: 'WON' } },
			),
			['Заказ собран', 'Едет', 'WON'],
		],
		[
			'keep their place when a row is switched off',
			stages(
				{ stage: chosen('NEW', 'Новая') },
				{ stage: chosen('WON', 'Успех'), active: false },
				{ stage: chosen('LOSE', 'Провал') },
			),
			['Новая', 'Успех (off)', 'Провал'],
		],
		[
			'are named after the steps',
			{ watch: 'taskCompleted', steps: { row: [{ step: 'florist', label: 'Флорист' }, { step: 'courier' }] } },
			['Флорист', 'courier'],
		],
		['of a row that is not filled yet: no name', stages({ stage: chosen('') }), ['']],
		[
			'of completed tasks forget the stages',
			{ watch: 'taskCompleted', ...stages({ stage: chosen('NEW') }) },
			[undefined],
		],
	])('%s', (_name, parameters, names) => {
		expect(editor(parameters).outputNames()).toEqual(names);
	});
});
