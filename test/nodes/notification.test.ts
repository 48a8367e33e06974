import type { IDataObject } from 'n8n-workflow';

import { calls, NodeBench, type FlowItem } from './nodeBench';

let bench: NodeBench;
let deal: FlowItem;

beforeEach(async () => {
	bench = await NodeBench.open();
	deal = await bench.deal({ assignedById: await bench.person('Орлова') });
});
afterEach(async () => await bench.close());
afterAll(async () => await NodeBench.closePortals());

const send = (more: IDataObject = {}) =>
	({ resource: 'notification', operation: 'send', message: 'Заказ [b]собран[/b]', ...more }) as never;
const control = (more: IDataObject = {}) =>
	({ resource: 'notification', operation: 'control', message: 'Заказ стоит', ...more }) as never;

const notifications = () => bench.portal.outbox().notifications;

async function onLeave(lastName: string, to = '2026-01-20T00:00:00+03:00'): Promise<void> {
	const from = '2026-01-12T00:00:00+03:00';
	await bench.portal.act.goOnLeave({ userId: await bench.person(lastName), from, to });
}

describe('a notification', () => {
	test('arrives and hands the flow on', async () => {
		const { outputs } = await bench.run(send(), [deal]);
		const userId = await bench.person('Орлова');
		const [{ id }] = notifications();
		expect(outputs[0]).toEqual([
			{ userId, notificationId: id, sent: true, itemRef: deal.itemRef, entryId: deal.entryId },
		]);
		expect(notifications()).toMatchObject([{ userId, text: 'Заказ [b]собран[/b]', method: 'im.notify.system.add' }]);
	});

	test('without a message is not sent', async () => {
		const { error } = await bench.run(send({ message: '={{ $json.notThere }}' }), [deal]);
		expect(error).toMatchObject({ message: '"Message" is empty', itemIndex: 0 });
		expect(notifications()).toEqual([]);
	});

	test('of a step is sent once', async () => {
		const first = await bench.run(send({ step: 'tell' }), [deal]);
		const second = await bench.run(send({ step: 'tell' }), [deal]);
		expect(first.outputs[0]).toMatchObject([{ sent: true, entryId: deal.entryId }]);
		expect(second.outputs[0]).toMatchObject([{ sent: false, sentBefore: true, entryId: deal.entryId }]);
		expect(calls(second.requests, 'im.notify.system.add')).toBe(0);
		expect(notifications()).toHaveLength(1);
	});

	test('of a step is sent once by two runs at the same time', async () => {
		const runs = await Promise.all([
			bench.run(send({ step: 'tell' }), [deal]),
			bench.run(send({ step: 'tell' }), [deal]),
		]);
		expect(runs.map(({ error }) => error)).toEqual([undefined, undefined]);
		expect(notifications()).toHaveLength(1);
	});

	test('of two runs that both got their claim is sent once: the older claim wins', async () => {
		bench.portal.switches.set({ skipListUniqueness: true });
		await Promise.all([bench.run(send({ step: 'tell' }), [deal]), bench.run(send({ step: 'tell' }), [deal])]);
		expect(notifications()).toHaveLength(1);
	});

	test.each(['cutAfter', '500', 'html'] as const)(
		'of a step whose answer was lost (%s) is reported and never repeated',
		async (kind) => {
			bench.portal.faults.set([{ method: 'im.notify.system.add', kind, count: 1 }]);
			const first = await bench.run(send({ step: 'tell' }), [deal]);
			expect(first.error?.message).toContain('No answer to im.notify.system.add (');
			const sentSoFar = notifications().length;
			await bench.pass({ minutes: 10 });
			const second = await bench.run(send({ step: 'tell' }), [deal]);
			expect(second.outputs[0]).toMatchObject([{ sent: false, sentBefore: true }]);
			expect(notifications()).toHaveLength(sentSoFar);
		},
	);

	test('of a step that was begun and never ended is reported once, then counts as done', async () => {
		await bench.portal.call('lists.element.add', {
			IBLOCK_TYPE_ID: 'lists',
			IBLOCK_CODE: 'b24_steps',
			ELEMENT_CODE: `${deal.entryId}:tell`,
			FIELDS: { NAME: 'x', ...(await stateProperty('claimed 2026-01-12T06:00:00.000Z')) },
		});
		const { error } = await bench.run(send({ step: 'tell' }), [deal]);
		expect(error?.message).toBe(
			'The step "tell" was begun at 2026-01-12T06:00:00.000Z and never said that it was done, so it is unknown whether it was carried out',
		);
		expect(error?.description).toContain(`delete ${deal.entryId}:tell from the list «Шаги»`);
		expect((await bench.run(send({ step: 'tell' }), [deal])).outputs[0]).toMatchObject([{ sentBefore: true }]);
		expect(notifications()).toEqual([]);
	});

	test('that the portal refuses gives its step back', async () => {
		const webhookSecret = bench.portal.issueWebhook({
			userId: 1,
			scopes: ['crm', 'lists', 'user', 'department', 'task'],
		});
		const credential = bench.webhook({ webhookSecret });
		const { error } = await bench.run(send({ step: 'tell' }), [deal], { credential });
		expect(error?.message).toContain('Bitrix24 refused im.notify.system.add');
		expect(error?.description).toContain('lacks the permission (scope)');
		await bench.run(send({ step: 'tell' }), [deal]);
		expect(notifications()).toHaveLength(1);
	});
});

describe('«Контроль»', () => {
	const cases: Array<[string, string, string[], string]> = [
		['tells the head of the responsible', 'Орлова', [], 'Соколова'],
		['climbs when the responsible is the head himself', 'Соколова', [], 'Крылова'],
		['climbs when the head is on leave', 'Орлова', ['Соколова'], 'Крылова'],
		['climbs when the department has no head', 'Фёдоров', [], 'Крылова'],
		['does not mind that the responsible is on leave', 'Орлова', ['Орлова'], 'Соколова'],
	];

	test.each(cases)('%s', async (_name, responsible, away, expected) => {
		const assignedById = await bench.person(responsible);
		await bench.portal.act.setFields({ as: 1, id: deal.id, fields: { assignedById } });
		for (const lastName of away) await onLeave(lastName);
		const { outputs } = await bench.run(control(), [deal]);
		const userId = await bench.person(expected);
		expect(outputs[0]).toMatchObject([{ userId, sent: true, itemRef: deal.itemRef, entryId: deal.entryId }]);
		expect(notifications()).toMatchObject([{ userId, text: 'Заказ стоит' }]);
	});

	test('goes to the head again after his leave', async () => {
		await onLeave('Соколова', '2026-01-12T09:00:00+03:00');
		await bench.run(control(), [deal]);
		expect(notifications()).toMatchObject([{ userId: await bench.person('Соколова') }]);
	});

	test.each([
		['Крылова', []],
		['Орлова', ['Соколова', 'Крылова']],
	])('ends with a hint when nobody is above %s', async (responsible, away) => {
		const assignedById = await bench.person(responsible);
		await bench.portal.act.setFields({ as: 1, id: deal.id, fields: { assignedById } });
		for (const lastName of away) await onLeave(lastName);
		const { outputs, hints, error } = await bench.run(control(), [deal]);
		expect([outputs, error]).toEqual([[[]], undefined]);
		expect(hints).toEqual([`Person ${assignedById} has no head at work above him, so nobody was told.`]);
		expect(notifications()).toEqual([]);
	});

	test('of a step is done once', async () => {
		for (let time = 0; time < 2; time++) await bench.run(control({ step: 'control' }), [deal]);
		expect(notifications()).toHaveLength(1);
	});

	test.each([
		[{}, '«Контроль» needs "itemRef" (such as D_57), which this item lacks'],
		[{ itemRef: 'D_4711' }, 'Bitrix24 refused crm.item.get: Element not found'],
	])('for %j stops', async (item, message) => {
		const { error } = await bench.run(control(), [item as IDataObject]);
		expect(error).toMatchObject({ message, itemIndex: 0 });
	});
});

/** The field of the list «Шаги» that holds the state of a step. */
async function stateProperty(value: string): Promise<IDataObject> {
	const list = { IBLOCK_TYPE_ID: 'lists', IBLOCK_CODE: 'b24_steps' };
	const fields = await bench.portal.call<Record<string, IDataObject>>('lists.field.get', list);
	const state = Object.values(fields).find(({ CODE }) => CODE === 'STATE');
	return { [String(state?.FIELD_ID)]: value };
}
