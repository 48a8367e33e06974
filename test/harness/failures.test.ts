import { FlowFailure, Harness } from './index';
import { FussyNode, PauseNode } from './sample-nodes';
import { connect, node, workflow } from './sample-workflows';

afterEach(async () => await Harness.closeAll());

const now = '2026-01-12T09:00:00Z';
const start = () => node('Start', 'executeWorkflowTrigger', { inputSource: 'passthrough' }, 1.1);
const callOf = (id: string, options = {}) =>
	node(
		'Call',
		'executeWorkflow',
		{ workflowId: { __rl: true, mode: 'id', value: id }, workflowInputs: {}, options },
		1.2,
	);

async function failureOf(work: Promise<unknown>): Promise<string> {
	const error = await work.then(
		() => undefined,
		(thrown: Error) => thrown,
	);
	expect(error).toBeInstanceOf(FlowFailure);
	return error!.message;
}

it('reports the path through the flow, the item and what n8n would show', async () => {
	const flow = workflow('flow', [start(), node('Check', 'test.fussy')], connect('Start', 'Check'), {
		timezone: 'Europe/Moscow',
	});
	const n8n = await Harness.start({ now, workflows: [flow], extraNodes: [FussyNode] });
	expect(await failureOf(n8n.run('flow', [{ id: 1 }, { id: 2, bad: true }]))).toBe(
		[
			'Workflow "flow" (flow), execution 1, mode integrated, started 2026-01-12T12:00:00+03:00, failed 2026-01-12T12:00:00+03:00',
			'  path:  Start → Check',
			'  node:  "Check" (test.fussy v1)',
			'  item:  1 of 2: {"id":2,"bad":true}',
			'  error: NodeOperationError: This deal has no phone',
			'         Fill the field Phone and start again',
		].join('\n'),
	);
});

it('reports the failing sub-workflow inside its caller', async () => {
	const child = workflow('child', [start(), node('Check', 'test.fussy')], connect('Start', 'Check'));
	const parent = workflow('parent', [start(), callOf('child')], connect('Start', 'Call'));
	const n8n = await Harness.start({ now, workflows: [parent, child], extraNodes: [FussyNode] });
	await n8n.activate('child');
	const report = await failureOf(n8n.run('parent', [{ bad: true }]));
	expect(report).toContain('Workflow "parent" (parent), execution 1');
	expect(report).toContain('caused by\n    Workflow "child" (child), execution 2');
});

it('reports once, and stays silent when the test expects failures', async () => {
	const flow = workflow('flow', [start(), node('Check', 'test.fussy')], connect('Start', 'Check'));
	const n8n = await Harness.start({ now, workflows: [flow], extraNodes: [FussyNode], expectFailures: true });
	await n8n.run('flow', [{ bad: true }]);
	await n8n.pass({ minutes: 1 });
	expect(n8n.failures()).toHaveLength(1);
});

it('starts the error workflow with what n8n hands to it', async () => {
	const handler = workflow('handler', [node('Error', 'errorTrigger')], {});
	const flow = workflow('flow', [start(), node('Check', 'test.fussy')], connect('Start', 'Check'), {
		errorWorkflow: 'handler',
	});
	const n8n = await Harness.start({ now, workflows: [flow, handler], extraNodes: [FussyNode] });
	await n8n.activate();
	await n8n.run('flow', [{ bad: true }]);
	const [handled] = n8n.executions('handler');
	expect(n8n.items(handled, 'Error')).toMatchObject([
		{
			execution: { id: '1', lastNodeExecuted: 'Check', error: { message: 'This deal has no phone' } },
			workflow: { id: 'flow' },
		},
	]);
});

it('fails the test when the error workflow is not published', async () => {
	const handler = workflow('handler', [node('Error', 'errorTrigger')], {});
	const flow = workflow('flow', [start(), node('Check', 'test.fussy')], connect('Start', 'Check'), {
		errorWorkflow: 'handler',
	});
	const n8n = await Harness.start({ now, workflows: [flow, handler], extraNodes: [FussyNode] });
	await expect(n8n.run('flow', [{ bad: true }])).rejects.toThrow('workflow "handler" is not active');
});

it('leaves a failure alone that the flow itself deals with', async () => {
	const check = node('Check', 'test.fussy', {}, 1, { onError: 'continueRegularOutput' });
	const flow = workflow('flow', [start(), check, node('End', 'noOp')], connect('Start', 'Check', 'End'));
	const n8n = await Harness.start({ now, workflows: [flow], extraNodes: [FussyNode] });
	expect((await n8n.run('flow', [{ bad: true }])).status).toBe('success');
});

it('retries a node in virtual time', async () => {
	const check = node('Check', 'test.fussy', {}, 1, { retryOnFail: true, maxTries: 3, waitBetweenTries: 5000 });
	const flow = workflow('flow', [start(), check], connect('Start', 'Check'));
	const n8n = await Harness.start({ now, workflows: [flow], extraNodes: [FussyNode], expectFailures: true });
	await n8n.run('flow', [{ bad: true }]);
	expect(n8n.now()).toBe('2026-01-12T09:00:10.000Z');
});

it('gives n8n’s error for a sub-workflow that is not published', async () => {
	const child = workflow('child', [start()], {});
	const parent = workflow('parent', [start(), callOf('child')], connect('Start', 'Call'));
	const n8n = await Harness.start({ now, workflows: [parent, child] });
	await expect(n8n.run('parent')).rejects.toThrow('Workflow is not active and cannot be executed.');
});

it('goes on while a sub-workflow runs that nobody waits for', async () => {
	const child = workflow('child', [start(), node('Pause', 'test.pause', { ms: 60_000 })], connect('Start', 'Pause'));
	const parent = workflow(
		'parent',
		[start(), callOf('child', { waitForSubWorkflow: false })],
		connect('Start', 'Call'),
	);
	const n8n = await Harness.start({ now, workflows: [parent, child], extraNodes: [PauseNode] });
	await n8n.activate('child');
	expect((await n8n.run('parent')).status).toBe('success');
	expect(n8n.executions('child')[0].status).toBe('running');
	await n8n.pass({ minutes: 1 });
	expect(n8n.executions('child')[0].status).toBe('success');
});

describe('refuses', () => {
	const refusal = async (flow: ReturnType<typeof workflow>) =>
		await expect(Harness.start({ now, workflows: [flow] })).rejects;

	it('Code nodes', async () => {
		await (
			await refusal(workflow('flow', [start(), node('Code', 'code', {}, 2)], {}))
		).toThrow('Code nodes are not allowed');
	});

	it('unknown nodes and versions', async () => {
		await (
			await refusal(workflow('flow', [start(), node('X', 'doesNotExist')], {}))
		).toThrow('node "X": Unknown node type "n8n-nodes-base.doesNotExist"');
		await (await refusal(workflow('flow', [node('X', 'noOp', {}, 99)], {}))).toThrow('has no version 99');
	});

	it('connections that lead nowhere', async () => {
		await (
			await refusal(workflow('flow', [start()], connect('Start', 'Gone')))
		).toThrow('leads to "Gone", which does not exist');
	});

	it('credentials that the test does not give', async () => {
		const call = node('Call', 'httpRequest', {}, 4.2, {
			credentials: { httpHeaderAuth: { id: 'c1', name: 'Portal' } },
		});
		await (
			await refusal(workflow('flow', [start(), call], {}))
		).toThrow('node "Call" needs a credential of type httpHeaderAuth named "Portal"');
	});

	it('a start without offset and a second harness without `alongside`', async () => {
		await expect(Harness.start({ now: '2026-01-12T09:00:00', workflows: [] })).rejects.toThrow('explicit offset');
		await Harness.start({ now, workflows: [] });
		await expect(Harness.start({ now, workflows: [] })).rejects.toThrow('closeAll');
	});
});
