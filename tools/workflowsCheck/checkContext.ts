import type { INode, INodeParameters, INodeTypeDescription } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import type { DemoCredentials } from './demoCredentials';
import type { Finding } from './finding';
import type { NodeCatalog } from './nodeCatalog';
import type { ScenarioList } from './scenarios/scenarioList';
import type { ShippedWorkflow } from './shippedWorkflow';

/** What a workflow is held against. */
export interface CheckContext {
	catalog: NodeCatalog;
	/** all workflows of the project, the one under check among them */
	shipped: ShippedWorkflow[];
	credentials: DemoCredentials;
	scenarios: ScenarioList;
}

export type Check = (workflow: ShippedWorkflow, context: CheckContext) => Finding[];

export interface DescribedNode {
	node: INode;
	description: INodeTypeDescription;
	/** the node's parameters with the defaults of those left out, without those that are not shown */
	parameters: INodeParameters;
	/** false when n8n stumbles over the shape of the parameters, which then stand here as they are in the file */
	isReadable: boolean;
}

/** The nodes whose type and version n8n knows; the others are the business of `checks/nodeTypes`. */
export function describedNodes({ json }: ShippedWorkflow, { catalog }: CheckContext): DescribedNode[] {
	return json.nodes.flatMap((node): DescribedNode[] => {
		const description = catalog.description(node.type, node.typeVersion);
		if (description === undefined) return [];
		const given = node.parameters ?? {};
		try {
			const { properties } = description;
			const complete = NodeHelpers.getNodeParameters(properties, given, true, false, node, description);
			return [{ node, description, parameters: complete ?? {}, isReadable: true }];
		} catch {
			// A list where an object belongs, or the other way round; `checks/parameters` says which.
			return [{ node, description, parameters: given, isReadable: false }];
		}
	});
}
