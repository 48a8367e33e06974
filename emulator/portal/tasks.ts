import { randomUUID } from 'node:crypto';

import { flag, integer, list, type PlainObject } from '../rest/params';
import { RestError } from '../rest/rest-error';
import type { Task, User } from './entities';
import { isHeadOf } from './people';
import type { Actor, Portal } from './portal';
import { TASK_FIELDS } from './task-fields';

export const WAITING = 2;
export const IN_PROGRESS = 3;
export const AWAITING_CONTROL = 4;
export const COMPLETED = 5;
export const DEFERRED = 6;

/** Creates a task from fields by their upper-case names. Documented at tasks-task-add.md. */
export function createTask(portal: Portal, fields: PlainObject, actor: Actor): Task {
	const values = readTaskFields(portal, fields);
	if (!String(values.title ?? '').trim()) throw coreError('Task title is not specified');
	if (!values.responsibleId) throw coreError('Responsible person is not specified');
	checkValues(portal, values);
	const now = portal.time.now();
	const task = portal.tasks.insert({
		parentId: null,
		description: '',
		mark: null,
		priority: 1,
		replicate: 'N',
		groupId: 0,
		stageId: 0,
		deadline: null,
		startDatePlan: null,
		endDatePlan: null,
		xmlId: null,
		allowChangeDeadline: 'N',
		allowTimeTracking: 'N',
		taskControl: 'N',
		addInReport: 'N',
		matchWorkTime: 'N',
		timeEstimate: 0,
		flowId: null,
		ufTaskWebdavFiles: [],
		createdBy: actor.userId,
		status: WAITING,
		auditors: [],
		accomplices: [],
		ufCrmTask: [],
		...(values as Partial<Task> & { title: string; responsibleId: number }),
		guid: `{${randomUUID()}}`,
		createdDate: now,
		changedBy: actor.userId,
		changedDate: now,
		activityDate: now,
		statusChangedBy: null,
		statusChangedDate: now,
		closedBy: null,
		closedDate: null,
		dateStart: null,
	});
	announce(portal, 'ONTASKADD', 'undefined', { ID: task.id }, actor);
	return task;
}

/** Changes fields of a task. Throws the documented errors of tasks-task-update.md. */
export function updateTask(portal: Portal, task: Task, fields: PlainObject, actor: Actor): Task {
	const values = readTaskFields(portal, fields);
	checkValues(portal, values);
	const { status, ...others } = values;
	const changed = saveTask(portal, { ...task, ...others } as Task, actor);
	return typeof status === 'number' && status !== task.status ? setStatus(portal, changed, status, actor) : changed;
}

export function deleteTask(portal: Portal, task: Task, actor: Actor): void {
	portal.tasks.remove(task.id);
	announce(portal, 'ONTASKDELETE', { ID: task.id }, 'undefined', actor);
}

/** Completes a task; with task control the creator still has to approve what somebody else reports as done. */
export function completeTask(portal: Portal, task: Task, actor: Actor): Task {
	const needsApproval = task.taskControl === 'Y' && task.createdBy !== actor.userId;
	return setStatus(portal, task, needsApproval ? AWAITING_CONTROL : COMPLETED, actor);
}

/** Puts a task into a status with all that goes with it: who and when, and the date of completion. */
export function setStatus(portal: Portal, task: Task, status: number, actor: Actor): Task {
	const now = portal.time.now();
	const closed = status === COMPLETED;
	const reopened = (task.status === COMPLETED || task.status === AWAITING_CONTROL) && !closed;
	return saveTask(
		portal,
		{
			...task,
			status,
			statusChangedBy: actor.userId,
			statusChangedDate: now,
			dateStart: status === IN_PROGRESS ? now : task.dateStart,
			closedBy: closed ? actor.userId : reopened ? 0 : task.closedBy,
			closedDate: closed ? now : null,
		},
		actor,
	);
}

function saveTask(portal: Portal, task: Task, actor: Actor): Task {
	const now = portal.time.now();
	const saved = { ...task, changedBy: actor.userId, changedDate: now, activityDate: now };
	portal.tasks.replace(saved);
	announce(portal, 'ONTASKUPDATE', { ID: task.id }, { ID: task.id }, actor);
	return saved;
}

/** Sends an event of a task with the payload of api-reference/tasks/events-tasks/. */
function announce(portal: Portal, name: string, before: unknown, after: unknown, actor: Actor): void {
	const data = {
		FIELDS_BEFORE: before,
		FIELDS_AFTER: after,
		IS_ACCESSIBLE_BEFORE: name === 'ONTASKADD' ? 'N' : 'undefined',
		IS_ACCESSIBLE_AFTER: name === 'ONTASKDELETE' ? 'N' : 'undefined',
	};
	portal.events.emit(name, data, actor.userId);
}

/** Takes part: creator, responsible person or participant (accomplice). */
export function takesPart(task: Task, userId: number): boolean {
	return task.createdBy === userId || task.responsibleId === userId || task.accomplices.includes(userId);
}

/** Administrators see all tasks, heads those of their employees, others their own (tasks-task-list.md). */
export function maySee(portal: Portal, task: Task, user: User): boolean {
	if (user.admin || takesPart(task, user.id) || task.auditors.includes(user.id)) return true;
	return [task.createdBy, task.responsibleId].some((employee) => isHeadOf(portal, user.id, employee));
}

/** May change the task: creator, administrator, or a head of the people in it (tasks-task-update.md). */
export function mayEdit(portal: Portal, task: Task, user: User): boolean {
	if (user.admin || task.createdBy === user.id) return true;
	return [task.createdBy, task.responsibleId].some((employee) => isHeadOf(portal, user.id, employee));
}

/** May complete, start, defer or renew it: whoever may edit, and everybody who takes part (tasks-task-complete.md). */
export function mayWorkOn(portal: Portal, task: Task, user: User): boolean {
	return mayEdit(portal, task, user) || takesPart(task, user.id);
}

function coreError(text: string): RestError {
	return new RestError('ERROR_CORE', `${text}<br>`);
}

function checkValues(portal: Portal, values: PlainObject): void {
	if (values.responsibleId !== undefined && !portal.users.get(Number(values.responsibleId))) {
		throw coreError('User specified in the "Responsible" field not found');
	}
	if (values.parentId && !portal.tasks.get(Number(values.parentId))) {
		throw coreError('Task specified in the "Parent Task" field not found');
	}
	if (values.status !== undefined && ![2, 3, 4, 5, 6].includes(Number(values.status)))
		throw coreError('Incorrect status');
	if (values.title !== undefined && !String(values.title).trim()) throw coreError('Task title is not specified');
}

function readTaskFields(portal: Portal, fields: PlainObject): PlainObject {
	const values: PlainObject = {};
	for (const [name, value] of Object.entries(fields)) {
		const field = TASK_FIELDS.find(({ upper }) => upper === name.toUpperCase());
		if (!field || field.readOnly) continue;
		values[field.name] = readTaskValue(portal, field.kind, value);
	}
	return values;
}

function readTaskValue(portal: Portal, kind: string, value: unknown): unknown {
	switch (kind) {
		case 'number':
			return integer(value) ?? null;
		case 'datetime': {
			const moment = portal.time.parse(value ?? '');
			return Number.isNaN(moment) ? null : moment;
		}
		case 'flag':
			return flag(value) ? 'Y' : 'N';
		case 'users':
			return (list(value) ?? []).map(Number).filter(Number.isInteger);
		case 'texts':
			return (list(value) ?? (value ? [value] : [])).map(String).filter(Boolean);
		default:
			return value === null ? null : String(value);
	}
}
