import type { IDataObject } from 'n8n-workflow';

import { formatStepKey, type StepKey } from '../../../shared/logic/entry';
import { formatItemReference } from '../../../shared/logic/itemReference';
import { portalMoment } from '../../../shared/logic/portalMoment';
import { once } from '../../../shared/portal/once';
import { shapeTask } from '../../../shared/portal/taskOutput';
import { findTaskOfStep, readTask, type Task } from '../../../shared/portal/tasks';
import { Ended, type Operation } from '../../operation';
import type { OperationRun } from '../../operationRun';
import { chosenRecipient, recipientProperties } from '../../parameters/recipient';
import { stepProperty } from '../../parameters/step';
import { tellEmptyRole } from '../../tellEmptyRole';

export const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create a task',
	description: 'Set somebody a task, bound to the item of the flow',
	properties: [
		{
			displayName: 'Title',
			name: 'title',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Собрать букет',
		},
		{
			displayName: 'Description',
			name: 'description',
			type: 'string',
			typeOptions: { rows: 6 },
			default: '',
			description: 'BB codes such as [b]bold[/b] are allowed',
		},
		...recipientProperties('For', 'has to do the task'),
		{
			displayName: 'Deadline',
			name: 'deadline',
			type: 'string',
			default: '',
			placeholder: 'e.g. 2026-09-24T18:00',
			description: 'ISO date, with an offset or in the zone of the portal. Left empty, the task has none.',
		},
		{
			displayName: 'Bind to the Item of the Flow',
			name: 'bindToItem',
			type: 'boolean',
			default: true,
			description: 'Whether the task shows the item (field "CRM" of the task) and appears in its card',
		},
		stepProperty,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'Created By (Person ID)',
					name: 'createdBy',
					type: 'string',
					default: '',
					description: 'Who appears as the creator. Left out, the owner of the webhook.',
				},
				{
					displayName: 'High Priority',
					name: 'highPriority',
					type: 'boolean',
					default: false,
					description: 'Whether the task gets the flame',
				},
			],
		},
	],

	async execute(run) {
		const key = run.stepKey();
		const recipient = await chosenRecipient(run);
		const fields = newTaskFields(run, recipient.userId);
		if (key === undefined) {
			const task = await add(run, fields);
			await tellEmptyRole(run, recipient, undefined);
			return task;
		}
		const item = run.requireItemReference('A task of a step');
		const outcome = await once(run.portal, key, {
			lookUp: async () => await findTaskOfStep(run.portal, item, key),
			act: async () => await addTask(run, { ...fields, ...boundToStep(run, key) }),
		});
		await tellEmptyRole(run, recipient, key);
		if (outcome.result === undefined) return new Ended(`The task of the step "${key.step}" was deleted by hand.`);
		return await shape(run, outcome.result);
	},
};

function newTaskFields(run: OperationRun, responsibleId: number): IDataObject {
	const { createdBy, highPriority } = run.parameter<{ createdBy?: string; highPriority?: boolean }>('options', {});
	const deadline = run.text('deadline');
	return {
		TITLE: run.requiredText('title', 'Title'),
		DESCRIPTION: run.text('description'),
		RESPONSIBLE_ID: responsibleId,
		...(deadline === '' ? {} : { DEADLINE: deadlineOf(run, deadline) }),
		...(run.parameter('bindToItem', true) ? bindToItem(run) : {}),
		...(createdBy ? { CREATED_BY: Number(createdBy) } : {}),
		...(highPriority ? { PRIORITY: 2 } : {}),
	};
}

function bindToItem(run: OperationRun): IDataObject {
	return { UF_CRM_TASK: [formatItemReference(run.requireItemReference('"Bind to the Item of the Flow"'))] };
}

// A task of a step is found again by its item and this code, so it is always bound.
function boundToStep(run: OperationRun, key: StepKey): IDataObject {
	return { XML_ID: formatStepKey(key.entryId, key.step), ...bindToItem(run) };
}

function deadlineOf(run: OperationRun, text: string): string {
	const moment = portalMoment(text, run.portal.zone);
	if (moment === undefined) {
		throw run.stop(`"${text}" is not a date for "Deadline"`, 'Give an ISO date such as 2026-09-24T18:00.');
	}
	return moment;
}

/** Docs: api-reference/tasks/tasks-task-add.md */
async function addTask(run: OperationRun, fields: IDataObject): Promise<Task> {
	const { task } = await run.portal.client.call<{ task: Task }>('tasks.task.add', { fields });
	return task;
}

async function add(run: OperationRun, fields: IDataObject): Promise<IDataObject> {
	return await shape(run, await addTask(run, fields));
}

/** The answer to adding names no CRM binding, so the task is read once more unless it was looked up. */
async function shape(run: OperationRun, task: Task): Promise<IDataObject> {
	const whole = 'ufCrmTask' in task ? task : await readTask(run.portal, Number(task.id));
	return (await shapeTask(run.portal, whole)) as IDataObject;
}
