import { Harness } from './index';
import { feed, FeedTrigger } from './sample-nodes';
import { connect, node, workflow } from './sample-workflows';

afterEach(async () => await Harness.closeAll());
beforeEach(() => feed.reset());

const everyMinute = { pollTimes: { item: [{ mode: 'everyMinute' }] } };
const feedFlow = () =>
	workflow('flow', [node('Feed', 'test.feed', everyMinute), node('End', 'noOp')], connect('Feed', 'End'));
const options = () => ({ now: '2026-01-12T09:00:00Z', workflows: [feedFlow()], extraNodes: [FeedTrigger] });

describe('schedules', () => {
	const scheduled = (timezone: string) =>
		workflow(
			'daily',
			[
				node(
					'At nine',
					'scheduleTrigger',
					{ rule: { interval: [{ field: 'cronExpression', expression: '0 0 9 * * 1-5' }] } },
					1.2,
				),
				node('End', 'noOp'),
			],
			connect('At nine', 'End'),
			{ timezone },
		);

	it('fire on working days at nine, local time, also across the change to summer time', async () => {
		const n8n = await Harness.start({ now: '2026-03-05T12:00:00-05:00', workflows: [scheduled('America/New_York')] });
		await n8n.activate();
		await n8n.pass({ days: 6 });
		expect(
			n8n
				.timeline()
				.filter((entry) => entry.node === 'End')
				.map(({ time }) => time),
		).toEqual([
			'2026-03-06T09:00:00-05:00',
			'2026-03-09T09:00:00-04:00',
			'2026-03-10T09:00:00-04:00',
			'2026-03-11T09:00:00-04:00',
		]);
	});

	it('fall silent when the workflow is unpublished', async () => {
		const n8n = await Harness.start({ now: '2026-03-05T12:00:00Z', workflows: [scheduled('UTC')] });
		await n8n.activate();
		await n8n.unpublish('daily');
		await n8n.pass({ days: 6 });
		expect(n8n.executions()).toEqual([]);
	});
});

describe('polls', () => {
	it('start one execution per emission', async () => {
		const n8n = await Harness.start(options());
		await n8n.activate();
		feed.rows.push({ id: 1 }, { id: 2 }, { id: 3 });
		await n8n.pass({ minutes: 1 });
		expect(n8n.executions('flow').map((execution) => n8n.items(execution, 'End'))).toEqual([
			[{ id: 1 }],
			[{ id: 2 }],
			[{ id: 3 }],
		]);
		await n8n.pass({ minutes: 10 });
		expect(n8n.executions('flow')).toHaveLength(3);
	});

	it('keep their cursor as n8n does: saved on activation and with an emission, forgotten otherwise', async () => {
		feed.rows.push({ id: 1 });
		const n8n = await Harness.start(options());
		await n8n.activate();
		expect(n8n.executions('flow')).toHaveLength(1);
		expect(n8n.staticData('flow')).toEqual({ 'node:Feed': { read: 1 } });
		feed.rows = [];
		await n8n.pass({ minutes: 2 });
		expect(n8n.staticData('flow')).toEqual({ 'node:Feed': { read: 1 } });
		feed.rows.push({ id: 2 });
		await n8n.pass({ minutes: 1 });
		expect(n8n.executions('flow')).toHaveLength(2);
		await n8n.restart();
		expect(n8n.executions('flow')).toHaveLength(2);
	});

	it('are skipped while the portal stands still, but for a look every five minutes', async () => {
		let revision = 1;
		const n8n = await Harness.start({ ...options(), portal: { revision: () => revision } });
		await n8n.activate();
		await n8n.pass({ hours: 1 });
		expect(feed.polls.length).toBeGreaterThan(10);
		expect(feed.polls.length).toBeLessThan(15);
		const before = feed.polls.length;
		revision++;
		await n8n.pass({ minutes: 1 });
		expect(feed.polls).toHaveLength(before + 1);
	});

	it('may overlap when they are slow', async () => {
		const n8n = await Harness.start(options());
		await n8n.activate();
		feed.slowness = 150_000;
		await n8n.pass({ minutes: 5 });
		expect(n8n.overlappingPolls('flow')).toBeGreaterThan(2);
	});

	it('that fail become failed executions; the next ones go on', async () => {
		const n8n = await Harness.start(options());
		await n8n.activate();
		feed.failNext = true;
		await expect(n8n.pass({ minutes: 1 })).rejects.toThrow('The feed is closed');
		feed.rows.push({ id: 1 });
		await n8n.pass({ minutes: 1 });
		expect(n8n.executions().map(({ status }) => status)).toEqual(['error', 'success']);
	});

	it('that fail during activation keep the workflow inactive', async () => {
		const n8n = await Harness.start(options());
		feed.failNext = true;
		await expect(n8n.activate()).rejects.toThrow('There was a problem activating the workflow: "The feed is closed"');
		await n8n.pass({ hours: 1 });
		expect(feed.polls).toHaveLength(1);
	});

	it('are doubled by a second n8n on the same portal', async () => {
		const first = await Harness.start(options());
		const second = await Harness.start({ ...options(), now: undefined, alongside: first });
		await first.activate();
		await second.activate();
		feed.rows.push({ id: 1 });
		await first.pass({ minutes: 1 });
		expect([first, second].map((n8n) => n8n.executions().length)).toEqual([1, 1]);
	});
});

describe('web hooks', () => {
	const hooked = (parameters: object, ...rest: ReturnType<typeof node>[]) => {
		const hook = node('Hook', 'webhook', { path: 'orders', httpMethod: 'POST', options: {}, ...parameters }, 2, {
			webhookId: 'hook',
		});
		return workflow('flow', [hook, ...rest], connect('Hook', ...rest.map(({ name }) => name)));
	};

	it('answer at once and run', async () => {
		const n8n = await Harness.start({ now: '2026-01-12T09:00:00Z', workflows: [hooked({}, node('End', 'noOp'))] });
		expect((await n8n.post('orders', {})).status).toBe(404);
		await n8n.activate();
		const answer = await n8n.request('/webhook/orders', { form: 'data[FIELDS][ID]=7', query: { source: 'crm' } });
		expect(answer).toMatchObject({ status: 200, body: { message: 'Workflow was started' } });
		expect(n8n.items(n8n.executions()[0], 'End')).toMatchObject([
			{ body: { 'data[FIELDS][ID]': '7' }, query: { source: 'crm' } },
		]);
	});

	it('answer 503 when n8n is killed meanwhile', async () => {
		const flow = hooked({ responseMode: 'lastNode' }, node('Middle', 'noOp'), node('End', 'noOp'));
		const n8n = await Harness.start({ now: '2026-01-12T09:00:00Z', workflows: [flow] });
		await n8n.activate();
		n8n.killAfter({ node: 'Middle' });
		expect((await n8n.post('orders', {})).status).toBe(503);
		expect(n8n.executions()[0].status).toBe('crashed');
	});

	it('answer what a Respond to Webhook node says', async () => {
		const respond = node(
			'Respond',
			'respondToWebhook',
			{ respondWith: 'json', responseBody: '={{ { "id": $json.body.id } }}', options: { responseCode: 201 } },
			1.1,
		);
		const flow = hooked({ responseMode: 'responseNode' }, respond, node('End', 'noOp'));
		const n8n = await Harness.start({ now: '2026-01-12T09:00:00Z', workflows: [flow] });
		await n8n.activate();
		expect(await n8n.post('orders', { id: 7 })).toMatchObject({ status: 201, body: { id: 7 } });
		expect(n8n.items(n8n.executions()[0], 'End')).toHaveLength(1);
	});

	it('are reached over HTTP when asked for', async () => {
		const flow = hooked({ responseMode: 'lastNode' }, node('End', 'noOp'));
		const n8n = await Harness.start({ now: '2026-01-12T09:00:00Z', workflows: [flow], listen: true });
		await n8n.activate();
		const response = await fetch(`${n8n.baseUrl}/webhook/orders`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: '{"id":7}',
		});
		expect(await response.json()).toMatchObject({ body: { id: 7 } });
	});
});

it('runs 200 executions at the same time', async () => {
	const n8n = await Harness.start(options());
	await n8n.activate();
	feed.rows.push(...Array.from({ length: 200 }, (_, id) => ({ id })));
	await n8n.pass({ minutes: 1 });
	expect(new Set(n8n.executions().map((execution) => n8n.items(execution, 'End')[0].id)).size).toBe(200);
});
