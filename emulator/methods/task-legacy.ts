import type { ChecklistItem, Task } from '../portal/entities';
import { maySee, mayWorkOn } from '../portal/tasks';
import { family, type RestCall } from '../rest/method';
import { flag, integer, isObject, type PlainObject } from '../rest/params';
import { RestError } from '../rest/rest-error';

/**
 * Checklists and comments of tasks (api-reference/tasks/checklist-item/, comment-item/). These methods read their parameters
 * by position, not by name (settings/how-to-call-rest-api/data-encoding.md).
 */
export const taskLegacyMethods = family(['task'], {
	/** task-checklist-item-add.md: PARENT_ID 0 makes a new checklist. */
	'task.checklistitem.add': addChecklistItem,
	/** task-checklist-item-get-list.md: ATTACHMENTS and MEMBERS are lists when empty; PARENT_ID of a root is the number 0. */
	'task.checklistitem.getlist': (call) => {
		const task = taskAt(call, 'ctaskchecklistitem::getlist()');
		if (!maySee(call.portal, task, call.user)) throw failed('Action failed');
		return call.portal.checklistItems.find({ taskId: task.id }).map((item) => view(call, item));
	},
	/** task-comment-item-add.md */
	'task.commentitem.add': addComment,
});

function wrongArguments(text: string): RestError {
	return new RestError('ERROR_CORE', `TASKS_ERROR_EXCEPTION_#256; ${text}; 256/TE/WRONG_ARGUMENTS<br>`);
}

function failed(text: string): RestError {
	return new RestError('ERROR_CORE', `TASKS_ERROR_EXCEPTION_#8; ${text}; 8/TE/ACTION_FAILED_TO_BE_PROCESSED<br>`);
}

function taskAt(call: RestCall, method: string): Task {
	const id = integer(call.params.positional(0));
	if (id === undefined) {
		throw wrongArguments(
			`Param #0 (taskId) for method ${method} expected to be of type "integer", but given something else.`,
		);
	}
	const task = call.portal.tasks.get(id);
	if (!task) throw failed('Action failed');
	return task;
}

function fieldsAt(call: RestCall, method: string): PlainObject {
	const fields = call.params.positional(1);
	if (!isObject(fields) || Object.keys(fields).length === 0) {
		throw wrongArguments(`Param #1 (arFields) expected by method ${method}, but not given.`);
	}
	return fields;
}

function addChecklistItem(call: RestCall): number {
	const { portal } = call;
	const task = taskAt(call, 'ctaskchecklistitem::add()');
	const fields = fieldsAt(call, 'ctaskchecklistitem::add()');
	if (!mayWorkOn(portal, task, call.user)) throw failed('Adding item: action not allowed');
	const title = String(fields.TITLE ?? '').trim();
	if (!title) throw failed('Item name not specified');
	const siblings = portal.checklistItems.find({ taskId: task.id });
	const parent = siblings.find(({ id }) => id === integer(fields.PARENT_ID));
	const root = siblings.find(({ parentId }) => parentId === 0);
	const isRoot = integer(fields.PARENT_ID) === 0 && fields.PARENT_ID !== undefined;
	const add = (parentId: number, text: string) =>
		portal.checklistItems.insert({
			taskId: task.id,
			parentId,
			createdBy: call.user.id,
			title: text,
			sortIndex: integer(fields.SORT_INDEX) ?? siblings.filter((item) => item.parentId === parentId).length,
			complete: flag(fields.IS_COMPLETE),
			important: flag(fields.IS_IMPORTANT),
			toggledBy: null,
			toggledDate: null,
		});
	if (isRoot) return add(0, title).id;
	return add((parent ?? root ?? add(0, 'Чек-лист 1')).id, title).id;
}

function view(call: RestCall, item: ChecklistItem): PlainObject {
	return {
		ID: String(item.id),
		TASK_ID: String(item.taskId),
		PARENT_ID: item.parentId === 0 ? 0 : String(item.parentId),
		CREATED_BY: String(item.createdBy),
		TITLE: item.title,
		SORT_INDEX: String(item.sortIndex),
		IS_COMPLETE: item.complete ? 'Y' : 'N',
		IS_IMPORTANT: item.important ? 'Y' : 'N',
		TOGGLED_BY: item.toggledBy === null ? null : String(item.toggledBy),
		TOGGLED_DATE: item.toggledDate === null ? '' : call.portal.time.iso(item.toggledDate),
		MEMBERS: [],
		ATTACHMENTS: [],
	};
}

function addComment(call: RestCall): number {
	const { portal } = call;
	const task = taskAt(call, 'ctaskcommentitem::add()');
	const fields = fieldsAt(call, 'ctaskcommentitem::add()');
	if (!maySee(portal, task, call.user)) {
		throw new RestError('ERROR_CORE', 'Insufficient permissions to add a comment.<br>');
	}
	const message = String(fields.POST_MESSAGE ?? '').trim();
	if (!message) throw new RestError('ERROR_CORE', 'Comment text is not specified<br>');
	const authorId = integer(fields.AUTHOR_ID) ?? call.user.id;
	return portal.taskComments.insert({ taskId: task.id, authorId, message, created: portal.time.now() }).id;
}
