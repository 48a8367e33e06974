import type { INodeProperties } from 'n8n-workflow';

import type { CredentialType, PortalContext } from '../transport/credentialConnection';

/** The two ways into a portal, the same in every node. */
export const authenticationProperty: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	options: [
		{ name: 'Incoming Webhook', value: 'webhook' },
		{ name: 'OAuth2 (Local Application)', value: 'oAuth2' },
	],
	default: 'webhook',
};

export function credentialOf(context: PortalContext): CredentialType {
	const chosen = context.getNodeParameter('authentication', 0) as string;
	return chosen === 'oAuth2' ? 'bitrix24OAuth2Api' : 'bitrix24WebhookApi';
}
