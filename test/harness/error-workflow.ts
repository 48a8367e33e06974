import type { IDataObject, WorkflowExecuteMode } from 'n8n-workflow';

import type { N8nProcess } from './process';
import type { StoredWorkflow } from './storage';

const ERROR_TRIGGER = 'n8n-nodes-base.errorTrigger';

/** @returns the id of the workflow that n8n starts when this one fails, if any */
export function errorWorkflowOf({ id, nodes, settings }: StoredWorkflow): string | undefined {
	const { errorWorkflow } = settings;
	if (errorWorkflow && errorWorkflow !== 'DEFAULT') return errorWorkflow;
	return nodes.some(({ type }) => type === ERROR_TRIGGER) ? id : undefined;
}

/** Starts the error workflow as n8n does; where n8n only writes a line in its log, the test fails. */
export function startErrorWorkflow(
	n8n: N8nProcess,
	failed: StoredWorkflow,
	payload: IDataObject | object,
	mode: WorkflowExecuteMode,
	executionId?: string,
): void {
	const id = errorWorkflowOf(failed);
	if (id === undefined || (mode === 'error' && id === failed.id)) return;
	const complain = (what: string) =>
		n8n.world.complaints.push(`The error workflow of "${failed.name}" did not start: ${what}`);
	const workflow = n8n.storage.workflows.get(id);
	if (!workflow) return void complain(`there is no workflow "${id}"`);
	if (!workflow.published) return void complain(`workflow "${id}" is not active and cannot be executed`);
	const trigger = workflow.nodes.filter(({ type }) => type === ERROR_TRIGGER).at(-1);
	if (!trigger) return void complain(`workflow "${id}" has no Error Trigger`);
	const parent = executionId ? { executionId, workflowId: failed.id, shouldResume: false } : undefined;
	const json = { ...payload, workflow: { id: failed.id, name: failed.name } } as IDataObject;
	n8n.runner.start({ workflow, node: trigger.name, data: [[{ json }]], mode: 'error', parent }).ended.catch(() => {});
}
