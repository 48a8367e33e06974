import { isExpression } from 'n8n-workflow';

import type { Check } from '../checkContext';
import { ancestorsOf } from '../connectionList';
import { readExpression } from '../expressions';
import type { Fault } from '../parameters/fault';
import { textsOf } from '../parameterTexts';
import { workingNodes } from '../shippedWorkflow';

/** Expressions parse, and the nodes they refer to exist and have run before. */
export const expressions: Check = (workflow) => {
	const ancestors = ancestorsOf(workflow);
	return workingNodes(workflow).flatMap(({ name, parameters }) =>
		textsOf(parameters).flatMap(({ path, text }) =>
			faultsOf(text, path, ancestors, ancestors.get(name)!).map((fault) => ({
				file: workflow.file,
				node: name,
				...fault,
			})),
		),
	);
};

function faultsOf(text: string, path: string, nodes: Map<string, unknown>, before: Set<string>): Fault[] {
	const where = `parameter "${path}"`;
	if (!isExpression(text)) {
		if (!/\{\{.*\$.*\}\}/s.test(text)) return [];
		return [{ problem: `The ${where} reads like an expression, but is fixed text`, remedy: 'Begin it with "="' }];
	}
	const { syntaxError, nodes: named, hasComputedName, hasLooseVariable } = readExpression(text);
	const faults: Fault[] = [];
	if (syntaxError !== undefined)
		faults.push({ problem: `The expression in the ${where} cannot be parsed: ${syntaxError}`, remedy: 'Correct it' });
	if (hasLooseVariable) {
		const problem = `The expression in the ${where} has a variable outside of {{ }}`;
		faults.push({ problem, remedy: 'Put it into {{ }}' });
	}
	if (hasComputedName) {
		const problem = `The expression in the ${where} computes the name of a node`;
		faults.push({ problem, remedy: 'Write the name as text, so that renaming the node in the editor keeps it right' });
	}
	for (const node of new Set(named)) {
		if (!nodes.has(node)) {
			const problem = `The expression in the ${where} refers to the node «${node}», which does not exist`;
			faults.push({ problem, remedy: `Name one of ${[...before].map((known) => `«${known}»`).join(', ')}` });
		} else if (!before.has(node)) {
			const problem = `The expression in the ${where} refers to the node «${node}», which does not run before`;
			faults.push({ problem, remedy: 'Refer to a node from which this one is reached' });
		}
	}
	return faults;
}
