import { NodeBench } from './nodeBench';
import { TriggerBench, watchingStages } from './triggerBench';

let bench: NodeBench;

afterEach(async () => await bench.close());
afterAll(async () => await NodeBench.closePortals());

const anyStage = (more: Record<string, unknown> = {}) => ({ ...watchingStages([], more), pipeline: '0' });

describe('on a portal without the list «Шаги»', () => {
	test('the trigger hands out every entry once, hour after hour', async () => {
		bench = await NodeBench.open({ seed: 'empty' });
		const trigger = await TriggerBench.publish(bench, anyStage());
		await bench.portal.act.createDeal({ as: 1, fields: { title: 'Первая' } });
		await bench.portal.act.createDeal({ as: 1, fields: { title: 'Вторая' } });
		const started = await trigger.pass({ hours: 2 });
		expect(started.map(({ item, error }) => [item.title, error])).toEqual([
			['Первая', undefined],
			['Вторая', undefined],
		]);
	});

	test('taking over what stands there is refused when the flow is published, and the list is named', async () => {
		bench = await NodeBench.open({ seed: 'empty' });
		await bench.portal.act.createDeal({ as: 1, fields: { title: 'Первая' } });
		await expect(TriggerBench.publish(bench, anyStage({ takeOver: true }))).rejects.toThrow(
			'The portal has no list «Шаги» (code b24_steps)',
		);
	});
});
