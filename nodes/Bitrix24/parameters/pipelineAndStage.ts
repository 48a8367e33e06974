import type { INodeProperties } from 'n8n-workflow';

import { pipelineLocator, stageLocator } from '../../shared/portal/locators';
import { findPipeline, findStage, type Stage } from '../../shared/portal/pipelines';
import type { OperationRun } from '../operationRun';

export const pipelineProperty: INodeProperties = {
	...pipelineLocator,
	description: 'Left empty, the pipeline in which the item stands, or the default one for a new item. Leads have none.',
};

export const stageProperty: INodeProperties = stageLocator;

/** The number of the chosen pipeline; undefined when none is chosen. */
export async function chosenPipeline(run: OperationRun, entityTypeId: number): Promise<number | undefined> {
	const wanted = run.text('pipeline');
	return wanted === '' ? undefined : (await findPipeline(run.portal, entityTypeId, wanted)).id;
}

export async function chosenStage(run: OperationRun, entityTypeId: number, pipelineId: number): Promise<Stage> {
	return await findStage(run.portal, entityTypeId, pipelineId, run.requiredText('stage', 'Stage'));
}
