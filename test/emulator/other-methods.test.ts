import type { Emulator } from '../../emulator';
import { closePortals, kinds, openPortal, post, rest } from './portal-client';

let portal: Emulator;
beforeEach(async () => {
	portal = await openPortal({ seed: 'flowers' });
});
afterEach(closePortals);

describe('userfieldconfig.* (api-reference/crm/universal/userfieldconfig/)', () => {
	const field = {
		entityId: 'CRM_DEAL',
		fieldName: 'UF_CRM_COLOR',
		userTypeId: 'enumeration',
		editFormLabel: { ru: 'Цвет' },
		enum: [
			{ value: 'Красный', xmlId: 'red' },
			{ value: 'Белый', def: 'Y' },
		],
	};

	it('userfieldconfig-add.md: the whole field, numbers as text', async () => {
		const { body } = await rest(portal, 'userfieldconfig.add', { moduleId: 'crm', field });
		const added = body.result.field;
		expect(kinds(added)).toMatchObject({
			id: 'string',
			entityId: 'string',
			xmlId: 'null',
			sort: 'string',
			multiple: 'string',
			languageId: 'object',
			editFormLabel: 'object',
			enum: 'array',
		});
		expect(added.enum[0]).toEqual({
			id: expect.stringMatching(/^\d+$/),
			userFieldId: added.id,
			value: 'Красный',
			def: 'N',
			sort: '100',
			xmlId: 'red',
		});
		const twice = await rest(portal, 'userfieldconfig.add', { moduleId: 'crm', field });
		expect(twice.body).toEqual({ error: '', error_description: 'Field UF_CRM_COLOR already exists.' });
		const wrong = await rest(portal, 'userfieldconfig.add', {
			moduleId: 'crm',
			field: { ...field, fieldName: 'COLOR' },
		});
		expect(wrong.body.error_description).toBe('You cannot create custom fields');
	});

	it('userfieldconfig-update.md: keeps the IDs of known options', async () => {
		const { field: added } = await portal.call('userfieldconfig.add', { moduleId: 'crm', field });
		const options = [{ id: added.enum[0].id, value: 'Алый' }, { value: 'Жёлтый' }];
		const params = {
			moduleId: 'crm',
			id: added.id,
			field: { userTypeId: 'enumeration', enum: options, mandatory: 'Y' },
		};
		const { field: changed } = await portal.call('userfieldconfig.update', params);
		expect(changed.mandatory).toBe('Y');
		expect(changed.enum[0]).toMatchObject({ id: added.enum[0].id, value: 'Алый', xmlId: 'red' });
		expect(changed.enum.map(({ value }: { value: string }) => value)).toEqual(['Алый', 'Жёлтый']);
		const missing = await rest(portal, 'crm.item.add', { entityTypeId: 2, fields: {} });
		expect(missing.status).toBe(400);
	});

	it('userfieldconfig-list.md: no options, labels of one language, total', async () => {
		const params = { moduleId: 'crm', select: { 0: '*', language: 'ru' }, filter: { entityId: 'CRM_DEAL' } };
		const { body } = await rest(portal, 'userfieldconfig.list', params);
		expect(body.total).toBe(11);
		expect(body.result.fields[0]).toMatchObject({
			fieldName: 'UF_CRM_FL_CLIENT',
			editFormLabel: { ru: 'Контактные данные клиента' },
			languageId: { ru: 'ru' },
			helpMessage: null,
		});
		expect(body.result.fields[0]).not.toHaveProperty('enum');
	});

	it('needs both scopes', async () => {
		const url = portal.issueWebhook({ userId: 1, scopes: ['crm'] });
		expect((await post(`${url}userfieldconfig.list`, { moduleId: 'crm' })).status).toBe(403);
	});
});

describe('crm.*.userfield.list (crm-deal-userfield-list.md and its sisters)', () => {
	it('answers list values with XML_ID, and labels in the language of the filter', async () => {
		const params = { filter: { FIELD_NAME: 'UF_CRM_FL_DELIVERY_TYPE', LANG: 'ru' } };
		const [found] = await portal.call('crm.lead.userfield.list', params);
		expect(found).toMatchObject({
			ENTITY_ID: 'CRM_LEAD',
			USER_TYPE_ID: 'enumeration',
			EDIT_FORM_LABEL: 'Тип доставки',
		});
		expect(found.LIST).toEqual([
			{ ID: expect.stringMatching(/^\d+$/), SORT: '10', VALUE: 'Самовывоз', DEF: 'N', XML_ID: 'pickup' },
			{ ID: expect.stringMatching(/^\d+$/), SORT: '20', VALUE: 'Курьером', DEF: 'N', XML_ID: 'courier' },
		]);
		expect((await rest(portal, 'crm.contact.userfield.list')).body).toMatchObject({ result: [], total: 0 });
		const bad = await rest(portal, 'crm.deal.userfield.list', { filter: 'x' });
		expect(bad.body).toEqual({ error: '', error_description: "Parameter 'filter' must be array." });
	});
});

describe('crm.timeline.comment.* (api-reference/crm/timeline/comments/)', () => {
	it('adds and lists; `fields` counts in lower case only', async () => {
		const id = await portal.act.createDeal({ as: 1 });
		const fields = { ENTITY_ID: id, ENTITY_TYPE: 'deal', COMMENT: 'Позвонил' };
		const added = await portal.call('crm.timeline.comment.add', { fields });
		const { body } = await rest(portal, 'crm.timeline.comment.list', {
			filter: { ENTITY_ID: id, ENTITY_TYPE: 'deal' },
		});
		expect(body.result).toEqual([
			{
				ID: String(added),
				ENTITY_ID: String(id),
				ENTITY_TYPE: 'deal',
				CREATED: expect.stringMatching(/\+03:00$/),
				COMMENT: 'Позвонил',
				AUTHOR_ID: '1',
				FILES: {},
			},
		]);
		expect((await rest(portal, 'crm.timeline.comment.add', { FIELDS: fields })).body.error).toBe(100);
		const foreign = await rest(portal, 'crm.timeline.comment.add', { fields: { ...fields, ENTITY_ID: 99 } });
		expect(foreign.body.error).toBe('OWNER_NOT_FOUND');
		const empty = await rest(portal, 'crm.timeline.comment.add', { fields: { ...fields, COMMENT: '' } });
		expect(empty.body.error).toBe('INVALID_ARG_VALUE');
	});
});

describe('bizproc.workflow.* (api-reference/bizproc/)', () => {
	const start = (id: number, TEXT = 'Ваш букет готов', TEMPLATE_ID = 1) =>
		rest(portal, 'bizproc.workflow.start', {
			TEMPLATE_ID,
			DOCUMENT_ID: ['crm', 'CCrmDocumentDeal', `DEAL_${id}`],
			PARAMETERS: { TEXT },
		});

	it('bizproc-workflow-template-list.md: just IDs by default', async () => {
		expect((await rest(portal, 'bizproc.workflow.template.list')).body.result).toEqual([{ ID: '1' }, { ID: '2' }]);
		const SELECT = ['ID', 'NAME', 'DOCUMENT_TYPE', 'PARAMETERS'];
		const [deal] = await portal.call('bizproc.workflow.template.list', { SELECT, FILTER: { DOCUMENT_TYPE: 'DEAL' } });
		expect(deal).toMatchObject({ NAME: 'Отправить SMS клиенту', PARAMETERS: { TEXT: { Type: 'text' } } });
	});

	it('bizproc-workflow-start.md: the SMS goes to the contact of the deal', async () => {
		const contact = { name: 'Анна', phone: '+79001112233' };
		const id = await portal.act.createDeal({ as: 3, contact });
		const { body } = await start(id);
		expect(body.result).toMatch(/^[0-9a-f]{14}\.\d{8}$/);
		expect(portal.outbox().sms).toEqual([
			expect.objectContaining({ phone: '+79001112233', text: 'Ваш букет готов', documentId: `DEAL_${id}` }),
		]);
	});

	it('sends nothing to a client without a phone', async () => {
		const id = await portal.act.createDeal({ as: 3 });
		expect((await start(id)).status).toBe(200);
		expect(portal.outbox().sms).toEqual([]);
	});

	it('refuses what the page lists', async () => {
		const id = await portal.act.createDeal({ as: 3 });
		expect((await start(id, 'x', 99)).body).toEqual({
			error: 'ERROR_WRONG_WORKFLOW_ID',
			error_description: 'Template not found',
		});
		expect((await start(id, 'x', 2)).body.error_description).toBe('Template type and DOCUMENT_ID mismatch!');
		expect((await start(99)).body.error_description).toBe('Wrong DOCUMENT_ID!');
		const call = portal.call('bizproc.workflow.start', { TEMPLATE_ID: 1 }, { as: 2 });
		await expect(call).rejects.toMatchObject({ code: 'ACCESS_DENIED', status: 403 });
	});
});

describe('system methods (api-reference/common/)', () => {
	it('method-get.md, methods.md, server-time.md, profile.md, feature-get.md', async () => {
		const narrow = portal.issueWebhook({ userId: 3, scopes: ['task'] });
		const known = (name: string) => post(`${narrow}method.get`, { name }).then(({ body }) => body.result);
		expect(await known('tasks.task.add')).toEqual({ isExisting: true, isAvailable: true });
		expect(await known('crm.item.add')).toEqual({ isExisting: true, isAvailable: false });
		expect(await known('')).toEqual({ isExisting: false, isAvailable: false });
		const methods: string[] = (await post(`${narrow}methods`)).body.result;
		expect(methods).toContain('tasks.task.add');
		expect(methods).not.toContain('crm.item.add');
		expect(await portal.call('server.time')).toMatch(/^2026-01-12T09:00:\d\d\+03:00$/);
		expect(await portal.call('profile')).toEqual({
			ID: '1',
			ADMIN: true,
			NAME: 'Анна',
			LAST_NAME: 'Крылова',
			PERSONAL_GENDER: 'F',
			TIME_ZONE: '',
		});
		expect((await rest(portal, 'feature.get')).body.error).toBe('CODE_EMPTY');
	});
});
