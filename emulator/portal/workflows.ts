import { RestError } from '../rest/rest-error';
import { entityTypeByName, itemsOf } from './crm/entity-types';
import { firstPhone } from './crm/multifields';
import type { CrmItem, WorkflowTemplate } from './entities';
import type { Portal } from './portal';

/**
 * Runs a template on a document: its step sends an SMS with the text of the parameter to the document's client. A client without
 * a phone gets nothing, the workflow ends all the same. Throws the documented errors of bizproc-workflow-start.md.
 */
export function startWorkflow(
	portal: Portal,
	template: WorkflowTemplate,
	documentId: unknown[],
	parameters: Record<string, unknown>,
): void {
	const [moduleId, entity, element] = documentId.map(String);
	const [, name, id] = /^([A-Z]+)_(\d+)$/.exec(element ?? '') ?? [];
	const type = entityTypeByName(name ?? '');
	if (documentId.length !== 3 || !id || !type) throw new RestError('', 'Wrong DOCUMENT_ID!');
	if (moduleId !== 'crm' || !entity) throw new RestError('', 'Incorrect document type!');
	const [, templateEntity, templateType] = template.documentType;
	if (entity !== templateEntity || name !== templateType) {
		throw new RestError('', 'Template type and DOCUMENT_ID mismatch!');
	}
	const item = itemsOf(portal, type.id).get(Number(id));
	if (!item) throw new RestError('', 'Wrong DOCUMENT_ID!');
	const phone = clientPhone(portal, item);
	const text = String(parameters[template.smsTextParameter] ?? '');
	if (!phone || !text) return;
	portal.outbox.addSms({
		phone,
		text,
		documentId: element,
		templateId: template.id,
		time: portal.time.iso(portal.clock.now()),
	});
	portal.store.touch();
}

/** Phone of the item itself, else of its first contact that has one, else of its company. */
function clientPhone(portal: Portal, item: CrmItem): string | undefined {
	const own = firstPhone(item.fm);
	if (own) return own;
	for (const contactId of item.contactIds) {
		const phone = firstPhone(itemsOf(portal, 3).get(contactId)?.fm ?? []);
		if (phone) return phone;
	}
	return item.companyId ? firstPhone(itemsOf(portal, 4).get(Number(item.companyId))?.fm ?? []) : undefined;
}
