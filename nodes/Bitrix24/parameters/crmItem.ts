import type { INodeProperties } from 'n8n-workflow';

import { parseItemReference, type ItemReference } from '../../shared/logic/itemReference';
import type { OperationRun } from '../operationRun';

const SMART_PROCESS = 0;

/** Which kind of CRM item an operation works on. */
export const entityTypeProperties: INodeProperties[] = [
	{
		displayName: 'Item Type',
		name: 'entityTypeId',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Company', value: 4 },
			{ name: 'Contact', value: 3 },
			{ name: 'Deal', value: 2 },
			{ name: 'Invoice', value: 31 },
			{ name: 'Lead', value: 1 },
			{ name: 'Quote', value: 7 },
			{ name: 'Smart Process', value: SMART_PROCESS },
		],
		default: 2,
	},
	{
		displayName: 'Smart Process Number',
		name: 'smartProcessId',
		type: 'number',
		default: 128,
		displayOptions: { show: { entityTypeId: [SMART_PROCESS] } },
		description: 'The entityTypeId of the smart process, as it stands in the address of its list (…/type/128/…)',
	},
];

export const itemProperty: INodeProperties = {
	displayName: 'Item',
	name: 'item',
	type: 'string',
	default: '={{ $json.itemRef }}',
	required: true,
	placeholder: 'e.g. 57 or D_57',
	description:
		'The item of the flow by default. Otherwise an ID, or a reference such as D_57 (deal), L_8 (lead), C_12 (contact).',
};

export function entityTypeOf(run: OperationRun): number {
	const chosen = run.parameter<number>('entityTypeId');
	return chosen === SMART_PROCESS ? run.parameter<number>('smartProcessId') : chosen;
}

/** The item that the parameters name; stops when the reference belongs to another kind of item. */
export function chosenItem(run: OperationRun): ItemReference {
	const entityTypeId = entityTypeOf(run);
	const text = run.requiredText('item', 'Item');
	if (/^[1-9]\d*$/.test(text)) return { entityTypeId, id: Number(text) };
	const reference = parseItemReference(text);
	if (reference === undefined) {
		throw run.stop(`"${text}" is neither an ID nor a reference such as D_57`, 'Check the parameter "Item".');
	}
	if (reference.entityTypeId !== entityTypeId) {
		throw run.stop(
			`${text} is not an item of the chosen type`,
			'"Item Type" and "Item" have to fit: D_ is a deal, L_ a lead, C_ a contact, CO_ a company.',
		);
	}
	return reference;
}
