import type { INodeProperties } from 'n8n-workflow';

import type { Operation, Resource } from '../operation';
import { api } from './api';
import { crmItem } from './crmItem';
import { notification } from './notification';
import { task } from './task';

/** Drives the dropdowns, the fields and the dispatch: a new resource or operation is a file and a line. */
const RESOURCES: Resource[] = [api, crmItem, notification, task];

const onlyIfStillInStage: INodeProperties = {
	displayName: 'Only If Still in Stage',
	name: 'onlyIfStillInStage',
	type: 'boolean',
	default: false,
	description:
		'Whether to look first if the item still stands in the stage it entered when the flow began. If it has left, was closed or deleted, or came back anew, it ends here.',
};

export const resourceProperties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: RESOURCES.map(({ name, value }) => ({ name, value })),
		default: 'crmItem',
	},
	...RESOURCES.map(operationChoice),
	...RESOURCES.flatMap(({ value, operations }) => operations.flatMap((operation) => shownFor(value, operation))),
	onlyIfStillInStage,
];

export function findOperation(resource: string, operation: string): Operation {
	const found = RESOURCES.find(({ value }) => value === resource)?.operations.find(({ value }) => value === operation);
	if (found === undefined)
		throw new Error(`This version of the node has no operation "${operation}" for "${resource}".`);
	return found;
}

function operationChoice({ value: resource, operations }: Resource): INodeProperties {
	const firstOperation = operations[0].value;
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource] } },
		options: operations.map(({ name, value, action, description }) => ({ name, value, action, description })),
		default: firstOperation,
	};
}

function shownFor(resource: string, { value: operation, properties }: Operation): INodeProperties[] {
	return properties.map((property) => ({
		...property,
		displayOptions: {
			...property.displayOptions,
			show: { ...property.displayOptions?.show, resource: [resource], operation: [operation] },
		},
	}));
}
