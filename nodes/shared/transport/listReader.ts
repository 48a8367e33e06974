import type { Answer, PortalClient } from './portalClient';

/** Rows on one page of any list method (docs: settings/how-to-call-rest-api/list-methods-pecularities.md). */
export const PAGE_SIZE = 50;
const PAGES_PER_BATCH = 50;

/** How a list method names its rows and their ID. */
export interface ListShape {
	method: string;
	/** Key of the rows inside `result`; absent when `result` is the list itself. */
	rowsKey?: string;
	/** ID field as the rows name it. */
	idField: string;
	/** ID field as filter and order name it, when that differs. */
	filterIdField?: string;
}

type Row = Record<string, unknown>;
type Parameters = { filter?: Row; order?: Row } & Row;

/**
 * Reads rows in the order of their IDs, all or the first `limit`. The first page is one call; the following ones travel 50 to a request,
 * each page starting behind the last row of the page before it. Nothing is counted by the portal (docs: settings/performance/huge-data.md).
 */
export async function readById(
	client: PortalClient,
	shape: ListShape,
	parameters: Parameters,
	limit = Infinity,
): Promise<Row[]> {
	const rows: Row[] = [];
	let page = await readPage(client, shape, parameters, undefined);
	rows.push(...page);
	while (page.length === PAGE_SIZE && rows.length < limit) {
		const pages = Math.min(PAGES_PER_BATCH, Math.ceil((limit - rows.length) / PAGE_SIZE));
		page = [];
		for (const next of await readChain(client, shape, parameters, lastId(rows, shape), pages)) {
			page = next;
			rows.push(...page);
			// What follows a short page was asked with an unusable ID.
			if (page.length < PAGE_SIZE) break;
		}
	}
	return limit < rows.length ? rows.slice(0, limit) : rows;
}

/** Reads rows in an order of the caller's, page by page. Rows that change meanwhile may be missed or come twice. */
export async function readByOffset(
	client: PortalClient,
	shape: ListShape,
	parameters: Parameters,
	limit = Infinity,
): Promise<Row[]> {
	const rows: Row[] = [];
	let start: number | undefined = 0;
	while (start !== undefined && rows.length < limit) {
		const answer: Answer = await client.ask(shape.method, { ...parameters, start });
		rows.push(...rowsOf(answer.result, shape));
		start = answer.next;
	}
	return rows.slice(0, limit);
}

async function readPage(
	client: PortalClient,
	shape: ListShape,
	parameters: Parameters,
	after: unknown,
): Promise<Row[]> {
	return rowsOf(await client.call(shape.method, pageParameters(shape, parameters, after)), shape);
}

/** Asks for several pages in one request; each refers to the last row of the page before it. */
async function readChain(
	client: PortalClient,
	shape: ListShape,
	parameters: Parameters,
	after: unknown,
	pages: number,
): Promise<Row[][]> {
	const path = shape.rowsKey === undefined ? '' : `[${shape.rowsKey}]`;
	const chain = Array.from({ length: pages }, (_, index) => ({
		method: shape.method,
		parameters: pageParameters(
			shape,
			parameters,
			index === 0 ? after : `$result[c${index - 1}]${path}[${PAGE_SIZE - 1}][${shape.idField}]`,
		),
	}));
	return (await client.chain(chain)).map((result) => rowsOf(result, shape));
}

function pageParameters(shape: ListShape, { filter, ...parameters }: Parameters, after: unknown): Row {
	const idField = shape.filterIdField ?? shape.idField;
	return {
		...parameters,
		order: { [idField]: 'ASC' },
		filter: after === undefined ? { ...filter } : { ...filter, [`>${idField}`]: after },
		start: -1,
	};
}

function rowsOf(result: unknown, { rowsKey }: ListShape): Row[] {
	const rows = rowsKey === undefined ? result : (result as Row | null)?.[rowsKey];
	return Array.isArray(rows) ? (rows as Row[]) : [];
}

function lastId(rows: Row[], { idField }: ListShape): unknown {
	return rows[rows.length - 1][idField];
}
