import type { IDataObject } from 'n8n-workflow';

import { calls, fieldsOf, NodeBench, type FlowItem } from './nodeBench';

let bench: NodeBench;
let deal: FlowItem;

beforeEach(async () => {
	bench = await NodeBench.open();
	deal = await bench.deal();
});
afterEach(async () => await bench.close());
afterAll(async () => await NodeBench.closePortals());

const GET = { resource: 'crmItem', operation: 'get' };
const UPDATE = { resource: 'crmItem', operation: 'update', fields: fieldsOf({ title: 'Новое' }) };
const MOVE = { resource: 'crmItem', operation: 'moveToStage', stage: 'Доставка' };

describe('reading goes on', () => {
	test.each(['503', '429', '500', 'cutBefore', 'cutAfter', 'html', 'empty'] as const)(
		'after %s, whether alone or in a batch',
		async (kind) => {
			bench.portal.faults.set([
				{ kind, count: 1 },
				{ method: 'batch', kind, count: 1 },
				{ method: 'user.get', kind, count: 1 },
			]);
			const { outputs, error } = await bench.run(GET, [deal]);
			expect(error).toBeUndefined();
			expect(outputs[0]).toMatchObject([{ id: deal.id, readable: { assignedById: 'Анна Крылова' } }]);
		},
	);

	test.each([
		['500', 'Bitrix24 could not be reached for crm.item.get (the portal stumbled: INTERNAL_SERVER_ERROR)'],
		['cutBefore', 'Bitrix24 could not be reached for crm.item.get (the connection was cut)'],
		['html', 'Bitrix24 could not be reached for crm.item.get (HTTP 502 without JSON)'],
	] as const)('not for ever after %s', async (kind, message) => {
		bench.portal.faults.set([{ kind }]);
		const { error, requests } = await bench.run(GET, [deal]);
		expect(error).toMatchObject({ message, itemIndex: 0 });
		expect(error?.description).toContain('Check that the portal opens in a browser');
		expect(requests).toHaveLength(4);
	});
});

describe('writing', () => {
	test.each(['503', '429'] as const)('is repeated after %s, since nothing was done', async (kind) => {
		bench.portal.faults.set([{ method: 'crm.item.update', kind, count: 2 }]);
		const { error, requests } = await bench.run(UPDATE, [deal]);
		expect(error).toBeUndefined();
		expect(calls(requests, 'crm.item.update')).toBe(3);
		expect(await bench.dealNow(deal.id)).toMatchObject({ title: 'Новое' });
	});

	test.each(['503', '429'] as const)('of 60 items loses and doubles none when %s strikes in between', async (kind) => {
		const commentOf = (COMMENT: string) => ({ fields: { ENTITY_ID: deal.id, ENTITY_TYPE: 'deal', COMMENT } });
		const items = Array.from({ length: 60 }, (_, index) => ({ ...deal, comment: commentOf(`№${index}`) }));
		bench.portal.faults.set([{ method: 'crm.timeline.comment.add', kind, skip: 1, count: 1 }]);
		const add = { resource: 'api', operation: 'call', method: 'crm.timeline.comment.add' };
		const { outputs, error } = await bench.run({ ...add, parameters: '={{ $json.comment }}' }, items);
		expect(error).toBeUndefined();
		expect(outputs[0]).toHaveLength(60);
		const filter = { ENTITY_ID: deal.id, ENTITY_TYPE: 'deal' };
		const list = async (start: number) =>
			await bench.portal.call<IDataObject[]>('crm.timeline.comment.list', { filter, start });
		const texts = [...(await list(0)), ...(await list(50))].map(({ COMMENT }) => COMMENT);
		expect(texts).toHaveLength(60);
		expect(new Set(texts).size).toBe(60);
	});

	test.each([
		['500', 'the portal stumbled: INTERNAL_SERVER_ERROR'],
		['cutAfter', 'the connection was cut'],
		['html', 'HTTP 502 without JSON'],
		['empty', 'HTTP 200 without JSON'],
	] as const)('is not repeated after %s, in words', async (kind, reason) => {
		bench.portal.faults.set([{ method: 'crm.item.update', kind }]);
		const { error, requests } = await bench.run(MOVE, [deal]);
		expect(error?.message).toBe(
			`No answer to crm.item.update (${reason}), so it is unknown whether Bitrix24 carried it out`,
		);
		expect(calls(requests, 'crm.item.update')).toBe(1);
		expect(await bench.dealNow(deal.id)).toMatchObject({ stageId: kind === 'cutAfter' ? 'FL_DELIVERY' : 'NEW' });
	});

	test.each(['500', 'cutAfter', 'html'] as const)('in a batch that meets %s names each write', async (kind) => {
		const other = await bench.deal({ title: 'Штерн' });
		bench.portal.faults.set([{ method: 'crm.item.update', kind, count: 1 }]);
		const { outputs } = await bench.run(MOVE, [deal, other], { onError: 'continueErrorOutput' });
		expect([outputs[0], outputs[1].map(({ itemRef }) => itemRef)]).toEqual([[], [deal.itemRef, other.itemRef]]);
		for (const { error } of outputs[1]) expect(error).toMatch(/^No answer to crm\.item\.update \(.+unknown whether/);
	});

	test('that the portal never takes for want of time says so', async () => {
		bench.portal.faults.set([{ method: 'crm.item.update', kind: '429' }]);
		const { error } = await bench.run(UPDATE, [deal]);
		expect(error?.message).toContain(
			'Bitrix24 refused crm.item.update: Method is blocked due to operation time limit.',
		);
		expect(error?.description).toContain('It works again within ten minutes');
	});

	test('that the portal never takes for too many requests says so', async () => {
		bench.portal.faults.set([{ method: '*', kind: '503' }]);
		const { error, requests } = await bench.run(UPDATE, [deal]);
		expect(error?.message).toContain('Too many requests');
		expect(error?.description).toContain('Share of the Request Budget');
		expect(requests).toHaveLength(4);
	});
});

describe('a portal that cannot be spoken to', () => {
	test.each<[string, (bench: NodeBench) => string, string, string]>([
		[
			'is not there',
			() => 'http://127.0.0.1:9/rest/1/s3cr3t/',
			'could not be reached for crm.item.get (',
			'opens in a browser',
		],
		[
			'does not know the webhook',
			({ portal }) => `${portal.url}/rest/1/s3cr3t/`,
			'Bitrix24 refused crm.item.get: Wrong authorization data',
			'Copy the webhook URL anew',
		],
		['is no portal', ({ portal }) => `${portal.url}/shop/rest/1/s3cr3t/`, 'crm.item.get', ''],
		[
			'would be spoken to without https',
			() => 'http://shop.bitrix24.ru/rest/1/s3cr3t/',
			'must start with https://',
			'',
		],
		['has an incomplete address', () => 'https://shop.bitrix24.ru/', 'does not end in /rest/<user number>/<code>/', ''],
	])('because it %s', async (_name, address, message, wayOut) => {
		const credential = bench.webhook({ webhookSecret: address(bench) });
		const { error } = await bench.run(GET, [deal], { credential });
		expect(error?.message).toContain(message);
		expect(error?.description).toContain(wayOut);
	});

	test('because REST is switched off', async () => {
		bench.portal.switches.set({ restDisabled: true });
		const { error } = await bench.run(GET, [deal]);
		expect(error?.message).toContain('Bitrix24 refused crm.item.get');
		expect(error?.description).toContain('REST needs a commercial plan');
	});

	test('because the webhook lacks a permission', async () => {
		const webhookSecret = bench.portal.issueWebhook({ userId: 1, scopes: ['task'] });
		const { error } = await bench.run(GET, [deal], { credential: bench.webhook({ webhookSecret }) });
		expect(error?.description).toContain('lacks the permission (scope) for this method');
	});
});
