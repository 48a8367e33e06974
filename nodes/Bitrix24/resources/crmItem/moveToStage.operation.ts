import type { Operation } from '../../operation';
import { chosenItem, entityTypeProperties, itemProperty } from '../../parameters/crmItem';
import { chosenPipeline, chosenStage, pipelineProperty, stageProperty } from '../../parameters/pipelineAndStage';
import { readItem, shapeItem } from './crmItemOutput';

export const moveToStage: Operation = {
	name: 'Move to Stage',
	value: 'moveToStage',
	action: 'Move a CRM item to a stage',
	description: 'Change the stage of an item, also to another pipeline',
	properties: [...entityTypeProperties, itemProperty, pipelineProperty, { ...stageProperty, required: true }],

	async execute(run) {
		const reference = chosenItem(run);
		const { entityTypeId, id } = reference;
		const item = await readItem(run.portal, reference);
		const currentPipeline = Number(item.categoryId ?? 0);
		const pipelineId = (await chosenPipeline(run, entityTypeId)) ?? currentPipeline;
		const stage = await chosenStage(run, entityTypeId, pipelineId);
		if (item.stageId === stage.id) return item;
		const { item: moved } = await run.portal.client.call<{ item: Record<string, unknown> }>('crm.item.update', {
			entityTypeId,
			id,
			fields: { stageId: stage.id, ...(pipelineId === currentPipeline ? {} : { categoryId: pipelineId }) },
			useOriginalUfNames: 'Y',
		});
		return await shapeItem(run.portal, entityTypeId, moved);
	},
};
