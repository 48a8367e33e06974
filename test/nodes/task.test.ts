import type { IDataObject } from 'n8n-workflow';

import { calls, NodeBench, type FlowItem } from './nodeBench';

let bench: NodeBench;
let deal: FlowItem;

beforeEach(async () => {
	bench = await NodeBench.open();
	deal = await bench.deal({ assignedById: await bench.person('Орлова') });
});
afterEach(async () => await bench.close());
afterAll(async () => await NodeBench.closePortals());

const create = (more: IDataObject = {}) =>
	({ resource: 'task', operation: 'create', title: 'Собрать букет', ...more }) as never;

async function tasks(): Promise<IDataObject[]> {
	const select = ['ID', 'TITLE', 'DESCRIPTION', 'DEADLINE', 'RESPONSIBLE_ID', 'CREATED_BY', 'PRIORITY', 'UF_CRM_TASK'];
	return (await bench.portal.call('tasks.task.list', { order: { ID: 'asc' }, select })).tasks;
}

describe('a new task', () => {
	test('is bound to the item and shown readable', async () => {
		const seller = await bench.person('Орлова');
		const parameters = create({ description: '[b]25 роз[/b]', deadline: '2026-01-12T18:00' });
		const [[task]] = (await bench.run(parameters, [deal])).outputs;
		expect(task).toMatchObject({
			title: 'Собрать букет',
			description: '[b]25 роз[/b]',
			responsibleId: `${seller}`,
			createdBy: '1',
			deadline: '2026-01-12T18:00:00+03:00',
			ufCrmTask: [deal.itemRef],
			itemRef: deal.itemRef,
			entryId: deal.entryId,
			readable: { responsibleId: 'Елена Орлова', createdBy: 'Анна Крылова', deadline: '12.01.2026 18:00' },
		});
		expect(await tasks()).toMatchObject([{ id: task.id, title: 'Собрать букет', ufCrmTask: [deal.itemRef] }]);
	});

	test.each([
		['2026-01-12T18:00:00+05:00', '2026-01-12T16:00:00+03:00'],
		['2026-01-12T15:00:00Z', '2026-01-12T18:00:00+03:00'],
		['2026-01-12T18:00', '2026-01-12T18:00:00+03:00'],
		['2026-01-12T18:00:00.000', '2026-01-12T18:00:00+03:00'],
		['12.01.2026 18:00', '2026-01-12T18:00:00+03:00'],
		['', null],
		['={{ $json.notThere }}', null],
	])('with the deadline «%s» is due at %s', async (deadline, expected) => {
		const { error } = await bench.run(create({ deadline }), [deal]);
		expect(error).toBeUndefined();
		expect((await tasks())[0].deadline).toBe(expected);
	});

	test('takes a deadline that n8n holds as a luxon moment', async () => {
		await bench.run(create({ deadline: '={{ $now.plus({ hours: 2 }) }}' }), [deal]);
		expect((await tasks())[0].deadline).toBe('2026-01-12T12:00:00+03:00');
	});

	test.each([
		['завтра', '"завтра" is not a date for "Deadline"'],
		['31.02.2026 18:00', '"31.02.2026 18:00" is not a date for "Deadline"'],
	])('with the deadline «%s» is not made', async (deadline, message) => {
		const { error } = await bench.run(create({ deadline }), [deal]);
		expect(error).toEqual({ message, description: 'Give an ISO date such as 2026-09-24T18:00.', itemIndex: 0 });
		expect(await tasks()).toEqual([]);
	});

	test('with a reference only is bound as well', async () => {
		const [[task]] = (await bench.run(create(), [{ itemRef: deal.itemRef }])).outputs;
		expect(task).toMatchObject({ ufCrmTask: [deal.itemRef], itemRef: deal.itemRef });
	});

	test('is not bound when that is switched off', async () => {
		const parameters = create({ bindToItem: false, recipient: 'person', person: '1' });
		const [[task]] = (await bench.run(parameters)).outputs;
		expect(task.itemRef).toBeUndefined();
		expect((await tasks())[0].ufCrmTask).toEqual([]);
	});

	test('may have a creator and the flame', async () => {
		const sokolova = await bench.person('Соколова');
		await bench.run(create({ options: { createdBy: `${sokolova}`, highPriority: true } }), [deal]);
		expect((await tasks())[0]).toMatchObject({ createdBy: `${sokolova}`, priority: '2' });
	});

	test.each<[string, IDataObject, IDataObject, string]>([
		['a title', { title: '={{ $json.notThere }}' }, {}, '"Title" is empty'],
		[
			'an item to be bound to',
			{ recipient: 'person', person: '1' },
			{ itemRef: undefined, entryId: undefined },
			'"Bind to the Item of the Flow" needs "itemRef" (such as D_57), which this item lacks',
		],
		[
			'the entry of its step',
			{ step: 'florist' },
			{ entryId: undefined },
			'A step that is done once needs "entryId", which this item lacks',
		],
		['a proper step name', { step: 'флорист' }, {}, '"флорист" cannot be a step name'],
	])('without %s is not made', async (_name, parameters, input, message) => {
		const before = bench.portal.revision();
		const { error } = await bench.run(create(parameters), [{ ...deal, ...input }]);
		expect(error?.message).toBe(message);
		expect(error?.description).not.toBe('');
		expect(bench.portal.revision()).toBe(before);
	});
});

describe('a task of a step', () => {
	const florist = create({ step: 'florist' });

	test('is set once and found again, with its step', async () => {
		const [[made]] = (await bench.run(florist, [deal])).outputs;
		const again = await bench.run(florist, [deal]);
		expect(made).toMatchObject({ step: 'florist', entryId: deal.entryId, itemRef: deal.itemRef });
		for (const name of [
			'id',
			'title',
			'responsibleId',
			'ufCrmTask',
			'xmlId',
			'step',
			'entryId',
			'itemRef',
			'readable',
		]) {
			expect([name, again.outputs[0][0][name]]).toEqual([name, made[name]]);
		}
		expect(calls(again.requests, 'tasks.task.add')).toBe(0);
		expect(await tasks()).toHaveLength(1);
	});

	test('is set once when two runs go at the same time', async () => {
		const runs = await Promise.all([bench.run(florist, [deal]), bench.run(florist, [deal])]);
		expect(runs.map(({ error }) => error)).toEqual([undefined, undefined]);
		expect(await tasks()).toHaveLength(1);
	});

	test('is bound although binding is switched off, since it is found by that', async () => {
		await bench.run(create({ step: 'florist', bindToItem: false }), [deal]);
		await bench.run(create({ step: 'florist', bindToItem: false }), [deal]);
		expect(await tasks()).toMatchObject([{ ufCrmTask: [deal.itemRef] }]);
	});

	test('is set anew when the deal comes back', async () => {
		await bench.run(florist, [deal]);
		await bench.portal.act.moveToStage({ as: 1, id: deal.id, stage: 'Доставка' });
		await bench.portal.act.moveToStage({ as: 1, id: deal.id, stage: 'Выполнение заказа' });
		await bench.run(florist, [{ ...deal, entryId: await bench.entryOf(deal.id) }]);
		expect(await tasks()).toHaveLength(2);
	});

	test.each(['cutBefore', 'cutAfter', 'html', 'empty', '500'] as const)(
		'whose answer is lost (%s) is there once in the end',
		async (kind) => {
			bench.portal.faults.set([{ method: 'tasks.task.add', kind, count: 1 }]);
			const first = await bench.run(florist, [deal]);
			if (kind !== 'cutAfter') expect(first.error?.message).toContain('No answer to tasks.task.add');
			await bench.pass({ minutes: 4 });
			const last = await bench.run(florist, [deal]);
			expect(last.outputs[0]).toMatchObject([{ step: 'florist' }]);
			expect(await tasks()).toHaveLength(1);
		},
	);

	test('that was deleted by hand stays deleted', async () => {
		const [[made]] = (await bench.run(florist, [deal])).outputs;
		await bench.portal.call('tasks.task.delete', { taskId: made.id });
		const { outputs, hints } = await bench.run(florist, [deal]);
		expect([outputs, hints]).toEqual([[[]], ['The task of the step "florist" was deleted by hand.']]);
		expect(await tasks()).toEqual([]);
	});

	test('without an answer, which no step remembers, is reported and not repeated', async () => {
		bench.portal.faults.set([{ method: 'tasks.task.add', kind: 'cutAfter', count: 1 }]);
		const { error } = await bench.run(create(), [deal]);
		expect(error?.message).toBe(
			'No answer to tasks.task.add (the connection was cut), so it is unknown whether Bitrix24 carried it out',
		);
		expect(error?.description).toContain('It was not repeated, so that nothing is done twice.');
		expect(await tasks()).toHaveLength(1);
	});
});

describe('a task that is read', () => {
	const get = (taskId: string) => ({ resource: 'task', operation: 'get', taskId });

	test('brings its item and the entry of the step that set it', async () => {
		const [[made]] = (await bench.run(create({ step: 'florist' }), [deal])).outputs;
		await bench.portal.act.completeTask({ as: 1, id: Number(made.id) });
		const [[task]] = (await bench.run(get('={{ $json.id }}'), [{ id: made.id }])).outputs;
		expect(task).toMatchObject({
			id: made.id,
			status: '5',
			step: 'florist',
			entryId: deal.entryId,
			itemRef: deal.itemRef,
			readable: { closedBy: 'Анна Крылова', closedDate: '12.01.2026 10:00' },
		});
	});

	test('of a person brings the item that it is bound to', async () => {
		const fields = { TITLE: 'Позвонить', RESPONSIBLE_ID: 1, UF_CRM_TASK: [deal.itemRef] };
		const { task } = await bench.portal.call('tasks.task.add', { fields });
		const [[read]] = (await bench.run(get(`${task.id}`))).outputs;
		expect(read).toMatchObject({ title: 'Позвонить', itemRef: deal.itemRef });
		expect(read).not.toHaveProperty('step');
		expect(read).not.toHaveProperty('entryId');
	});

	test('that is not there is named', async () => {
		const { error } = await bench.run(get('4711'));
		expect(error?.message).toBe('Bitrix24 refused tasks.task.get: there is no task 4711');
		expect(error?.description).toBe('It may have been deleted meanwhile. Check the ID.');
	});

	test.each(['D_57', '-1', '1.5'])('cannot be called %s', async (taskId) => {
		const { error, requests } = await bench.run(get(taskId));
		expect(error).toMatchObject({ message: `"${taskId}" is not the ID of a task`, description: 'Enter a number.' });
		expect(requests).toEqual([]);
	});
});
