import { formatEntryId, parseEntryId, type Entry } from '../logic/entry';
import type { ItemReference } from '../logic/itemReference';
import { stageCode } from '../logic/stageCode';
import { LEAD } from './pipelines';
import type { Portal } from './portal';

/** One row of an item's stage history. Leads name the stage STATUS_ID there. Docs: api-reference/crm/crm-stage-history-list.md */
export interface HistoryRow extends Entry {
	entryId: string;
	stageId: string;
	stageCode: string;
	pipelineId: number;
	/** ISO time with offset. */
	enteredAt: string;
	/** 1 created, 2 moved, 3 into a final stage, 5 into another pipeline. */
	type: number;
}

export function readHistoryRow(entityTypeId: number, row: Record<string, unknown>): HistoryRow {
	const stageId = String((entityTypeId === LEAD ? row.STATUS_ID : row.STAGE_ID) ?? row.STAGE_ID ?? row.STATUS_ID);
	const entry: Entry = { entityTypeId, id: Number(row.OWNER_ID), rowId: Number(row.ID) };
	return {
		...entry,
		entryId: formatEntryId(entry),
		stageId,
		stageCode: stageCode(stageId),
		pipelineId: Number(row.CATEGORY_ID ?? 0),
		enteredAt: String(row.CREATED_TIME),
		type: Number(row.TYPE_ID),
	};
}

/** The item's history, newest row first, at most 50. */
export async function readHistory(portal: Portal, { entityTypeId, id }: ItemReference): Promise<HistoryRow[]> {
	const { items } = await portal.client.call<{ items: Array<Record<string, unknown>> }>('crm.stagehistory.list', {
		entityTypeId,
		filter: { OWNER_ID: id },
		order: { ID: 'DESC' },
		start: -1,
	});
	return items.map((row) => readHistoryRow(entityTypeId, row));
}

/** Why an entry is over, or undefined while the item still stands in it. */
export type EntryEnd = 'left' | 'deleted' | undefined;

/**
 * Whether the item is still in the very same entry: it exists, nothing was written to its history since, and it shows that stage.
 * Coming back to the stage is another entry.
 */
export async function endOfEntry(portal: Portal, entryId: string): Promise<EntryEnd> {
	const entry = parseEntryId(entryId);
	if (entry === undefined) throw new Error(`"${entryId}" is not an entry ID.`);
	const { entityTypeId, id, rowId } = entry;
	const [history, { items }] = await Promise.all([
		readHistory(portal, entry),
		portal.client.call<{ items: Array<Record<string, unknown>> }>('crm.item.list', {
			entityTypeId,
			filter: { '=id': id },
			select: ['id', 'stageId'],
			start: -1,
		}),
	]);
	if (items.length === 0) return 'deleted';
	// A newer row may still be invisible while the item already shows its stage.
	return history[0]?.rowId === rowId && history[0].stageId === String(items[0].stageId) ? undefined : 'left';
}
