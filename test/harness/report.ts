import type { INodeExecutionData, ITaskData } from 'n8n-workflow';

import type { Execution, Storage, StoredWorkflow } from './storage';
import { timeIn } from './timeline';

const LONGEST_ITEM = 400;

/** An execution failed that no test expected. The message is for a reader who has the workflow open in the editor. */
export class FlowFailure extends Error {
	constructor(message: string) {
		super(message);
		this.name = 'FlowFailure';
		// The reader needs the path through the flow, not the insides of n8n.
		this.stack = message;
	}
}

/** @returns workflow, path of nodes, failing node, its item, error message and description; sub-workflows included */
export function describeFailure(execution: Execution, storage: Storage, indent = ''): string {
	const workflow: StoredWorkflow = JSON.parse(execution.snapshot);
	const { lastNodeExecuted } = execution.data.resultData;
	const node = workflow.nodes.find(({ name }) => name === lastNodeExecuted);
	const error = execution.error as (Error & { description?: string; context?: { itemIndex?: number } }) | undefined;
	const item = failingItem(execution, lastNodeExecuted, error?.context?.itemIndex);
	const lines = [
		`Workflow "${workflow.name}" (${workflow.id}), execution ${execution.id}, mode ${execution.mode}, started ${timeIn(workflow, execution.startedAt)}, failed ${timeIn(workflow, execution.stoppedAt ?? execution.startedAt)}`,
		`  path:  ${path(execution).join(' → ') || '(no node ran)'}`,
		`  node:  "${lastNodeExecuted ?? '?'}"${node ? ` (${node.type} v${node.typeVersion})` : ''}`,
		...(item ? [`  item:  ${item}`] : []),
		`  error: ${error?.name ?? 'Error'}: ${error?.message ?? 'unknown'}`,
		...(error?.description ? [`         ${error.description}`] : []),
	];
	const child = [...storage.executions.values()].find(
		({ parentId, error: failed }) => parentId === execution.id && failed && execution.mode !== 'error',
	);
	const nested = child && child.answersToParent ? ['  caused by', describeFailure(child, storage, '    ')] : [];
	return [
		...lines.map((line) => indent + line),
		...nested.map((line, index) => (index === 0 ? indent + line : line)),
	].join('\n');
}

/** @returns the names of the nodes that ran, in order */
export function path(execution: Execution): string[] {
	return Object.entries(execution.data.resultData.runData)
		.flatMap(([name, runs]) => runs.map((run) => ({ name, index: run.executionIndex })))
		.sort((a, b) => a.index - b.index)
		.map(({ name }) => name);
}

function failingItem(execution: Execution, node: string | undefined, index: number | undefined): string | undefined {
	const top = execution.data.executionData?.nodeExecutionStack.at(-1);
	const input = top?.node.name === node ? top?.data.main?.[0] : inputOf(execution, node);
	if (!input?.length) return undefined;
	const shown = index ?? (input.length === 1 ? 0 : undefined);
	if (shown === undefined) return `one of ${input.length}`;
	const json = JSON.stringify(input[shown]?.json) ?? '';
	return `${shown} of ${input.length}: ${json.length > LONGEST_ITEM ? `${json.slice(0, LONGEST_ITEM)}…` : json}`;
}

function inputOf(execution: Execution, node: string | undefined): INodeExecutionData[] | null | undefined {
	const { runData } = execution.data.resultData;
	const source = (runData[node ?? '']?.at(-1) as ITaskData | undefined)?.source[0];
	if (!source) return undefined;
	return runData[source.previousNode]?.[source.previousNodeRun ?? 0]?.data?.main?.[source.previousNodeOutput ?? 0];
}
