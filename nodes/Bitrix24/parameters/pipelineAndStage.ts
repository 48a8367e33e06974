import type { INodeProperties } from 'n8n-workflow';

import { findPipeline, findStage, type Stage } from '../../shared/portal/pipelines';
import type { OperationRun } from '../operationRun';

export const pipelineProperty: INodeProperties = {
	displayName: 'Pipeline',
	name: 'pipeline',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'Left empty, the pipeline in which the item stands, or the default one for a new item. Leads have none.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchPipelines', searchable: true },
		},
		{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. Общее' },
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 5' },
	],
};

export const stageProperty: INodeProperties = {
	displayName: 'Stage',
	name: 'stage',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'The code of a stage is the same on every portal that was set up for the vertical, so flows keep it',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchStages', searchable: true },
		},
		{ displayName: 'By Code', name: 'code', type: 'string', placeholder: 'e.g. WON' },
		{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. Доставка' },
	],
};

/** The number of the chosen pipeline; undefined when none is chosen. */
export async function chosenPipeline(run: OperationRun, entityTypeId: number): Promise<number | undefined> {
	const wanted = run.text('pipeline');
	return wanted === '' ? undefined : (await findPipeline(run.portal, entityTypeId, wanted)).id;
}

export async function chosenStage(run: OperationRun, entityTypeId: number, pipelineId: number): Promise<Stage> {
	return await findStage(run.portal, entityTypeId, pipelineId, run.requiredText('stage', 'Stage'));
}
