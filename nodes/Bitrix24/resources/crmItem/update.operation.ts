import type { Operation } from '../../operation';
import { chosenItem, entityTypeProperties, itemProperty } from '../../parameters/crmItem';
import { chosenFields, fieldsProperty } from '../../parameters/fieldValues';
import { shapeItem } from './crmItemOutput';

export const update: Operation = {
	name: 'Update',
	value: 'update',
	action: 'Update a CRM item',
	description: 'Change fields of an item',
	properties: [...entityTypeProperties, itemProperty, fieldsProperty],

	async execute(run) {
		const { entityTypeId, id } = chosenItem(run);
		const fields = await chosenFields(run, entityTypeId);
		if (Object.keys(fields).length === 0) {
			throw run.stop('No field was chosen to change', 'Add at least one row under "Fields".');
		}
		const { item } = await run.portal.client.call<{ item: Record<string, unknown> }>('crm.item.update', {
			entityTypeId,
			id,
			fields,
			useOriginalUfNames: 'Y',
		});
		return await shapeItem(run.portal, entityTypeId, item);
	},
};
