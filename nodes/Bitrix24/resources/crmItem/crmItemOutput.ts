import type { IDataObject } from 'n8n-workflow';

import { formatItemReference, type ItemReference } from '../../../shared/logic/itemReference';
import { makeReadable } from '../../../shared/portal/readable';
import type { Portal } from '../../../shared/portal/portal';

/** An item as the node gives it: the portal's fields, `readable`, `codes`, and `itemRef` unless the flow is about another item. */
export async function shapeItem(
	portal: Portal,
	entityTypeId: number,
	item: Record<string, unknown>,
): Promise<IDataObject> {
	const readable = await makeReadable(portal, entityTypeId, item);
	return { itemRef: formatItemReference({ entityTypeId, id: Number(item.id) }), ...readable } as IDataObject;
}

/** Reads an item under the original names of its user fields. Docs: api-reference/crm/universal/crm-item-get.md */
export async function readItem(portal: Portal, { entityTypeId, id }: ItemReference): Promise<IDataObject> {
	const { item } = await portal.client.call<{ item: Record<string, unknown> }>('crm.item.get', {
		entityTypeId,
		id,
		useOriginalUfNames: 'Y',
	});
	return await shapeItem(portal, entityTypeId, item);
}
