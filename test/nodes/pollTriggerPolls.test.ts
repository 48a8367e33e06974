import type { INodeParameters } from 'n8n-workflow';

import { calls, NodeBench, type BenchOptions } from './nodeBench';
import { TriggerBench, watchingStages } from './triggerBench';

let bench: NodeBench;
let trigger: TriggerBench;

afterEach(async () => await bench.close());
afterAll(async () => await NodeBench.closePortals());

async function publish(parameters: INodeParameters, options: BenchOptions = {}): Promise<void> {
	bench = await NodeBench.open(options);
	trigger = await TriggerBench.publish(bench, parameters);
}

test('an entry that becomes visible late, after a younger one, is not missed', async () => {
	await publish(watchingStages(['NEW']));
	bench.portal.switches.set({ stageHistoryLagMs: 3 * 60_000 });
	const late = await bench.portal.act.createDeal({ as: 1, fields: { title: 'Перов' }, pipeline: 'Общее' });
	bench.portal.switches.set({ stageHistoryLagMs: 0 });
	const early = await bench.deal();
	expect((await trigger.pass()).map(({ item }) => item.id)).toEqual([early.id]);
	expect((await trigger.pass({ minutes: 4 })).map(({ item }) => item.id)).toEqual([late]);
	expect(await trigger.pass({ minutes: 4 })).toEqual([]);
});

test('a portal that is out of reach for some polls costs nothing but time', async () => {
	await publish(watchingStages(['NEW']));
	const { id } = await bench.deal();
	bench.portal.faults.set([{ kind: '500' }]);
	const failed = await trigger.pass({ minutes: 2 });
	expect(failed.map(({ error }) => error)).toContain(
		'Bitrix24 could not be reached for crm.stagehistory.list (the portal stumbled: INTERNAL_SERVER_ERROR)',
	);
	bench.portal.faults.clear();
	expect((await trigger.pass({ minutes: 3 })).filter(({ error }) => !error)).toMatchObject([{ item: { id } }]);
});

describe('requests', () => {
	test('are one for each poll when nothing happened', async () => {
		await publish(watchingStages(['NEW', 'FL_DELIVERY']));
		await bench.deal();
		await trigger.pass();
		const requests = await trigger.requestsIn({ minutes: 3 });
		expect(requests.map(({ method }) => method)).toEqual(Array(3).fill('crm.stagehistory.list'));
	});

	test('stay few over an hour: the sweep, and a new look at the names every ten minutes', async () => {
		await publish(watchingStages(['NEW', 'FL_DELIVERY']));
		const requests = await trigger.requestsIn({ hours: 1 });
		expect(requests.length).toBeGreaterThanOrEqual(60);
		expect(requests.length).toBeLessThanOrEqual(60 + 12 * 2 + 6 * 2);
	});

	test('for 25 entries are one for the list, one for the items, four for names, two for the marks', async () => {
		await publish(watchingStages(['NEW']));
		for (let number = 0; number < 25; number++) await bench.deal();
		const before = bench.portal.requests.count();
		expect(await trigger.pass()).toHaveLength(25);
		const requests = bench.portal.requests.log.slice(before);
		expect(calls(requests, 'crm.item.get')).toBe(25);
		expect(calls(requests, 'lists.element.add')).toBe(25);
		expect(requests.length).toBeLessThanOrEqual(8);
	});

	test('for 26 entries travel in two rounds', async () => {
		await publish(watchingStages(['NEW']));
		for (let number = 0; number < 26; number++) await bench.deal();
		expect(await trigger.pass()).toHaveLength(26);
	});
});

describe('publishing stops with a sentence', () => {
	test.each<[string, INodeParameters, string]>([
		[
			'an unknown stage',
			watchingStages(['NEW', 'Упаковка']),
			'The pipeline «Общее» has no stage «Упаковка». It has «Выполнение заказа» (NEW), «Заказ собран» (FL_READY)',
		],
		[
			'an unknown pipeline',
			watchingStages(['NEW'], { pipeline: 'Букеты' }),
			'The portal has no pipeline «Букеты». It has «Общее».',
		],
		[
			'no stage in a row',
			watchingStages(['NEW', { stage: { __rl: true, mode: 'list', value: '' } }]),
			'"Stage" is empty',
		],
		[
			'only rows that are off',
			watchingStages([{ stage: 'NEW', active: false }]),
			'Every row under "Stages" is switched off',
		],
		[
			'an unknown status of leads',
			watchingStages(['Доставка'], { entityTypeId: 1, pipeline: '' }),
			'The list of lead statuses has no stage «Доставка»',
		],
	])('for %s', async (_name, parameters, message) => {
		await expect(publish(parameters)).rejects.toThrow(message);
	});

	test('for a smart process that the portal does not have', async () => {
		await expect(publish(watchingStages(['NEW'], { entityTypeId: 0, smartProcessId: 777 }))).rejects.toThrow(
			'Bitrix24 refused',
		);
	});
});
