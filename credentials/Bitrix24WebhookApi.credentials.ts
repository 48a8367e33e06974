import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { parseWebhookAddress } from '../nodes/shared/logic/webhookAddress';
import { portalSettings } from '../nodes/shared/portal/portalSettings';

export class Bitrix24WebhookApi implements ICredentialType {
	name = 'bitrix24WebhookApi';

	displayName = 'Bitrix24 Webhook API';

	icon: Icon = { light: 'file:../icons/bitrix24.svg', dark: 'file:../icons/bitrix24.dark.svg' };

	documentationUrl = 'https://github.com/bitrix24-automation/n8n-nodes-bitrix24-automation#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Incoming Webhook URL',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. https://portal.bitrix24.ru/rest/1/xxxxxxxxxxxxxxxx/',
			description:
				'In Bitrix24: Applications → Developer resources → Other → Inbound webhook. Use a webhook of an administrator and tick the permissions crm, task, user, department, im, lists, calendar and bizproc. Works for cloud and self-hosted portals.',
		},
		...portalSettings,
		{
			displayName: 'Application Token',
			name: 'applicationToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Only for the Bitrix24 Trigger with an outgoing webhook: the token that Bitrix24 shows beside it. Calls that do not carry it are refused.',
		},
	];

	/** Puts the secret address before the method's name, so that nodes never see it. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const { baseUrl } = parseWebhookAddress(String(credentials.webhookSecret ?? ''));
		return { ...requestOptions, baseURL: baseUrl };
	}
}
