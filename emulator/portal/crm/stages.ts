import type { Status } from '../entities';
import type { Portal } from '../portal';
import { DEAL, LEAD } from './entity-types';

/** Dictionary that holds the stages: `STATUS` for leads, `DEAL_STAGE` or `DEAL_STAGE_{pipeline}` for deals. */
export function stageDictionary(entityTypeId: number, categoryId: number): string {
	if (entityTypeId === LEAD) return 'STATUS';
	return categoryId === 0 ? 'DEAL_STAGE' : `DEAL_STAGE_${categoryId}`;
}

export function hasStages(entityTypeId: number): boolean {
	return entityTypeId === LEAD || entityTypeId === DEAL;
}

/** Stages of a pipeline in their order. */
export function stagesOf(portal: Portal, entityTypeId: number, categoryId: number): Status[] {
	return portal.statuses.find({ entityId: stageDictionary(entityTypeId, categoryId) }, 'sort, id');
}

export function findStage(
	portal: Portal,
	entityTypeId: number,
	categoryId: number,
	stageId: string,
): Status | undefined {
	return portal.statuses.first({ entityId: stageDictionary(entityTypeId, categoryId), statusId: stageId });
}

/** `P` in work, `S` success, `F` failure. */
export function semanticsOf(stage: Status): 'P' | 'S' | 'F' {
	return stage.semantics || 'P';
}
