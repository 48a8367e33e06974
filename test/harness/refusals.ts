import type { INode } from 'n8n-workflow';
import { NodeHelpers, safeParseWorkflowStructure } from 'n8n-workflow';

import type { CredentialsStore } from './credentials';
import type { NodeTypes } from './node-types';
import type { StoredWorkflow } from './storage';

/**
 * Everything for which the harness does not run a workflow: a broken structure, dangling connections, unknown nodes,
 * Code nodes, credentials that the test does not give.
 *
 * @throws Error that lists all reasons
 */
export function refuseUnfit(workflow: StoredWorkflow, types: NodeTypes, credentials: CredentialsStore): void {
	const reasons = [...structureFaults(workflow), ...danglingConnections(workflow)];
	for (const node of workflow.nodes) {
		const fault = typeFault(node, types);
		if (fault) reasons.push(fault);
		else if (!node.disabled) reasons.push(...credentialFaults(node, types, credentials));
	}
	if (reasons.length === 0) return;
	throw new Error([`Workflow "${workflow.name}" (${workflow.id}) cannot be run here:`, ...reasons].join('\n  - '));
}

function structureFaults({ nodes, connections, settings }: StoredWorkflow): string[] {
	const result = safeParseWorkflowStructure({ nodes, connections, settings });
	return result.success ? [] : result.issues.map(({ path, message }) => `${[path].flat().join('.')}: ${message}`);
}

function danglingConnections({ nodes, connections }: StoredWorkflow): string[] {
	const names = new Set(nodes.map(({ name }) => name));
	const faults: string[] = [];
	for (const [source, outputs] of Object.entries(connections)) {
		if (!names.has(source)) faults.push(`a connection leaves "${source}", which does not exist`);
		for (const target of Object.values(outputs).flat(2))
			if (target && !names.has(target.node))
				faults.push(`a connection from "${source}" leads to "${target.node}", which does not exist`);
	}
	return faults;
}

function typeFault(node: INode, types: NodeTypes): string | undefined {
	try {
		types.getByNameAndVersion(node.type, node.typeVersion);
		return undefined;
	} catch (error) {
		return `node "${node.name}": ${(error as Error).message}`;
	}
}

function credentialFaults(node: INode, types: NodeTypes, credentials: CredentialsStore): string[] {
	const { description } = types.getByNameAndVersion(node.type, node.typeVersion);
	const parameters = NodeHelpers.getNodeParameters(
		description.properties,
		node.parameters,
		true,
		false,
		node,
		description,
	);
	const complete = { ...node, parameters: parameters ?? {} };
	const needed = (description.credentials ?? [])
		.filter(({ required }) => required)
		.filter((credential) => NodeHelpers.displayParameter(complete.parameters, credential, complete, description))
		.map(({ name }) => name);
	const named = Object.keys(node.credentials ?? {});
	return [...new Set([...needed, ...named])]
		.filter((type) => !credentials.find(node.credentials?.[type], type))
		.map((type) => {
			const name = node.credentials?.[type]?.name;
			return `node "${node.name}" needs a credential of type ${type}${name ? ` named "${name}"` : ', but refers to none'}, which the test does not give`;
		});
}
