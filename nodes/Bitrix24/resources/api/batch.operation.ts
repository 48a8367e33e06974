import type { IDataObject } from 'n8n-workflow';

import { PortalError } from '../../../shared/transport/portalErrors';
import type { Operation } from '../../operation';
import { readMethod, readParameters } from './methodParameters';

interface CommandRow {
	name: string;
	method: string;
	parameters: unknown;
}

export const batch: Operation = {
	name: 'Batch',
	value: 'batch',
	action: 'Call several methods at once',
	description: 'Call up to 50 methods in one request',
	properties: [
		{
			displayName: 'Commands',
			name: 'commands',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add Command',
			default: {},
			options: [
				{
					displayName: 'Command',
					name: 'command',
					values: [
						{
							displayName: 'Name',
							name: 'name',
							type: 'string',
							default: '',
							placeholder: 'e.g. deal',
							description: 'Under this name the answer appears in the output',
						},
						{ displayName: 'Method', name: 'method', type: 'string', default: '', placeholder: 'e.g. crm.deal.get' },
						{ displayName: 'Parameters', name: 'parameters', type: 'json', default: '{}' },
					],
				},
			],
			description: 'They do not refer to each other; an answer that the portal refuses appears under "errors"',
		},
	],

	async execute(run) {
		const rows = run.parameter<CommandRow[]>('commands.command', []);
		if (rows.length === 0 || rows.length > 50) {
			throw run.stop(`A batch holds 1 to 50 commands, not ${rows.length}`, 'Spread the commands over several nodes.');
		}
		const commands = rows.map(({ name, method, parameters }, index) => ({
			name: name.trim() || String(index + 1),
			method: readMethod(run, method),
			parameters: readParameters(run, parameters, `Parameters of command ${index + 1}`),
		}));
		const twice = commands.find(({ name }, index) => commands.findIndex((other) => other.name === name) < index);
		if (twice !== undefined)
			throw run.stop(`Two commands are named "${twice.name}"`, 'Give each command its own name.');
		const answers = await Promise.allSettled(
			commands.map(async ({ method, parameters }) => await run.portal.client.ask(method, parameters)),
		);
		const results: IDataObject = {};
		const errors: IDataObject = {};
		for (const [index, answer] of answers.entries()) {
			const { name } = commands[index];
			if (answer.status === 'fulfilled') results[name] = answer.value.result as IDataObject;
			else errors[name] = describe(answer.reason);
		}
		return { results, errors };
	},
};

function describe(reason: unknown): IDataObject {
	if (!(reason instanceof PortalError)) return { message: String(reason) };
	const { code, message, wayOut } = reason;
	return { code, message, wayOut };
}
