import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { ICredentialType, INodeProperties } from 'n8n-workflow';

import { Harness } from './index';
import { CallNode, feed, FeedTrigger, ForgetfulNode, PauseNode } from './sample-nodes';
import { connect, node, workflow } from './sample-workflows';

const now = '2026-01-12T09:00:00Z';
const start = () => node('Start', 'executeWorkflowTrigger', { inputSource: 'passthrough' }, 1.1);

class KeyApi implements ICredentialType {
	name = 'keyApi';

	displayName = 'Key';

	properties: INodeProperties[] = [{ name: 'key', displayName: 'Key', type: 'string', default: '' }];

	authenticate = { type: 'generic' as const, properties: { headers: { 'x-key': '={{$credentials.key}}' } } };
}

let server: Server;
let url = '';
let delay = async (): Promise<unknown> => await new Promise((resolve) => setTimeout(resolve, 20));
const usualDelay = delay;
const received: Array<{ key: unknown; at: string }> = [];

beforeAll(async () => {
	server = createServer((request, response) => {
		request.resume();
		received.push({ key: request.headers['x-key'], at: new Date().toISOString() });
		void delay().then(() => response.setHeader('content-type', 'application/json').end('{"ok":true}'));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(async () => {
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
	received.length = 0;
	delay = usualDelay;
	feed.reset();
});
afterEach(async () => await Harness.closeAll());

const call = (name: string) =>
	node(name, 'test.call', { url }, 1, { credentials: { keyApi: { id: 'k1', name: 'Key' } } });
const callingFlow = () =>
	workflow(
		'flow',
		[start(), call('First'), call('Second'), node('End', 'noOp')],
		connect('Start', 'First', 'Second', 'End'),
	);
const calling = () => ({
	now,
	workflows: [callingFlow()],
	extraNodes: [CallNode, PauseNode],
	extraCredentials: [new KeyApi()],
	credentials: { k1: { type: 'keyApi', data: { key: 'secret' } } },
});

it('signs HTTP requests with the credential; time stands still while they are open', async () => {
	const n8n = await Harness.start(calling());
	const execution = await n8n.run('flow');
	expect(n8n.items(execution, 'End')).toEqual([{ ok: true }]);
	expect(received).toEqual([
		{ key: 'secret', at: '2026-01-12T09:00:00.000Z' },
		{ key: 'secret', at: '2026-01-12T09:00:00.000Z' },
	]);
	expect(n8n.now()).toBe('2026-01-12T09:00:00.000Z');
});

it.each([
	[{ requests: 1 }, 1, ['Start']],
	[{ beforeRequest: 2 }, 1, ['Start', 'First']],
	[{ nodes: 3 }, 2, ['Start', 'First', 'Second']],
	[{ node: 'First' }, 1, ['Start', 'First']],
])('dies at %j: what was sent was sent, nothing else happens', async (point, requests, nodes) => {
	const n8n = await Harness.start(calling());
	n8n.killAfter(point);
	const execution = await n8n.run('flow');
	await n8n.pass({ hours: 1 });
	expect(n8n.isRunning()).toBe(false);
	expect(execution.status).toBe('crashed');
	expect(received).toHaveLength(requests);
	expect(n8n.timeline().map((entry) => entry.node)).toEqual(nodes);
	await n8n.restart();
	await n8n.pass({ days: 1 });
	expect(received).toHaveLength(requests);
});

it('keeps waiting executions over a restart and continues the overdue ones', async () => {
	const flow = workflow(
		'flow',
		[start(), node('Wait', 'wait', { amount: 1, unit: 'days' }, 1.1), node('End', 'noOp')],
		connect('Start', 'Wait', 'End'),
	);
	const n8n = await Harness.start({ now, workflows: [flow] });
	const execution = await n8n.run('flow');
	await n8n.stop();
	await n8n.pass({ days: 2 });
	expect(execution.status).toBe('waiting');
	await n8n.restart();
	await n8n.pass({ seconds: 1 });
	expect(execution.status).toBe('success');
	expect(n8n.timeline().at(-1)?.time).toBe('2026-01-14T09:00:00Z');
});

it('lets a running execution end on stop, but not for longer than 30 seconds', async () => {
	const pausing = (name: string, ms: number) =>
		workflow(name, [start(), node('Pause', 'test.pause', { ms })], connect('Start', 'Pause'));
	const caller = (id: string) =>
		workflow(
			`call ${id}`,
			[
				start(),
				node(
					'Call',
					'executeWorkflow',
					{
						workflowId: { __rl: true, mode: 'id', value: id },
						workflowInputs: {},
						options: { waitForSubWorkflow: false },
					},
					1.2,
				),
			],
			connect('Start', 'Call'),
		);
	const n8n = await Harness.start({
		now,
		workflows: [pausing('quick', 5000), pausing('slow', 60_000), caller('quick'), caller('slow')],
		extraNodes: [PauseNode],
	});
	await n8n.activate('quick');
	await n8n.activate('slow');
	await n8n.run('call quick');
	await n8n.run('call slow');
	await n8n.stop();
	expect(n8n.executions('quick')[0].status).toBe('success');
	expect(n8n.executions('slow')[0].status).toBe('crashed');
});

it('continues the caller of a sub-workflow whose end the caller missed', async () => {
	const child = workflow(
		'child',
		[start(), node('Wait', 'wait', { amount: 1, unit: 'days' }, 1.1), node('Done', 'noOp')],
		connect('Start', 'Wait', 'Done'),
	);
	const parent = workflow(
		'parent',
		[
			start(),
			node(
				'Call',
				'executeWorkflow',
				{ workflowId: { __rl: true, mode: 'id', value: 'child' }, workflowInputs: {}, options: {} },
				1.2,
			),
			node('End', 'noOp'),
		],
		connect('Start', 'Call', 'End'),
	);
	const n8n = await Harness.start({ now, workflows: [parent, child] });
	await n8n.activate('child');
	const execution = await n8n.run('parent', [{ deal: 7 }]);
	n8n.kill();
	await n8n.restart();
	await n8n.pass({ days: 1 });
	expect(n8n.items(execution, 'End')).toEqual([{ deal: 7 }]);
});

it('polls anew after a restart, from the saved cursor', async () => {
	const trigger = node('Feed', 'test.feed', { pollTimes: { item: [{ mode: 'everyMinute' }] } });
	const n8n = await Harness.start({
		now,
		workflows: [workflow('flow', [trigger, node('End', 'noOp')], connect('Feed', 'End'))],
		extraNodes: [FeedTrigger],
	});
	await n8n.activate();
	feed.rows.push({ id: 1 });
	await n8n.pass({ minutes: 1 });
	n8n.kill();
	feed.rows.push({ id: 2 });
	await n8n.pass({ hours: 3 });
	await n8n.restart();
	expect(n8n.executions().map((execution) => n8n.items(execution, 'End'))).toEqual([[{ id: 1 }], [{ id: 2 }]]);
	await n8n.pass({ minutes: 5 });
	expect(n8n.executions()).toHaveLength(2);
});

it('answers callers of a stopped n8n with 503', async () => {
	const n8n = await Harness.start({ now, workflows: [] });
	n8n.kill();
	expect((await n8n.post('orders')).status).toBe(503);
});

it('lets time move for a portal that answers late', async () => {
	const n8n = await Harness.start(calling());
	delay = async () => await n8n.portalPause(90_000);
	const execution = await n8n.run('flow');
	expect(n8n.items(execution, 'End')).toEqual([{ ok: true }]);
	expect(n8n.now()).toBe('2026-01-12T09:03:00.000Z');
});

it('runs into the time limit of a request in virtual time', async () => {
	const n8n = await Harness.start(calling());
	delay = async () => await n8n.portalPause(3_600_000);
	await expect(n8n.run('flow')).rejects.toThrow('The connection was aborted');
	expect(n8n.now()).toBe('2026-01-12T09:05:00.000Z');
});

it('runs a node of a test in the memory of the test', async () => {
	const flow = workflow('flow', [start(), node('Count', 'test.forgetful')], connect('Start', 'Count'));
	const n8n = await Harness.start({ now, workflows: [flow], extraNodes: [ForgetfulNode] });
	const runs = [await n8n.run('flow'), await n8n.run('flow')];
	expect(runs.map((execution) => n8n.items(execution, 'Count'))).toEqual([[{ runs: 1 }], [{ runs: 2 }]]);
});
