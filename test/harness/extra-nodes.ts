import { commonPollingParameters } from 'n8n-core/dist/nodes-loader/constants';
import type { INodeType, IVersionedNodeType } from 'n8n-workflow';

/** Gives a node class of a test what n8n's loader adds to installed ones: the parameter `pollTimes` of poll triggers. */
export function asLoaded<T extends INodeType | IVersionedNodeType>(node: T): T {
	if ('poll' in node && node.description.polling) {
		const { properties } = (node as INodeType).description;
		if (!properties.some(({ name }) => name === 'pollTimes')) properties.unshift(...commonPollingParameters);
	}
	return node;
}
