import type { Emulator } from '../../emulator';
import { closePortals, kinds, openPortal, rest } from './portal-client';

let portal: Emulator;
beforeEach(async () => {
	portal = await openPortal({ seed: 'flowers' });
});
afterEach(closePortals);

const history = async (entityTypeId: number, extra: object = {}) =>
	(await portal.call('crm.stagehistory.list', { entityTypeId, order: { ID: 'ASC' }, ...extra })).items;

describe('crm.stagehistory.list (api-reference/crm/crm-stage-history-list.md)', () => {
	it('writes types 1, 2, 3 and 5 and answers numbers', async () => {
		const { category } = await portal.call('crm.category.add', { entityTypeId: 2, fields: { name: 'Вторая' } });
		const id = await portal.act.createDeal({ as: 2, fields: { title: 'A' } });
		await portal.act.moveToStage({ as: 2, id, stage: 'Заказ собран' });
		await portal.act.moveToStage({ as: 2, id, stage: 'WON' });
		await portal.act.moveToStage({ as: 2, id, stage: 'NEW', pipeline: 'Вторая' });
		const items = await history(2);
		expect(items.map((row: Record<string, unknown>) => [row.TYPE_ID, row.STAGE_ID, row.STAGE_SEMANTIC_ID])).toEqual([
			[1, 'NEW', 'P'],
			[2, 'FL_READY', 'P'],
			[3, 'WON', 'S'],
			[5, `C${category.id}:NEW`, 'P'],
		]);
		expect(kinds(items[0])).toEqual({
			ID: 'number',
			TYPE_ID: 'number',
			OWNER_ID: 'number',
			CREATED_TIME: 'string',
			CATEGORY_ID: 'number',
			STAGE_SEMANTIC_ID: 'string',
			STAGE_ID: 'string',
		});
		expect(items[3].CATEGORY_ID).toBe(category.id);
		expect(items[0].CREATED_TIME).toMatch(/\+03:00$/);
	});

	it('answers STATUS_ID and STATUS_SEMANTIC_ID for leads and filters by them', async () => {
		const id = await portal.act.createLead({ as: 1, fields: { title: 'L' } });
		await portal.act.moveToStage({ as: 1, type: 'lead', id, stage: 'JUNK' });
		const items = await history(1, { filter: { STATUS_ID: 'JUNK', '>ID': 0 } });
		expect(items).toEqual([
			expect.objectContaining({ TYPE_ID: 3, STATUS_ID: 'JUNK', STATUS_SEMANTIC_ID: 'F', OWNER_ID: id }),
		]);
		expect(items[0]).not.toHaveProperty('STAGE_ID');
		const { body } = await rest(portal, 'crm.stagehistory.list', { entityTypeId: 1, filter: { STAGE_ID: 'X' } });
		expect(body.error).toBe('INVALID_ARG_VALUE');
	});

	it('does not support contacts', async () => {
		const { status, body } = await rest(portal, 'crm.stagehistory.list', { entityTypeId: 3 });
		expect([status, body.error]).toEqual([400, 'ENTITY_TYPE_NOT_SUPPORTED']);
	});

	it('shows rows late when told to', async () => {
		portal.switches.set({ stageHistoryLagMs: 60_000 });
		await portal.act.createDeal({ as: 1, fields: {} });
		portal.switches.set({ stageHistoryLagMs: 0 });
		await portal.act.createDeal({ as: 1, fields: {} });
		expect((await history(2)).map((row: { ID: number }) => row.ID)).toEqual([2]);
		portal.clock.advance(61_000);
		expect((await history(2)).map((row: { ID: number }) => row.ID)).toEqual([1, 2]);
	});

	it('writes nothing when the stage stays', async () => {
		const id = await portal.act.createDeal({ as: 1, fields: {} });
		await portal.act.setFields({ as: 1, id, fields: { title: 'B' } });
		expect(await history(2)).toHaveLength(1);
	});
});

describe('crm.category.* (api-reference/crm/universal/category/)', () => {
	it('crm-category-list.md: numbers, isDefault and total', async () => {
		await portal.call('crm.category.add', { entityTypeId: 2, fields: { name: 'Вторая', sort: 10 } });
		const { body } = await rest(portal, 'crm.category.list', { entityTypeId: 2 });
		expect(body.total).toBe(2);
		const id = body.result.categories[0].id;
		expect(body.result.categories).toEqual([
			{ id, name: 'Вторая', sort: 10, entityTypeId: 2, isDefault: 'N', originId: '', originatorId: '' },
			{ id: 0, name: 'Общее', sort: 300, entityTypeId: 2, isDefault: 'Y' },
		]);
	});

	it('crm-category-add.md: comes with stages and refuses an empty name', async () => {
		const { category } = await portal.call('crm.category.add', { entityTypeId: 2, fields: { name: 'Вторая' } });
		const stages = await portal.call('crm.status.entity.items', { entityId: `DEAL_STAGE_${category.id}` });
		expect(stages[0]).toEqual({ NAME: 'Новая', SORT: 10, STATUS_ID: `C${category.id}:NEW` });
		const { body } = await rest(portal, 'crm.category.add', { entityTypeId: 2, fields: {} });
		expect(body).toEqual({ error: 0, error_description: "Field 'NAME' is required" });
		expect((await rest(portal, 'crm.category.list', { entityTypeId: 3 })).body.error).toBe('ENTITY_TYPE_NOT_SUPPORTED');
	});

	it('crm-category-delete.md: null, but not the default one nor one with deals', async () => {
		const { category } = await portal.call('crm.category.add', { entityTypeId: 2, fields: { name: 'Вторая' } });
		const deal = await portal.act.createDeal({ as: 1, pipeline: 'Вторая' });
		const remove = (id: number) => rest(portal, 'crm.category.delete', { entityTypeId: 2, id });
		expect((await remove(0)).body.error_description).toBe('Default deal category cannot be deleted');
		expect((await remove(category.id)).body.error_description).toBe('Deals related to the funnel Вторая found');
		await portal.act.deleteItem({ as: 1, id: deal });
		expect((await remove(category.id)).body.result).toBeNull();
		expect((await remove(category.id)).body.error).toBe('NOT_FOUND');
	});

	it('lets administrators only change pipelines', async () => {
		const call = portal.call('crm.category.update', { entityTypeId: 2, id: 0, fields: { name: 'X' } }, { as: 2 });
		await expect(call).rejects.toMatchObject({ code: 'ACCESS_DENIED' });
	});
});

describe('crm.status.* (api-reference/crm/status/)', () => {
	it('crm-status-list.md: text IDs and sorts, SEMANTICS null, S or F, EXTRA', async () => {
		const params = { filter: { ENTITY_ID: 'DEAL_STAGE' }, order: { SORT: 'ASC' } };
		const { body } = await rest(portal, 'crm.status.list', params);
		expect(body.total).toBe(5);
		expect(body.result[0]).toEqual({
			ID: expect.stringMatching(/^\d+$/),
			ENTITY_ID: 'DEAL_STAGE',
			STATUS_ID: 'NEW',
			NAME: 'Выполнение заказа',
			NAME_INIT: 'Выполнение заказа',
			SORT: '10',
			SYSTEM: 'Y',
			CATEGORY_ID: null,
			COLOR: '#39A8EF',
			SEMANTICS: null,
			EXTRA: { SEMANTICS: 'process', COLOR: '#39A8EF' },
		});
		expect(body.result.slice(-2).map((row: Record<string, unknown>) => row.SEMANTICS)).toEqual(['S', 'F']);
	});

	it('crm-status-add.md: adds the prefix of the pipeline and keeps codes unique', async () => {
		const { category } = await portal.call('crm.category.add', { entityTypeId: 2, fields: { name: 'Вторая' } });
		const fields = { ENTITY_ID: `DEAL_STAGE_${category.id}`, STATUS_ID: 'DECISION', NAME: 'Решение', SORT: 15 };
		expect((await rest(portal, 'crm.status.add', { fields })).body.result).toEqual(expect.any(Number));
		const found = await portal.call('crm.status.list', { filter: { STATUS_ID: `C${category.id}:DECISION` } });
		expect(found).toHaveLength(1);
		expect((await rest(portal, 'crm.status.add', { fields })).body.error).toBe('ERROR_CORE');
		expect((await rest(portal, 'crm.status.add', { fields: { NAME: 'x' } })).body).toEqual({
			error: '',
			error_description: 'The field ENTITY_ID is required. The field STATUS_ID is required.',
		});
		const late = { fields: { ...fields, STATUS_ID: 'LATE', SORT: 900 } };
		expect((await rest(portal, 'crm.status.add', late)).body.error_description).toContain('after the final stage');
	});

	it('crm-status-delete.md: errors are sentences', async () => {
		const [ready] = await portal.call('crm.status.list', { filter: { STATUS_ID: 'FL_READY' } });
		const [won] = await portal.call('crm.status.list', { filter: { ENTITY_ID: 'DEAL_STAGE', STATUS_ID: 'WON' } });
		const id = await portal.act.createDeal({ as: 1, stage: 'FL_READY' });
		const remove = (params: object) => rest(portal, 'crm.status.delete', params);
		expect((await remove({ id: ready.ID })).body.error).toBe('There are active items in this status.');
		expect((await remove({ id: won.ID })).body.error).toContain('System Status can be deleted only');
		expect((await remove({ id: 'x' })).body.error).toBe('Invalid identifier.');
		await portal.act.deleteItem({ as: 1, id });
		expect((await remove({ id: ready.ID })).body.result).toBe(true);
		expect((await remove({ id: ready.ID })).body.error).toBe('Status is not found.');
	});

	it('crm-status-update.md: answers true', async () => {
		const [ready] = await portal.call('crm.status.list', { filter: { STATUS_ID: 'FL_READY' } });
		expect(await portal.call('crm.status.update', { id: ready.ID, fields: { NAME: 'Собран' } })).toBe(true);
		expect((await portal.call('crm.status.list', { filter: { ID: ready.ID } }))[0].NAME).toBe('Собран');
	});
});
