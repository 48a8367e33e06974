import type { Emulator } from '../../emulator';
import { closePortals, kinds, openPortal, rest } from './portal-client';

let portal: Emulator;
beforeEach(async () => {
	portal = await openPortal({ seed: 'flowers' });
});
afterEach(closePortals);

const addDeal = (fields: object) => portal.call('crm.item.add', { entityTypeId: 2, fields }).then(({ item }) => item);

describe('crm.item.add (api-reference/crm/universal/crm-item-add.md)', () => {
	it('answers the whole deal with the documented kinds of values', async () => {
		const { status, body } = await rest(portal, 'crm.item.add', { entityTypeId: 2, fields: { opportunity: '999.99' } });
		expect(status).toBe(200);
		const { item } = body.result;
		expect(kinds(item)).toMatchObject({
			id: 'number',
			createdTime: 'string',
			dateCreateShort: 'null',
			updatedTime: 'string',
			createdBy: 'number',
			updatedBy: 'number',
			assignedById: 'number',
			opened: 'string',
			leadId: 'null',
			companyId: 'number',
			contactId: 'number',
			quoteId: 'null',
			title: 'string',
			productId: 'null',
			categoryId: 'number',
			stageId: 'string',
			stageSemanticId: 'string',
			isNew: 'string',
			isRecurring: 'string',
			isReturnCustomer: 'string',
			isRepeatedApproach: 'string',
			closed: 'string',
			typeId: 'string',
			opportunity: 'number',
			isManualOpportunity: 'string',
			taxValue: 'number',
			currencyId: 'string',
			probability: 'null',
			begindate: 'string',
			begindateShort: 'null',
			closedate: 'string',
			eventDate: 'null',
			webformId: 'null',
			sourceId: 'null',
			movedBy: 'number',
			movedTime: 'string',
			lastActivityBy: 'number',
			lastActivityTime: 'string',
			isWork: 'null',
			hasProducts: 'null',
			utmSource: 'null',
			observers: 'array',
			contactIds: 'array',
			entityTypeId: 'number',
		});
		expect(item).toMatchObject({
			opportunity: 999.99,
			stageId: 'NEW',
			stageSemanticId: 'P',
			closed: 'N',
			begindate: '2026-01-12T00:00:00+03:00',
			closedate: '2026-01-19T00:00:00+03:00',
			title: `Сделка #${item.id}`,
			entityTypeId: 2,
		});
		expect(item.createdTime).toMatch(/^2026-01-12T09:00:\d\d\+03:00$/);
		expect(item).not.toHaveProperty('fm');
	});

	it('ignores unknown fields and keeps read-only ones to itself', async () => {
		const item = await addDeal({ title: 'A', nonsense: 1, createdBy: 5, movedTime: '2020-01-01' });
		expect(item).not.toHaveProperty('nonsense');
		expect(item.createdBy).toBe(1);
		expect(item.movedTime).toContain('2026-01-12');
	});

	it.each([
		[{ stageId: 'C5:NEW' }, 'CRM_FIELD_ERROR_VALUE_NOT_VALID', 'Invalid value for field "STAGE_ID"'],
		[{ opportunity: 'much' }, 'CRM_FIELD_ERROR_VALUE_NOT_VALID', 'Invalid value for field "opportunity"'],
		[{ contactIds: 5 }, 100, 'Expected iterable value for multiple field, but got integer instead'],
	])('refuses %j', async (fields, error, error_description) => {
		const { status, body } = await rest(portal, 'crm.item.add', { entityTypeId: 2, fields });
		expect({ status, body }).toEqual({ status: 400, body: { error, error_description } });
	});

	it('answers NOT_FOUND for an unknown entity type', async () => {
		const { status, body } = await rest(portal, 'crm.item.add', { entityTypeId: 999, fields: {} });
		expect(status).toBe(400);
		expect(body).toEqual({ error: 'NOT_FOUND', error_description: 'Smart process not found' });
	});
});

describe('user field names (api-reference/crm/universal/index.md)', () => {
	it('takes and answers camelCase by default and original names on demand', async () => {
		const added = await addDeal({ ufCrmFlAddress: 'Ленина, 1', UF_CRM_FL_BOUQUET: 'not in this mode' });
		expect(added).toMatchObject({ ufCrmFlAddress: 'Ленина, 1', ufCrmFlBouquet: null });
		const fields = { UF_CRM_FL_BOUQUET: '25 роз', ufCrmFlAddress: 'not in this mode' };
		const params = { entityTypeId: 2, id: added.id, fields, useOriginalUfNames: 'Y' };
		const { item } = await portal.call('crm.item.update', params);
		expect(item).toMatchObject({ UF_CRM_FL_BOUQUET: '25 роз', UF_CRM_FL_ADDRESS: 'Ленина, 1' });
		expect(item).not.toHaveProperty('ufCrmFlAddress');
	});

	it.each([
		['UF_CRM_FLAT', 'ufCrmFlat'],
		['UF_CRM_1747309879', 'ufCrm_1747309879'],
		['UF_CRM_DIGIT10', 'ufCrm_DIGIT10'],
	])('calls %s %s', async (fieldName, camel) => {
		const field = { entityId: 'CRM_DEAL', fieldName, userTypeId: 'string' };
		await portal.call('userfieldconfig.add', { moduleId: 'crm', field });
		const { fields } = await portal.call('crm.item.fields', { entityTypeId: 2 });
		expect(fields[camel]).toMatchObject({ type: 'string', isDynamic: true, upperName: fieldName });
	});

	it('keeps datetimes with the offset of the portal and list values as option numbers', async () => {
		const options = await portal.call('crm.deal.userfield.list', { filter: { FIELD_NAME: 'UF_CRM_FL_PAYMENT' } });
		const cash = Number(options[0].LIST[0].ID);
		const item = await addDeal({ ufCrmFlDeliveryAt: '2026-01-13T12:30:00Z', ufCrmFlPayment: String(cash) });
		expect(item).toMatchObject({ ufCrmFlDeliveryAt: '2026-01-13T15:30:00+03:00', ufCrmFlPayment: cash });
		const { body } = await rest(portal, 'crm.item.add', { entityTypeId: 2, fields: { ufCrmFlPayment: 99999 } });
		expect(body.error).toBe('CRM_FIELD_ERROR_VALUE_NOT_VALID');
	});
});

describe('crm.item.list (api-reference/crm/universal/crm-item-list.md)', () => {
	beforeEach(async () => {
		await addDeal({ title: 'Розы для Анны', opportunity: 100, sourceId: 'WEB' });
		await addDeal({ title: 'Пионы', opportunity: 200, stageId: 'FL_READY' });
		await addDeal({ title: 'Тюльпаны', opportunity: 300, stageId: 'WON' });
	});
	const titles = async (filter: object, order: object = { id: 'ASC' }) => {
		const { items } = await portal.call('crm.item.list', { entityTypeId: 2, filter, order, select: ['title'] });
		return items.map(({ title }: { title: string }) => title);
	};

	it('answers selected keys only, with total and without next', async () => {
		const { body } = await rest(portal, 'crm.item.list', { entityTypeId: 2, select: ['id', 'title', 'fm'] });
		expect(body.total).toBe(3);
		expect(body).not.toHaveProperty('next');
		expect(body.result.items[0]).toEqual({ id: 1, title: 'Розы для Анны' });
	});

	it.each([
		[{ '=title': 'Пионы' }, ['Пионы']],
		[{ title: ['Пионы', 'Тюльпаны'] }, ['Пионы', 'Тюльпаны']],
		[{ '!title': 'Пионы' }, ['Розы для Анны', 'Тюльпаны']],
		[{ '%title': 'роз' }, ['Розы для Анны']],
		[{ '=%title': 'Т%' }, ['Тюльпаны']],
		[{ '!%title': 'роз' }, ['Пионы', 'Тюльпаны']],
		[{ '>opportunity': 100, '<=opportunity': '200' }, ['Пионы']],
		[{ '@stageId': ['NEW', 'WON'] }, ['Розы для Анны', 'Тюльпаны']],
		[{ '!@stageId': ['NEW', 'WON'] }, ['Пионы']],
		[{ sourceId: '' }, ['Пионы', 'Тюльпаны']],
		[{ '!sourceId': '' }, ['Розы для Анны']],
		[{ closed: 'Y' }, ['Тюльпаны']],
		[{ '>=createdTime': '2026-01-12' }, ['Розы для Анны', 'Пионы', 'Тюльпаны']],
		[{ '>=createdTime': '2026-01-13T00:00:00+03:00' }, []],
		[{ logic: 'OR', 0: { '=title': 'Пионы' }, 1: { '>opportunity': 250 } }, ['Пионы', 'Тюльпаны']],
	])('filters by %j', async (filter, expected) => {
		expect(await titles(filter)).toEqual(expected);
	});

	it('sorts, and refuses unknown fields and directions', async () => {
		expect(await titles({}, { opportunity: 'DESC' })).toEqual(['Тюльпаны', 'Пионы', 'Розы для Анны']);
		const filtered = await rest(portal, 'crm.item.list', { entityTypeId: 2, filter: { '>FIELD': 1 } });
		expect(filtered.body).toEqual({
			error: 'INVALID_ARG_VALUE',
			error_description: "Invalid filter: field 'FIELD' is not allowed in filter",
		});
		const ordered = await rest(portal, 'crm.item.list', { entityTypeId: 2, order: { id: 'UP' } });
		expect(ordered.body.error_description).toContain('allowed sort directions are');
		const bad = await rest(portal, 'crm.item.list', { entityTypeId: 2, filter: { '>createdTime': 'soon' } });
		expect(bad.body.error_description).toBe("Invalid filter: field 'createdTime' has invalid value");
	});

	it('pages by fifty; start -1 switches the count off (settings/performance/huge-data.md)', async () => {
		for (let index = 0; index < 60; index += 1) await addDeal({ title: `Заказ ${index}` });
		const first = await rest(portal, 'crm.item.list', { entityTypeId: 2, select: ['id'] });
		expect([first.body.result.items.length, first.body.total, first.body.next]).toEqual([50, 63, 50]);
		const second = await rest(portal, 'crm.item.list', { entityTypeId: 2, select: ['id'], start: 50 });
		expect([second.body.result.items.length, second.body.next]).toEqual([13, undefined]);
		const scan = await rest(portal, 'crm.item.list', {
			entityTypeId: 2,
			select: ['id'],
			filter: { '>id': 50 },
			start: -1,
		});
		expect([scan.body.result.items.length, scan.body.total, scan.body.next]).toEqual([13, 0, undefined]);
	});
});

describe('crm.item.update (api-reference/crm/universal/crm-item-update.md)', () => {
	it('saves nothing when nothing differs', async () => {
		const { id } = await addDeal({ title: 'A', opportunity: 5 });
		const revision = portal.revision();
		await portal.call('crm.item.update', { entityTypeId: 2, id, fields: { title: 'A', opportunity: '5.00' } });
		expect(portal.revision()).toBe(revision);
		await portal.call('crm.item.update', { entityTypeId: 2, id, fields: { title: 'B' } });
		expect(portal.revision()).toBeGreaterThan(revision);
	});

	it('keeps who moved a deal and when, and closes it in a final stage', async () => {
		const { id } = await addDeal({ title: 'A' });
		portal.clock.set('2026-01-12T10:00:00+03:00');
		const { item } = await portal.call(
			'crm.item.update',
			{ entityTypeId: 2, id, fields: { stageId: 'WON' } },
			{ as: 2 },
		);
		expect(item).toMatchObject({ stageId: 'WON', stageSemanticId: 'S', closed: 'Y', movedBy: 2, updatedBy: 2 });
		expect(item.movedTime).toMatch(/^2026-01-12T10:00:/);
	});

	it('sets and clears dateClosed of a lead', async () => {
		const { item: lead } = await portal.call('crm.item.add', { entityTypeId: 1, fields: { title: 'L' } });
		const move = (stageId: string) =>
			portal.call('crm.item.update', { entityTypeId: 1, id: lead.id, fields: { stageId } }).then(({ item }) => item);
		expect((await move('JUNK')).dateClosed).toContain('2026-01-12');
		expect(await move('NEW')).toMatchObject({ dateClosed: null, stageSemanticId: 'P' });
	});

	it('links contacts by contactIds and contactId', async () => {
		const { id } = await addDeal({ contactIds: [7, 8] });
		const set = (fields: object) =>
			portal.call('crm.item.update', { entityTypeId: 2, id, fields }).then(({ item }) => item);
		expect(await set({ contactId: 9 })).toMatchObject({ contactId: 9, contactIds: [9] });
		expect(await set({ contactIds: [] })).toMatchObject({ contactId: 0, contactIds: [] });
		const { items } = await portal.call('crm.item.list', { entityTypeId: 2, filter: { contactIds: 9 } });
		expect(items).toEqual([]);
	});

	it('answers NOT_FOUND for an item that does not exist', async () => {
		const { status, body } = await rest(portal, 'crm.item.update', { entityTypeId: 2, id: 999, fields: {} });
		expect([status, body]).toEqual([400, { error: 'NOT_FOUND', error_description: 'Element not found' }]);
	});
});

describe('multifields (tutorials/crm/how-to-edit-crm-objects/how-to-change-email-or-phone.md)', () => {
	it('adds by array, changes and deletes by id, and does nothing without typeId', async () => {
		const phone = { typeId: 'PHONE', valueType: 'WORK', value: '+79001112233' };
		const mail = { typeId: 'EMAIL', valueType: 'WORK', value: 'a@example.ru' };
		const { item } = await portal.call('crm.item.add', {
			entityTypeId: 3,
			fields: { name: 'Анна', fm: [phone, mail] },
		});
		expect(item).toMatchObject({ hasPhone: 'Y', hasEmail: 'Y', phoneWork: '+79001112233', email: 'a@example.ru' });
		expect(kinds(item.fm[0])).toEqual({ id: 'number', valueType: 'string', value: 'string', typeId: 'string' });
		const update = async (fm: unknown) =>
			(await portal.call('crm.item.update', { entityTypeId: 3, id: item.id, fields: { fm } })).item;
		const [first, second] = item.fm;
		expect((await update({ [first.id]: { value: '+70000000000' } })).fm).toHaveLength(2);
		expect((await update({ [first.id]: { typeId: 'PHONE', value: '+70000000000' } })).phone).toBe('+70000000000');
		expect((await update({ [second.id]: { typeId: 'EMAIL', value: '' } })).hasEmail).toBe('N');
		expect((await update({ n0: mail })).fm).toHaveLength(2);
	});
});

describe('crm.item.delete (api-reference/crm/universal/crm-item-delete.md)', () => {
	it('answers an empty list', async () => {
		const { id } = await addDeal({ title: 'A' });
		expect((await rest(portal, 'crm.item.delete', { entityTypeId: 2, id })).body.result).toEqual([]);
		expect((await rest(portal, 'crm.item.get', { entityTypeId: 2, id })).body.error).toBe('NOT_FOUND');
	});
});

describe('crm.item.fields (api-reference/crm/universal/crm-item-fields.md)', () => {
	it('describes fields with the documented keys', async () => {
		const { fields } = await portal.call('crm.item.fields', { entityTypeId: 1 });
		expect(fields.stageId).toEqual({
			type: 'crm_status',
			isRequired: false,
			isReadOnly: false,
			isImmutable: false,
			isMultiple: false,
			isDynamic: false,
			statusType: 'STATUS',
			title: 'Стадия',
			upperName: 'STAGE_ID',
		});
		expect(fields.ufCrmFlDeliveryType.items).toEqual([
			{ ID: expect.stringMatching(/^\d+$/), VALUE: 'Самовывоз' },
			{ ID: expect.stringMatching(/^\d+$/), VALUE: 'Курьером' },
		]);
	});
});

describe('simple CRM (crm-settings-mode-get.md, how-to-add-objects-with-crm-mode.md)', () => {
	it('turns an added lead into a deal at once', async () => {
		expect(await portal.call('crm.settings.mode.get')).toBe(1);
		portal.switches.set({ simpleCrm: true });
		expect(await portal.call('crm.settings.mode.get')).toBe(2);
		const { item } = await portal.call('crm.item.add', { entityTypeId: 1, fields: { title: 'Заявка' } });
		expect(item.stageId).toBe('CONVERTED');
		const { items } = await portal.call('crm.item.list', { entityTypeId: 2, filter: { leadId: item.id } });
		expect(items[0].title).toBe('Заявка');
	});
});
