import type { WorkflowExecuteMode } from 'n8n-workflow';

import type { StoredWorkflow } from './storage';
import { subWorkflowStart } from './sub-workflow';

const MANUAL_TRIGGER = 'n8n-nodes-base.manualTrigger';
const SUB_WORKFLOW_TRIGGER = 'n8n-nodes-base.executeWorkflowTrigger';

/** @returns where a workflow begins when a test starts it, and the mode n8n would run it in */
export function startOf(workflow: StoredWorkflow, chosen?: string): { node: string; mode: WorkflowExecuteMode } {
	const name = chosen ?? subWorkflowStart(workflow);
	const type = workflow.nodes.find((node) => node.name === name)?.type;
	if (type === MANUAL_TRIGGER) return { node: name, mode: 'manual' };
	return { node: name, mode: type === SUB_WORKFLOW_TRIGGER ? 'integrated' : 'trigger' };
}
