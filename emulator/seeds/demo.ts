import { createItem } from '../portal/crm/items';
import { CONTACT, DEAL, LEAD } from '../portal/crm/entity-types';
import type { Portal } from '../portal/portal';
import { DEMO_DEALS, DEMO_LEADS } from './demo-data';
import { seedFlowers, type FlowersOptions } from './flowers';

/** The flower shop with a dozen deals and leads in various stages. */
export function seedDemo(portal: Portal, options: FlowersOptions = {}): void {
	const people = seedFlowers(portal, options);
	const actor = { userId: 1 };
	const categoryId = options.pipelineId ?? 0;
	for (const deal of DEMO_DEALS) {
		const fm = [{ typeId: 'PHONE', valueType: 'MOBILE', value: deal.phone }];
		const contact = createItem(portal, CONTACT, { name: deal.name, lastName: deal.lastName, fm }, actor);
		const client = `${deal.name} ${deal.lastName}, ${deal.phone}`;
		const fields = {
			title: deal.title,
			opportunity: deal.amount,
			isManualOpportunity: 'Y',
			categoryId,
			stageId: categoryId === 0 ? deal.stage : `C${categoryId}:${deal.stage}`,
			assignedById: people.get(deal.manager),
			contactIds: [contact.id],
			sourceId: deal.source,
			UF_CRM_FL_CLIENT: client,
			UF_CRM_FL_BOUQUET: deal.bouquet,
		};
		createItem(portal, DEAL, fields, actor);
	}
	for (const lead of DEMO_LEADS) {
		const fm = [{ typeId: 'PHONE', valueType: 'MOBILE', value: lead.phone }];
		const { title, name, lastName, stage, source } = lead;
		const assignedById = people.get(lead.manager);
		createItem(portal, LEAD, { title, name, lastName, fm, stageId: stage, sourceId: source, assignedById }, actor);
	}
}
