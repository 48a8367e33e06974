import { NodeHelpers } from 'n8n-workflow';

import type { Check, CheckContext, DescribedNode } from '../checkContext';
import { describedNodes } from '../checkContext';
import type { Fault } from '../parameters/fault';

const LONGEST_TYPE = 32;

/** Credentials are there where a node needs them, of a type that exists, and are those of the demo. */
export const credentials: Check = (workflow, context) =>
	describedNodes(workflow, context).flatMap((described) =>
		[...missing(described), ...Object.keys(described.node.credentials ?? {}).flatMap(named(described, context))].map(
			(fault) => ({ file: workflow.file, node: described.node.name, ...fault }),
		),
	);

function missing({ node, description, parameters }: DescribedNode): Fault[] {
	return (description.credentials ?? [])
		.filter((credential) => NodeHelpers.displayParameter(parameters, credential, node, description))
		.filter(({ name, required }) => required && node.credentials?.[name] === undefined)
		.map(({ name }) => ({ problem: `The node has no credential of type ${name}`, remedy: 'Name the one of the demo' }));
}

function named({ node, description, parameters }: DescribedNode, { catalog, credentials: demo }: CheckContext) {
	return (type: string): Fault[] => {
		if (!catalog.hasCredentialType(type) || type.length > LONGEST_TYPE)
			return [{ problem: `There is no credential type "${type}"`, remedy: 'Use a type that the node asks for' }];
		const active = NodeHelpers.getActiveCredentialTypes({ ...node, parameters }, description);
		if (active !== null && !active.has(type))
			return [{ problem: `The node does not use its credential of type ${type}`, remedy: 'Remove it' }];
		const { id, name } = node.credentials![type];
		const wanted = demo[type];
		if (wanted === undefined) {
			const remedy = 'Enter one in tools/workflowsCheck/demoCredentials.ts, or use another type';
			return [{ problem: `The demo has no credential of type ${type}`, remedy }];
		}
		if (id === wanted.id && name === wanted.name) return [];
		const remedy = `Name { "id": "${wanted.id}", "name": "${wanted.name}" }`;
		return [{ problem: `The credential "${name}" (${id}) is not that of the demo`, remedy }];
	};
}
