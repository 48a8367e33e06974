import type { INodeProperties } from 'n8n-workflow';

/** What REST does not tell about a portal; the same in both credentials. */
export const portalSettings: INodeProperties[] = [
	{
		displayName: 'Time Zone of the Portal',
		name: 'timeZone',
		type: 'string',
		default: 'Europe/Moscow',
		required: true,
		placeholder: 'e.g. Asia/Yekaterinburg',
		description:
			'IANA name of the zone that working hours and dates of the portal are meant in. Bitrix24 does not tell it over REST. The test compares it with the clock of the portal.',
	},
	{
		displayName: 'Plan',
		name: 'plan',
		type: 'options',
		default: 'standard',
		options: [
			{ name: 'Any Cloud Plan but Enterprise', value: 'standard', description: '2 requests per second, 50 at once' },
			{ name: 'Enterprise', value: 'enterprise', description: '5 requests per second, 250 at once' },
			{ name: 'Self-Hosted', value: 'selfHosted', description: 'Limits are set on the server' },
		],
		description: 'Decides how many requests Bitrix24 accepts from one address',
	},
	{
		displayName: 'Share of the Request Budget (%)',
		name: 'budgetShare',
		type: 'number',
		typeOptions: { minValue: 5, maxValue: 100 },
		default: 100,
		description:
			'How much of it this n8n process may use. Enter 50 when a second process or program calls the same portal from the same address, and so on.',
	},
];
