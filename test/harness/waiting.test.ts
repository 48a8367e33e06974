import { Harness } from './index';
import { AskNode, CounterNode, PauseNode, SleepyNode } from './sample-nodes';
import { connect, node, workflow } from './sample-workflows';

afterEach(async () => await Harness.closeAll());

const start = () => node('Start', 'executeWorkflowTrigger', { inputSource: 'passthrough' }, 1.1);
const wait = (amount: number, unit: string) => node('Wait', 'wait', { amount, unit }, 1.1);
const stamp = (field = 'at') =>
	node(
		'Stamp',
		'set',
		{
			assignments: { assignments: [{ id: 'a', name: field, value: '={{ $now.toISO() }}', type: 'string' }] },
			includeOtherFields: true,
			options: {},
		},
		3.4,
	);

it('lets days pass in milliseconds and continues with the same item at the right moment', async () => {
	const flow = workflow('flow', [start(), wait(3, 'days'), stamp()], connect('Start', 'Wait', 'Stamp'));
	const n8n = await Harness.start({ now: '2026-01-12T09:00:00+03:00', workflows: [flow] });
	const execution = await n8n.run('flow', [{ deal: 7 }]);
	expect(execution.status).toBe('waiting');
	await n8n.pass({ days: 2, hours: 23 });
	expect(execution.status).toBe('waiting');
	await n8n.pass({ days: 4 });
	expect(execution.status).toBe('success');
	expect(n8n.items(execution, 'Stamp')).toEqual([{ deal: 7, at: '2026-01-15T06:00:00.000Z' }]);
	expect(n8n.now()).toBe('2026-01-19T05:00:00.000Z');
	expect(n8n.timeline('flow').map(({ time, node: name }) => `${time} ${name}`)).toEqual([
		'2026-01-12T06:00:00Z Start',
		'2026-01-12T06:00:00Z Wait',
		'2026-01-15T06:00:00Z Wait',
		'2026-01-15T06:00:00Z Stamp',
	]);
});

it('keeps a short wait of n8n in memory, in virtual time', async () => {
	const flow = workflow('flow', [start(), wait(30, 'seconds'), stamp()], connect('Start', 'Wait', 'Stamp'));
	const n8n = await Harness.start({ now: '2026-01-12T09:00:00Z', workflows: [flow] });
	const execution = await n8n.run('flow');
	expect(execution.status).toBe('success');
	expect(n8n.now()).toBe('2026-01-12T09:00:30.000Z');
});

it('parks the caller while its sub-workflow waits', async () => {
	const child = workflow('child', [start(), wait(1, 'days'), stamp('childAt')], connect('Start', 'Wait', 'Stamp'));
	const call = node(
		'Call',
		'executeWorkflow',
		{ workflowId: { __rl: true, mode: 'id', value: 'child' }, workflowInputs: {}, options: {} },
		1.2,
	);
	const parent = workflow('parent', [start(), call, stamp('parentAt')], connect('Start', 'Call', 'Stamp'));
	const n8n = await Harness.start({ now: '2026-01-12T09:00:00Z', workflows: [parent, child] });
	await n8n.activate('child');
	const execution = await n8n.run('parent', [{ deal: 7 }]);
	expect(execution.status).toBe('waiting');
	await n8n.pass({ days: 2 });
	const at = '2026-01-13T09:00:00.000Z';
	expect(n8n.items(execution, 'Stamp')).toEqual([{ deal: 7, childAt: at, parentAt: at }]);
});

it('loses static data across a wait, as n8n does', async () => {
	const counter = (name: string) => node(name, 'test.counter');
	const flow = workflow(
		'flow',
		[start(), counter('Before'), wait(1, 'days'), counter('After')],
		connect('Start', 'Before', 'Wait', 'After'),
	);
	const n8n = await Harness.start({ now: '2026-01-12T09:00:00Z', workflows: [flow], extraNodes: [CounterNode] });
	await n8n.run('flow');
	const second = await n8n.run('flow');
	expect(n8n.items(second, 'Before')).toEqual([{ count: 2 }]);
	await n8n.pass({ days: 2 });
	expect(n8n.items(second, 'After')).toEqual([{ count: 1 }]);
	expect(n8n.staticData('flow')).toEqual({ global: { count: 1 } });
});

it('moves time for pause() only when nothing else is under way', async () => {
	const pause = (ms: number) => node('Pause', 'test.pause', { ms });
	const quick = workflow('quick', [start(), pause(500)], connect('Start', 'Pause'));
	const slow = workflow('slow', [start(), pause(2000)], connect('Start', 'Pause'));
	const n8n = await Harness.start({ now: '2026-01-12T09:00:00Z', workflows: [quick, slow], extraNodes: [PauseNode] });
	const [slowRun, quickRun] = await Promise.all([n8n.run('slow'), n8n.run('quick')]);
	expect(n8n.items(quickRun, 'Pause')).toEqual([{ wokeAt: '2026-01-12T09:00:00.500Z' }]);
	expect(n8n.items(slowRun, 'Pause')).toEqual([{ wokeAt: '2026-01-12T09:00:02.000Z' }]);
});

it('refuses a node that sleeps in real time', async () => {
	const flow = workflow('flow', [start(), node('Nap', 'test.sleepy')], connect('Start', 'Nap'));
	const n8n = await Harness.start({ now: '2026-01-12T09:00:00Z', workflows: [flow], extraNodes: [SleepyNode] });
	await expect(n8n.run('flow')).rejects.toThrow('node "Nap" sleeps 5000 ms in real time');
});

describe('a node that asks a person', () => {
	const flow = workflow(
		'flow',
		[
			start(),
			node('Ask', 'test.ask', { operation: 'sendAndWait', hours: 24 }),
			node('No answer', 'noOp'),
			node('Yes', 'noOp'),
		],
		{
			...connect('Start', 'Ask'),
			Ask: {
				main: [[{ node: 'No answer', type: 'main', index: 0 }], [{ node: 'Yes', type: 'main', index: 0 }]],
			},
		},
	);
	const options = { now: '2026-01-12T09:00:00Z', workflows: [flow], extraNodes: [AskNode] };

	it('continues by its signed link, once', async () => {
		const n8n = await Harness.start(options);
		const execution = await n8n.run('flow');
		const link = AskNode.links.at(-1)!;
		const answer = await n8n.request(link);
		expect(answer).toMatchObject({ status: 200, body: '<p>Thank you</p>' });
		expect(execution.status).toBe('success');
		expect(n8n.items(execution, 'Yes')).toEqual([{ answer: 'yes' }]);
		expect((await n8n.request(link)).body).toEqual({ page: 'send-and-wait-no-action-required' });
	});

	it('takes the first output after its deadline and refuses a forged link', async () => {
		const n8n = await Harness.start(options);
		const execution = await n8n.run('flow', [{ deal: 7 }]);
		const forged = AskNode.links.at(-1)!.replace('answer=yes', 'answer=no');
		expect((await n8n.request(forged)).status).toBe(401);
		await n8n.pass({ days: 1 });
		expect(n8n.items(execution, 'No answer')).toEqual([{ deal: 7 }]);
	});
});
