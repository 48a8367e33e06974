/** How the value of a task field is kept. */
export type TaskFieldKind = 'number' | 'text' | 'datetime' | 'flag' | 'users' | 'texts';

export interface TaskField {
	/** Name in answers. */
	name: string;
	/** Name in requests. */
	upper: string;
	kind: TaskFieldKind;
	readOnly?: boolean;
}

function field(name: string, kind: TaskFieldKind, readOnly = false): TaskField {
	return { name, kind, readOnly, upper: name.replace(/([A-Z])/g, '_$1').toUpperCase() };
}

/** Fields of a task that have a value of their own (api-reference/tasks/fields.md). */
export const TASK_FIELDS: TaskField[] = [
	field('id', 'number', true),
	field('parentId', 'number'),
	field('title', 'text'),
	field('description', 'text'),
	field('mark', 'text'),
	field('priority', 'number'),
	field('replicate', 'flag', true),
	field('stageId', 'number'),
	field('createdBy', 'number'),
	field('createdDate', 'datetime', true),
	field('responsibleId', 'number'),
	field('changedBy', 'number', true),
	field('changedDate', 'datetime', true),
	field('statusChangedBy', 'number', true),
	field('closedBy', 'number', true),
	field('closedDate', 'datetime', true),
	field('activityDate', 'datetime', true),
	field('dateStart', 'datetime', true),
	field('deadline', 'datetime'),
	field('startDatePlan', 'datetime'),
	field('endDatePlan', 'datetime'),
	field('guid', 'text', true),
	field('xmlId', 'text'),
	field('allowChangeDeadline', 'flag'),
	field('allowTimeTracking', 'flag'),
	field('taskControl', 'flag'),
	field('addInReport', 'flag'),
	field('timeEstimate', 'number'),
	field('matchWorkTime', 'flag'),
	field('flowId', 'number'),
	field('status', 'number'),
	field('statusChangedDate', 'datetime', true),
	field('groupId', 'number'),
	field('auditors', 'users'),
	field('accomplices', 'users'),
	field('ufCrmTask', 'texts'),
	field('ufTaskWebdavFiles', 'texts'),
];
