import type {
	ExecuteWorkflowData,
	ExecuteWorkflowOptions,
	IExecuteWorkflowInfo,
	IRunExecutionData,
	ITaskData,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { mergeRunsPerBranch, NodeOperationError, SubworkflowOperationError, UnexpectedError } from 'n8n-workflow';

import type { N8nProcess } from './process';
import { refuseUnfit } from './refusals';
import type { Runner } from './runner';
import type { StoredWorkflow } from './storage';

interface FailedRunError {
	message: string;
	description?: string;
	node?: { name: string };
}

const SUB_WORKFLOW_TRIGGER = 'n8n-nodes-base.executeWorkflowTrigger';
const MANUAL_TRIGGER = 'n8n-nodes-base.manualTrigger';

/** @returns what n8n calls when a node runs another workflow; waits inside the child park the caller as well */
export function subWorkflowExecutor(n8n: N8nProcess, runner: Runner) {
	return async (
		info: IExecuteWorkflowInfo,
		_caller: IWorkflowExecuteAdditionalData,
		options: ExecuteWorkflowOptions,
	): Promise<ExecuteWorkflowData> => {
		const workflow = find(n8n, info, options);
		const { execution, ended } = runner.start({
			workflow,
			node: subWorkflowStart(workflow),
			data: [options.inputData ?? [{ json: {} }]],
			mode: 'integrated',
			parent: options.parentExecution,
			answersToParent: !options.doNotWaitToFinish,
		});
		if (options.doNotWaitToFinish) {
			ended.catch(() => {});
			return { executionId: execution.id, data: [null] };
		}
		const run = await ended;
		if (run.finished || run.status === 'waiting')
			return { executionId: execution.id, data: output(run.data, workflow, options), waitTill: run.waitTill };
		throw asError(run.data, workflow, execution.id);
	};
}

/** The last run of the last node of an execution. */
export function lastRun({ resultData }: IRunExecutionData): ITaskData | undefined {
	const { runData, lastNodeExecuted } = resultData;
	return lastNodeExecuted === undefined ? undefined : runData[lastNodeExecuted]?.at(-1);
}

/** @returns the name of the node at which a called workflow begins */
export function subWorkflowStart({ nodes }: StoredWorkflow): string {
	const start = [SUB_WORKFLOW_TRIGGER, MANUAL_TRIGGER]
		.map((type) => nodes.find((node) => node.type === type && !node.disabled))
		.find((node) => node !== undefined);
	if (start) return start.name;
	throw new SubworkflowOperationError(
		'Missing node to start execution',
		"Please make sure the workflow you're calling contains an Execute Workflow Trigger node",
	);
}

function find(n8n: N8nProcess, info: IExecuteWorkflowInfo, options: ExecuteWorkflowOptions): StoredWorkflow {
	if (info.id === undefined && info.code) {
		const { name, nodes, connections, settings } = info.code;
		const inline = { id: info.code.id ?? options.parentWorkflowId, name, nodes, connections, published: true };
		const workflow = { ...inline, settings: settings ?? options.parentWorkflowSettings ?? {}, staticData: {} };
		refuseUnfit(workflow, n8n.types, n8n.credentials);
		return workflow;
	}
	const workflow = n8n.storage.workflows.get(info.id ?? '');
	if (!workflow) throw new UnexpectedError('Workflow does not exist.', { extra: { workflowId: info.id } });
	if (!workflow.published && options.executionMode !== 'manual')
		throw new UnexpectedError('Workflow is not active and cannot be executed.', { extra: { workflowId: info.id } });
	return workflow;
}

function output(data: IRunExecutionData, { nodes }: StoredWorkflow, options: ExecuteWorkflowOptions) {
	const trigger = nodes.find(({ type }) => type === SUB_WORKFLOW_TRIGGER);
	const lastRunOnly =
		options.returnLastRunOnly || ((trigger?.typeVersion ?? 1) < 1.2 && trigger?.parameters.returnOutput !== 'allRuns');
	const { runData, lastNodeExecuted } = data.resultData;
	const runs = [...(runData[lastNodeExecuted ?? ''] ?? [])].sort((a, b) => a.executionIndex - b.executionIndex);
	if (!lastRunOnly && runs.length > 0) return mergeRunsPerBranch(runs);
	return lastRun(data)?.data?.main ?? [null];
}

function asError({ resultData }: IRunExecutionData, { id, nodes }: StoredWorkflow, executionId: string): Error {
	// a plain object: n8n strips the class when it ends an execution
	const error = (resultData.error ?? { message: 'An error occurred' }) as unknown as FailedRunError;
	const failedNode = nodes.find(({ name }) => name === error.node?.name);
	const thrown = failedNode ? new NodeOperationError(failedNode, error as Error) : new Error(error.message);
	return Object.assign(thrown, { description: error.description, executionId, workflowId: id });
}
