import type { IDataObject } from 'n8n-workflow';

import { NodeBench, type BenchOptions, type FlowItem } from './nodeBench';

let bench: NodeBench;
let deal: FlowItem;

afterEach(async () => await bench.close());
afterAll(async () => await NodeBench.closePortals());

async function open(options: BenchOptions = {}, responsible = 'Орлова'): Promise<void> {
	bench = await NodeBench.open(options);
	deal = await bench.deal({ assignedById: await bench.person(responsible) });
}

const task = (more: IDataObject) => ({ resource: 'task', operation: 'create', title: 'Собрать', ...more }) as never;
const tell = (more: IDataObject) =>
	({ resource: 'notification', operation: 'send', message: 'Готово', ...more }) as never;

/** Last name of who was told what, in order. */
async function told(): Promise<string[]> {
	const users = await bench.portal.call<IDataObject[]>('user.get', {});
	const nameOf = (id: number) => users.find(({ ID }) => Number(ID) === id)?.LAST_NAME ?? `nobody (${id})`;
	return bench.portal.outbox().notifications.map(({ userId, text }) => `${nameOf(userId)}: ${text}`);
}

async function moveHead(department: string, lastName: string | undefined): Promise<void> {
	const [{ ID }] = (await bench.portal.call<IDataObject[]>('department.get', { NAME: department })) ?? [];
	const UF_HEAD = lastName === undefined ? 0 : await bench.person(lastName);
	await bench.portal.call('department.update', { ID, UF_HEAD });
}

describe('who a step is for', () => {
	test.each<[string, IDataObject, string]>([
		['the responsible by default', {}, 'Орлова'],
		['a role by its code', { recipient: 'role', role: 'florist' }, 'Иванова'],
		['a role by its name in other letters', { recipient: 'role', role: 'флорист ' }, 'Иванова'],
		['a role from the list', { recipient: 'role', role: { __rl: true, mode: 'list', value: 'courier' } }, 'Фёдоров'],
		['the head of the responsible', { recipient: 'head' }, 'Соколова'],
		['a person by ID', { recipient: 'person', person: '1' }, 'Крылова'],
	])('%s', async (_name, parameters, expected) => {
		await open();
		const [[made]] = (await bench.run(task(parameters), [deal])).outputs;
		expect(made.responsibleId).toBe(`${await bench.person(expected)}`);
		await bench.run(tell(parameters), [deal]);
		expect(await told()).toEqual([`${expected}: Готово`]);
	});

	test.each<[string, IDataObject, string, string]>([
		[
			'a role that is not in the list',
			{ recipient: 'role', role: 'baker' },
			'The list «Роли сотрудников» has no role «baker». It has «Флорист» (florist), «Курьер» (courier), «Руководитель отдела продаж» (head_of_sales), «Директор» (director).',
			'',
		],
		['a person who is not there', { recipient: 'person', person: '4711' }, 'The portal has no person 4711', 'Choose'],
		['a person by name', { recipient: 'person', person: 'Орлова' }, 'The portal has no person Орлова', 'Choose'],
	])('not %s, and nothing happens', async (_name, parameters, message, wayOut) => {
		await open();
		const before = bench.portal.revision();
		for (const operation of [task(parameters), tell(parameters)]) {
			const { error } = await bench.run(operation, [deal]);
			expect(error).toMatchObject({ message, itemIndex: 0 });
			expect(error?.description).toContain(wayOut);
		}
		expect(bench.portal.revision()).toBe(before);
	});

	test('the responsible needs the item of the flow, which must still be there', async () => {
		await open();
		const { error } = await bench.run(tell({}), [{ id: deal.id }]);
		expect(error?.message).toBe('"Responsible of the Item" needs "itemRef" (such as D_57), which this item lacks');
		await bench.portal.act.deleteItem({ as: 1, id: deal.id });
		expect((await bench.run(tell({}), [deal])).error?.message).toContain('Element not found');
		expect(await told()).toEqual([]);
	});

	test('on another portal the role leads to the person there', async () => {
		await open({ seedOptions: { pipelineId: 7, idOffset: 5000 } });
		const [[made]] = (await bench.run(task({ recipient: 'role', role: 'florist' }), [deal])).outputs;
		expect(Number(made.responsibleId)).toBeGreaterThan(5000);
		expect(made.readable).toMatchObject({ responsibleId: 'Ольга Иванова' });
	});
});

describe('a role that nobody holds', () => {
	const florist = { recipient: 'role', role: 'florist' };
	const standIn = { ...florist, emptyRoleMessage: 'Роль «Флорист» никому не назначена' };
	const nobody: BenchOptions = { seedOptions: { roles: { florist: false } } };

	test('stops the step and says what to enter where', async () => {
		await open(nobody);
		const before = bench.portal.revision();
		for (const operation of [task(florist), tell(florist)]) {
			const { error } = await bench.run(operation, [deal]);
			expect(error).toEqual({
				message: 'Nobody holds the role «florist»',
				description: 'Enter a person for it in the list «Роли сотрудников», or fill "Text if the Role Is Empty".',
				itemIndex: 0,
			});
		}
		expect(bench.portal.revision()).toBe(before);
	});

	test('gives the task to the responsible, who is told so', async () => {
		await open(nobody);
		const [[made]] = (await bench.run(task(standIn), [deal])).outputs;
		expect(made.readable).toMatchObject({ responsibleId: 'Елена Орлова' });
		expect(await told()).toEqual(['Орлова: Роль «Флорист» никому не назначена']);
	});

	test('tells so once for a step, however often it runs', async () => {
		await open(nobody);
		for (let time = 0; time < 3; time++) await bench.run(task({ ...standIn, step: 'florist' }), [deal]);
		expect(await told()).toEqual(['Орлова: Роль «Флорист» никому не назначена']);
	});

	test('lets the notification go to the responsible together with the explanation', async () => {
		await open(nobody);
		for (let time = 0; time < 2; time++) await bench.run(tell({ ...standIn, step: 'tell-florist' }), [deal]);
		expect(await told()).toEqual(['Орлова: Готово', 'Орлова: Роль «Флорист» никому не назначена']);
	});

	test('a long step name leaves room for the explanation', async () => {
		await open(nobody);
		const step = 'a-step-name-that-is-exactly-40-chars-long';
		const { error } = await bench.run(task({ ...standIn, step: step.slice(0, 40) }), [deal]);
		expect(error).toBeUndefined();
		expect(await told()).toHaveLength(1);
	});
});

describe('the head of a person', () => {
	const toHead = task({ recipient: 'head' });

	test('who is the head himself is the head above', async () => {
		await open({}, 'Соколова');
		const [[made]] = (await bench.run(toHead, [deal])).outputs;
		expect(made.readable).toMatchObject({ responsibleId: 'Анна Крылова' });
	});

	test('whose department has no head is the head above', async () => {
		await open({}, 'Фёдоров');
		const [[made]] = (await bench.run(toHead, [deal])).outputs;
		expect(made.readable).toMatchObject({ responsibleId: 'Анна Крылова' });
	});

	test('gets the task although he is on leave', async () => {
		await open();
		const [from, to] = ['2026-01-12T00:00:00+03:00', '2026-01-20T00:00:00+03:00'];
		await bench.portal.act.goOnLeave({ userId: await bench.person('Соколова'), from, to });
		const [[made]] = (await bench.run(toHead, [deal])).outputs;
		expect(made.readable).toMatchObject({ responsibleId: 'Мария Соколова' });
	});

	test('at the top of the company there is none', async () => {
		await open({}, 'Крылова');
		const before = bench.portal.revision();
		const { error } = await bench.run(toHead, [deal]);
		expect(error).toEqual({
			message: 'Person 1 has no head in the structure of the company',
			description: 'Enter a head for his department or one above it in Bitrix24: Company → Structure.',
			itemIndex: 0,
		});
		expect(bench.portal.revision()).toBe(before);
	});

	test('who was changed in the portal is the new one', async () => {
		await open();
		await moveHead('Отдел продаж', 'Петров');
		const [[made]] = (await bench.run(toHead, [deal])).outputs;
		expect(made.readable).toMatchObject({ responsibleId: 'Игорь Петров' });
	});
});
