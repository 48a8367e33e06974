import { readFileSync } from 'node:fs';

import { stringify } from 'flatted';
import type {
	ExecutionError,
	ExecutionStatus,
	IConnections,
	IDataObject,
	INode,
	IRunExecutionData,
	IWorkflowSettings,
	WorkflowExecuteMode,
} from 'n8n-workflow';

/** An exported workflow, as in workflows/<vertical>/*.json. */
export interface WorkflowJson {
	id?: string;
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
	staticData?: IDataObject | null;
	[other: string]: unknown;
}

/** The row of n8n's table of workflows. */
export interface StoredWorkflow {
	id: string;
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings: IWorkflowSettings;
	staticData: IDataObject;
	published: boolean;
}

/** One execution as n8n's list of executions shows it. */
export interface Execution {
	id: string;
	workflowId: string;
	workflowName: string;
	mode: WorkflowExecuteMode;
	status: ExecutionStatus;
	/** epoch milliseconds of virtual time */
	startedAt: number;
	stoppedAt?: number;
	/** epoch milliseconds; n8n's far-away date when it waits without limit or for a sub-workflow */
	waitTill?: number;
	/** run data of all nodes so far; while it waits, what is in memory is not used any more */
	data: IRunExecutionData;
	error?: ExecutionError;
	parentId?: string;
	/** a caller in another execution deals with this one's failure */
	answersToParent: boolean;
	/** serialised run data of a waiting execution */
	saved?: string;
	/** serialised workflow as it was when the execution began */
	snapshot: string;
}

/** What a node did, at virtual time. */
export interface TimelineEntry {
	at: number;
	/** `at` in the time zone of the workflow, ISO 8601 */
	time: string;
	workflow: string;
	execution: string;
	node: string;
	status: ExecutionStatus;
	/** number of items per output */
	items: number[];
}

/** n8n's database: survives restarts. */
export class Storage {
	readonly workflows = new Map<string, StoredWorkflow>();

	readonly executions = new Map<string, Execution>();

	readonly timeline: TimelineEntry[] = [];

	/** in the order in which they failed */
	readonly failed: Execution[] = [];

	private readonly waiting = new Set<Execution>();

	/** @param source parsed JSON or the path of a file */
	addWorkflow(source: WorkflowJson | string): StoredWorkflow {
		const json: WorkflowJson =
			typeof source === 'string' ? JSON.parse(readFileSync(source, 'utf8')) : structuredClone(source);
		const id = json.id ?? json.name;
		if (this.workflows.has(id)) throw new Error(`Two workflows have the id "${id}"`);
		const nodes = json.nodes.map((node) => ({ ...node, id: node.id ?? node.name }));
		const { name, connections, settings = {}, staticData } = json;
		const workflow = { id, name, nodes, connections, settings, staticData: staticData ?? {}, published: false };
		this.workflows.set(id, workflow);
		return workflow;
	}

	/** @param idOrName of a workflow */
	workflow(idOrName: string): StoredWorkflow {
		const found = this.workflows.get(idOrName) ?? [...this.workflows.values()].find(({ name }) => name === idOrName);
		if (!found) throw new Error(`No workflow "${idOrName}" (there are: ${[...this.workflows.keys()].join(', ')})`);
		return found;
	}

	addExecution(execution: Omit<Execution, 'id'>): Execution {
		const row = { ...execution, id: String(this.executions.size + 1) };
		this.executions.set(row.id, row);
		return row;
	}

	/** Keeps the outcome of an execution. */
	end(execution: Execution, outcome: Pick<Execution, 'status' | 'data' | 'error' | 'stoppedAt'>): void {
		Object.assign(execution, outcome);
		if (outcome.status === 'error') this.failed.push(execution);
	}

	/** Parks an execution: from now on only its serialised form counts. */
	park(execution: Execution, data: IRunExecutionData, waitTill: number): void {
		Object.assign(execution, { status: 'waiting', data, waitTill, saved: stringify(data) });
		this.waiting.add(execution);
	}

	/** @returns the serialised run data; the execution does not wait any more */
	unpark(execution: Execution): string {
		const { saved } = execution;
		if (execution.status !== 'waiting' || saved === undefined)
			throw new Error(`Execution ${execution.id} does not wait, it is ${execution.status}`);
		this.waiting.delete(execution);
		Object.assign(execution, { status: 'running', waitTill: undefined, saved: undefined });
		return saved;
	}

	/** @returns the waiting executions in the order in which their time comes */
	waitingInOrder(): Execution[] {
		return [...this.waiting].sort((a, b) => a.waitTill! - b.waitTill! || Number(a.id) - Number(b.id));
	}

	/** Keeps static data as n8n's database does: a copy, all of it at once, the last writer wins. */
	saveStaticData(workflowId: string, staticData: IDataObject): void {
		const workflow = this.workflows.get(workflowId);
		if (workflow) workflow.staticData = JSON.parse(JSON.stringify(staticData));
	}
}
