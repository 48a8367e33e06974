import { DEAL } from '../portal/crm/entity-types';
import { stagesOf } from '../portal/crm/stages';
import type { Portal } from '../portal/portal';

/** Fields that put an item into a stage given by its code (with or without `C{n}:`) or its name. Throws if there is none. */
export function stageByName(
	portal: Portal,
	entityTypeId: number,
	stage: string | undefined,
	pipeline: number | string,
): { stageId: string; categoryId?: number } {
	const categoryId = entityTypeId === DEAL ? pipelineId(portal, pipeline) : 0;
	const stages = stagesOf(portal, entityTypeId, categoryId);
	const found =
		stage === undefined
			? stages[0]
			: stages.find(({ statusId, name }) => [statusId, statusId.replace(/^C\d+:/, ''), name].includes(stage));
	if (!found) throw new Error(`There is no stage "${stage}" in pipeline ${pipeline}`);
	return entityTypeId === DEAL ? { stageId: found.statusId, categoryId } : { stageId: found.statusId };
}

function pipelineId(portal: Portal, pipeline: number | string): number {
	const found = portal.categories.select().find(({ id, name }) => id === Number(pipeline) || name === pipeline);
	if (!found) throw new Error(`There is no pipeline "${pipeline}"`);
	return found.id;
}
