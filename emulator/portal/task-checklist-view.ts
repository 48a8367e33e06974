import type { PlainObject } from '../rest/params';
import type { ChecklistItem, Task, User } from './entities';
import type { Portal } from './portal';
import { mayWorkOn } from './tasks';

/** The checklists of a task as tasks.task.* answer them: a map by item, a tree, and whether items can be added (tasks/fields.md). */
export function viewChecklists(portal: Portal, task: Task, viewer: User): PlainObject {
	const items = portal.checklistItems.find({ taskId: task.id });
	const allowed = mayWorkOn(portal, task, viewer);
	return {
		checklist: Object.fromEntries(items.map((item) => [String(item.id), viewItem(portal, item, allowed)])),
		checkListTree: {
			nodeId: 0,
			fields: { ...treeFields(viewer), id: null, parentId: null, createdBy: null, title: '', isComplete: false },
			action: [],
			descendants: branches(items, 0, viewer, allowed),
		},
		checkListCanAdd: allowed,
	};
}

function viewItem(portal: Portal, item: ChecklistItem, allowed: boolean): PlainObject {
	return {
		id: String(item.id),
		taskId: String(item.taskId),
		createdBy: String(item.createdBy),
		parentId: item.parentId === 0 ? 0 : String(item.parentId),
		title: item.title,
		sortIndex: String(item.sortIndex),
		isComplete: item.complete ? 'Y' : 'N',
		isImportant: item.important ? 'Y' : 'N',
		toggledBy: item.toggledBy === null ? null : String(item.toggledBy),
		toggledDate: portal.time.isoOrNull(item.toggledDate),
		ufChecklistFiles: false,
		members: [],
		attachments: [],
		entityId: String(item.taskId),
		action: actions(allowed),
	};
}

function branches(items: ChecklistItem[], parentId: number, viewer: User, allowed: boolean): PlainObject[] {
	return items
		.filter((item) => item.parentId === parentId)
		.map((item) => ({
			nodeId: item.id,
			fields: {
				...treeFields(viewer),
				id: item.id,
				entityId: item.taskId,
				createdBy: item.createdBy,
				parentId: item.parentId,
				title: item.title,
				sortIndex: item.sortIndex,
				isComplete: item.complete,
				isImportant: item.important,
			},
			action: actions(allowed),
			descendants: branches(items, item.id, viewer, allowed),
		}));
}

function treeFields(viewer: User): PlainObject {
	return {
		copiedId: null,
		entityId: null,
		userId: viewer.id,
		sortIndex: null,
		displaySortIndex: '',
		isImportant: false,
		completedCount: 0,
		members: [],
		attachments: [],
	};
}

function actions(allowed: boolean): Record<string, boolean> {
	return { modify: allowed, remove: allowed, toggle: allowed, add: allowed, addAccomplice: allowed };
}
