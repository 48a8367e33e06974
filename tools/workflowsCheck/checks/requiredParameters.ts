import { NodeHelpers } from 'n8n-workflow';

import type { Check } from '../checkContext';
import { describedNodes } from '../checkContext';

/** What n8n itself reports on a node with a red triangle: required parameters left empty, values of the wrong kind. */
export const requiredParameters: Check = (workflow, context) =>
	describedNodes(workflow, context).flatMap(({ node, description, parameters, isReadable }) => {
		if (!isReadable) return [];
		const complete = { ...node, parameters };
		const issues = NodeHelpers.getNodeParametersIssues(description.properties, complete, description);
		return Object.entries(issues?.parameters ?? {}).flatMap(([name, messages]) =>
			[...new Set(messages)].map((message) => ({
				file: workflow.file,
				node: node.name,
				problem: `n8n shows a warning for the parameter "${name}": ${message.replace(/\.$/, '')}`,
				remedy: 'Fill it in',
			})),
		);
	});
