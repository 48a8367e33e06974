import type { INodeParameters } from 'n8n-workflow';

import { NodeBench, type BenchOptions, type FlowItem } from './nodeBench';
import { TriggerBench } from './triggerBench';

let bench: NodeBench;
let trigger: TriggerBench;
let deal: FlowItem;

afterEach(async () => await bench.close());
afterAll(async () => await NodeBench.closePortals());

const watching = (...steps: Array<{ step: string; label?: string; active?: boolean }>) =>
	({ watch: 'taskCompleted', steps: { row: steps } }) as unknown as INodeParameters;

async function publish(parameters: INodeParameters, options: BenchOptions = {}): Promise<void> {
	bench = await NodeBench.open(options);
	deal = await bench.deal();
	trigger = await TriggerBench.publish(bench, parameters);
	// What is completed in the very second of the publishing counts as before it.
	await trigger.pass({ seconds: 1 });
}

/** A task that a step of the deal's entry has set; gives its ID. */
async function taskOf(step: string, item: FlowItem = deal): Promise<number> {
	return await newTask({ XML_ID: `${item.entryId}:${step}`, UF_CRM_TASK: [item.itemRef] });
}

async function newTask(fields: object): Promise<number> {
	const all = { TITLE: 'Собрать букет', RESPONSIBLE_ID: 1, ...fields };
	return Number((await bench.portal.call('tasks.task.add', { fields: all })).task.id);
}

const complete = async (id: number) => await bench.portal.act.completeTask({ as: 1, id });

describe('a completed task', () => {
	test('starts one execution, through the output of its step, with item and entry', async () => {
		await publish(watching({ step: 'florist' }, { step: 'courier' }));
		const id = await taskOf('courier');
		await complete(id);
		const started = await trigger.pass();
		expect(started).toMatchObject([
			{
				output: 1,
				outputs: 2,
				item: {
					id: `${id}`,
					title: 'Собрать букет',
					step: 'courier',
					entryId: deal.entryId,
					itemRef: deal.itemRef,
					status: '5',
					readable: {
						responsibleId: 'Анна Крылова',
						closedBy: 'Анна Крылова',
						closedDate: expect.stringContaining('12.01.2026 10:0'),
					},
				},
			},
		]);
		expect(await trigger.pass({ minutes: 4 })).toEqual([]);
	});

	test('of another step, of a person, or of a row that is switched off does not', async () => {
		await publish(watching({ step: 'florist' }, { step: 'courier', active: false }, { step: 'manager' }));
		for (const step of ['other', 'courier', 'florist-2']) await complete(await taskOf(step));
		await complete(await newTask({}));
		await complete(await taskOf('manager'));
		expect((await trigger.pass()).map(({ output, item }) => [output, item.step])).toEqual([[2, 'manager']]);
	});

	test('of anybody starts one when no step is chosen', async () => {
		await publish(watching());
		await complete(await newTask({ TITLE: 'Позвонить' }));
		await complete(await newTask({ TITLE: 'Написать', UF_CRM_TASK: [deal.itemRef] }));
		await complete(await taskOf('florist'));
		const started = await trigger.pass();
		expect(started.map(({ output, outputs }) => `${output} of ${outputs}`)).toEqual(Array(3).fill('0 of 1'));
		expect(started.map(({ item }) => [item.itemRef, item.entryId])).toEqual([
			[undefined, undefined],
			[deal.itemRef, undefined],
			[deal.itemRef, deal.entryId],
		]);
	});

	test('that is reopened and completed again starts another', async () => {
		await publish(watching({ step: 'florist' }));
		const id = await taskOf('florist');
		await complete(id);
		expect(await trigger.pass()).toHaveLength(1);
		await bench.portal.act.renewTask({ as: 1, id });
		expect(await trigger.pass()).toEqual([]);
		await complete(id);
		expect(await trigger.pass()).toHaveLength(1);
	});

	test('does not start one while it is open, and not for what was completed before', async () => {
		bench = await NodeBench.open();
		deal = await bench.deal();
		await complete(await taskOf('florist'));
		trigger = await TriggerBench.publish(bench, watching({ step: 'florist' }));
		await taskOf('florist', await bench.deal());
		expect(await trigger.pass({ minutes: 3 })).toEqual([]);
	});

	test('starts one on the first poll when what stands there is wanted', async () => {
		bench = await NodeBench.open();
		deal = await bench.deal();
		await complete(await taskOf('florist'));
		trigger = await TriggerBench.publish(bench, { ...watching({ step: 'florist' }), takeOver: true });
		expect(await trigger.pass({ minutes: 3 })).toMatchObject([{ item: { step: 'florist' } }]);
	});

	test('is one of 60 in a minute, and each starts its own execution', async () => {
		await publish(watching({ step: 'florist' }));
		const ids: number[] = [];
		for (let number = 0; number < 60; number++) ids.push(await taskOf('florist'));
		for (const id of ids) await complete(id);
		const started = await trigger.pass();
		expect(started.map(({ item }) => Number(item.id)).sort((one, other) => one - other)).toEqual(ids);
	});

	test('is known on a portal with other numbers', async () => {
		await publish(watching({ step: 'florist' }), { seedOptions: { pipelineId: 7, idOffset: 5000 } });
		await complete(await taskOf('florist'));
		expect(await trigger.pass()).toMatchObject([{ item: { itemRef: deal.itemRef, entryId: deal.entryId } }]);
	});
});

test('a poll is one request when nothing happened', async () => {
	await publish(watching({ step: 'florist' }));
	await complete(await taskOf('florist'));
	await trigger.pass({ minutes: 12 });
	await trigger.pass({ minutes: 4 });
	const requests = await trigger.requestsIn({ minutes: 4 });
	expect(requests.filter(({ method }) => method === 'tasks.task.list').length).toBeGreaterThanOrEqual(4);
	expect(requests.length).toBeLessThanOrEqual(4 + 2);
});

test('a row without a step name stops the publishing', async () => {
	await expect(publish(watching({ step: 'florist' }, { step: '' }))).rejects.toThrow('"Step Name" is empty');
});
