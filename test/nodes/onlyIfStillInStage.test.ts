import type { INodePropertyOptions } from 'n8n-workflow';

import { Bitrix24 } from '../../nodes/Bitrix24/Bitrix24.node';
import { fieldsOf, NodeBench, type FlowItem } from './nodeBench';

let bench: NodeBench;
let deal: FlowItem;

beforeEach(async () => {
	bench = await NodeBench.open();
	deal = await bench.deal();
});
afterEach(async () => await bench.close());
afterAll(async () => await NodeBench.closePortals());

const toDirector = { recipient: 'person', person: '1' };

/** Every operation of the node with parameters that let it do something for the deal. */
const OPERATIONS = [
	{ resource: 'crmItem', operation: 'get' },
	{ resource: 'crmItem', operation: 'getAll', returnAll: true },
	{ resource: 'crmItem', operation: 'create', title: 'Повтор', step: 'repeat' },
	{ resource: 'crmItem', operation: 'update', fields: fieldsOf({ title: 'Новое' }) },
	{ resource: 'crmItem', operation: 'moveToStage', stage: 'WON' },
	{ resource: 'task', operation: 'create', title: 'Собрать букет', ...toDirector, step: 'florist' },
	{ resource: 'task', operation: 'get', taskId: '={{ $json.taskId }}' },
	{ resource: 'notification', operation: 'send', message: 'Готово', ...toDirector },
	{ resource: 'notification', operation: 'control', message: 'Готово' },
	{ resource: 'api', operation: 'call', method: 'crm.timeline.comment.add', parameters: '={{ $json.comment }}' },
	{
		resource: 'api',
		operation: 'batch',
		commands: { command: [{ name: 'owner', method: 'profile', parameters: '{}' }] },
	},
].map((operation) => ({ ...operation, onlyIfStillInStage: true }));

const NAMED = OPERATIONS.map((parameters) => [`${parameters.resource} ${parameters.operation}`, parameters] as const);

/** The flow's item with what the operations above ask for; the responsible has a head. */
async function flowItem() {
	const assignedById = await bench.person('Орлова');
	await bench.portal.act.setFields({ as: 1, id: deal.id, fields: { assignedById } });
	const { task } = await bench.portal.call('tasks.task.add', { fields: { TITLE: 'Старая', RESPONSIBLE_ID: 1 } });
	const comment = { fields: { ENTITY_ID: deal.id, ENTITY_TYPE: 'deal', COMMENT: 'Готово' } };
	return { ...deal, taskId: task.id, comment };
}

test('the list above holds every operation of the node', () => {
	const choices = new Bitrix24().description.properties.filter(({ name }) => name === 'operation');
	const known = choices.flatMap(({ options = [], displayOptions }) =>
		options.map((option) => `${displayOptions?.show?.resource?.[0]} ${(option as INodePropertyOptions).value}`),
	);
	expect(NAMED.map(([name]) => name).sort()).toEqual(known.sort());
});

describe.each(NAMED)('%s, only if still in stage', (_name, parameters) => {
	test('goes on while the deal stands there, and hands the entry on', async () => {
		const item = await flowItem();
		const { outputs, hints, error } = await bench.run(parameters as never, [item]);
		expect([error, hints]).toEqual([undefined, []]);
		expect(outputs[0].length).toBeGreaterThan(0);
		for (const result of outputs[0]) expect(result).toMatchObject({ itemRef: deal.itemRef, entryId: deal.entryId });
	});

	test('ends for a deal that left, one that came back and one that was deleted', async () => {
		const left = await flowItem();
		const back = await bench.deal({ title: 'Штерн' });
		const gone = await bench.deal({ title: 'Лапина' });
		await bench.portal.act.moveToStage({ as: 1, id: left.id, stage: 'Доставка' });
		await bench.portal.act.moveToStage({ as: 1, id: back.id, stage: 'Доставка' });
		await bench.portal.act.moveToStage({ as: 1, id: back.id, stage: 'Выполнение заказа' });
		await bench.portal.act.deleteItem({ as: 1, id: gone.id });
		const before = bench.portal.revision();
		const items = [left, { ...left, ...back }, { ...left, ...gone }];
		const { outputs, hints, error } = await bench.run(parameters as never, items);
		expect([error, outputs]).toEqual([undefined, [[]]]);
		expect(hints).toEqual([
			`${left.itemRef} has left the stage meanwhile, so it ended here.`,
			`${back.itemRef} has left the stage meanwhile, so it ended here.`,
			`${gone.itemRef} was deleted meanwhile, so it ended here.`,
		]);
		expect(bench.portal.revision()).toBe(before);
	});

	test('stops with a sentence when the entry is missing, and does nothing', async () => {
		const item = await flowItem();
		const before = bench.portal.revision();
		for (const broken of [
			{ ...item, entryId: undefined },
			{ ...item, entryId: 'D_57' },
			{ ...item, entryId: 57 },
		]) {
			const { error } = await bench.run(parameters as never, [broken]);
			expect(error).toEqual({
				message: '"Only If Still in Stage" needs "entryId", which this item lacks',
				description: expect.stringContaining('Nodes of other makers in between have to keep the fields entryId'),
				itemIndex: 0,
			});
		}
		expect(bench.portal.revision()).toBe(before);
	});
});

test('70 items look with three requests and show three hints and the number of the others', async () => {
	const deals = [deal];
	for (let number = 0; number < 69; number++) deals.push(await bench.deal());
	for (const { id } of deals.slice(10)) await bench.portal.act.moveToStage({ as: 1, id, stage: 'Доставка' });
	const { outputs, hints, requests, paired } = await bench.run(OPERATIONS[0] as never, deals);
	expect(outputs[0].map(({ id }) => id)).toEqual(deals.slice(0, 10).map(({ id }) => id));
	expect(paired[0]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
	expect(hints).toHaveLength(4);
	expect(hints[3]).toBe('57 more items ended likewise.');
	// Two calls for each item: its history and its stage.
	expect(
		requests.filter(({ commands }) => commands?.some(({ method }) => method === 'crm.stagehistory.list')),
	).toHaveLength(3);
});
