import { NodeHelpers, Workflow } from 'n8n-workflow';

import { describedNodes, type Check } from '../checkContext';
import { connectionsOf } from '../connectionList';
import type { Finding } from '../finding';

type Socket = string | { type: string; displayName?: string };

/** Connections begin at outputs and end at inputs that the nodes have, also where these depend on parameters; no node hangs loose. */
export const wiring: Check = (workflow, context) => {
	const { file } = workflow;
	const described = describedNodes(workflow, context).filter(({ isReadable }) => isReadable);
	// The constructor fills defaults into the nodes it is given.
	const nodes = described.map(({ node }) => structuredClone(node));
	const { expression } = new Workflow({ nodes, connections: {}, active: false, nodeTypes: context.catalog });
	const sockets = (kind: 'getNodeInputs' | 'getNodeOutputs') =>
		new Map(
			described.map(({ node, description, parameters }) => [
				node.name,
				NodeHelpers[kind]({ expression }, { ...node, parameters }, description) as Socket[],
			]),
		);
	const [inputs, outputs] = [sockets('getNodeInputs'), sockets('getNodeOutputs')];
	const findings: Finding[] = [];
	for (const { from, type, output, to, input, inputType } of connectionsOf(workflow)) {
		if (lacks(outputs.get(from), type, output)) {
			const problem = `The connection to «${to}» leaves output ${output + 1}, which the node does not have`;
			findings.push({ file, node: from, problem, remedy: `Its outputs are ${listed(outputs.get(from)!, type)}` });
		}
		if (lacks(inputs.get(to), inputType, input)) {
			const problem = `The connection from «${from}» enters input ${input + 1}, which the node does not have`;
			findings.push({ file, node: to, problem, remedy: 'Remove the connection, or lead it to another node' });
		}
	}
	const reached = new Set(connectionsOf(workflow).map(({ to }) => to));
	for (const { node } of described) {
		if (inputs.get(node.name)!.length === 0 || reached.has(node.name)) continue;
		findings.push({
			file,
			node: node.name,
			problem: 'No connection leads to the node',
			remedy: 'Connect or remove it',
		});
	}
	return findings;
};

/** Nodes of unknown types are not judged here. */
function lacks(sockets: Socket[] | undefined, type: string, index: number): boolean {
	return sockets !== undefined && index >= ofType(sockets, type).length;
}

function listed(sockets: Socket[], type: string): string {
	const names = ofType(sockets, type).map((socket, index) => {
		const name = typeof socket === 'string' ? undefined : socket.displayName;
		return name ? `${index + 1} (${name})` : String(index + 1);
	});
	return names.join(', ') || 'none';
}

function ofType(sockets: Socket[], type: string): Socket[] {
	return sockets.filter((socket) => (typeof socket === 'string' ? socket : socket.type) === type);
}
