import type { IDataObject } from 'n8n-workflow';

import { calls, NodeBench, requestsWith } from './nodeBench';

let bench: NodeBench;

// Reading changes nothing, so the tests of a group share their deals.
const withDeals = (create: () => Promise<void>) => {
	beforeAll(async () => {
		bench = await NodeBench.open();
		await create();
	});
	afterAll(async () => await bench.close());
};

afterAll(async () => await NodeBench.closePortals());

const getMany = (more: IDataObject = {}) => ({ resource: 'crmItem', operation: 'getAll', ...more }) as never;

const where = (...conditions: Array<[name: string, operator: string, value: unknown]>) => ({
	conditions: { condition: conditions.map(([name, operator, value]) => ({ name, operator, value })) },
});

async function createDeals(count: number, fieldsOf: (number: number) => IDataObject = () => ({})): Promise<void> {
	for (let number = 1; number <= count; number++) {
		const fields = { title: `№${number}`, ...fieldsOf(number) };
		await bench.portal.act.createDeal({ as: 1, fields, pipeline: 'Общее' });
	}
}

const titles = (items: IDataObject[]) => items.map(({ title }) => title);
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `№${index + 1}`);

describe('how many items come', () => {
	const delivery = (number: number) => (number % 2 ? 'Курьером' : 'Самовывоз');
	withDeals(async () => await createDeals(120, (number) => ({ 'Тип доставки': delivery(number) })));

	test('is exactly the limit, 50 to a page and every further page in the second request', async () => {
		for (const [limit, expected, lists] of [
			[10, 10, 1],
			[50, 50, 1],
			[51, 51, 2],
			[120, 120, 2],
			[500, 120, 2],
		]) {
			const { outputs, requests } = await bench.run(getMany({ returnAll: false, limit }));
			expect(titles(outputs[0])).toEqual(numbered(expected));
			expect([limit, requestsWith(requests, 'crm.item.list')]).toEqual([limit, lists]);
			expect(requests.length).toBe(lists + 3);
		}
	});

	test('is all 120, readable, after six requests altogether', async () => {
		const { outputs, paired, requests } = await bench.run(getMany({ returnAll: true }));
		expect(titles(outputs[0])).toEqual(numbered(120));
		expect(new Set(paired[0])).toEqual(new Set([0]));
		expect(outputs[0][119]).toMatchObject({
			itemRef: `D_${outputs[0][119].id}`,
			readable: { UF_CRM_FL_DELIVERY_TYPE: 'Самовывоз', stageId: 'Выполнение заказа' },
		});
		expect(requests.length).toBeLessThanOrEqual(6);
		expect(calls(requests, 'crm.item.get')).toBe(0);
	});

	test('is none, without a complaint', async () => {
		const { outputs, error } = await bench.run(getMany({ returnAll: true, stage: 'Заказ выполнен' }));
		expect([outputs, error]).toEqual([[[]], undefined]);
	});
});

describe('which items come', () => {
	withDeals(async () => {
		await bench.deal({ title: 'Перов', 'Тип доставки': 'Курьером', opportunity: 100 });
		await bench.deal({ title: 'Петров', 'Тип доставки': 'Самовывоз', opportunity: 200 }, 'Доставка');
		await bench.deal({ title: 'Штерн', opportunity: 300, 'Дата и время доставки': '2026-01-12T18:00:00+03:00' });
	});

	test.each<[string, IDataObject, string[]]>([
		['of a stage by its name', { stage: 'Доставка' }, ['Петров']],
		['of a stage by its code', { stage: 'FL_DELIVERY' }, ['Петров']],
		['of a stage from the list', { stage: { __rl: true, mode: 'list', value: 'FL_DELIVERY' } }, ['Петров']],
		['of a pipeline by its name', { pipeline: 'общее' }, ['Перов', 'Петров', 'Штерн']],
		['with a list value by its label', where(['UF_CRM_FL_DELIVERY_TYPE', '=', 'самовывоз']), ['Петров']],
		['with a list value by its code', where(['UF_CRM_FL_DELIVERY_TYPE', '=', 'courier']), ['Перов']],
		['with another list value', where(['UF_CRM_FL_DELIVERY_TYPE', '!=', 'courier']), ['Петров', 'Штерн']],
		['with an empty field', where(['UF_CRM_FL_DELIVERY_TYPE', '=', '']), ['Штерн']],
		['that contain a text', where(['title', '%', 'пе']), ['Перов', 'Петров']],
		['above a number', where(['opportunity', '>', '200']), ['Штерн']],
		['between two numbers', where(['opportunity', '>=', '100'], ['opportunity', '<=', '200']), ['Перов', 'Петров']],
		['after a moment of the portal', where(['UF_CRM_FL_DELIVERY_AT', '>', '2026-01-12T17:59']), ['Штерн']],
		['after a moment with its zone', where(['UF_CRM_FL_DELIVERY_AT', '>', '2026-01-12T15:01:00Z']), []],
		['that meet all conditions', { stage: 'NEW', ...where(['opportunity', '<', '300']) }, ['Перов']],
	])('%s', async (_name, parameters, expected) => {
		const { outputs, error } = await bench.run(getMany({ returnAll: true, ...parameters }));
		expect(error).toBeUndefined();
		expect(titles(outputs[0])).toEqual(expected);
	});
});

describe('a condition that is not complete or not possible stops instead of reading everything', () => {
	withDeals(async () => await createDeals(2));

	test.each<[string, IDataObject, string, string]>([
		['without a field', where(['', '=', 'x']), 'A condition has no field', 'or remove the condition'],
		[
			'with an unknown field',
			where(['UF_CRM_OLD', '=', 'x']),
			'This kind of item has no field "UF_CRM_OLD"',
			'Choose the field of each condition from the list',
		],
		[
			'with an unknown list value',
			where(['UF_CRM_FL_DELIVERY_TYPE', '=', 'Почтой']),
			'The field «Тип доставки» has no value «Почтой»',
			'It has «Самовывоз» (pickup), «Курьером» (courier).',
		],
		[
			'with something that is no date',
			where(['UF_CRM_FL_DELIVERY_AT', '>', 'завтра']),
			'"завтра" is not a date for the field «Дата и время доставки»',
			'2026-09-24T18:00',
		],
		[
			'that comes twice',
			where(['opportunity', '>', '1'], ['opportunity', '>', '2']),
			'Two conditions ask for "opportunity" with the same operator',
			'Join them into one.',
		],
		[
			'with several values',
			where(['title', '=', '={{ ["Перов", "Штерн"] }}']),
			'The field «Название» holds one value, and 2 were given',
			'Give a single value.',
		],
		['about an unknown stage', { stage: 'Сборка' }, 'has no stage «Сборка»', '(FL_READY)'],
		['about an unknown pipeline', { pipeline: 'Букеты' }, 'no pipeline «Букеты»', '«Общее»'],
	])('%s', async (_name, parameters, message, wayOut) => {
		const { outputs, error, requests } = await bench.run(getMany({ returnAll: true, ...parameters }));
		expect(error?.message).toContain(message);
		expect(`${error?.message} ${error?.description}`).toContain(wayOut);
		expect(outputs).toEqual([]);
		expect(calls(requests, 'crm.item.list')).toBe(0);
	});

	test('conditions about a field that the portal cannot filter by are refused by it', async () => {
		const { error } = await bench.run(getMany(where(['opportunity', '>', 'много'])));
		expect(error?.message).toContain('Bitrix24 refused crm.item.list');
	});
});
