import type { Operation } from '../../operation';
import { chosenItem, entityTypeProperties, itemProperty } from '../../parameters/crmItem';
import { readItem } from './crmItemOutput';

export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get a CRM item',
	description: 'Read one item with its user fields, names and codes',
	properties: [...entityTypeProperties, itemProperty],

	async execute(run) {
		return await readItem(run.portal, chosenItem(run));
	},
};
