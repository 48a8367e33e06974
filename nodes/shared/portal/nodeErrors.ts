import { NodeApiError, NodeOperationError, type INode, type JsonObject } from 'n8n-workflow';

import { PortalError } from '../transport/portalErrors';

/** Any failure as an error that n8n shows at the node: what happened, at which item, what to do. */
export function asNodeError(node: INode, reason: unknown, itemIndex?: number): NodeApiError | NodeOperationError {
	if (reason instanceof NodeApiError || reason instanceof NodeOperationError) return reason;
	if (reason instanceof PortalError) {
		const { code, message, method, wayOut, httpStatus } = reason;
		return new NodeApiError(node, { code, message, method } as JsonObject, {
			message,
			description: wayOut,
			httpCode: httpStatus === undefined ? code : String(httpStatus),
			itemIndex,
		});
	}
	return new NodeOperationError(node, reason instanceof Error ? reason.message : String(reason), { itemIndex });
}
