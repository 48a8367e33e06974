import type { PlainObject } from '../rest/params';
import type { Task, User } from './entities';
import { fullName } from './people';
import type { Portal } from './portal';
import { viewChecklists } from './task-checklist-view';
import { TASK_FIELDS, type TaskField } from './task-fields';
import { COMPLETED, IN_PROGRESS, mayEdit, mayWorkOn, AWAITING_CONTROL, DEFERRED } from './tasks';

const CRM_AND_FILES = ['UF_CRM_TASK', 'UF_TASK_WEBDAV_FILES', 'UF_MAIL_MESSAGE'];
const CONSTANT: PlainObject = {
	multitask: 'N',
	notViewed: 'N',
	sprintId: null,
	backlogId: null,
	forkedByTemplateId: null,
	timeSpentInLogs: null,
	forumTopicId: null,
	forumId: null,
	siteId: 's1',
	subordinate: 'Y',
	exchangeModified: null,
	exchangeId: null,
	outlookVersion: '1',
	viewedDate: null,
	sorting: null,
	durationFact: null,
	isMuted: 'N',
	isPinned: 'N',
	isPinnedInGroup: 'N',
	descriptionInBbcode: 'Y',
	durationPlan: null,
	durationType: 'days',
	favorite: 'N',
};

/**
 * A task as tasks.task.* answer it: camelCase names, numbers as text, ISO dates, null for what is unset.
 * `select` holds upper-case names; without it everything comes but the links to CRM and files (api-reference/tasks/fields.md).
 */
export function viewTask(portal: Portal, task: Task, viewer: User, select?: string[]): PlainObject {
	const names = select?.map(upperName);
	const all = !names || names.includes('*');
	const wants = (upper: string) => all || upper === 'ID' || names?.includes(upper) === true;
	const view: PlainObject = {};
	for (const field of TASK_FIELDS) {
		if (field.upper.startsWith('UF_') || field.kind === 'users') continue;
		if (wants(field.upper)) view[field.name] = viewValue(portal, field, task[field.name]);
	}
	for (const [name, value] of Object.entries(CONSTANT)) if (wants(upperName(name))) view[name] = value;
	if (wants('COMMENTS_COUNT')) view.commentsCount = commentsCount(portal, task);
	if (wants('SERVICE_COMMENTS_COUNT')) view.serviceCommentsCount = null;
	if (names?.some((name) => CRM_AND_FILES.includes(name))) {
		view.ufCrmTask = task.ufCrmTask;
		view.ufTaskWebdavFiles = task.ufTaskWebdavFiles;
		view.ufMailMessage = null;
	}
	if (wants('AUDITORS')) {
		view.auditors = task.auditors.map(String);
		view.auditorsData = people(portal, task.auditors);
	}
	if (wants('ACCOMPLICES')) {
		view.accomplices = task.accomplices.map(String);
		view.accomplicesData = people(portal, task.accomplices);
	}
	view.group = [];
	if (wants('CREATED_BY')) view.creator = person(portal, task.createdBy);
	if (wants('RESPONSIBLE_ID')) view.responsible = person(portal, task.responsibleId);
	if (!select) Object.assign(view, { newCommentsCount: 0 }, viewChecklists(portal, task, viewer));
	view.action = actions(portal, task, viewer);
	return view;
}

/** The status with the meta-status "overdue" (-1) of tasks.task.list. */
export function subStatus(portal: Portal, task: Task): number {
	const overdue = typeof task.deadline === 'number' && task.deadline < portal.clock.now();
	return overdue && task.status !== COMPLETED && task.status !== AWAITING_CONTROL ? -1 : task.status;
}

export function upperName(name: string): string {
	return /[a-z]/.test(name) ? name.replace(/([A-Z])/g, '_$1').toUpperCase() : name;
}

function viewValue(portal: Portal, field: TaskField, value: unknown): unknown {
	if (field.kind === 'datetime') return portal.time.isoOrNull(value);
	if (value === null || value === undefined) return null;
	return field.kind === 'number' ? String(value) : value;
}

function commentsCount(portal: Portal, task: Task): string | null {
	const count = portal.taskComments.find({ taskId: task.id }).length;
	return count > 0 ? String(count) : null;
}

function person(portal: Portal, userId: number): PlainObject {
	const user = portal.users.get(userId);
	return {
		id: String(userId),
		name: user ? fullName(user) : '',
		link: `/company/personal/user/${userId}/`,
		icon: '/bitrix/images/tasks/default_avatar.png',
		workPosition: user?.position ?? '',
	};
}

function people(portal: Portal, userIds: number[]): PlainObject {
	return Object.fromEntries(userIds.map((id) => [String(id), person(portal, id)]));
}

function actions(portal: Portal, task: Task, viewer: User): Record<string, boolean> {
	const edit = mayEdit(portal, task, viewer);
	const work = mayWorkOn(portal, task, viewer);
	const done = task.status === COMPLETED || task.status === AWAITING_CONTROL;
	const control = task.status === AWAITING_CONTROL && (viewer.admin || task.createdBy === viewer.id);
	return {
		accept: false,
		decline: false,
		complete: work && !done,
		approve: control,
		disapprove: control,
		start: work && !done && task.status !== IN_PROGRESS,
		pause: work && task.status === IN_PROGRESS,
		delegate: work,
		remove: edit,
		edit,
		defer: work && !done && task.status !== DEFERRED,
		renew: work && (task.status === COMPLETED || task.status === DEFERRED),
		create: true,
		changeDeadline: edit || (work && task.allowChangeDeadline === 'Y'),
		checklistAddItems: work,
		addFavorite: true,
		deleteFavorite: false,
		rate: edit,
		'edit.originator': false,
		'checklist.reorder': work,
		'elapsedtime.add': work,
		'dayplan.timer.toggle': false,
		'edit.plan': edit,
		'checklist.add': work,
		'favorite.add': true,
		'favorite.delete': false,
	};
}
