import type { Emulator } from '../../emulator';
import { closePortals, openPortal, rest } from './portal-client';

const STEPS = { IBLOCK_TYPE_ID: 'lists', IBLOCK_CODE: 'b24_steps' };
let portal: Emulator;
let state: string;
beforeEach(async () => {
	portal = await openPortal({ seed: 'flowers' });
	const fields = await portal.call('lists.field.get', STEPS);
	state =
		Object.values<{ CODE?: string; FIELD_ID: string }>(fields).find(({ CODE }) => CODE === 'STATE')?.FIELD_ID ?? '';
});
afterEach(closePortals);

const add = (code: string, fields: object = {}) =>
	portal.call('lists.element.add', { ...STEPS, ELEMENT_CODE: code, FIELDS: { NAME: code, ...fields } });
const get = (params: object = {}) => portal.call('lists.element.get', { ...STEPS, ...params });
const codes = async (params: object) => (await get(params)).map(({ CODE }: { CODE: string }) => CODE);

describe('lists.element.* (api-reference/lists/elements/)', () => {
	it('lists-element-get.md: texts, and values by value ID', async () => {
		const id = await add('k1', { [state]: 'claimed' });
		expect(id).toEqual(expect.any(Number));
		const { body } = await rest(portal, 'lists.element.get', STEPS);
		expect(body.total).toBe(1);
		expect(body.result).toEqual([
			{
				ID: String(id),
				NAME: 'k1',
				IBLOCK_SECTION_ID: null,
				CREATED_BY: '1',
				CODE: 'k1',
				[state]: expect.any(Object),
			},
		]);
		const [[valueId, value]] = Object.entries(body.result[0][state]);
		expect([/^\d+$/.test(valueId), value]).toEqual([true, 'claimed']);
	});

	it('lists-element-add.md: the code is obligatory and unique', async () => {
		await add('k1');
		const again = await rest(portal, 'lists.element.add', { ...STEPS, ELEMENT_CODE: 'k1', FIELDS: { NAME: 'x' } });
		expect([again.status, again.body]).toEqual([
			400,
			{ error: 'ERROR_ELEMENT_ALREADY_EXISTS', error_description: 'Element already exists' },
		]);
		const { body } = await rest(portal, 'lists.element.add', { ...STEPS, FIELDS: { NAME: 'x' } });
		expect(body).toEqual({
			error: 'ERROR_REQUIRED_PARAMETERS_MISSING',
			error_description: 'Required parameter `ELEMENT_CODE` is missing',
		});
		const roles = { IBLOCK_TYPE_ID: 'lists', IBLOCK_CODE: 'b24_roles', ELEMENT_CODE: 'k1', FIELDS: { NAME: 'x' } };
		expect((await rest(portal, 'lists.element.add', roles)).status).toBe(200);
	});

	it('lets a race through when told to; both elements are found by the code', async () => {
		portal.switches.set({ skipListUniqueness: true });
		const first = await add('k1');
		const second = await add('k1');
		const found = await get({ ELEMENT_CODE: 'k1', ELEMENT_ORDER: { ID: 'asc' } });
		expect(found.map(({ ID }: { ID: string }) => Number(ID))).toEqual([first, second]);
	});

	it('draws IDs from one counter for all lists, with gaps', async () => {
		const given = [await add('a'), await add('b'), await add('c'), await add('d')];
		expect([...given].sort((a, b) => a - b)).toEqual(given);
		expect(given[3] - given[0]).toBeGreaterThan(3);
		const roles = { IBLOCK_TYPE_ID: 'lists', IBLOCK_CODE: 'b24_roles', ELEMENT_CODE: 'x', FIELDS: { NAME: 'x' } };
		expect(await portal.call('lists.element.add', roles)).toBeGreaterThan(given[3]);
	});

	it('shows elements late when told to', async () => {
		portal.switches.set({ listLagMs: 5_000 });
		await add('k1');
		expect(await get()).toEqual([]);
		portal.clock.advance(5_000);
		expect(await get()).toHaveLength(1);
	});

	it('lists-element-update.md: clears what is not sent', async () => {
		const id = await add('k1', { [state]: 'claimed' });
		expect(await portal.call('lists.element.update', { ...STEPS, ELEMENT_ID: id, FIELDS: { NAME: 'new' } })).toBe(true);
		const [element] = await get();
		expect(element).toMatchObject({ NAME: 'new', CODE: 'k1' });
		expect(element).not.toHaveProperty(state);
		const { body } = await rest(portal, 'lists.element.update', { ...STEPS, ELEMENT_ID: 999, FIELDS: { NAME: 'x' } });
		expect(body.error).toBe('ERROR_ELEMENT_NOT_FOUND');
	});

	it('filters, sorts and selects', async () => {
		await add('a', { [state]: 'done' });
		await add('b', { [state]: 'claimed' });
		await add('c');
		expect(await codes({ FILTER: { [`=${state}`]: 'done' } })).toEqual(['a']);
		expect(await codes({ FILTER: { [`!${state}`]: 'done' } })).toEqual(['b', 'c']);
		expect(await codes({ FILTER: { NAME: 'b' } })).toEqual(['b']);
		expect(await codes({ FILTER: { '%NAME': 'C' }, SELECT: ['CODE'] })).toEqual(['c']);
		expect(await codes({ ELEMENT_ORDER: { ID: 'desc' } })).toEqual(['c', 'b', 'a']);
		expect((await get({ SELECT: ['ID', 'DATE_CREATE'] }))[0].DATE_CREATE).toMatch(/^12\.01\.2026 09:00:\d\d$/);
	});

	it('keeps dates in the format of the site and compares them as moments', async () => {
		const field = await portal.call('lists.field.add', {
			...STEPS,
			FIELDS: { NAME: 'Срок', TYPE: 'S:DateTime', CODE: 'DUE' },
		});
		await add('a', { [field]: '2026-02-01T10:00:00+03:00' });
		await add('b', { [field]: '15.01.2026 10:00:00' });
		const [a] = await get({ ELEMENT_CODE: 'a' });
		expect(Object.values(a[field])).toEqual(['01.02.2026 10:00:00']);
		expect(await codes({ FILTER: { [`>${field}`]: '20.01.2026' } })).toEqual(['a']);
		expect(await codes({ FILTER: { [`<=${field}`]: '15.01.2026 10:00:00' } })).toEqual(['b']);
	});

	it('keeps several values of a multiple property', async () => {
		const FIELDS = { NAME: 'Кто', TYPE: 'S:employee', CODE: 'WHO', MULTIPLE: 'Y' };
		const field = await portal.call('lists.field.add', { ...STEPS, FIELDS });
		await add('a', { [field]: [3, 4] });
		const [a] = await get();
		expect(Object.values(a[field])).toEqual(['3', '4']);
		expect(await codes({ FILTER: { [`=${field}`]: 4 } })).toEqual(['a']);
	});

	it('lists-element-delete.md', async () => {
		await add('a');
		expect(await portal.call('lists.element.delete', { ...STEPS, ELEMENT_CODE: 'a' })).toBe(true);
		expect(await get()).toEqual([]);
	});
});

describe('lists and fields (api-reference/lists/lists/, api-reference/lists/fields/)', () => {
	it('lists-add.md: a number; administrators only; codes are unique', async () => {
		const params = { IBLOCK_TYPE_ID: 'lists', IBLOCK_CODE: 'new', FIELDS: { NAME: 'Новый' } };
		await expect(portal.call('lists.add', params, { as: 2 })).rejects.toMatchObject({ code: 'ACCESS_DENIED' });
		const id = await portal.call('lists.add', params);
		expect((await rest(portal, 'lists.add', params)).body.error).toBe('ERROR_IBLOCK_ALREADY_EXISTS');
		const [found] = await portal.call('lists.get', { IBLOCK_TYPE_ID: 'lists', IBLOCK_CODE: 'new' });
		expect(found).toMatchObject({ ID: String(id), NAME: 'Новый', CODE: 'new', SORT: '500', SOCNET_GROUP_ID: null });
		expect(Object.keys(found)).toHaveLength(47);
		expect((await rest(portal, 'lists.get', { IBLOCK_TYPE_ID: 'lists' })).body.total).toBe(3);
		const missing = await rest(portal, 'lists.element.get', { ...STEPS, IBLOCK_CODE: 'nowhere' });
		expect(missing.body).toEqual({ error: 'ERROR_IBLOCK_NOT_FOUND', error_description: 'Iblock not found' });
	});

	it('lists-field-add.md and lists-field-get.md: PROPERTY_{id}, keyed by type when asked for', async () => {
		const FIELDS = { NAME: 'Статус', TYPE: 'L', CODE: 'ST', LIST_TEXT_VALUES: 'Да\nНет' };
		const fieldId = await portal.call('lists.field.add', { ...STEPS, FIELDS });
		expect(fieldId).toMatch(/^PROPERTY_\d+$/);
		const one = await portal.call('lists.field.get', { ...STEPS, FIELD_ID: fieldId });
		expect(one.L).toMatchObject({ FIELD_ID: fieldId, TYPE: 'L', CODE: 'ST', MULTIPLE: 'N', PROPERTY_USER_TYPE: false });
		expect(Object.values(one.L.DISPLAY_VALUES_FORM)).toEqual(['Да', 'Нет']);
		const codeless = await rest(portal, 'lists.field.add', { ...STEPS, FIELDS: { NAME: 'x', TYPE: 'S' } });
		expect(codeless.body).toEqual({ error: 'ERROR_SAVE_FIELD', error_description: 'Please fill the code fields' });
		const twice = await rest(portal, 'lists.field.add', { ...STEPS, FIELDS });
		expect(twice.body.error_description).toBe('Property already exists');
	});
});
