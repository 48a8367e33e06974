import type { Emulator } from '../../emulator';
import { closePortals, kinds, openPortal, post, rest } from './portal-client';

let portal: Emulator;
beforeEach(async () => {
	portal = await openPortal({ seed: 'flowers' });
});
afterEach(closePortals);

describe('user.* (api-reference/user/)', () => {
	it('user-get.md: an array with documented kinds and total', async () => {
		const { body } = await rest(portal, 'user.get', { FILTER: { ACTIVE: true } });
		expect(body.total).toBe(8);
		expect(kinds(body.result[0])).toMatchObject({
			ID: 'string',
			ACTIVE: 'boolean',
			NAME: 'string',
			LAST_NAME: 'string',
			EMAIL: 'string',
			DATE_REGISTER: 'string',
			TIME_ZONE: 'string',
			IS_ONLINE: 'string',
			TIMESTAMP_X: 'object',
			WORK_POSITION: 'string',
			UF_DEPARTMENT: 'array',
			USER_TYPE: 'string',
		});
	});

	it('user-get.md: filters, sorts and selects', async () => {
		const names = async (params: object) =>
			(await portal.call('user.get', params)).map((user: { LAST_NAME: string }) => user.LAST_NAME);
		expect(await names({ ID: 3 })).toEqual(['Орлова']);
		expect(await names({ FILTER: { UF_DEPARTMENT: 3 } })).toEqual(['Иванова', 'Кузнецов']);
		const sorted = await names({ FILTER: { '%LAST_NAME': 'ОВА' }, sort: 'LAST_NAME', order: 'DESC' });
		expect(sorted).toEqual(['Соколова', 'Смирнова', 'Орлова', 'Крылова', 'Иванова']);
		expect(await portal.call('user.get', { FILTER: { '@ID': [2] }, select: ['ID'] })).toEqual([{ ID: '2' }]);
	});

	it('user-search.md: by department name and by FIND', async () => {
		const search = async (FILTER: object) => (await portal.call('user.search', { FILTER })).length;
		expect(await search({ UF_DEPARTMENT_NAME: 'цех' })).toBe(2);
		expect(await search({ FIND: 'курьер' })).toBe(1);
		expect(await search({ LAST_NAME: 'петр' })).toBe(1);
	});

	it('user-current.md: one object of the webhook owner', async () => {
		const url = portal.issueWebhook({ userId: 3, scopes: ['user_brief'] });
		const { body } = await post(`${url}user.current`);
		expect(body.result).toMatchObject({ ID: '3', LAST_NAME: 'Орлова', ACTIVE: true });
		expect(body.result).not.toHaveProperty('EMAIL');
	});
});

describe('department.* (api-reference/departments/)', () => {
	it('department-get.md: text IDs, numeric SORT, UF_HEAD where there is one', async () => {
		const { body } = await rest(portal, 'department.get', { sort: 'NAME', order: 'ASC' });
		expect(body.total).toBe(4);
		expect(body.result[0]).toEqual({ ID: '4', NAME: 'Доставка', SORT: 500, PARENT: '1' });
		expect(await portal.call('department.get', { ID: 2 })).toEqual([
			{ ID: '2', NAME: 'Отдел продаж', SORT: 500, PARENT: '1', UF_HEAD: '2' },
		]);
		expect(await portal.call('department.get', { PARENT: 1 })).toHaveLength(3);
	});

	it('department-add.md and department-update.md', async () => {
		const id = await portal.call('department.add', { NAME: 'Склад', PARENT: 1 });
		expect(await portal.call('department.update', { ID: id, UF_HEAD: 3 })).toBe(true);
		expect((await portal.call('department.get', { ID: id }))[0].UF_HEAD).toBe('3');
		const nameless = await rest(portal, 'department.add', { PARENT: 1 });
		expect(nameless.body).toEqual({ error: 'ERROR_CORE', error_description: 'Department name not provided.<br>' });
		const second = await rest(portal, 'department.add', { NAME: 'Вторая компания' });
		expect(second.body.error_description).toContain('only be one top-level department');
		expect((await rest(portal, 'department.update', { ID: 99 })).body.error_description).toBe('Department not found');
	});
});

describe('absences', () => {
	it('im-user-get.md: absent is false or the end of the absence', async () => {
		expect((await portal.call('im.user.get', { ID: 6 })).absent).toBe(false);
		await portal.act.goOnLeave({ userId: 6, from: '2026-01-12T00:00:00+03:00', to: '2026-01-20T00:00:00+03:00' });
		expect((await portal.call('im.user.get', { ID: 6 })).absent).toBe('2026-01-20T00:00:00+03:00');
		portal.clock.set('2026-01-20T00:00:00+03:00');
		expect((await portal.call('im.user.get', { ID: 6 })).absent).toBe(false);
		expect((await rest(portal, 'im.user.get', { ID: 999 })).body.error).toBe('USER_NOT_EXISTS');
		expect((await rest(portal, 'im.user.get', { ID: 0 })).body.error).toBe('ID_EMPTY');
	});

	it('calendar-accessibility-get.md: by user, with dates in the format of the site', async () => {
		await portal.act.goOnLeave({ userId: 6, from: '2026-01-12T00:00:00+03:00', to: '2026-01-20T00:00:00+03:00' });
		const params = { users: [6, 7], from: '2026-01-13', to: '2026-01-13' };
		const result = await portal.call('calendar.accessibility.get', params);
		expect(result['7']).toEqual([]);
		expect(result['6'][0]).toMatchObject({ DATE_FROM: '12.01.2026 00:00:00', ACCESSIBILITY: 'absent' });
		const { body } = await rest(portal, 'calendar.accessibility.get', { users: [6] });
		expect(body).toEqual({
			error: '',
			error_description: 'The required parameter "from" for the method "calendar.accessibility.get" is not set.',
		});
	});

	it('calendar-settings-get.md: times as text, days off as lists', async () => {
		const settings = await portal.call('calendar.settings.get');
		expect(settings).toMatchObject({ work_time_start: '9', work_time_end: '19', week_holidays: ['SA', 'SU'] });
		expect(settings.year_holidays.split(',')).toContain('23.02');
		expect(kinds(settings)).toMatchObject({
			sync_by_push: 'boolean',
			forum_id: 'string',
			denied_superpose_types: 'array',
		});
	});
});

describe('im.* (api-reference/chats/)', () => {
	it('im-notify-system-add.md: a number; a known TAG replaces the earlier notification', async () => {
		const send = (MESSAGE: string) => rest(portal, 'im.notify.system.add', { USER_ID: 3, MESSAGE, TAG: 'order-1' });
		expect((await send(' Первое ')).body.result).toEqual(expect.any(Number));
		await send('Второе');
		expect(portal.outbox().notifications).toEqual([
			expect.objectContaining({ userId: 3, text: 'Второе', method: 'im.notify.system.add', tag: 'order-1' }),
		]);
		expect((await rest(portal, 'im.notify.personal.add', { MESSAGE: 'x' })).body.error).toBe('USER_ID_EMPTY');
		expect((await rest(portal, 'im.notify.personal.add', { USER_ID: 1, MESSAGE: ' ' })).body.error).toBe(
			'MESSAGE_EMPTY',
		);
	});

	it('im-message-add.md', async () => {
		expect(await portal.call('im.message.add', { DIALOG_ID: 'chat5', MESSAGE: 'Привет' })).toEqual(expect.any(Number));
		expect(portal.outbox().messages[0]).toMatchObject({ dialogId: 'chat5', text: 'Привет', fromUserId: 1 });
		expect((await rest(portal, 'im.message.add', { DIALOG_ID: 999, MESSAGE: 'x' })).body.error).toBe('USER_NOT_FOUND');
	});
});
