import type { INodeProperties } from 'n8n-workflow';

import { authenticationProperty } from '../shared/portal/authentication';
import { pipelineLocator, stageLocator } from '../shared/portal/locators';

const forStages = { show: { watch: ['stageEntered'] } };
const forTasks = { show: { watch: ['taskCompleted'] } };

const activeProperty: INodeProperties = {
	displayName: 'Active',
	name: 'active',
	type: 'boolean',
	default: true,
	description:
		'Whether this row is watched. Switch a row off instead of deleting it, so that the outputs below keep their wires.',
};

export const triggerProperties: INodeProperties[] = [
	authenticationProperty,
	{
		displayName: 'Trigger On',
		name: 'watch',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Item Entered a Stage',
				value: 'stageEntered',
				description: 'A lead, deal or another item was created in a stage or moved there',
			},
			{ name: 'Task Completed', value: 'taskCompleted', description: 'Somebody completed a task' },
		],
		default: 'stageEntered',
	},
	{
		displayName: 'Item Type',
		name: 'entityTypeId',
		type: 'options',
		noDataExpression: true,
		displayOptions: forStages,
		options: [
			{ name: 'Deal', value: 2 },
			{ name: 'Invoice', value: 31 },
			{ name: 'Lead', value: 1 },
			{ name: 'Smart Process', value: 0 },
		],
		default: 2,
	},
	{
		displayName: 'Smart Process Number',
		name: 'smartProcessId',
		type: 'number',
		default: 128,
		displayOptions: { show: { watch: ['stageEntered'], entityTypeId: [0] } },
		description: 'The entityTypeId of the smart process, as it stands in the address of its list (…/type/128/…)',
	},
	{
		...pipelineLocator,
		required: true,
		displayOptions: { show: { watch: ['stageEntered'] }, hide: { entityTypeId: [1] } },
	},
	{
		displayName: 'Stages',
		name: 'stages',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Stage',
		default: {},
		displayOptions: forStages,
		description:
			'Each stage gets an output of its own, named after it. Without stages, an entry into any stage of the pipeline leaves through the only output.',
		options: [
			{
				displayName: 'Stage',
				name: 'row',
				values: [
					stageLocator,
					{
						displayName: 'Name of the Output',
						name: 'label',
						type: 'string',
						default: '',
						description: 'Left empty, the name of the stage',
					},
					activeProperty,
				],
			},
		],
	},
	{
		displayName: 'Steps',
		name: 'steps',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Step',
		default: {},
		displayOptions: forTasks,
		description:
			'Only tasks that the named steps of flows have created, an output for each. Without steps, every completed task of the portal.',
		options: [
			{
				displayName: 'Step',
				name: 'row',
				values: [
					{
						displayName: 'Step Name',
						name: 'step',
						type: 'string',
						default: '',
						placeholder: 'e.g. florist-task',
						description: 'As it stands in the Bitrix24 node that creates the task',
					},
					{
						displayName: 'Name of the Output',
						name: 'label',
						type: 'string',
						default: '',
						description: 'Left empty, the name of the step',
					},
					activeProperty,
				],
			},
		],
	},
	{
		displayName: 'Also What Stands There Already',
		name: 'takeOver',
		type: 'boolean',
		default: false,
		description:
			'Whether the first poll after activation also takes what entered in the last 24 hours, as far as no step was done for it. Otherwise only what happens from then on.',
	},
];

/**
 * Outputs of the node, one for each row, by an expression that the editor and the engine evaluate.
 * A stage chosen from the list is named by the name it had then.
 */
export const outputsOfRows = `={{ ((parameters) => {
	const isTask = parameters.watch === 'taskCompleted';
	const rows = ((isTask ? parameters.steps : parameters.stages) || {}).row || [];
	const nameOf = (row) => row.label || (isTask ? row.step : (row.stage && (row.stage.cachedResultName || row.stage.value))) || '';
	return rows.length === 0
		? [{ type: 'main' }]
		: rows.map((row) => ({ type: 'main', displayName: row.active === false ? nameOf(row) + ' (off)' : nameOf(row) }));
})($parameter) }}`;
