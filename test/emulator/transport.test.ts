import qs from 'qs';

import type { Emulator } from '../../emulator';
import { closePortals, kinds, openPortal, post, readAnswer, rest } from './portal-client';

let portal: Emulator;
beforeEach(async () => {
	portal = await openPortal({ seed: 'flowers' });
});
afterEach(closePortals);

const statusOf = async (method: string, base = portal.webhookUrl) => {
	const { status, body } = await post(`${base}${method}`);
	return [status, body.error];
};

describe('addresses and bodies (settings/how-to-call-rest-api/general-principles.md, data-encoding.md)', () => {
	it('takes GET, JSON and forms, with .json, a trailing slash and any case', async () => {
		const query = qs.stringify({ FILTER: { '>ID': 7 }, select: ['ID'] });
		const answers = await Promise.all([
			fetch(`${portal.webhookUrl}user.get?${query}`),
			fetch(`${portal.webhookUrl}user.get.json?${query}`),
			fetch(`${portal.webhookUrl}User.Get/?${query}`),
			fetch(`${portal.webhookUrl}user.get`, {
				method: 'POST',
				headers: { 'content-type': 'application/x-www-form-urlencoded' },
				body: query,
			}),
			fetch(`${portal.webhookUrl}user.get`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ filter: { '>ID': 7 }, SELECT: ['ID'] }),
			}),
		]);
		for (const answer of answers) expect((await readAnswer(answer)).body.result).toEqual([{ ID: '8' }]);
	});

	it('adds the time object to every answer (api-reference/data-types.md)', async () => {
		const { body } = await rest(portal, 'server.time');
		expect(kinds(body.time)).toEqual({
			start: 'number',
			finish: 'number',
			duration: 'number',
			processing: 'number',
			date_start: 'string',
			date_finish: 'string',
			operating_reset_at: 'number',
			operating: 'number',
		});
		expect(body.time.date_start).toMatch(/^2026-01-12T09:00:\d\d\+03:00$/);
		expect(body.time.start).toBeCloseTo(Date.parse('2026-01-12T06:00:00Z') / 1000, -1);
	});
});

describe('system errors (_includes/system-errors.md)', () => {
	it('401 for a wrong code, 404 for an unknown method, 403 without the scope', async () => {
		expect(await statusOf('profile', `${portal.url}/rest/1/wrong/`)).toEqual([401, 'NO_AUTH_FOUND']);
		expect(await statusOf('profile', portal.webhookUrl.replace('/1/', '/2/'))).toEqual([401, 'NO_AUTH_FOUND']);
		expect(await statusOf('profile', `${portal.url}/rest/`)).toEqual([401, 'NO_AUTH_FOUND']);
		expect(await statusOf('crm.nonsense')).toEqual([404, 'ERROR_METHOD_NOT_FOUND']);
		const narrow = portal.issueWebhook({ userId: 3, scopes: ['task'] });
		expect(await statusOf('crm.item.list', narrow)).toEqual([403, 'insufficient_scope']);
		expect(await statusOf('tasks.task.list', narrow)).toEqual([200, undefined]);
		expect((await post(`${narrow}scope`)).body.result).toEqual(['task']);
		expect((await post(`${narrow}profile`)).body.result).toMatchObject({ ID: '3', ADMIN: false });
	});

	it('403 on a portal without REST', async () => {
		portal.switches.set({ restDisabled: true });
		expect(await statusOf('profile')).toEqual([403, 'ACCESS_DENIED']);
	});
});

describe('limits (limits.md)', () => {
	const burst = async (count: number) => {
		const answers = [];
		for (let index = 0; index < count; index += 1) answers.push((await rest(portal, 'server.time')).status);
		return answers.filter((status) => status === 503).length;
	};

	it('lets 50 requests through and two more per second of the portal clock', async () => {
		let now = Date.parse('2026-01-12T06:00:00Z');
		portal = await openPortal({ clock: () => now, limits: 'standard' });
		expect(await burst(52)).toBe(2);
		expect((await rest(portal, 'server.time')).body).toEqual({
			error: 'QUERY_LIMIT_EXCEEDED',
			error_description: 'Too many requests',
		});
		now += 999;
		expect(await burst(1)).toBe(1);
		now += 1;
		expect(await burst(3)).toBe(1);
		await expect(portal.call('server.time')).resolves.toContain('2026-01-12');
	});

	it('is wider for Enterprise and absent when switched off', async () => {
		let now = Date.parse('2026-01-12T06:00:00Z');
		portal = await openPortal({ clock: () => now, limits: 'enterprise' });
		expect(await burst(251)).toBe(1);
		now += 1000;
		expect(await burst(6)).toBe(1);
		portal.switches.set({ limits: 'off' });
		expect(await burst(20)).toBe(0);
	});

	it('blocks a method that used up its operating time, and no other', async () => {
		portal.switches.set({ operatingLimit: 0.3 });
		const add = () => rest(portal, 'crm.item.add', { entityTypeId: 2, fields: {} });
		const sums = [await add(), await add(), await add()].map(({ body }) => body.time.operating);
		expect(sums).toEqual([0.13, 0.26, 0.39]);
		const blocked = await add();
		expect([blocked.status, blocked.body.error]).toEqual([429, 'OPERATION_TIME_LIMIT']);
		const { body } = await rest(portal, 'batch', { cmd: { a: 'crm.item.add?entityTypeId=2', b: 'profile' } });
		expect(body.result.result_error.a.error).toBe('OPERATION_TIME_LIMIT');
		expect(body.result.result.b.ID).toBe('1');
		portal.clock.advance(601_000);
		expect((await add()).status).toBe(200);
	});
});

describe('faults', () => {
	const add = () => rest(portal, 'crm.item.add', { entityTypeId: 2, fields: { title: 'A' } });
	const count = async () => (await portal.call('crm.item.list', { entityTypeId: 2 })).items.length;

	it.each([
		['503', 503, 'QUERY_LIMIT_EXCEEDED'],
		['429', 429, 'OPERATION_TIME_LIMIT'],
		['500', 500, 'INTERNAL_SERVER_ERROR'],
	] as const)('answer %s a given number of times for matching methods only', async (kind, status, error) => {
		portal.faults.set({ method: 'crm.item.*', kind, count: 1, skip: 1 });
		expect((await add()).status).toBe(200);
		expect(await statusOf('profile')).toEqual([200, undefined]);
		const failed = await add();
		expect([failed.status, failed.body.error]).toEqual([status, error]);
		expect((await add()).status).toBe(200);
		expect(await count()).toBe(2);
	});

	it('cut the connection before or after the execution', async () => {
		portal.faults.set([{ kind: 'cutBefore', count: 1 }]);
		await expect(add()).rejects.toThrow();
		expect(await count()).toBe(0);
		portal.faults.set([{ kind: 'cutAfter', count: 1 }]);
		await expect(add()).rejects.toThrow();
		expect(await count()).toBe(1);
		expect(portal.requests.log.map(({ status }) => status)).toEqual([0, 0]);
	});

	it('answer HTML or nothing', async () => {
		portal.faults.set({ kind: 'html' });
		const html = await fetch(`${portal.webhookUrl}profile`);
		expect([html.status, html.headers.get('content-type')]).toEqual([502, 'text/html']);
		portal.faults.set({ kind: 'empty' });
		expect(await (await fetch(`${portal.webhookUrl}profile`)).text()).toBe('');
	});

	it('strike a share of the hits, and single commands of a batch', async () => {
		portal.faults.set({ method: 'profile', kind: '500', share: 0.25 });
		const statuses = [];
		for (let index = 0; index < 8; index += 1) statuses.push((await statusOf('profile'))[0]);
		expect(statuses.filter((status) => status === 500)).toHaveLength(2);
		portal.faults.set({ method: 'profile', kind: '503' });
		const { status, body } = await rest(portal, 'batch', { cmd: { a: 'profile', b: 'server.time' } });
		expect([status, body.result.result_error.a.error]).toEqual([200, 'QUERY_LIMIT_EXCEEDED']);
		expect(body.result.result.b).toContain('2026');
		portal.faults.clear();
		expect((await statusOf('profile'))[0]).toBe(200);
	});

	it('delay the answer', async () => {
		portal.faults.set({ kind: 'delay', delayMs: 150 });
		const before = performance.now();
		await rest(portal, 'profile');
		expect(performance.now() - before).toBeGreaterThan(140);
	});
});
