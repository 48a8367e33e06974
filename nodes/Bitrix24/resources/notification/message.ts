import type { INodeProperties } from 'n8n-workflow';

export const messageProperty: INodeProperties = {
	displayName: 'Message',
	name: 'message',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	required: true,
	placeholder: 'e.g. Заказ собран',
	description: 'BB codes such as [b]bold[/b] and [URL=…]…[/URL] are allowed',
};
