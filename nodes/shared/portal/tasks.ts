import { formatStepKey, type StepKey } from '../logic/entry';
import { formatItemReference, type ItemReference } from '../logic/itemReference';
import { refusedByPortal } from '../transport/portalErrors';
import type { Portal } from './portal';

export type Task = Record<string, unknown> & { id: string };

export const TASK_FIELDS = [
	'ID',
	'TITLE',
	'DESCRIPTION',
	'STATUS',
	'PRIORITY',
	'RESPONSIBLE_ID',
	'CREATED_BY',
	'CREATED_DATE',
	'CHANGED_DATE',
	'CLOSED_DATE',
	'CLOSED_BY',
	'DEADLINE',
	'AUDITORS',
	'ACCOMPLICES',
	'GROUP_ID',
	'XML_ID',
	'UF_CRM_TASK',
];

/** Reads one task with its bindings. Docs: api-reference/tasks/tasks-task-get.md */
export async function readTask(portal: Portal, taskId: number): Promise<Task> {
	// A task that is not there answers with an empty list.
	const { task } = await portal.client.call<{ task?: Task }>('tasks.task.get', { taskId, select: TASK_FIELDS });
	if (task === undefined) throw refusedByPortal('tasks.task.get', 'NOT_FOUND', `there is no task ${taskId}`);
	return task;
}

/** Tasks that are bound to an item. Docs: api-reference/tasks/tasks-task-list.md */
export async function tasksOfItem(portal: Portal, item: ItemReference): Promise<Task[]> {
	const { tasks } = await portal.client.call<{ tasks: Task[] }>('tasks.task.list', {
		filter: { UF_CRM_TASK: formatItemReference(item) },
		select: TASK_FIELDS,
		order: { ID: 'desc' },
		start: -1,
	});
	return tasks;
}

/** The task that a step of an entry created, if any. `xmlId` cannot be filtered by the portal, so it is compared here. */
export async function findTaskOfStep(portal: Portal, item: ItemReference, key: StepKey): Promise<Task | undefined> {
	const code = formatStepKey(key.entryId, key.step);
	return (await tasksOfItem(portal, item)).find(({ xmlId }) => xmlId === code);
}

/** Completed tasks carry this status (docs: api-reference/tasks/fields.md). */
export const COMPLETED = '5';
