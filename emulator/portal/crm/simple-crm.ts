import type { PlainObject } from '../../rest/params';
import type { CrmItem } from '../entities';
import type { Actor, Portal } from '../portal';
import { DEAL, LEAD } from './entity-types';
import { userFieldsOf } from './user-fields';

interface ItemActions {
	createItem(portal: Portal, entityTypeId: number, fields: PlainObject, actor: Actor): CrmItem;
	updateItem(portal: Portal, entityTypeId: number, id: number, fields: PlainObject, actor: Actor): CrmItem;
}

/**
 * In the CRM without leads an added lead turns into a deal at once
 * (tutorials/crm/how-to-add-crm-objects/how-to-add-objects-with-crm-mode.md). Returns the lead, converted.
 */
export function becomeDealAtOnce(portal: Portal, lead: CrmItem, actor: Actor, actions: ItemActions): CrmItem {
	const shared = [
		'title',
		'opportunity',
		'currencyId',
		'sourceId',
		'assignedById',
		'companyId',
		'contactIds',
		'comments',
	];
	// The options of a list field have other IDs on deals than on leads.
	const userFields = userFieldsOf(portal, DEAL).filter(({ userTypeId }) => userTypeId !== 'enumeration');
	const copied = [...shared, ...userFields.map(({ fieldName }) => fieldName)];
	const fields = Object.fromEntries(copied.filter((name) => lead[name] != null).map((name) => [name, lead[name]]));
	actions.createItem(portal, DEAL, { ...fields, leadId: lead.id }, actor);
	return actions.updateItem(portal, LEAD, lead.id, { stageId: 'CONVERTED' }, actor);
}
