import type { Status } from '../portal/entities';
import { DEAL, itemsOf, LEAD } from '../portal/crm/entity-types';
import type { Portal } from '../portal/portal';
import { compileFilter, type FilterField } from '../rest/filter';
import { family, type RestCall } from '../rest/method';
import { compileOrder } from '../rest/order';
import { Page } from '../rest/page';
import { flag, integer, isObject, type PlainObject } from '../rest/params';
import { RestError } from '../rest/rest-error';

/** Dictionaries of the CRM: stages, sources, types (api-reference/crm/status/). Some errors are sentences in `error`. */
export const crmStatusMethods = family(['crm'], {
	/** crm-status-list.md: all matching elements at once, with `total`; numbers as text. */
	'crm.status.list': listStatuses,
	/** crm-status-add.md: stages of a further pipeline get the prefix `C{n}:`. */
	'crm.status.add': addStatus,
	/** crm-status-update.md: NAME, SORT, COLOR. */
	'crm.status.update': (call) => {
		requireAdministrator(call);
		const status = requireStatus(call);
		const fields = call.params.object('fields');
		call.portal.statuses.update(status.id, {
			name: fields.NAME === undefined ? status.name : String(fields.NAME),
			sort: integer(fields.SORT) ?? status.sort,
			color: fields.COLOR === undefined ? status.color : String(fields.COLOR),
		});
		return true;
	},
	/** crm-status-delete.md: system elements need `params[FORCED]=Y`; a stage with items in it stays. */
	'crm.status.delete': deleteStatus,
	/** crm-status-entity-items.md: SORT is a number here. */
	'crm.status.entity.items': (call) => {
		const entityId = call.params.text('entityId');
		if (!entityId) throw sentence('The parameter entityId is not defined or invalid.');
		return call.portal.statuses
			.find({ entityId }, '"sort", id')
			.map(({ name, sort, statusId }) => ({ NAME: name, SORT: sort, STATUS_ID: statusId }));
	},
});

const DICTIONARIES = [
	...[
		'STATUS',
		'SOURCE',
		'CONTACT_TYPE',
		'COMPANY_TYPE',
		'EMPLOYEES',
		'INDUSTRY',
		'DEAL_TYPE',
		'DEAL_STAGE',
		'HONORIFIC',
	],
	...['QUOTE_STATUS', 'CALL_LIST', 'EVENT_TYPE', 'INVOICE_STATUS'],
];

function sentence(text: string): RestError {
	return new RestError(text, text);
}

function requireAdministrator(call: RestCall): void {
	if (!call.user.admin) throw sentence('Access denied.');
}

function requireStatus(call: RestCall): Status {
	const id = call.params.integer('id');
	if (id === undefined || id <= 0) throw sentence('Invalid identifier.');
	const status = call.portal.statuses.get(id);
	if (!status) throw sentence('Status is not found.');
	return status;
}

const FIELDS: Record<string, keyof Status> = {
	ID: 'id',
	ENTITY_ID: 'entityId',
	STATUS_ID: 'statusId',
	NAME: 'name',
	SORT: 'sort',
	CATEGORY_ID: 'categoryId',
	COLOR: 'color',
	SEMANTICS: 'semantics',
};

function listStatuses(call: RestCall): Page {
	const { statuses } = call.portal;
	const number = (value: unknown) => integer(value);
	const field = (name: string): FilterField | undefined => {
		const stored = FIELDS[name];
		if (!stored) return undefined;
		const numeric = ['id', 'sort', 'categoryId'].includes(stored);
		return { sql: statuses.expression(stored), read: numeric ? number : undefined };
	};
	const invalid = () => {
		throw sentence('Invalid parameters.');
	};
	const where = compileFilter(call.params.object('filter'), { field, unknown: invalid });
	const orderBy = compileOrder(call.params.object('order'), (name) => field(name)?.sql);
	const rows = statuses.select({ where, orderBy }).map(view);
	return new Page(rows, rows.length);
}

const EXTRA_SEMANTICS: Record<string, string> = { '': 'process', S: 'success', F: 'failure' };

function view(status: Status): PlainObject {
	const isStage = status.color !== '' || status.entityId.startsWith('DEAL_STAGE') || status.entityId === 'STATUS';
	const apology = status.semantics === 'F' && !/(^|:)(LOSE|JUNK)$/.test(status.statusId);
	return {
		ID: String(status.id),
		ENTITY_ID: status.entityId,
		STATUS_ID: status.statusId,
		NAME: status.name,
		NAME_INIT: status.initialName,
		SORT: String(status.sort),
		SYSTEM: status.system ? 'Y' : 'N',
		CATEGORY_ID: status.categoryId ? String(status.categoryId) : null,
		COLOR: status.color || null,
		SEMANTICS: status.semantics || null,
		...(isStage
			? { EXTRA: { SEMANTICS: apology ? 'apology' : EXTRA_SEMANTICS[status.semantics], COLOR: status.color } }
			: {}),
	};
}

function addStatus(call: RestCall): number {
	requireAdministrator(call);
	const { portal } = call;
	const fields = call.params.get('fields');
	if (!isObject(fields)) throw new RestError('', "Parameter 'fields' must be array.");
	const missing = ['ENTITY_ID', 'STATUS_ID'].filter((name) => !fields[name]);
	if (missing.length > 0) throw new RestError('', missing.map((name) => `The field ${name} is required.`).join(' '));
	const entityId = String(fields.ENTITY_ID);
	const categoryId = categoryOf(portal, entityId);
	if (!String(fields.NAME ?? '').trim()) throw new RestError('', 'The field Title is required.');
	const statusId = withPrefix(String(fields.STATUS_ID), categoryId);
	if (portal.statuses.first({ entityId, statusId })) {
		throw new RestError('ERROR_CORE', 'The specified status ID already exists.');
	}
	const sort = integer(fields.SORT) ?? 10;
	const semantics = fields.SEMANTICS === 'S' || fields.SEMANTICS === 'F' ? fields.SEMANTICS : '';
	const won = portal.statuses.find({ entityId, semantics: 'S' })[0];
	if (categoryId !== undefined && won && semantics !== 'F' && sort > won.sort) {
		const text =
			'Cannot create more stages after the final stage because the final successful stage already exists. ' +
			'Try using sort order values less than that of the final stage.';
		throw new RestError('', text);
	}
	return portal.statuses.insert({
		entityId,
		statusId,
		name: String(fields.NAME),
		initialName: '',
		sort,
		system: false,
		categoryId: categoryId ?? null,
		color: String(fields.COLOR ?? ''),
		semantics,
	}).id;
}

/** Pipeline of a dictionary of deal stages, undefined for all other dictionaries. */
function categoryOf(portal: Portal, entityId: string): number | undefined {
	const pipeline = /^DEAL_STAGE(?:_(\d+))?$/.exec(entityId);
	if (pipeline) {
		const id = Number(pipeline[1] ?? 0);
		if (portal.categories.get(id)) return id;
	} else if (DICTIONARIES.includes(entityId)) return undefined;
	throw new RestError('', 'Specified entity type is not supported.');
}

function withPrefix(statusId: string, categoryId: number | undefined): string {
	const prefix = categoryId ? `C${categoryId}:` : '';
	return statusId.startsWith(prefix) ? statusId : `${prefix}${statusId}`;
}

function deleteStatus(call: RestCall): boolean {
	requireAdministrator(call);
	const status = requireStatus(call);
	const { portal } = call;
	if (status.system && !flag(call.params.object('params').FORCED)) {
		throw sentence('CRM System Status can be deleted only if parameter FORCED is specified and equal to "Y".');
	}
	const type = status.entityId === 'STATUS' ? LEAD : status.entityId.startsWith('DEAL_STAGE') ? DEAL : undefined;
	if (type !== undefined && itemsOf(portal, type).first({ stageId: status.statusId })) {
		throw sentence('There are active items in this status.');
	}
	portal.statuses.remove(status.id);
	return true;
}
