import type { CrmItem } from '../entities';
import type { Portal } from '../portal';

/** Kinds of rows (api-reference/crm/crm-stage-history-list.md). */
export const HISTORY_CREATED = 1;
export const HISTORY_MOVED = 2;
export const HISTORY_FINISHED = 3;
export const HISTORY_PIPELINE_CHANGED = 5;

/** Writes down that an item stands in the stage it now has. Types without stages have no history. */
export function recordStage(portal: Portal, entityTypeId: number, item: CrmItem, typeId: number): void {
	const now = portal.time.now();
	portal.stageHistory.get(entityTypeId)?.insert({
		typeId,
		ownerId: item.id,
		createdTime: now,
		categoryId: Number(item.categoryId ?? 0),
		semantics: String(item.stageSemanticId),
		stageId: String(item.stageId),
		visibleFrom: portal.clock.now() + portal.switches.stageHistoryLagMs,
	});
}

/** The kind of row for a move from one state to another; undefined if the stage has not changed. */
export function historyTypeOfMove(before: CrmItem, after: CrmItem): number | undefined {
	if (before.categoryId !== after.categoryId) return HISTORY_PIPELINE_CHANGED;
	if (before.stageId === after.stageId) return undefined;
	return after.stageSemanticId === 'P' ? HISTORY_MOVED : HISTORY_FINISHED;
}
