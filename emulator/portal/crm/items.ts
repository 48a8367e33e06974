import { isDeepStrictEqual } from 'node:util';

import type { PlainObject } from '../../rest/params';
import { RestError } from '../../rest/rest-error';
import type { CrmItem } from '../entities';
import type { Actor, Portal } from '../portal';
import { DEAL, itemsOf, LEAD, requireEntityType } from './entity-types';
import { standardFields } from './item-fields';
import { readStandardValue, readUserValue } from './item-values';
import { applyMultifields } from './multifields';
import { becomeDealAtOnce } from './simple-crm';
import { HISTORY_CREATED, historyTypeOfMove, recordStage } from './stage-history';
import { findStage, hasStages, semanticsOf, stagesOf } from './stages';
import { userFieldsOf } from './user-fields';

/**
 * Creates an item from fields by their camelCase (standard) and original (user) names; unknown ones are left out silently.
 * Leaves the first row of the stage history and the ADD event. Documented at crm-item-add.md.
 */
export function createItem(portal: Portal, entityTypeId: number, fields: PlainObject, actor: Actor): CrmItem {
	const type = requireEntityType(entityTypeId);
	const now = portal.time.now();
	const changes = readFields(portal, entityTypeId, fields);
	requireMandatory(portal, entityTypeId, changes);
	const draft: CrmItem = {
		...defaults(portal, entityTypeId, actor),
		...changes,
		...linkContacts(changes, []),
		id: portal.store.nextId(itemsOf(portal, entityTypeId).name),
		fm: applyMultifields(portal, [], fields.fm),
		createdTime: now,
		createdBy: actor.userId,
		updatedTime: now,
		updatedBy: actor.userId,
		lastActivityTime: now,
		lastActivityBy: actor.userId,
	};
	if (!draft.title && (entityTypeId === LEAD || entityTypeId === DEAL)) draft.title = `${type.title} #${draft.id}`;
	if (hasStages(entityTypeId)) {
		draft.stageId ??= stagesOf(portal, entityTypeId, Number(draft.categoryId ?? 0))[0]?.statusId;
		settleStage(portal, entityTypeId, draft);
		draft.movedTime = now;
		draft.movedBy = actor.userId;
	}
	// A lead of a known client is a repeated one (crm-lead-add.md).
	if (entityTypeId === LEAD) draft.isReturnCustomer = draft.contactId || draft.companyId ? 'Y' : 'N';
	const item = itemsOf(portal, entityTypeId).insert({ ...draft, ...hasFlags(draft) });
	recordStage(portal, entityTypeId, item, HISTORY_CREATED);
	portal.events.emit(`ONCRM${type.name}ADD`, { FIELDS: { ID: item.id } }, actor.userId);
	if (entityTypeId === LEAD && portal.switches.simpleCrm) {
		return becomeDealAtOnce(portal, item, actor, { createItem, updateItem });
	}
	return item;
}

/**
 * Changes an item. Nothing is saved and no event is sent when no value differs; a change of the pipeline sends
 * ONCRMDEALMOVETOCATEGORY only. Documented at crm-item-update.md.
 */
export function updateItem(
	portal: Portal,
	entityTypeId: number,
	id: number,
	fields: PlainObject,
	actor: Actor,
): CrmItem {
	const type = requireEntityType(entityTypeId);
	const before = requireItem(portal, entityTypeId, id);
	const changes = readFields(portal, entityTypeId, fields);
	const after: CrmItem = { ...before, ...changes, ...linkContacts(changes, before.contactIds) };
	if (fields.fm !== undefined) after.fm = applyMultifields(portal, before.fm, fields.fm);
	if (hasStages(entityTypeId)) {
		const movedOver = after.categoryId !== before.categoryId;
		if (movedOver && changes.stageId === undefined) {
			after.stageId = stagesOf(portal, entityTypeId, Number(after.categoryId))[0]?.statusId;
		}
		settleStage(portal, entityTypeId, after);
	}
	if (isDeepStrictEqual(before, after)) return before;

	after.updatedTime = portal.time.now();
	after.updatedBy = actor.userId;
	const historyType = historyTypeOfMove(before, after);
	if (historyType !== undefined) {
		after.movedTime = portal.time.now();
		after.movedBy = actor.userId;
	}
	Object.assign(after, hasFlags(after));
	itemsOf(portal, entityTypeId).replace(after);
	if (historyType !== undefined) recordStage(portal, entityTypeId, after, historyType);
	if (before.categoryId !== after.categoryId) {
		const data = { ID: id, CATEGORY_ID: after.categoryId, STAGE_ID: after.stageId };
		portal.events.emit('ONCRMDEALMOVETOCATEGORY', { FIELDS: data }, actor.userId);
	} else {
		portal.events.emit(`ONCRM${type.name}UPDATE`, { FIELDS: { ID: id } }, actor.userId);
	}
	return after;
}

/** Deletes an item with its stage history. */
export function deleteItem(portal: Portal, entityTypeId: number, id: number, actor: Actor): void {
	const type = requireEntityType(entityTypeId);
	requireItem(portal, entityTypeId, id);
	itemsOf(portal, entityTypeId).remove(id);
	const history = portal.stageHistory.get(entityTypeId);
	history?.find({ ownerId: id }).forEach((row) => history.remove(row.id));
	portal.events.emit(`ONCRM${type.name}DELETE`, { FIELDS: { ID: id } }, actor.userId);
}

/** Throws NOT_FOUND as crm.item.get does. */
export function requireItem(portal: Portal, entityTypeId: number, id: number | undefined): CrmItem {
	const item = id === undefined ? undefined : itemsOf(portal, entityTypeId).get(id);
	if (!item) throw new RestError('NOT_FOUND', 'Element not found');
	return item;
}

function readFields(portal: Portal, entityTypeId: number, fields: PlainObject): PlainObject {
	const changes: PlainObject = {};
	for (const field of standardFields(entityTypeId)) {
		if (field.readOnly || fields[field.name] === undefined) continue;
		changes[field.name] = readStandardValue(portal, field, fields[field.name]);
	}
	for (const field of userFieldsOf(portal, entityTypeId)) {
		if (fields[field.fieldName] === undefined) continue;
		changes[field.fieldName] = readUserValue(portal, field, fields[field.fieldName]);
	}
	return changes;
}

function requireMandatory(portal: Portal, entityTypeId: number, changes: PlainObject): void {
	for (const field of userFieldsOf(portal, entityTypeId)) {
		const value = changes[field.fieldName];
		if (field.mandatory && (value === undefined || value === null || value === '')) {
			throw new RestError('CRM_FIELD_ERROR_REQUIRED', `Required field "${field.fieldName}" is not filled`);
		}
	}
}

function defaults(portal: Portal, entityTypeId: number, actor: Actor): PlainObject & Pick<CrmItem, 'observers'> {
	const now = portal.time.now();
	const common = { assignedById: actor.userId, opened: 'Y', observers: [] };
	if (entityTypeId === LEAD) {
		return { ...common, companyId: 0, opportunity: 0, currencyId: 'RUB', webformId: 0, isManualOpportunity: 'N' };
	}
	if (entityTypeId !== DEAL) return { ...common, export: 'Y', currencyId: 'RUB' };
	return {
		...common,
		categoryId: 0,
		companyId: 0,
		opportunity: 0,
		taxValue: 0,
		currencyId: 'RUB',
		typeId: 'SALE',
		isManualOpportunity: 'N',
		isRecurring: 'N',
		isReturnCustomer: 'N',
		isRepeatedApproach: 'N',
		begindate: portal.time.startOfDay(now),
		closedate: portal.time.startOfDay(now, 7),
	};
}

/** `contactId` is the first of `contactIds`; whichever was sent decides. */
function linkContacts(changes: PlainObject, known: number[]): { contactIds: number[]; contactId: number } {
	let contactIds = known;
	if (Array.isArray(changes.contactIds)) contactIds = [...new Set(changes.contactIds as number[])];
	else if (changes.contactId !== undefined) contactIds = changes.contactId ? [Number(changes.contactId)] : [];
	return { contactIds, contactId: contactIds[0] ?? 0 };
}

/** Checks the stage against the pipeline and derives what follows from it. */
function settleStage(portal: Portal, entityTypeId: number, item: CrmItem): void {
	const categoryId = Number(item.categoryId ?? 0);
	if (entityTypeId === DEAL && !portal.categories.get(categoryId)) throw fieldNotValid('CATEGORY_ID');
	const stage = findStage(portal, entityTypeId, categoryId, String(item.stageId));
	if (!stage) throw fieldNotValid('STAGE_ID');
	item.stageId = stage.statusId;
	item.stageSemanticId = semanticsOf(stage);
	const final = item.stageSemanticId !== 'P';
	if (entityTypeId === LEAD) item.dateClosed = final ? (item.dateClosed ?? portal.time.now()) : null;
	else {
		item.closed = final ? 'Y' : 'N';
		item.isNew = stage.statusId.endsWith('NEW') ? 'Y' : 'N';
	}
}

function fieldNotValid(name: string): RestError {
	return new RestError('CRM_FIELD_ERROR_VALUE_NOT_VALID', `Invalid value for field "${name}"`);
}

function hasFlags({ fm }: CrmItem): Record<'hasPhone' | 'hasEmail' | 'hasImol', string> {
	const has = (typeId: string) => (fm.some((entry) => entry.typeId === typeId) ? 'Y' : 'N');
	return { hasPhone: has('PHONE'), hasEmail: has('EMAIL'), hasImol: has('IM') };
}
