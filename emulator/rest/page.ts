import type { Collection, Condition, Entity } from '../store/collection';

/** Fixed by Bitrix24 for all list methods (settings/how-to-call-rest-api/list-methods-pecularities.md). */
export const PAGE_SIZE = 50;

/** What a list method answers: `result` with its siblings `total` and `next`. */
export class Page {
	constructor(
		readonly result: unknown,
		readonly total: number,
		readonly next?: number,
	) {}
}

export interface PageQuery {
	where?: Condition;
	orderBy?: string;
	/** Rows to skip; -1 = the first page without a count: `total` 0 and no `next` (settings/performance/huge-data.md). */
	start: number;
}

/** Reads one page of a collection; `shape` makes the method's `result` of its rows. */
export function readPage<T extends Entity>(
	collection: Collection<T>,
	query: PageQuery,
	shape: (rows: T[]) => unknown,
): Page {
	const counted = query.start >= 0;
	const offset = counted ? query.start : 0;
	const rows = collection.select({ where: query.where, orderBy: query.orderBy, limit: PAGE_SIZE, offset });
	if (!counted) return new Page(shape(rows), 0);
	const total = collection.count(query.where);
	return new Page(shape(rows), total, offset + PAGE_SIZE < total ? offset + PAGE_SIZE : undefined);
}

/** One page of rows that are already in memory. */
export function pageOf<T>(rows: T[], start: number, shape: (rows: T[]) => unknown = (part) => part): Page {
	if (start < 0) return new Page(shape(rows.slice(0, PAGE_SIZE)), 0);
	const next = start + PAGE_SIZE < rows.length ? start + PAGE_SIZE : undefined;
	return new Page(shape(rows.slice(start, start + PAGE_SIZE)), rows.length, next);
}
