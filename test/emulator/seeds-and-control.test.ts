import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import type { Emulator } from '../../emulator';
import { closePortals, openPortal, post, readAnswer } from './portal-client';

afterEach(closePortals);

const people = (portal: Emulator) => portal.call('user.get');
const roles = (portal: Emulator) =>
	portal.call('lists.element.get', { IBLOCK_TYPE_ID: 'lists', IBLOCK_CODE: 'b24_roles' });

describe('seeds', () => {
	it('empty: a fresh portal', async () => {
		const portal = await openPortal();
		expect(await people(portal)).toHaveLength(1);
		expect((await portal.call('crm.category.list', { entityTypeId: 2 })).categories[0].name).toBe('Общая');
		expect(await portal.call('crm.status.entity.items', { entityId: 'DEAL_STAGE' })).toHaveLength(8);
		expect(await portal.call('crm.status.entity.items', { entityId: 'SOURCE' })).toHaveLength(12);
	});

	it('flowers: people, roles, pipeline and fields', async () => {
		const portal = await openPortal({ seed: 'flowers' });
		expect(await people(portal)).toHaveLength(8);
		const stages = await portal.call('crm.status.entity.items', { entityId: 'DEAL_STAGE' });
		expect(stages.map(({ STATUS_ID, NAME }: Record<string, string>) => `${STATUS_ID} ${NAME}`)).toEqual([
			'NEW Выполнение заказа',
			'FL_READY Заказ собран',
			'FL_DELIVERY Доставка',
			'WON Заказ выполнен',
			'LOSE Сделка неуспешна',
		]);
		for (const type of ['deal', 'lead']) expect(await portal.call(`crm.${type}.userfield.list`)).toHaveLength(11);
		const florist = (await roles(portal)).find(({ CODE }: { CODE: string }) => CODE === 'florist');
		const property = Object.keys(florist).find((key) => key.startsWith('PROPERTY_')) ?? '';
		const [user] = await portal.call('user.get', { ID: Object.values(florist[property])[0] });
		expect(user.WORK_POSITION).toBe('Флорист');
	});

	it('flowers with other IDs, in a pipeline of its own, without a florist and without SMS', async () => {
		const seedOptions = { pipelineId: 12, idOffset: 700, roles: { florist: false }, smsTemplate: false };
		const portal = await openPortal({ seed: 'flowers', seedOptions });
		const ids = (await people(portal)).map(({ ID }: { ID: string }) => Number(ID));
		expect(ids[0]).toBe(1);
		expect(Math.min(...ids.slice(1))).toBeGreaterThan(700);
		const id = await portal.act.createDeal({ as: ids[2], pipeline: 'Общее', fields: { 'Тип доставки': 'Курьером' } });
		const { item } = await portal.call('crm.item.get', { entityTypeId: 2, id });
		expect(item).toMatchObject({ categoryId: 12, stageId: 'C12:NEW' });
		expect(item.ufCrmFlDeliveryType).toBeGreaterThan(700);
		const florist = (await roles(portal)).find(({ CODE }: { CODE: string }) => CODE === 'florist');
		expect(Object.keys(florist)).toEqual(['ID', 'NAME', 'IBLOCK_SECTION_ID', 'CREATED_BY', 'CODE']);
		expect(await portal.call('bizproc.workflow.template.list')).toEqual([]);
	});

	it('demo: deals and leads in various stages', async () => {
		const portal = await openPortal({ seed: 'demo' });
		const count = async (entityTypeId: number, stages: string) => {
			const { items } = await portal.call('crm.item.list', { entityTypeId });
			return [items.length, new Set(items.map((item: Record<string, string>) => item[stages])).size];
		};
		expect(await count(2, 'stageId')).toEqual([6, 5]);
		expect(await count(1, 'stageId')).toEqual([6, 4]);
	});
});

describe('acts', () => {
	it('know fields by label and list values by label or XML_ID, and refuse what does not exist', async () => {
		const portal = await openPortal({ seed: 'flowers' });
		const fields = { 'Требования к букету': '25 роз', UF_CRM_FL_PAYMENT: 'cash' };
		const id = await portal.act.createDeal({ as: 3, stage: 'Доставка', fields });
		const params = { entityTypeId: 2, id, useOriginalUfNames: 'Y' };
		const { item } = await portal.call('crm.item.get', params);
		expect(item).toMatchObject({ UF_CRM_FL_BOUQUET: '25 роз', stageId: 'FL_DELIVERY', createdBy: 3, assignedById: 3 });
		expect(item.UF_CRM_FL_PAYMENT).toEqual(expect.any(Number));
		await expect(portal.act.createDeal({ as: 3, fields: { Цвет: 1 } })).rejects.toThrow('no field named "Цвет"');
		await expect(portal.act.moveToStage({ as: 3, id, stage: 'Нет такой' })).rejects.toThrow('no stage "Нет такой"');
	});
});

describe('control API', () => {
	it('does over HTTP what the in-process interface does', async () => {
		const portal = await openPortal({ seed: 'flowers' });
		const control = async (path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST') => {
			const text = body === undefined ? undefined : JSON.stringify(body);
			return (await readAnswer(await fetch(`${portal.url}/_emulator/${path}`, { method, body: text }))).body;
		};
		expect((await control('info')).result.webhookUrl).toBe(portal.webhookUrl);
		const noon = Date.parse('2026-01-12T12:00:00+03:00');
		expect((await control('clock', { set: '2026-01-12T12:00:00+03:00' })).result - noon).toBeLessThan(1000);
		expect((await control('clock', { advance: 60_000 })).result - noon).toBeGreaterThanOrEqual(60_000);
		const { result: id } = await control('act', { kind: 'createDeal', as: 3, fields: { title: 'A' } });
		const revision = (await control('revision')).result;
		await control('act', { kind: 'moveToStage', as: 3, id, stage: 'FL_READY' });
		expect((await control('revision')).result).toBeGreaterThan(revision);
		expect((await control('act', { kind: 'fly' })).error).toContain('Unknown kind of act: fly');
		await control('call', { method: 'im.notify.system.add', params: { USER_ID: 3, MESSAGE: 'Привет' } });
		expect((await control('outbox')).result.notifications).toHaveLength(1);
		await control('faults', [{ method: 'profile', kind: '500' }]);
		expect((await post(`${portal.webhookUrl}profile`)).status).toBe(500);
		await control('faults', undefined, 'DELETE');
		expect((await post(`${portal.webhookUrl}profile`)).status).toBe(200);
		expect((await control('requests')).result).toHaveLength(2);
		await control('requests', undefined, 'DELETE');
		expect(portal.requests.count()).toBe(0);
		await control('reset', {});
		expect((await portal.call('crm.item.list', { entityTypeId: 2 })).items).toEqual([]);
		expect((await control('outbox')).result.notifications).toEqual([]);
	});
});

describe('command line', () => {
	it('prints the webhook and the application, answers, and stops on Ctrl-C', async () => {
		const root = join(__dirname, '..', '..');
		const args = [
			'--import',
			'tsx',
			'emulator/cli.ts',
			'--port',
			'0',
			'--seed',
			'demo',
			'--clock',
			'2026-01-12T09:00:00+03:00',
		];
		const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, TZ: 'UTC' } });
		let output = '';
		child.stdout.on('data', (chunk) => (output += String(chunk)));
		child.stderr.on('data', (chunk) => (output += String(chunk)));
		const deadline = performance.now() + 40_000;
		while (!output.includes('Ctrl-C') && performance.now() < deadline) {
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
		const webhook = /Incoming webhook\s+(\S+)/.exec(output)?.[1] ?? `nothing printed: ${output}`;
		expect(output).toMatch(/OAuth client ID\s+local\.\S+/);
		const { body } = await post(`${webhook}server.time`);
		expect(body.result).toMatch(/^2026-01-12T09:0\d:\d\d\+03:00$/);
		child.kill('SIGINT');
		const [code] = await once(child, 'exit');
		expect(code).toBe(0);
	});
});
