import type { INodeProperties } from 'n8n-workflow';

import { findHead, findPerson } from '../../shared/portal/people';
import type { Portal } from '../../shared/portal/portal';
import { findRoleHolder } from '../../shared/portal/roles';
import type { ItemReference } from '../../shared/logic/itemReference';
import type { OperationRun } from '../operationRun';

/** Who a step is for. `emptyRole` names the role that nobody holds, when the responsible person stands in. */
export interface Recipient {
	userId: number;
	emptyRole?: string;
}

/** Fields to choose a person: the responsible of the flow's item, a role, somebody, or the head of the responsible. */
export function recipientProperties(label: string, verb: string): INodeProperties[] {
	return [
		{
			displayName: label,
			name: 'recipient',
			type: 'options',
			options: [
				{ name: 'Head of the Responsible', value: 'head', description: 'According to the structure of the company' },
				{ name: 'Person', value: 'person' },
				{ name: 'Responsible of the Item', value: 'responsible', description: 'The item that the flow is about' },
				{ name: 'Role', value: 'role', description: 'Who holds it according to the list «Роли сотрудников»' },
			],
			default: 'responsible',
			description: `Who ${verb}`,
		},
		{
			displayName: 'Role',
			name: 'role',
			type: 'resourceLocator',
			default: { mode: 'list', value: '' },
			required: true,
			displayOptions: { show: { recipient: ['role'] } },
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					typeOptions: { searchListMethod: 'searchRoles', searchable: true },
				},
				{ displayName: 'By Code or Name', name: 'code', type: 'string', placeholder: 'e.g. florist' },
			],
		},
		{
			displayName: 'Text if the Role Is Empty',
			name: 'emptyRoleMessage',
			type: 'string',
			typeOptions: { rows: 2 },
			default: '',
			placeholder: 'e.g. Роль «Флорист» никому не назначена',
			displayOptions: { show: { recipient: ['role'] } },
			description:
				'When nobody holds the role, the step goes to the responsible of the item, who also gets this text. Left empty, the node stops with an explanation.',
		},
		{
			displayName: 'Person',
			name: 'person',
			type: 'resourceLocator',
			default: { mode: 'list', value: '' },
			required: true,
			displayOptions: { show: { recipient: ['person'] } },
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					typeOptions: { searchListMethod: 'searchPeople', searchable: true },
				},
				{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 12' },
			],
		},
	];
}

export async function chosenRecipient(run: OperationRun): Promise<Recipient> {
	const kind = run.parameter<string>('recipient');
	if (kind === 'person') return { userId: await chosenPerson(run) };
	if (kind === 'role') return await roleHolder(run);
	const responsible = await responsibleOf(run);
	if (kind === 'responsible') return { userId: responsible };
	const head = await findHead(run.portal, responsible);
	if (head === undefined) {
		throw run.stop(
			`Person ${responsible} has no head in the structure of the company`,
			'Enter a head for his department or one above it in Bitrix24: Company → Structure.',
		);
	}
	return { userId: head };
}

async function chosenPerson(run: OperationRun): Promise<number> {
	const text = run.requiredText('person', 'Person');
	const person = /^[1-9]\d*$/.test(text) ? await findPerson(run.portal, Number(text)) : undefined;
	if (person === undefined) throw run.stop(`The portal has no person ${text}`, 'Choose the person from the list.');
	return person.id;
}

async function roleHolder(run: OperationRun): Promise<Recipient> {
	const role = run.requiredText('role', 'Role');
	const holder = await findRoleHolder(run.portal, role);
	if (holder !== undefined) return { userId: holder };
	if (run.text('emptyRoleMessage') === '') {
		throw run.stop(
			`Nobody holds the role «${role}»`,
			'Enter a person for it in the list «Роли сотрудников», or fill "Text if the Role Is Empty".',
		);
	}
	return { userId: await responsibleOf(run), emptyRole: role };
}

async function responsibleOf(run: OperationRun): Promise<number> {
	return await readResponsible(run.portal, run.requireItemReference('"Responsible of the Item"'));
}

/** The person responsible for an item. Throws NOT_FOUND when the item was deleted. */
export async function readResponsible(portal: Portal, { entityTypeId, id }: ItemReference): Promise<number> {
	const { item } = await portal.client.call<{ item: { assignedById: number } }>('crm.item.get', { entityTypeId, id });
	return Number(item.assignedById);
}
