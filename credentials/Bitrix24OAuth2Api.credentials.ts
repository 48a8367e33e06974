import type { ICredentialTestRequest, ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

import { oAuth2PortalTest } from '../nodes/shared/portal/oAuth2PortalTest';
import { portalSettings } from '../nodes/shared/portal/portalSettings';

export class Bitrix24OAuth2Api implements ICredentialType {
	name = 'bitrix24OAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Bitrix24 OAuth2 API';

	icon: Icon = { light: 'file:../icons/bitrix24.svg', dark: 'file:../icons/bitrix24.dark.svg' };

	documentationUrl = 'https://github.com/bitrix24-automation/n8n-nodes-bitrix24-automation#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Portal Address',
			name: 'portalAddress',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://portal.bitrix24.ru',
			description:
				'Address of the portal in which the local application was added. In Bitrix24: Applications → Developer resources → Other → Local application; enter the OAuth Redirect URL from above as its handler.',
		},
		{
			displayName: 'Authorization Server',
			name: 'authorizationServer',
			type: 'options',
			default: 'https://oauth.bitrix24.tech',
			options: [
				{ name: 'Portals in .ru, .by and .kz', value: 'https://oauth.bitrix24.tech' },
				{ name: 'All Other Cloud Portals', value: 'https://oauth.bitrix.info' },
				{ name: 'The Portal Itself', value: 'portal', description: 'For a local test portal' },
			],
			description: 'Where n8n fetches tokens',
		},
		...portalSettings,
		{ displayName: 'Grant Type', name: 'grantType', type: 'hidden', default: 'authorizationCode' },
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: '={{$self["portalAddress"].replace(/\\/+$/, "")}}/oauth/authorize/',
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default:
				'={{$self["authorizationServer"] === "portal" ? $self["portalAddress"].replace(/\\/+$/, "") : $self["authorizationServer"]}}/oauth/token/',
		},
		{ displayName: 'Scope', name: 'scope', type: 'hidden', default: '' },
		{ displayName: 'Auth URI Query Parameters', name: 'authQueryParameters', type: 'hidden', default: '' },
		{ displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'body' },
	];

	test: ICredentialTestRequest = oAuth2PortalTest;
}
