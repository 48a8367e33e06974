import { parse } from 'flatted';
import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import type {
	ExecutionError,
	IExecuteResponsePromiseData,
	INodeExecutionData,
	IRun,
	IRunExecutionData,
	IWorkflowBase,
	RelatedExecution,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { createRunExecutionData, LoggerProxy } from 'n8n-workflow';

import { startErrorWorkflow } from './error-workflow';
import type { N8nProcess } from './process';
import { forever, workScope } from './scope';
import type { Execution, StoredWorkflow } from './storage';
import { lastRun, subWorkflowExecutor } from './sub-workflow';
import { timelineEntry } from './timeline';
import type { Due } from './world';

// n8n marks "without limit" by a date in the year 3000.
const FAR_AWAY = Date.UTC(2900, 0, 1);

/** What to start an execution with. */
export interface StartRequest {
	workflow: StoredWorkflow;
	/** name of the node to begin with */
	node: string;
	data: Array<INodeExecutionData[] | null>;
	mode: WorkflowExecuteMode;
	parent?: RelatedExecution;
	answersToParent?: boolean;
	onResponse?: (response: IExecuteResponsePromiseData) => void;
}

/** An execution under way. */
export interface Started {
	execution: Execution;
	/** resolves when it ends or begins to wait */
	ended: Promise<IRun>;
}

/** Starts, parks and resumes executions as n8n's workflow runner and wait tracker do. */
export class Runner {
	readonly executeWorkflow;

	/** called after each node; may end the process */
	onNodeDone?: (node: string) => void;

	constructor(private readonly n8n: N8nProcess) {
		this.executeWorkflow = subWorkflowExecutor(n8n, this);
		LoggerProxy.init({ error() {}, warn() {}, info() {}, debug() {} });
	}

	start(request: StartRequest): Started {
		const { workflow, parent } = request;
		const node = workflow.nodes.find(({ name }) => name === request.node);
		if (!node) throw new Error(`Workflow "${workflow.name}" has no node "${request.node}"`);
		const metadata = parent && { parentExecution: parent };
		const data = createRunExecutionData({
			executionData: {
				nodeExecutionStack: [{ node: structuredClone(node), data: { main: request.data }, source: null, metadata }],
			},
			parentExecution: parent,
		});
		const execution = this.addRow(workflow, request, data);
		const run = async () =>
			await this.execute(execution, data, structuredClone(workflow.staticData), request.onResponse);
		return { execution, ended: this.n8n.track(this.describe(execution), run) };
	}

	/** A failure before any node ran, e.g. of a poll: n8n lists it as a failed execution. */
	recordFailure(workflow: StoredWorkflow, node: string, error: Error, mode: WorkflowExecuteMode): void {
		const data = createRunExecutionData({
			resultData: { runData: {}, error: error as ExecutionError, lastNodeExecuted: node },
		});
		const execution = this.addRow(workflow, { mode }, data);
		this.n8n.storage.end(execution, { status: 'error', data, error: error as ExecutionError, stoppedAt: this.now() });
		startErrorWorkflow(this.n8n, workflow, { trigger: { error, mode } }, mode);
	}

	/** Continues a waiting execution at its time. n8n gives it empty static data. */
	async resume(execution: Execution): Promise<void> {
		const data: IRunExecutionData = parse(this.n8n.storage.unpark(execution));
		await this.continueWith(execution, data, {});
	}

	/** Continues an execution whose run data have been prepared; afterwards the parent that waits for it continues. */
	async continueWith(
		execution: Execution,
		data: IRunExecutionData,
		staticData: StoredWorkflow['staticData'],
		onResponse?: StartRequest['onResponse'],
	): Promise<IRun> {
		const run = await this.n8n.track(
			this.describe(execution),
			async () => await this.execute(execution, data, structuredClone(staticData), onResponse, true),
		);
		if (run.status !== 'waiting') this.resumeParentOf(execution);
		return run;
	}

	/** Parents that wait for a sub-workflow which ended while no n8n was there. */
	resumeForgottenParents(): void {
		for (const parent of this.n8n.storage.waitingInOrder()) {
			const data: IRunExecutionData = parse(parent.saved!);
			const children = data.executionData?.nodeExecutionStack[0]?.metadata?.waitingChildExecutionIds ?? [];
			const ended = children
				.map((id) => this.n8n.storage.executions.get(id))
				.find((child) => child && !['running', 'new', 'waiting'].includes(child.status));
			if (ended) this.resumeParentOf(ended);
		}
	}

	nextDue(): Due | undefined {
		const first = this.n8n.storage.waitingInOrder()[0];
		if (!first || first.waitTill! > FAR_AWAY) return undefined;
		return { at: first.waitTill!, fire: () => void this.resume(first) };
	}

	describe(execution: Execution): string {
		return `Workflow "${execution.workflowName}" (${execution.workflowId}), execution ${execution.id}`;
	}

	private now(): number {
		return this.n8n.world.clock.now();
	}

	private addRow(
		workflow: StoredWorkflow,
		{ mode, parent, answersToParent = false }: Pick<StartRequest, 'mode' | 'parent' | 'answersToParent'>,
		data: IRunExecutionData,
	): Execution {
		const { id, name, nodes, connections, settings } = workflow;
		return this.n8n.storage.addExecution({
			workflowId: id,
			workflowName: name,
			mode,
			status: 'running',
			startedAt: this.now(),
			data,
			parentId: parent?.executionId,
			answersToParent,
			snapshot: JSON.stringify({ id, name, nodes, connections, settings }),
		});
	}

	private async execute(
		execution: Execution,
		data: IRunExecutionData,
		staticData: StoredWorkflow['staticData'],
		onResponse: StartRequest['onResponse'],
		resumed = false,
	): Promise<IRun> {
		const snapshot: StoredWorkflow = JSON.parse(execution.snapshot);
		const workflow = this.n8n.newWorkflow(snapshot, staticData);
		const additional = this.n8n.additionalData(snapshot);
		additional.executionId = execution.id;
		if (resumed) additional.restartExecutionId = execution.id;
		additional.hooks = this.hooks(execution, snapshot, onResponse);
		try {
			return await new WorkflowExecute(additional, execution.mode, data).processRunExecutionData(workflow);
		} catch (error) {
			// n8n refuses before the first node, e.g. because a parameter has no value
			if (this.n8n.boot.alive) this.end(execution, snapshot, { ...failedRun(execution, data, error) });
			throw error;
		}
	}

	private hooks(execution: Execution, workflow: StoredWorkflow, onResponse: StartRequest['onResponse']) {
		const hooks = new ExecutionLifecycleHooks(execution.mode, execution.id, workflow as unknown as IWorkflowBase);
		const { boot, world, storage } = this.n8n;
		const scope = workScope.getStore();
		const unlessDead = async () => {
			world.noteProgress();
			if (!boot.alive) await forever();
		};
		hooks.addHandler('nodeExecuteBefore', async (node) => {
			if (scope) scope.node = node;
			await unlessDead();
		});
		hooks.addHandler('nodeExecuteAfter', async (node, task) => {
			await unlessDead();
			storage.timeline.push(timelineEntry(execution, workflow, node, task, this.now()));
			this.onNodeDone?.(node);
			await unlessDead();
		});
		hooks.addHandler('workflowExecuteAfter', async (run, newStaticData) => {
			await unlessDead();
			if (newStaticData && execution.mode !== 'manual') storage.saveStaticData(workflow.id, newStaticData);
			this.end(execution, workflow, run);
		});
		if (onResponse) hooks.addHandler('sendResponse', async (response) => onResponse(response));
		return hooks;
	}

	private end(execution: Execution, workflow: StoredWorkflow, run: IRun): void {
		if (run.waitTill) return this.n8n.storage.park(execution, run.data, run.waitTill.getTime());
		const { error, lastNodeExecuted } = run.data.resultData;
		const status = run.status === 'running' ? 'error' : run.status;
		this.n8n.storage.end(execution, { status, data: run.data, error, stoppedAt: this.now() });
		if (!error || execution.mode === 'manual') return;
		const url = `${this.n8n.settings.baseUrl}/workflow/${workflow.id}/executions/${execution.id}`;
		const payload = { execution: { id: execution.id, url, error, lastNodeExecuted, mode: execution.mode } };
		startErrorWorkflow(this.n8n, workflow, payload, execution.mode, execution.id);
	}

	private resumeParentOf(child: Execution): void {
		const { parentExecution } = child.data;
		const { storage } = this.n8n;
		const parent = parentExecution && storage.executions.get(parentExecution.executionId);
		if (!parent || parentExecution.shouldResume === false || parent.status !== 'waiting') return;
		const data: IRunExecutionData = parse(parent.saved!);
		const top = data.executionData?.nodeExecutionStack[0];
		const output = lastRun(child.data)?.data;
		if (!top || (!child.error && !output)) return;
		const expected = top.metadata?.waitingChildExecutionIds;
		if (expected?.length && !expected.includes(child.id)) return;
		if (child.error) {
			const subExecution = { executionId: child.id, workflowId: child.workflowId };
			top.metadata = { ...top.metadata, resumeError: child.error, subExecution };
		} else if (output) top.data = output;
		storage.unpark(parent);
		void this.continueWith(parent, data, {});
	}
}

function failedRun(execution: Execution, data: IRunExecutionData, error: unknown): IRun {
	const { name, message, description, stack } = error as ExecutionError;
	data.resultData.error = { name, message, description, stack } as ExecutionError;
	const at = new Date(execution.startedAt);
	return { data, mode: execution.mode, startedAt: at, status: 'error', storedAt: 'db' } as IRun;
}
