import type { StageHistoryEntry } from '../portal/entities';
import { LEAD } from '../portal/crm/entity-types';
import { compileFilter, joinConditions, type FilterField } from '../rest/filter';
import { family, type RestCall } from '../rest/method';
import { compileOrder } from '../rest/order';
import { readPage } from '../rest/page';
import type { PlainObject } from '../rest/params';
import { RestError } from '../rest/rest-error';

/** Moves through the stages of leads and deals (api-reference/crm/crm-stage-history-list.md). */
export const crmStageHistoryMethods = family(['crm'], {
	/** crm-stage-history-list.md: leads answer STATUS_ID and STATUS_SEMANTIC_ID instead of STAGE_…; numbers are numbers. */
	'crm.stagehistory.list': listHistory,
});

function listHistory(call: RestCall): unknown {
	const { portal, params } = call;
	const entityTypeId = params.integer('entityTypeId');
	const history = portal.stageHistory.get(entityTypeId ?? 0);
	if (!history) {
		const name = entityTypeId === 3 ? 'CONTACT' : entityTypeId === 4 ? 'COMPANY' : String(entityTypeId ?? '');
		throw new RestError('ENTITY_TYPE_NOT_SUPPORTED', `Entity type ${name} is not supported`);
	}
	const number = (value: unknown) => (Number.isFinite(Number(value)) ? Number(value) : undefined);
	const moment = (value: unknown) => {
		const parsed = portal.time.parse(value);
		return Number.isNaN(parsed) ? undefined : parsed;
	};
	const prefix = entityTypeId === LEAD ? 'STATUS' : 'STAGE';
	const stored = (field: string, read?: FilterField['read']): FilterField => ({ sql: history.expression(field), read });
	const fields: Record<string, FilterField> = {
		ID: stored('id', number),
		TYPE_ID: stored('typeId', number),
		OWNER_ID: stored('ownerId', number),
		CREATED_TIME: stored('createdTime', moment),
		[`${prefix}_SEMANTIC_ID`]: stored('semantics'),
		[`${prefix}_ID`]: stored('stageId'),
	};
	if (entityTypeId !== LEAD) fields.CATEGORY_ID = stored('categoryId', number);

	const where = compileFilter(params.object('filter'), {
		field: (name) => fields[name],
		unknown: (name) => {
			throw new RestError('INVALID_ARG_VALUE', `Invalid filter: field '${name}' is not allowed in filter`);
		},
		invalid: (name) => {
			throw new RestError('INVALID_ARG_VALUE', `Invalid filter: field '${name}' has invalid value`);
		},
	});
	const orderBy = compileOrder(params.object('order'), (name, direction) => {
		if (!fields[name]) {
			throw new RestError('INVALID_ARG_VALUE', `Invalid order: field '${name}' is not allowed in order`);
		}
		if (direction !== 'ASC' && direction !== 'DESC') {
			const message = `Invalid order: allowed sort directions are ASC, DESC. But got '${direction}' for field '${name}'`;
			throw new RestError('INVALID_ARG_VALUE', message);
		}
		return fields[name].sql;
	});
	const visible = { sql: `${history.expression('visibleFrom')} <= ?`, values: [portal.clock.now()] };
	const select = (params.list('select') ?? []).map(String);
	const shape = (row: StageHistoryEntry): PlainObject => {
		const full: PlainObject = {
			ID: row.id,
			TYPE_ID: row.typeId,
			OWNER_ID: row.ownerId,
			CREATED_TIME: portal.time.iso(row.createdTime),
			...(entityTypeId === LEAD ? {} : { CATEGORY_ID: row.categoryId }),
			[`${prefix}_SEMANTIC_ID`]: row.semantics,
			[`${prefix}_ID`]: row.stageId,
		};
		if (select.length === 0 || select.includes('*')) return full;
		return Object.fromEntries(Object.entries(full).filter(([name]) => select.includes(name)));
	};
	const conditions = where ? [visible, where] : [visible];
	return readPage(history, { where: joinConditions(conditions), orderBy, start: params.start() }, (rows) => ({
		items: rows.map(shape),
	}));
}
