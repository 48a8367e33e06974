import type { IConnections, INode, INodeParameters } from 'n8n-workflow';

import type { WorkflowJson } from './index';

/** @param type name of a base node, or a whole type such as `test.counter` */
export function node(
	name: string,
	type: string,
	parameters: INodeParameters = {},
	typeVersion = 1,
	more: Partial<INode> = {},
): INode {
	const wholeType = type.includes('.') ? type : `n8n-nodes-base.${type}`;
	return { id: name, name, type: wholeType, typeVersion, position: [0, 0], parameters, ...more };
}

/** @returns connections from each node to the next, first output to first input */
export function connect(...names: string[]): IConnections {
	const connections: IConnections = {};
	names.slice(0, -1).forEach((name, index) => {
		connections[name] = { main: [[{ node: names[index + 1], type: 'main', index: 0 }]] };
	});
	return connections;
}

/** @returns a workflow as n8n exports it; its id is its name */
export function workflow(
	name: string,
	nodes: INode[],
	connections: IConnections,
	settings: WorkflowJson['settings'] = {},
): WorkflowJson {
	return { id: name, name, nodes, connections, settings: { executionOrder: 'v1', timezone: 'UTC', ...settings } };
}
