import type { Emulator } from '../../emulator';
import { closePortals, kinds, openPortal, rest } from './portal-client';

let portal: Emulator;
beforeEach(async () => {
	portal = await openPortal({ seed: 'flowers' });
});
afterEach(closePortals);

const DIRECTOR = 1;
const HEAD_OF_SALES = 2;
const MANAGER = 3;
const OTHER_MANAGER = 4;
const FLORIST = 6;

const add = async (fields: object = {}, as = DIRECTOR) => {
	const base = { TITLE: 'Собрать букет', RESPONSIBLE_ID: MANAGER };
	return (await portal.call('tasks.task.add', { fields: { ...base, ...fields } }, { as })).task;
};
const list = async (params: object, as = DIRECTOR) => (await portal.call('tasks.task.list', params, { as })).tasks;
const ids = (tasks: Array<{ id: string }>) => tasks.map(({ id }) => Number(id));

describe('tasks.task.add (api-reference/tasks/tasks-task-add.md)', () => {
	it('answers texts for numbers and the documented objects', async () => {
		const { body } = await rest(portal, 'tasks.task.add', {
			fields: {
				TITLE: 'A',
				RESPONSIBLE_ID: MANAGER,
				DEADLINE: '2026-01-12T18:00:00+03:00',
				XML_ID: 'key',
				UF_CRM_TASK: ['D_1'],
			},
		});
		const { task } = body.result;
		expect(kinds(task)).toMatchObject({
			id: 'string',
			parentId: 'null',
			title: 'string',
			description: 'string',
			mark: 'null',
			priority: 'string',
			multitask: 'string',
			notViewed: 'string',
			stageId: 'string',
			createdBy: 'string',
			createdDate: 'string',
			responsibleId: 'string',
			statusChangedBy: 'null',
			closedBy: 'null',
			closedDate: 'null',
			deadline: 'string',
			guid: 'string',
			xmlId: 'string',
			commentsCount: 'null',
			timeEstimate: 'string',
			status: 'string',
			groupId: 'string',
			auditors: 'array',
			accomplices: 'array',
			group: 'array',
			creator: 'object',
			responsible: 'object',
			accomplicesData: 'array',
			auditorsData: 'array',
			newCommentsCount: 'number',
			action: 'object',
		});
		expect(task).toMatchObject({ status: '2', xmlId: 'key', deadline: '2026-01-12T18:00:00+03:00' });
		expect(Object.keys(task.responsible)).toEqual(['id', 'name', 'link', 'icon', 'workPosition']);
		expect(task).not.toHaveProperty('ufCrmTask');
	});

	it.each([
		[{ RESPONSIBLE_ID: MANAGER }, 'Task title is not specified<br>'],
		[{ TITLE: 'A' }, 'Responsible person is not specified<br>'],
		[{ TITLE: 'A', RESPONSIBLE_ID: 999 }, 'User specified in the "Responsible" field not found<br>'],
		[{ TITLE: 'A', RESPONSIBLE_ID: 1, STATUS: 9 }, 'Incorrect status<br>'],
	])('refuses %j', async (fields, error_description) => {
		const { status, body } = await rest(portal, 'tasks.task.add', { fields });
		expect([status, body]).toEqual([400, { error: 'ERROR_CORE', error_description }]);
	});

	it('answers error 100 without fields', async () => {
		expect((await rest(portal, 'tasks.task.add', {})).body.error).toBe('100');
	});
});

describe('tasks.task.get (api-reference/tasks/tasks-task-get.md)', () => {
	it('shows links to the CRM only when one of the three fields is selected', async () => {
		const { id } = await add({ UF_CRM_TASK: ['D_7', 'C_2'] });
		expect((await portal.call('tasks.task.get', { taskId: id })).task).not.toHaveProperty('ufCrmTask');
		const { task } = await portal.call('tasks.task.get', { taskId: id, select: ['ID', 'UF_MAIL_MESSAGE'] });
		expect(task).toMatchObject({ id, ufCrmTask: ['D_7', 'C_2'], ufMailMessage: null });
		expect(task).not.toHaveProperty('title');
	});

	it('answers an empty list for a task that is absent or foreign', async () => {
		const { id } = await add({}, HEAD_OF_SALES);
		expect((await rest(portal, 'tasks.task.get', { taskId: 999 })).body.result).toEqual([]);
		expect(await portal.call('tasks.task.get', { taskId: id }, { as: FLORIST })).toEqual([]);
		expect((await rest(portal, 'tasks.task.get', { taskId: 'x' })).body.error).toBe('0');
		expect((await rest(portal, 'tasks.task.get', {})).body.error).toBe('100');
	});
});

describe('tasks.task.list (api-reference/tasks/tasks-task-list.md)', () => {
	it('filters by real status, links to the CRM and completion date', async () => {
		const first = await add({ UF_CRM_TASK: ['D_1'] });
		const second = await add({ UF_CRM_TASK: ['D_2', 'L_1'] });
		await portal.act.completeTask({ as: MANAGER, id: Number(second.id) });
		expect(ids(await list({ filter: { UF_CRM_TASK: 'D_1' } }))).toEqual([Number(first.id)]);
		expect(ids(await list({ filter: { UF_CRM_TASK: 'L_1', REAL_STATUS: 5 } }))).toEqual([Number(second.id)]);
		expect(ids(await list({ filter: { '!REAL_STATUS': 5 } }))).toEqual([Number(first.id)]);
		expect(ids(await list({ filter: { '>=CLOSED_DATE': '2026-01-12T09:00:00+03:00' } }))).toEqual([Number(second.id)]);
		expect(await list({ filter: { '>CLOSED_DATE': '2026-01-12T10:00:00+03:00' } })).toEqual([]);
		expect(ids(await list({ filter: { '>ID': first.id }, select: ['ID'] }))).toEqual([Number(second.id)]);
	});

	it('tells overdue tasks by STATUS -1', async () => {
		const late = await add({ DEADLINE: '2026-01-12T08:00:00+03:00' });
		await add({ DEADLINE: '2026-01-13T08:00:00+03:00' });
		expect(ids(await list({ filter: { STATUS: -1 } }))).toEqual([Number(late.id)]);
		expect((await list({ filter: { ID: late.id }, select: ['STATUS'] }))[0]).toMatchObject({
			status: '2',
			subStatus: '-1',
		});
	});

	it('cannot filter by XML_ID, but answers it', async () => {
		await add({ XML_ID: 'a' });
		await add({ XML_ID: 'b' });
		const tasks = await list({ filter: { XML_ID: 'a' }, select: ['ID', 'XML_ID'] });
		expect(tasks.map(({ xmlId }: { xmlId: string }) => xmlId)).toEqual(['b', 'a']);
	});

	it('sorts by documented keys only, newest first by default', async () => {
		await add({ TITLE: 'B' });
		await add({ TITLE: 'A' });
		expect(ids(await list({}))).toEqual([2, 1]);
		expect((await list({ order: { TITLE: 'asc' } }))[0].title).toBe('A');
		const { body } = await rest(portal, 'tasks.task.list', { order: { NONSENSE: 'asc' } });
		expect(body).toEqual({ error: '0', error_description: 'Invalid sorting key (internal error)' });
	});

	it('shows administrators everything, heads their employees, others their own', async () => {
		await add({ RESPONSIBLE_ID: MANAGER });
		await add({ RESPONSIBLE_ID: FLORIST });
		expect(await list({})).toHaveLength(2);
		expect(ids(await list({}, HEAD_OF_SALES))).toEqual([1]);
		expect(await list({}, OTHER_MANAGER)).toEqual([]);
		expect(ids(await list({}, FLORIST))).toEqual([2]);
	});
});

describe('statuses of tasks (api-reference/tasks/status/)', () => {
	it('tasks-task-complete.md: sets who and when; tasks-task-renew.md clears it', async () => {
		const { id } = await add();
		portal.clock.set('2026-01-12T12:00:00+03:00');
		const { task } = await portal.call('tasks.task.complete', { taskId: id }, { as: MANAGER });
		expect(task).toMatchObject({ status: '5', closedBy: '3', statusChangedBy: '3', changedBy: '3' });
		expect(task.closedDate).toMatch(/^2026-01-12T12:00:\d\d\+03:00$/);
		expect(task.statusChangedDate).toBe(task.closedDate);
		const renewed = (await portal.call('tasks.task.renew', { taskId: id })).task;
		expect(renewed).toMatchObject({ status: '2', closedDate: null, closedBy: '0' });
	});

	it('tasks-task-complete.md: only who takes part or may edit, and only once', async () => {
		const { id } = await add({ ACCOMPLICES: [FLORIST] });
		const complete = (as: number) => portal.call('tasks.task.complete', { taskId: id }, { as });
		await expect(complete(OTHER_MANAGER)).rejects.toMatchObject({
			code: '0',
			description: 'Action on the task is not allowed',
		});
		expect((await complete(FLORIST)).task.status).toBe('5');
		await expect(complete(DIRECTOR)).rejects.toMatchObject({ code: '0' });
	});

	it('tasks-task-approve.md: under control the creator has the last word', async () => {
		const { id } = await add({ TASK_CONTROL: 'Y' });
		const { task } = await portal.call('tasks.task.complete', { taskId: id }, { as: MANAGER });
		expect(task).toMatchObject({ status: '4', closedDate: null });
		await expect(portal.call('tasks.task.approve', { taskId: id }, { as: MANAGER })).rejects.toMatchObject({
			code: '1048582',
		});
		expect((await portal.call('tasks.task.approve', { taskId: id })).task.status).toBe('5');
	});

	it('tasks-task-start.md and tasks-task-defer.md', async () => {
		const { id } = await add();
		expect((await portal.call('tasks.task.start', { taskId: id })).task.status).toBe('3');
		expect((await portal.call('tasks.task.defer', { taskId: id })).task.status).toBe('6');
	});

	it('tasks-task-update.md and tasks-task-delete.md: the responsible person may not', async () => {
		const { id } = await add();
		const update = (as: number) => portal.call('tasks.task.update', { taskId: id, fields: { TITLE: 'B' } }, { as });
		await expect(update(MANAGER)).rejects.toMatchObject({ code: '0' });
		expect((await update(DIRECTOR)).task.title).toBe('B');
		await expect(portal.call('tasks.task.delete', { taskId: id }, { as: MANAGER })).rejects.toMatchObject({
			code: '1048582',
		});
		expect(await portal.call('tasks.task.delete', { taskId: id })).toEqual({ task: true });
	});
});

describe('checklists and comments (api-reference/tasks/checklist-item/, comment-item/)', () => {
	it('read their parameters by position', async () => {
		const { id } = await add();
		const added = await rest(portal, 'task.checklistitem.add', { anything: id, whatever: { TITLE: 'Розы' } });
		expect(added.body.result).toEqual(expect.any(Number));
		const swapped = await rest(portal, 'task.checklistitem.add', { FIELDS: { TITLE: 'Розы' }, TASKID: id });
		expect(swapped.body.error_description).toContain('expected to be of type "integer"');
	});

	it('task-checklist-item-get-list.md: documented kinds', async () => {
		const { id } = await add();
		await portal.call('task.checklistitem.add', { TASKID: id, FIELDS: { TITLE: 'Сборка', PARENT_ID: 0 } });
		await portal.call('task.checklistitem.add', { TASKID: id, FIELDS: { TITLE: 'Розы', IS_COMPLETE: 'Y' } });
		const [root, item] = await portal.call('task.checklistitem.getlist', { TASKID: id });
		expect(root).toMatchObject({ PARENT_ID: 0, TITLE: 'Сборка', MEMBERS: [], ATTACHMENTS: [], TOGGLED_DATE: '' });
		expect(item).toMatchObject({ PARENT_ID: root.ID, TITLE: 'Розы', IS_COMPLETE: 'Y', TASK_ID: id, TOGGLED_BY: null });
	});

	it('fields.md: a changed task answers its checklists as a map and as a tree', async () => {
		const { id } = await add();
		await portal.call('task.checklistitem.add', { TASKID: id, FIELDS: { TITLE: 'Розы' } });
		const { task } = await portal.call('tasks.task.update', { taskId: id, fields: { TITLE: 'B' } });
		const [root, item] = Object.values<{ id: string; title: string; parentId: unknown }>(task.checklist);
		expect([root.parentId, item.title, item.parentId]).toEqual([0, 'Розы', root.id]);
		expect(task.checkListTree.descendants[0].descendants[0].fields.title).toBe('Розы');
		expect(task.checkListCanAdd).toBe(true);
	});

	it('task-comment-item-add.md: a number, and it counts', async () => {
		const { id } = await add();
		const params = { TASKID: id, FIELDS: { POST_MESSAGE: 'Готово' } };
		expect(await portal.call('task.commentitem.add', params)).toEqual(expect.any(Number));
		expect((await portal.call('tasks.task.get', { taskId: id })).task.commentsCount).toBe('1');
		const empty = await rest(portal, 'task.commentitem.add', { TASKID: id, FIELDS: { AUTHOR_ID: 1 } });
		expect(empty.body.error_description).toBe('Comment text is not specified<br>');
	});
});
