import type { INodeProperties } from 'n8n-workflow';

import { listFields } from '../../../shared/portal/itemFields';
import { readById } from '../../../shared/transport/listReader';
import type { Operation } from '../../operation';
import type { OperationRun } from '../../operationRun';
import { entityTypeOf, entityTypeProperties } from '../../parameters/crmItem';
import { portalValue } from '../../parameters/fieldValues';
import { chosenPipeline, chosenStage, pipelineProperty, stageProperty } from '../../parameters/pipelineAndStage';
import { shapeItem } from './crmItemOutput';

const OPERATORS = [
	{ name: 'Contains', value: '%' },
	{ name: 'Is', value: '=' },
	{ name: 'Is After or Greater Than', value: '>' },
	{ name: 'Is at Least', value: '>=' },
	{ name: 'Is at Most', value: '<=' },
	{ name: 'Is Before or Less Than', value: '<' },
	{ name: 'Is Not', value: '!=' },
];

const conditions: INodeProperties = {
	displayName: 'Conditions',
	name: 'conditions',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Condition',
	default: {},
	description: 'All of them have to be met',
	options: [
		{
			displayName: 'Condition',
			name: 'condition',
			values: [
				{
					displayName: 'Field Name or ID',
					name: 'name',
					type: 'options',
					typeOptions: { loadOptionsMethod: 'getFields', loadOptionsDependsOn: ['entityTypeId', 'smartProcessId'] },
					default: '',
					description:
						'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
				},
				{ displayName: 'Operator', name: 'operator', type: 'options', options: OPERATORS, default: '=' },
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					description: 'A list value by its label or code. Empty means that the field is empty.',
				},
			],
		},
	],
};

export const getMany: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many CRM items',
	description: 'Read items in the order of their IDs, all or the first ones',
	properties: [
		...entityTypeProperties,
		pipelineProperty,
		{ ...stageProperty, description: 'Left empty, items of every stage' },
		conditions,
		{
			displayName: 'Return All',
			name: 'returnAll',
			type: 'boolean',
			default: false,
			description: 'Whether to return all results or only up to a given limit',
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 50,
			displayOptions: { show: { returnAll: [false] } },
			description: 'Max number of results to return',
		},
	],

	async execute(run) {
		const entityTypeId = entityTypeOf(run);
		const filter = { ...(await stageFilter(run, entityTypeId)), ...(await conditionFilter(run, entityTypeId)) };
		const rows = await readById(
			run.portal.client,
			{ method: 'crm.item.list', rowsKey: 'items', idField: 'id' },
			{ entityTypeId, filter, select: ['*', 'UF_*'], useOriginalUfNames: 'Y' },
			run.parameter<boolean>('returnAll') ? Infinity : run.parameter<number>('limit'),
		);
		return await Promise.all(rows.map(async (row) => await shapeItem(run.portal, entityTypeId, row)));
	},
};

async function stageFilter(run: OperationRun, entityTypeId: number): Promise<Record<string, unknown>> {
	const pipelineId = await chosenPipeline(run, entityTypeId);
	const filter = pipelineId === undefined ? {} : { '=categoryId': pipelineId };
	if (run.text('stage') === '') return filter;
	return { ...filter, '=stageId': (await chosenStage(run, entityTypeId, pipelineId ?? 0)).id };
}

/** Stops on a condition that is not complete, instead of reading everything. */
async function conditionFilter(run: OperationRun, entityTypeId: number): Promise<Record<string, unknown>> {
	const rows = run.parameter<Array<{ name: string; operator: string; value: unknown }>>('conditions.condition', []);
	if (rows.length === 0) return {};
	const fields = await listFields(run.portal, entityTypeId);
	const filter: Record<string, unknown> = {};
	for (const { name, operator, value } of rows) {
		const field = fields.get(name);
		if (field === undefined) {
			throw run.stop(
				name === '' ? 'A condition has no field' : `This kind of item has no field "${name}"`,
				'Choose the field of each condition from the list, or remove the condition.',
			);
		}
		const key = `${operator}${name}`;
		if (key in filter) throw run.stop(`Two conditions ask for "${name}" with the same operator`, 'Join them into one.');
		filter[key] = operator === '%' ? value : portalValue(run, { ...field, isMultiple: false }, value);
	}
	return filter;
}
