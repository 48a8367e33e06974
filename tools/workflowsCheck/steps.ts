import { isExpression } from 'n8n-workflow';

import { SUB_WORKFLOW_CALL, type ShippedWorkflow } from './shippedWorkflow';

export interface Step {
	file: string;
	node: string;
	name: string;
}

/** The step names that a workflow gives itself, also those it hands to a sub-workflow; computed ones are left out. */
export function stepsOf({ file, json }: ShippedWorkflow): Step[] {
	return json.nodes.flatMap(({ name: node, type, parameters }) => {
		const inputs = parameters.workflowInputs as { value?: { step?: unknown } } | undefined;
		const step = type === SUB_WORKFLOW_CALL ? inputs?.value?.step : parameters.step;
		return typeof step === 'string' && step !== '' && !isExpression(step) ? [{ file, node, name: step }] : [];
	});
}

/** The steps whose completed tasks a trigger watches. */
export function watchedSteps({ file, json }: ShippedWorkflow): Step[] {
	return json.nodes.flatMap(({ name: node, parameters }) => {
		const { row = [] } = (parameters.steps ?? {}) as { row?: Array<{ step?: string }> };
		return row.flatMap(({ step }) => (step && !isExpression(step) ? [{ file, node, name: step }] : []));
	});
}
