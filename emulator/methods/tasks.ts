import type { Task } from '../portal/entities';
import type { Portal } from '../portal/portal';
import { TASK_FIELDS } from '../portal/task-fields';
import { subStatus, upperName, viewTask } from '../portal/task-view';
import {
	AWAITING_CONTROL,
	COMPLETED,
	completeTask,
	createTask,
	DEFERRED,
	deleteTask,
	IN_PROGRESS,
	mayEdit,
	maySee,
	mayWorkOn,
	setStatus,
	updateTask,
	WAITING,
} from '../portal/tasks';
import { compileFilter, type FilterField } from '../rest/filter';
import { family, type RestCall } from '../rest/method';
import { compileOrder } from '../rest/order';
import { pageOf } from '../rest/page';
import { integer, isObject, type PlainObject } from '../rest/params';
import { RestError } from '../rest/rest-error';

/** Tasks (api-reference/tasks/). Every answer holds texts instead of numbers; statuses are 2…6. */
export const taskMethods = family(['task'], {
	/** tasks-task-add.md */
	'tasks.task.add': (call) => answer(call, createTask(call.portal, fieldsOf(call), call.actor)),
	/** tasks-task-get.md: an empty list if the task does not exist or is not accessible. */
	'tasks.task.get': getTask,
	/** tasks-task-list.md */
	'tasks.task.list': listTasks,
	/** tasks-task-update.md: creator or whoever may edit. */
	'tasks.task.update': (call) => {
		const task = taskForAction(call, '0', (one) => mayEdit(call.portal, one, call.user));
		return answer(call, updateTask(call.portal, task, fieldsOf(call), call.actor));
	},
	/** tasks-task-delete.md */
	'tasks.task.delete': (call) => {
		const allowed = (task: Task) => mayEdit(call.portal, task, call.user);
		const task = taskForAction(call, '1048582', allowed, 'No access to delete the task');
		deleteTask(call.portal, task, call.actor);
		return { task: true };
	},
	/** status/tasks-task-start.md */
	'tasks.task.start': (call) => work(call, '0', [WAITING, DEFERRED, COMPLETED], IN_PROGRESS),
	/** status/tasks-task-complete.md: under task control the task waits for its creator's approval. */
	'tasks.task.complete': (call) => {
		const open = (task: Task) => [WAITING, IN_PROGRESS, DEFERRED].includes(task.status);
		const task = taskForAction(call, '0', (one) => mayWorkOn(call.portal, one, call.user) && open(one));
		return answer(call, completeTask(call.portal, task, call.actor));
	},
	/** status/tasks-task-renew.md */
	'tasks.task.renew': (call) => work(call, '1048582', [COMPLETED, DEFERRED, AWAITING_CONTROL], WAITING),
	/** status/tasks-task-defer.md */
	'tasks.task.defer': (call) => work(call, '1048582', [WAITING, IN_PROGRESS], DEFERRED),
	/** tasks-task-approve.md: creator or administrator, for a task that waits for control. */
	'tasks.task.approve': (call) => control(call, COMPLETED),
	/** tasks-task-disapprove.md */
	'tasks.task.disapprove': (call) => control(call, WAITING),
});

function answer(call: RestCall, task: Task): PlainObject {
	return { task: viewTask(call.portal, task, call.user) };
}

function fieldsOf(call: RestCall): PlainObject {
	const fields = call.params.get('fields');
	if (!isObject(fields) || Object.keys(fields).length === 0) {
		throw new RestError('100', 'Could not find value for parameter {fields} (internal error)');
	}
	return fields;
}

function taskId(call: RestCall): number {
	if (!call.params.has('taskId')) {
		throw new RestError(
			'100',
			'CTaskItem All parameters in the constructor must have real class type (internal error)',
		);
	}
	const id = call.params.integer('taskId');
	if (id === undefined) throw new RestError('0', 'wrong task id');
	return id;
}

/** The task, if it exists, is visible and the action is allowed; otherwise the documented error of the method. */
function taskForAction(
	call: RestCall,
	code: string,
	allowed: (task: Task) => boolean,
	text = 'Action on the task is not allowed',
): Task {
	const task = call.portal.tasks.get(taskId(call));
	if (!task || !maySee(call.portal, task, call.user) || !allowed(task)) throw new RestError(code, text);
	return task;
}

function work(call: RestCall, code: string, from: number[], to: number): PlainObject {
	const allowed = (task: Task) => mayWorkOn(call.portal, task, call.user) && from.includes(task.status);
	return answer(call, setStatus(call.portal, taskForAction(call, code, allowed), to, call.actor));
}

function control(call: RestCall, to: number): PlainObject {
	const allowed = (task: Task) =>
		task.status === AWAITING_CONTROL && (call.user.admin || task.createdBy === call.user.id);
	return answer(call, setStatus(call.portal, taskForAction(call, '1048582', allowed), to, call.actor));
}

function selection(call: RestCall): string[] | undefined {
	const select = call.params.list('select');
	return select && select.length > 0 ? select.map(String) : undefined;
}

function getTask(call: RestCall): unknown {
	const task = call.portal.tasks.get(taskId(call));
	if (!task || !maySee(call.portal, task, call.user)) return [];
	if (call.params.get('select') !== undefined && !selection(call)) {
		const text = 'Invalid value {} to match with parameter {select}. Should be value of type array. (internal error)';
		throw new RestError('100', text);
	}
	return answerSelected(call, task);
}

function answerSelected(call: RestCall, task: Task): PlainObject {
	return { task: viewTask(call.portal, task, call.user, selection(call)) };
}

/** Names that the documentation allows in `order` beside those of stored fields; all sort by something constant here. */
const CONSTANT_SORTS = [
	'TIME_SPENT_IN_LOGS',
	'FAVORITE',
	'SORTING',
	'IS_PINNED',
	'IS_PINNED_IN_GROUP',
	'STATUS_COMPLETE',
];
const SORTS = [
	...['ID', 'TITLE', 'DATE_START', 'CREATED_DATE', 'CHANGED_DATE', 'CLOSED_DATE', 'ACTIVITY_DATE', 'START_DATE_PLAN'],
	...['END_DATE_PLAN', 'DEADLINE', 'PRIORITY', 'MARK', 'GROUP_ID', 'TIME_ESTIMATE', 'ALLOW_CHANGE_DEADLINE'],
	...['ALLOW_TIME_TRACKING', 'MATCH_WORK_TIME'],
];
const FILTERS = [
	...['ID', 'PARENT_ID', 'GROUP_ID', 'CREATED_BY', 'STATUS_CHANGED_BY', 'PRIORITY', 'RESPONSIBLE_ID', 'TITLE', 'MARK'],
	...['ADD_IN_REPORT', 'DATE_START', 'DEADLINE', 'CREATED_DATE', 'CLOSED_DATE', 'CHANGED_DATE', 'STAGE_ID'],
];

function listTasks(call: RestCall): unknown {
	const { portal, params, user } = call;
	const where = compileFilter(params.object('filter'), {
		field: (name) => filterField(portal, name),
		unknown: () => undefined,
		prefixes: ['', '!', '<', '<=', '>', '>='],
	});
	const orderBy = compileOrder(params.object('order'), (name) => orderExpression(portal, name), 'id DESC');
	const tasks = portal.tasks.select({ where, orderBy }).filter((task) => maySee(portal, task, user));
	const select = selection(call);
	return pageOf(tasks, params.start(), (rows) => ({
		tasks: rows.map((task) => {
			const view = viewTask(portal, task, user, select ?? ['*']);
			delete view.action;
			if (view.status !== undefined) view.subStatus = String(subStatus(portal, task));
			return view;
		}),
	}));
}

function orderExpression(portal: Portal, name: string): string | undefined {
	const upper = upperName(name);
	if (upper === 'REAL_STATUS') return portal.tasks.expression('status');
	if (upper === 'CREATED_BY_LAST_NAME') return lastName('createdBy');
	if (upper === 'RESPONSIBLE_LAST_NAME') return lastName('responsibleId');
	if (CONSTANT_SORTS.includes(upper)) return undefined;
	const field = SORTS.includes(upper) ? TASK_FIELDS.find((one) => one.upper === upper) : undefined;
	if (!field) throw new RestError('0', 'Invalid sorting key (internal error)');
	return portal.tasks.expression(field.name);
}

function lastName(field: string): string {
	return `(SELECT "lastName" FROM "user" WHERE "user".id = task."${field}")`;
}

function filterField(portal: Portal, name: string): FilterField | undefined {
	const upper = upperName(name);
	const { tasks } = portal;
	if (upper === 'REAL_STATUS') return { sql: tasks.expression('status'), read: integer };
	if (upper === 'STATUS') return { sql: overdueStatus(portal), read: integer };
	if (upper === 'UF_CRM_TASK') return { sql: tasks.expression('ufCrmTask'), multiple: true };
	if (upper === 'ACCOMPLICE') return { sql: tasks.expression('accomplices'), multiple: true, read: integer };
	if (upper === 'AUDITOR') return { sql: tasks.expression('auditors'), multiple: true, read: integer };
	const field = FILTERS.includes(upper) ? TASK_FIELDS.find((one) => one.upper === upper) : undefined;
	if (!field) return undefined;
	const sql = tasks.expression(field.name);
	if (field.kind === 'number') return { sql, read: integer };
	if (field.kind !== 'datetime') return { sql };
	return {
		sql,
		read: (value) => {
			const moment = portal.time.parse(value);
			return Number.isNaN(moment) ? undefined : moment;
		},
	};
}

function overdueStatus(portal: Portal): string {
	const deadline = portal.tasks.expression('deadline');
	const open = `"status" NOT IN (${COMPLETED}, ${AWAITING_CONTROL})`;
	return `(CASE WHEN ${deadline} < ${portal.clock.now()} AND ${open} THEN -1 ELSE "status" END)`;
}
