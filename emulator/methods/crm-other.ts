import type { TimelineComment } from '../portal/entities';
import { entityTypeByName, itemsOf } from '../portal/crm/entity-types';
import { family, type RestCall } from '../rest/method';
import { compileOrder } from '../rest/order';
import { readPage } from '../rest/page';
import { integer, isObject, type PlainObject } from '../rest/params';
import { ForcedObject } from '../rest/php-json';
import { RestError } from '../rest/rest-error';

/** Comments in the timeline, and the mode of the CRM (api-reference/crm/). */
export const crmOtherMethods = family(['crm'], {
	/** crm-settings-mode-get.md: 1 = with leads, 2 = simple CRM. */
	'crm.settings.mode.get': (call) => (call.portal.switches.simpleCrm ? 2 : 1),
	/** timeline/comments/crm-timeline-comment-add.md: the key `fields` counts in lower case only. */
	'crm.timeline.comment.add': addComment,
	/** timeline/comments/crm-timeline-comment-list.md: ENTITY_ID and ENTITY_TYPE are obligatory in the filter. */
	'crm.timeline.comment.list': listComments,
});

function addComment(call: RestCall): number {
	const { portal, params } = call;
	const fields = params.raw.fields;
	if (!isObject(fields)) throw new RestError(100, 'Could not find value for parameter {fields}');
	const entityId = integer(fields.ENTITY_ID);
	const type = entityTypeByName(String(fields.ENTITY_TYPE ?? ''));
	if (entityId === undefined || !type || !itemsOf(portal, type.id).get(entityId)) {
		throw new RestError('OWNER_NOT_FOUND', 'Owner was not found');
	}
	const comment = String(fields.COMMENT ?? '');
	if (!comment.trim()) throw new RestError('INVALID_ARG_VALUE', 'Empty comment');
	const added = portal.timelineComments.insert({
		entityType: type.name.toLowerCase(),
		entityId,
		created: portal.time.now(),
		comment,
		authorId: call.user.id,
	});
	portal.events.emit('ONCRMTIMELINECOMMENTADD', { ID: added.id }, call.user.id);
	return added.id;
}

const SORTS: Record<string, string> = { ID: 'id', CREATED: 'created', AUTHOR_ID: 'authorId' };

function listComments(call: RestCall): unknown {
	const { portal, params } = call;
	const { timelineComments } = portal;
	const filter = params.object('filter');
	const entityId = integer(filter.ENTITY_ID ?? filter['=ENTITY_ID']);
	const entityType = String(filter.ENTITY_TYPE ?? filter['=ENTITY_TYPE'] ?? '').toLowerCase();
	if (entityId === undefined || !entityTypeByName(entityType)) throw new RestError('', 'Access denied.');
	const where = { sql: '"entityType" = ? AND "entityId" = ?', values: [entityType, entityId] };
	const orderBy = compileOrder(params.object('order'), (name) =>
		SORTS[name] ? timelineComments.expression(SORTS[name]) : undefined,
	);
	const select = (params.list('select') ?? []).map(String);
	return readPage(timelineComments, { where, orderBy, start: params.start() }, (rows) =>
		rows.map((row) => {
			const full = view(call, row);
			if (select.length === 0) return full;
			return Object.fromEntries(Object.entries(full).filter(([name]) => select.includes(name)));
		}),
	);
}

function view(call: RestCall, row: TimelineComment): PlainObject {
	return {
		ID: String(row.id),
		ENTITY_ID: String(row.entityId),
		ENTITY_TYPE: row.entityType,
		CREATED: call.portal.time.iso(row.created),
		COMMENT: row.comment,
		AUTHOR_ID: String(row.authorId),
		FILES: new ForcedObject(),
	};
}
