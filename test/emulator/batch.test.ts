import qs from 'qs';

import type { Emulator } from '../../emulator';
import { closePortals, openPortal, readAnswer, rest } from './portal-client';

let portal: Emulator;
beforeEach(async () => {
	portal = await openPortal({ seed: 'flowers' });
});
afterEach(closePortals);

const batch = async (cmd: unknown, extra: object = {}) => (await rest(portal, 'batch', { cmd, ...extra })).body.result;

describe('batch (settings/how-to-call-rest-api/batch.md)', () => {
	it('answers maps by key; empty maps are lists', async () => {
		const result = await batch({ me: 'profile', people: 'user.get?FILTER[ACTIVE]=Y' });
		expect(result.result.me.ID).toBe('1');
		expect(result.result_total).toEqual({ people: 8 });
		expect(result.result_error).toEqual([]);
		expect(result.result_next).toEqual([]);
		expect(Object.keys(result.result_time)).toEqual(['me', 'people']);
		expect(result.result_time.me).toMatchObject({ date_start: expect.any(String), operating: 0 });
	});

	it('answers lists for the keys 0…n', async () => {
		const result = await batch(['server.time', 'profile']);
		expect(Array.isArray(result.result)).toBe(true);
		expect(result.result[1].ID).toBe('1');
		const gap = await batch({ 0: 'profile', 2: 'profile' });
		expect(Object.keys(gap.result)).toEqual(['0', '2']);
		expect(Array.isArray(gap.result)).toBe(false);
	});

	it('refers to earlier results and sees what earlier commands wrote', async () => {
		const result = await batch({
			add: 'crm.item.add?entityTypeId=2&fields[title]=A',
			get: 'crm.item.get?entityTypeId=2&id=$result[add][item][id]',
			text: 'crm.item.update?entityTypeId=2&id=$result[add][item][id]&fields[title]=№$result[add][item][id] готов',
		});
		expect(result.result.get.item.title).toBe('A');
		expect(result.result.text.item.title).toBe(`№${result.result.add.item.id} готов`);
	});

	it('cuts a reference at the deepest existing level', async () => {
		const cmd = {
			page: 'department.get?PARENT=1',
			next: `im.message.add?DIALOG_ID=chat1&MESSAGE=${encodeURIComponent('x $result[page][49][ID]')}`,
			whole: 'tasks.task.add?fields[TITLE]=t&fields[RESPONSIBLE_ID]=1&fields[AUDITORS]=$result[page][49][ID]',
		};
		await batch(cmd);
		expect(portal.outbox().messages[0].text).toBe('x Array');
	});

	it('keeps errors by key and goes on, or halts', async () => {
		const cmd = { a: 'nonsense', b: 'profile', c: 'batch?cmd[x]=profile' };
		const all = await batch(cmd);
		expect(all.result_error).toEqual({
			a: { error: 'ERROR_METHOD_NOT_FOUND', error_description: 'Method not found!' },
			c: { error: 'ERROR_BATCH_METHOD_NOT_ALLOWED', error_description: 'Method is not allowed for batch usage' },
		});
		expect(Object.keys(all.result)).toEqual(['b']);
		for (const halt of [1, true, '1', 'false'])
			expect(Object.keys((await batch(cmd, { halt })).result_error)).toEqual(['a']);
		for (const halt of [0, false, '0', '']) expect((await batch(cmd, { halt })).result.b.ID).toBe('1');
	});

	it('refuses everything beyond fifty commands', async () => {
		const cmd = Object.fromEntries(Array.from({ length: 52 }, (_, index) => [`c${index}`, 'server.time']));
		const result = await batch(cmd);
		expect(Object.keys(result.result)).toHaveLength(50);
		expect(Object.keys(result.result_error)).toEqual(['c50', 'c51']);
		expect(result.result_error.c50.error).toBe('ERROR_BATCH_LENGTH_EXCEEDED');
	});

	it('takes form bodies and query strings with double encoding (data-encoding.md)', async () => {
		const cmd = { add: `crm.item.add?${qs.stringify({ entityTypeId: 2, fields: { title: 'A & B' } })}` };
		const form = await fetch(`${portal.webhookUrl}batch`, {
			method: 'POST',
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
			body: qs.stringify({ halt: 0, cmd }),
		});
		const query = await fetch(`${portal.webhookUrl}batch.json?${qs.stringify({ cmd })}`);
		for (const response of [form, query]) {
			expect((await readAnswer(response)).body.result.result.add.item.title).toBe('A & B');
		}
	});

	it('is one entry of the request log, with its commands', async () => {
		await batch({ a: 'user.get?ID=1', b: 'profile' });
		expect(portal.requests.count()).toBe(1);
		expect(portal.requests.log[0]).toMatchObject({
			method: 'batch',
			status: 200,
			commands: [{ method: 'user.get', params: { ID: '1' } }, { method: 'profile' }],
		});
	});
});
