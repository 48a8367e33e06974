import type { IDataObject } from 'n8n-workflow';

import { formatStepKey, type StepKey } from '../../../shared/logic/entry';
import { once } from '../../../shared/portal/once';
import { Ended, type Operation } from '../../operation';
import type { OperationRun } from '../../operationRun';
import { entityTypeOf, entityTypeProperties } from '../../parameters/crmItem';
import { chosenFields, fieldsProperty } from '../../parameters/fieldValues';
import { chosenPipeline, chosenStage, pipelineProperty, stageProperty } from '../../parameters/pipelineAndStage';
import { stepProperty } from '../../parameters/step';
import { shapeItem } from './crmItemOutput';

// Items made by a step carry its key as their origin, where it can be searched for.
const ORIGINATOR = 'n8n';

type Item = Record<string, unknown>;

export const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create a CRM item',
	description: 'Add a lead, deal, contact, company or another item',
	properties: [
		...entityTypeProperties,
		{
			displayName: 'Title',
			name: 'title',
			type: 'string',
			default: '',
			placeholder: 'e.g. Заказ с сайта',
			description: 'Left empty, the portal chooses one. Contacts take their name from the fields below.',
		},
		pipelineProperty,
		{ ...stageProperty, description: 'Left empty, the first stage' },
		fieldsProperty,
		stepProperty,
	],

	async execute(run) {
		const entityTypeId = entityTypeOf(run);
		const key = run.stepKey();
		const fields = await newItemFields(run, entityTypeId);
		if (key === undefined) return await shapeItem(run.portal, entityTypeId, await add(run, entityTypeId, fields));
		const outcome = await once(run.portal, key, {
			lookUp: async () => await findByOrigin(run, entityTypeId, key),
			act: async () =>
				await add(run, entityTypeId, {
					...fields,
					originatorId: ORIGINATOR,
					originId: formatStepKey(key.entryId, key.step),
				}),
		});
		if (outcome.result === undefined) {
			return new Ended(`The step "${key.step}" was done before, and what it made was deleted since.`);
		}
		return await shapeItem(run.portal, entityTypeId, outcome.result);
	},
};

async function newItemFields(run: OperationRun, entityTypeId: number): Promise<Item> {
	const pipelineId = await chosenPipeline(run, entityTypeId);
	const title = run.text('title');
	return {
		...(title === '' ? {} : { title }),
		...(pipelineId === undefined ? {} : { categoryId: pipelineId }),
		...(run.text('stage') === '' ? {} : { stageId: (await chosenStage(run, entityTypeId, pipelineId ?? 0)).id }),
		...(await chosenFields(run, entityTypeId)),
	};
}

async function add(run: OperationRun, entityTypeId: number, fields: Item): Promise<Item> {
	const { item } = await run.portal.client.call<{ item: IDataObject }>('crm.item.add', {
		entityTypeId,
		fields,
		useOriginalUfNames: 'Y',
	});
	return item;
}

async function findByOrigin(run: OperationRun, entityTypeId: number, key: StepKey): Promise<Item | undefined> {
	const { items } = await run.portal.client.call<{ items: Item[] }>('crm.item.list', {
		entityTypeId,
		filter: { '=originatorId': ORIGINATOR, '=originId': formatStepKey(key.entryId, key.step) },
		order: { id: 'ASC' },
		select: ['*', 'UF_*'],
		useOriginalUfNames: 'Y',
		start: -1,
	});
	return items[0];
}
