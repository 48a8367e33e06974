import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { authenticationProperty } from '../shared/portal/authentication';
import { bitrix24WebhookTest } from '../shared/portal/webhookTest';
import {
	getFields,
	getWritableFields,
	searchPeople,
	searchPipelines,
	searchRoles,
	searchStages,
} from '../shared/portal/listSearch';
import { resourceProperties } from './resources';
import { runOperation } from './router';

export class Bitrix24 implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Bitrix24',
		name: 'bitrix24',
		icon: { light: 'file:../../icons/bitrix24.svg', dark: 'file:../../icons/bitrix24.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Work with items, tasks and notifications of a Bitrix24 portal, each step once',
		defaults: { name: 'Bitrix24' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
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
		properties: [authenticationProperty, ...resourceProperties],
	};

	methods = {
		listSearch: { searchPeople, searchPipelines, searchRoles, searchStages },
		loadOptions: { getFields, getWritableFields },
		credentialTest: { bitrix24WebhookTest },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperation(this);
	}
}
