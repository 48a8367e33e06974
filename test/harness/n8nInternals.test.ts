import * as core from 'n8n-core';
import { commonPollingParameters } from 'n8n-core/dist/nodes-loader/constants';
import * as workflow from 'n8n-workflow';

import { Harness } from './index';
import { NodeTypes } from './node-types';
import { connect, node, workflow as flowOf } from './sample-workflows';

afterEach(async () => await Harness.closeAll());

// Every inside of n8n that the harness leans on. When a new version of n8n changes one, this file fails and names it.
describe('n8n-core still has', () => {
	it.each([
		'WorkflowExecute',
		'ExecutionLifecycleHooks',
		'PollContext',
		'TriggerContext',
		'HookContext',
		'WebhookContext',
		'PackageDirectoryLoader',
		'LazyPackageDirectoryLoader',
		'InstanceSettings',
		'ErrorReporter',
		'ExternalSecretsProxy',
		'Credentials',
		'getAdditionalKeys',
		'validateUrlSignature',
	])('%s', (name) => expect(typeof (core as Record<string, unknown>)[name]).toBe('function'));

	it('the name of the signature in resume links', () => expect(core.WAITING_TOKEN_QUERY_PARAM).toBe('signature'));

	it('the parameter pollTimes, once a minute by default', () => {
		expect(commonPollingParameters[0]).toMatchObject({
			name: 'pollTimes',
			default: { item: [{ mode: 'everyMinute' }] },
		});
	});
});

describe('n8n-workflow still has', () => {
	it.each([
		'Workflow',
		'ICredentialsHelper',
		'Node',
		'createRunExecutionData',
		'mergeRunsPerBranch',
		'safeParseWorkflowStructure',
		'validateWorkflowHasTriggerLikeNode',
		'toCronExpression',
		'isSubMinuteCron',
		'setGlobalState',
		'sleep',
		'SubworkflowOperationError',
		'WorkflowActivationError',
		'WebhookPathTakenError',
	])('%s', (name) => expect(typeof (workflow as Record<string, unknown>)[name]).toBe('function'));

	it('poll expressions that begin with a second', () => {
		expect(workflow.toCronExpression({ mode: 'everyMinute' })).toMatch(/^\d+ \* \* \* \* \*$/);
		expect(workflow.toCronExpression({ mode: 'everyX', unit: 'hours', value: 2 })).toMatch(/^\d+ \d+ \*\/2 \* \* \*$/);
	});

	it('static data that know of their change', () => {
		const types = new NodeTypes({});
		const flow = new workflow.Workflow({
			nodes: [node('A', 'noOp')],
			connections: {},
			active: true,
			nodeTypes: types,
			staticData: {},
		});
		expect(flow.staticData.__dataChanged).toBe(false);
		flow.getStaticData('global').x = 1;
		expect(flow.staticData.__dataChanged).toBe(true);
		expect(JSON.stringify(flow.staticData)).toBe('{"global":{"x":1}}');
	});

	it('expressions that run in this process and see its date', () => {
		const flow = new workflow.Workflow({
			nodes: [node('A', 'noOp')],
			connections: {},
			active: true,
			nodeTypes: new NodeTypes({}),
		});
		const value = flow.expression.getSimpleParameterValue(flow.nodes.A, '={{ 1 + 1 }}', 'internal', {});
		expect(value).toBe(2);
	});
});

it('the loader of base nodes still knows nodes and credentials by name', () => {
	const types = new NodeTypes({});
	expect(types.getByNameAndVersion('n8n-nodes-base.set', 3.4).description.name).toBe('set');
	expect(types.credentialType('httpHeaderAuth').name).toBe('httpHeaderAuth');
});

it('a Schedule Trigger still registers through helpers.registerCron and polls through __emit', async () => {
	const rule = { interval: [{ field: 'cronExpression', expression: '0 0 9 * * *' }] };
	const flow = flowOf(
		'flow',
		[node('At nine', 'scheduleTrigger', { rule }, 1.2), node('End', 'noOp')],
		connect('At nine', 'End'),
	);
	const n8n = await Harness.start({ now: '2026-01-12T00:00:00Z', workflows: [flow] });
	await n8n.activate();
	await n8n.pass({ days: 1 });
	expect(n8n.executions()).toHaveLength(1);
});
