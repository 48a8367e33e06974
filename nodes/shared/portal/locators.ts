import type { INodeProperties } from 'n8n-workflow';

/** Chooses a pipeline, from the list by its name: names are the same on every portal, numbers are not. */
export const pipelineLocator: INodeProperties = {
	displayName: 'Pipeline',
	name: 'pipeline',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
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

/** Chooses a stage, from the list by its code. */
export const stageLocator: INodeProperties = {
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
