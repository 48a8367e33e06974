import type { INodeParameters } from 'n8n-workflow';

import { Editor } from './editor';
import { NodeBench, type BenchOptions } from './nodeBench';

let bench: NodeBench;

afterEach(async () => await bench.close());
afterAll(async () => await NodeBench.closePortals());

async function editor(parameters: unknown, options: BenchOptions = {}, type = 'bitrix24'): Promise<Editor> {
	bench = await NodeBench.open(options);
	return new Editor(type, parameters as INodeParameters, bench.webhook());
}

const deal = { resource: 'crmItem', operation: 'moveToStage', entityTypeId: 2 };
const seven: BenchOptions = { seedOptions: { pipelineId: 7, idOffset: 5000 } };
const chosen = (value: string, mode = 'list') => ({ __rl: true, mode, value });

describe('pipelines', () => {
	test('are chosen by name, so that a flow fits another portal', async () => {
		expect(await (await editor(deal, seven)).search('searchPipelines')).toEqual([
			{ name: 'Общее', value: 'Общее' },
			{ name: 'Общая', value: 'Общая' },
		]);
	});

	test('are narrowed by what is typed', async () => {
		const node = await editor(deal, seven);
		expect(await node.search('searchPipelines', 'общЕЕ')).toEqual([{ name: 'Общее', value: 'Общее' }]);
		expect(await node.search('searchPipelines', 'букеты')).toEqual([]);
	});

	test('of leads are one', async () => {
		const node = await editor({ ...deal, entityTypeId: 1 });
		expect(await node.search('searchPipelines')).toHaveLength(1);
	});
});

describe('stages', () => {
	const ofShop = [
		{ name: 'Выполнение заказа', value: 'NEW' },
		{ name: 'Заказ собран', value: 'FL_READY' },
		{ name: 'Доставка', value: 'FL_DELIVERY' },
		{ name: 'Заказ выполнен', value: 'WON' },
		{ name: 'Сделка неуспешна', value: 'LOSE' },
	];

	test.each([
		['from the list', chosen('Общее')],
		['by its name', chosen('общее', 'name')],
		['by its ID', chosen('7', 'id')],
	])('are those of the pipeline that is chosen %s, under codes without its number', async (_name, pipeline) => {
		expect(await (await editor({ ...deal, pipeline }, seven)).search('searchStages')).toEqual(ofShop);
	});

	test('are those of the default pipeline when none is chosen', async () => {
		const names = (await (await editor(deal, seven)).search('searchStages')).map(({ name }) => name);
		expect(names).toContain('Новая');
		expect(names).not.toContain('Заказ собран');
	});

	test('are narrowed by what is typed', async () => {
		expect(await (await editor(deal)).search('searchStages', 'ЗАКАЗ')).toEqual([ofShop[0], ofShop[1], ofShop[3]]);
	});

	test('of leads are their statuses', async () => {
		const [first, second] = await (await editor({ ...deal, entityTypeId: 1 })).search('searchStages');
		expect([first, second]).toEqual([
			{ name: 'Не обработан', value: 'NEW' },
			{ name: 'В работе', value: 'IN_PROCESS' },
		]);
	});

	test('of an unknown pipeline: the sentence', async () => {
		const node = await editor({ ...deal, pipeline: chosen('Букеты') });
		await expect(node.search('searchStages')).rejects.toThrow('The portal has no pipeline «Букеты». It has «Общее».');
	});

	test('are found by the trigger as well', async () => {
		const parameters = { watch: 'stageEntered', entityTypeId: 2, pipeline: chosen('Общее') };
		const node = await editor(parameters, seven, 'bitrix24PollTrigger');
		expect(await node.search('searchStages')).toEqual(ofShop);
		expect(await node.search('searchPipelines')).toHaveLength(2);
	});
});

describe('roles and people', () => {
	const task = { resource: 'task', operation: 'create' };

	test('roles by name, chosen by code', async () => {
		const node = await editor({ ...task, recipient: 'role' });
		expect(await node.search('searchRoles')).toEqual([
			{ name: 'Флорист', value: 'florist' },
			{ name: 'Курьер', value: 'courier' },
			{ name: 'Руководитель отдела продаж', value: 'head_of_sales' },
			{ name: 'Директор', value: 'director' },
		]);
		expect(await node.search('searchRoles', 'флор')).toEqual([{ name: 'Флорист', value: 'florist' }]);
	});

	test('roles of a portal without the list: what is missing', async () => {
		const node = await editor({ ...task, recipient: 'role' }, { seed: 'empty' });
		await expect(node.search('searchRoles')).rejects.toThrow('The portal has no list «Роли сотрудников»');
	});

	test('people with their position, by last name', async () => {
		const node = await editor({ ...task, recipient: 'person' });
		const people = await node.search('searchPeople');
		expect(people).toHaveLength(8);
		expect(people).toContainEqual({ name: 'Елена Орлова, Менеджер', value: `${await bench.person('Орлова')}` });
		const lastNames = people.map(({ name }) => name.split(/[ ,]/)[1]);
		expect(lastNames).toEqual([...lastNames].sort((one, other) => one.localeCompare(other, 'ru')));
	});

	test.each(['Орл', 'орлова'])('people narrowed by «%s»', async (typed) => {
		const node = await editor({ ...task, recipient: 'person' });
		expect((await node.search('searchPeople', typed)).map(({ name }) => name)).toEqual(['Елена Орлова, Менеджер']);
	});

	test('people narrowed by a first name', async () => {
		const node = await editor({ ...task, recipient: 'person' });
		expect((await node.search('searchPeople', 'Елена')).map(({ name }) => name)).toEqual(['Елена Орлова, Менеджер']);
	});
});

describe('fields', () => {
	test('to write: titles with the name and the list values beneath', async () => {
		const fields = await (await editor({ resource: 'crmItem', operation: 'update' })).options('getWritableFields');
		expect(fields).toContainEqual({
			name: 'Тип доставки',
			value: 'UF_CRM_FL_DELIVERY_TYPE',
			description: 'UF_CRM_FL_DELIVERY_TYPE: Самовывоз, Курьером',
		});
		expect(fields).toContainEqual({ name: 'Название', value: 'title', description: 'title' });
		expect(fields.map(({ value }) => value)).not.toContain('createdTime');
		const names = fields.map(({ name }) => name);
		expect(names).toEqual([...names].sort((one, other) => one.localeCompare(other, 'ru')));
	});

	test('to ask for: those that cannot be written too', async () => {
		const fields = await (await editor({ resource: 'crmItem', operation: 'getAll' })).options('getFields');
		expect(fields.map(({ value }) => value)).toEqual(expect.arrayContaining(['createdTime', 'UF_CRM_FL_DELIVERY_AT']));
	});

	test('of the chosen kind of item', async () => {
		const parameters = { resource: 'crmItem', operation: 'update', entityTypeId: 3 };
		const values = (await (await editor(parameters)).options('getWritableFields')).map(({ value }) => value);
		expect(values).toContain('lastName');
		expect(values).not.toContain('stageId');
	});

	test('of a smart process that is not there: what the portal says', async () => {
		const parameters = { resource: 'crmItem', operation: 'update', entityTypeId: 0, smartProcessId: 777 };
		await expect((await editor(parameters)).options('getFields')).rejects.toThrow('Bitrix24 refused');
	});
});

test('a portal that cannot be reached is named in the list, without the code of the webhook', async () => {
	bench = await NodeBench.open();
	const n8n = await bench.startNode({});
	const webhookSecret = 'http://127.0.0.1:9/rest/1/s3cr3t/';
	const search = new Editor('bitrix24', deal, bench.webhook({ webhookSecret })).search('searchPipelines');
	const failure = search.catch((error: Error) => error.message);
	await n8n.pass({ minutes: 1 });
	expect(await failure).toMatch(/^Bitrix24 could not be reached for crm\.category\.list \([^)]+\)$/);
	expect(await failure).not.toContain('s3cr3t');
});
