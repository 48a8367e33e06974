import type { INode } from 'n8n-workflow';

import type { Check, CheckContext } from '../checkContext';
import type { Fault } from '../parameters/fault';
import { SUB_WORKFLOW_CALL, SUB_WORKFLOW_TRIGGER, type ShippedWorkflow } from '../shippedWorkflow';

interface Call {
	workflowId?: { value?: unknown; cachedResultName?: string };
	workflowInputs?: { value?: Record<string, unknown>; schema?: Array<{ id: string }> };
}

/** Calls of sub-workflows name a shipped one by its id and name and give it exactly the inputs it defines. */
export const subWorkflows: Check = (workflow, context) => {
	const { file, json } = workflow;
	const about = (node: INode, faults: Fault[]) => faults.map((fault) => ({ file, node: node.name, ...fault }));
	return json.nodes.flatMap((node) => {
		if (node.type === SUB_WORKFLOW_CALL) return about(node, callFaults(node, context));
		if (node.type === SUB_WORKFLOW_TRIGGER) return about(node, calleeFaults(node));
		return [];
	});
};

function callFaults(node: INode, { shipped }: CheckContext): Fault[] {
	const { workflowId, workflowInputs } = node.parameters as Call;
	const faults: Fault[] = [];
	if (node.typeVersion < 1.2)
		faults.push({
			problem: 'The node cannot name the inputs in this version',
			remedy: 'Set typeVersion to 1.2 or more',
		});
	const callee = shipped.find(({ json }) => json.id === workflowId?.value);
	if (callee === undefined) {
		const problem = `The sub-workflow "${String(workflowId?.value)}" is not among the shipped workflows`;
		return [...faults, { problem, remedy: `Name one of ${shipped.map(({ json }) => json.id).join(', ')}` }];
	}
	if (workflowId?.cachedResultName !== callee.json.name) {
		const problem = `The sub-workflow is shown as "${workflowId?.cachedResultName}", but is called "${callee.json.name}"`;
		faults.push({ problem, remedy: 'Correct cachedResultName' });
	}
	return [...faults, ...inputFaults(workflowInputs, callee)];
}

function inputFaults(given: Call['workflowInputs'], callee: ShippedWorkflow): Fault[] {
	const trigger = callee.json.nodes.find(({ type }) => type === SUB_WORKFLOW_TRIGGER);
	if (trigger === undefined) {
		const problem = `${callee.file} does not begin with "When Executed by Another Workflow"`;
		return [{ problem, remedy: 'Give it that trigger, or call another one' }];
	}
	const wanted = definedInputs(trigger);
	const passed = Object.keys(given?.value ?? {});
	const listed = (given?.schema ?? []).map(({ id }) => id);
	const faults: Fault[] = [];
	for (const name of wanted.filter((input) => !passed.includes(input)))
		faults.push({ problem: `The sub-workflow's input "${name}" gets no value`, remedy: 'Fill it in' });
	for (const name of passed.filter((input) => !wanted.includes(input)))
		faults.push({ problem: `The sub-workflow has no input "${name}"`, remedy: `Its inputs are ${wanted.join(', ')}` });
	if (listed.join() !== wanted.join()) {
		const problem = 'The list of the inputs differs from what the sub-workflow defines';
		faults.push({ problem, remedy: `Make workflowInputs.schema list ${wanted.join(', ')}` });
	}
	return faults;
}

function calleeFaults(trigger: INode): Fault[] {
	const { inputSource } = trigger.parameters;
	const isDefined = inputSource === undefined || inputSource === 'workflowInputs';
	if (trigger.typeVersion >= 1.1 && isDefined && definedInputs(trigger).length > 0) return [];
	const remedy = 'Use version 1.1 with "Define using fields below" and name the inputs';
	return [{ problem: 'The sub-workflow does not define its inputs', remedy }];
}

function definedInputs(trigger: INode): string[] {
	const { values = [] } = (trigger.parameters.workflowInputs ?? {}) as { values?: Array<{ name: string }> };
	return values.map(({ name }) => name);
}
