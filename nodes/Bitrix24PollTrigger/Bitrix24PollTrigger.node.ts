import type { INodeExecutionData, INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';

import { searchPipelines, searchStages } from '../shared/portal/listSearch';
import { bitrix24WebhookTest } from '../shared/portal/webhookTest';
import { chosenWatch } from './chosenWatch';
import { outputsOfRows, triggerProperties } from './properties';
import { runPoll } from './runPoll';

export class Bitrix24PollTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Bitrix24 Poll Trigger',
		name: 'bitrix24PollTrigger',
		icon: { light: 'file:../../icons/bitrix24.svg', dark: 'file:../../icons/bitrix24.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["watch"] === "taskCompleted" ? "task completed" : "item entered a stage" }}',
		description:
			'Starts once for each item that enters a stage, or each completed task; misses nothing and needs no public address',
		defaults: { name: 'Bitrix24 Poll Trigger' },
		polling: true,
		inputs: [],
		outputs: outputsOfRows as INodeTypeDescription['outputs'],
		credentials: [
			{
				name: 'bitrix24WebhookApi',
				required: true,
				displayOptions: { show: { authentication: ['webhook'] } },
				testedBy: 'bitrix24WebhookTest',
			},
			{
				name: 'bitrix24OAuth2Api',
				required: true,
				displayOptions: { show: { authentication: ['oAuth2'] } },
			},
		],
		properties: triggerProperties,
	};

	methods = {
		listSearch: { searchPipelines, searchStages },
		credentialTest: { bitrix24WebhookTest },
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await runPoll(this, () => chosenWatch(this));
	}
}
