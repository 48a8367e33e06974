import type { Check } from '../checkContext';
import type { Fault } from '../parameters/fault';
import { isErrorWorkflow } from '../shippedWorkflow';

const FIXED = { executionOrder: 'v1', callerPolicy: 'workflowsFromSameOwner', saveExecutionProgress: false };

/** Time zone, error workflow and the settings that are the same everywhere. */
export const settings: Check = (workflow, { shipped }) => {
	const { file, json } = workflow;
	const faults: Fault[] = Object.entries(FIXED)
		.filter(([name, value]) => json.settings?.[name] !== value)
		.map(([name, value]) => ({
			problem: `The setting "${name}" is ${JSON.stringify(json.settings?.[name]) ?? 'missing'}`,
			remedy: `Set it to ${JSON.stringify(value)}`,
		}));
	const { timezone, errorWorkflow } = json.settings ?? {};
	if (!isTimeZone(timezone)) {
		const problem = timezone === undefined ? 'No time zone is set' : `"${String(timezone)}" is no time zone`;
		faults.push({ problem, remedy: 'Set "timezone" to that of the documents, such as Europe/Moscow' });
	}
	const handlers = shipped.filter(isErrorWorkflow).map((handler) => handler.json.id);
	if (isErrorWorkflow(workflow)) {
		if (errorWorkflow !== undefined)
			faults.push({ problem: 'The error workflow names an error workflow', remedy: 'Remove that setting' });
	} else if (!handlers.includes(String(errorWorkflow))) {
		const problem = errorWorkflow
			? `The error workflow "${String(errorWorkflow)}" is not among the shipped ones with an Error Trigger`
			: 'No error workflow is set';
		faults.push({ problem, remedy: `Set "errorWorkflow" to ${handlers.join(' or ') || 'one that is shipped'}` });
	}
	return faults.map((fault) => ({ file, ...fault }));
};

function isTimeZone(name: unknown): boolean {
	if (typeof name !== 'string' || name === '') return false;
	try {
		new Intl.DateTimeFormat('en', { timeZone: name });
		return true;
	} catch {
		return false;
	}
}
