import type { Check } from '../checkContext';
import { describedNodes } from '../checkContext';
import { parameterFaults } from '../parameters/parameterFaults';

/** Every parameter is one that the node shows for the others, of the right kind and with a value that can be chosen. */
export const parameters: Check = (workflow, context) =>
	describedNodes(workflow, context).flatMap((described) =>
		parameterFaults(described).map((fault) => ({ file: workflow.file, node: described.node.name, ...fault })),
	);
