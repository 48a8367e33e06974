import type { IDataObject } from 'n8n-workflow';

import { calls, NodeBench, type FlowItem } from './nodeBench';

let bench: NodeBench;
let deal: FlowItem;

beforeEach(async () => {
	bench = await NodeBench.open();
	deal = await bench.deal();
});
afterEach(async () => await bench.close());
afterAll(async () => await NodeBench.closePortals());

const call = (method: string, parameters: unknown = '{}', more: IDataObject = {}) =>
	({ resource: 'api', operation: 'call', method, parameters, ...more }) as never;

const batch = (...commands: Array<[name: string, method: string, parameters: unknown]>) =>
	({
		resource: 'api',
		operation: 'batch',
		commands: { command: commands.map(([name, method, parameters]) => ({ name, method, parameters })) },
	}) as never;

const comment = (text: string) => ({ fields: { ENTITY_ID: deal.id, ENTITY_TYPE: 'deal', COMMENT: text } });

async function comments(): Promise<string[]> {
	const filter = { ENTITY_ID: deal.id, ENTITY_TYPE: 'deal' };
	const rows = await bench.portal.call<IDataObject[]>('crm.timeline.comment.list', { filter });
	return rows.map(({ COMMENT }) => String(COMMENT));
}

describe('Call', () => {
	test('gives result, total and next as the portal does, and hands the flow on', async () => {
		const { outputs } = await bench.run(call('crm.item.list', '{"entityTypeId": 2, "select": ["id"]}'), [deal]);
		expect(outputs[0]).toEqual([
			{ result: { items: [{ id: deal.id }] }, total: 1, itemRef: deal.itemRef, entryId: deal.entryId },
		]);
	});

	test.each([
		['as text', '{"entityTypeId": 2, "id": 1}'],
		['as an object', { entityTypeId: 2, id: 1 }],
		['by expression', '={{ { entityTypeId: 2, id: $json.id } }}'],
		['as text with an expression', '={ "entityTypeId": 2, "id": {{ $json.id }} }'],
	])('takes parameters %s', async (_name, parameters) => {
		const { outputs, error } = await bench.run(call('crm.item.get', parameters), [deal]);
		expect(error).toBeUndefined();
		expect(outputs[0][0].result).toMatchObject({ item: { id: deal.id } });
	});

	test.each(['', '={{ "" }}', '={{ undefined }}'])('takes «%s» as no parameters', async (parameters) => {
		const { outputs, error } = await bench.run(call('profile', parameters));
		expect(error).toBeUndefined();
		expect(outputs[0][0].result).toMatchObject({ ID: '1' });
	});

	test('takes a method with .json behind it', async () => {
		expect((await bench.run(call('profile.json'))).outputs[0][0].result).toMatchObject({ ID: '1' });
	});

	test.each([['={{ "{title: 1}" }}'], ['={{ "[1, 2]" }}'], ['={{ "5" }}'], ['={{ [1] }}'], ['={{ "{" }}']])(
		'stops on the parameters %s',
		async (parameters) => {
			const { error, requests } = await bench.run(call('profile', parameters));
			expect(error).toEqual({
				message: '"Parameters" is not a JSON object',
				description: 'Write it as {"name": value, …}; keys and texts in double quotes.',
				itemIndex: 0,
			});
			expect(requests).toEqual([]);
		},
	);

	test.each(['https://portal.bitrix24.ru/rest/1/x/profile', 'crm item list', 'crm/../x', '../../oauth', '1.x'])(
		'stops on the method «%s»',
		async (method) => {
			const { error, requests } = await bench.run(call(method));
			expect(error).toMatchObject({ message: `"${method}" is not the name of a method`, itemIndex: 0 });
			expect(requests).toEqual([]);
		},
	);

	test('explains what the portal refuses', async () => {
		const { error } = await bench.run(call('crm.nothing.get'));
		expect(error?.message).toBe('Bitrix24 refused crm.nothing.get: Method not found!');
		expect(error?.description).toContain('The portal has no such method. Check its spelling');
	});

	test('of a step is done once', async () => {
		const parameters = call('crm.timeline.comment.add', comment('Собран') as never, { step: 'comment' });
		const first = await bench.run(parameters, [deal]);
		const second = await bench.run(parameters, [deal]);
		expect(first.outputs[0]).toMatchObject([{ result: expect.any(Number), entryId: deal.entryId }]);
		expect(second.outputs[0]).toEqual([{ doneBefore: true, itemRef: deal.itemRef, entryId: deal.entryId }]);
		expect(await comments()).toEqual(['Собран']);
	});

	test('of a step that the portal refused may be tried again', async () => {
		const step = { step: 'comment' };
		const refused = await bench.run(call('crm.timeline.comment.add', '{"fields": {"ENTITY_ID": 0}}', step), [deal]);
		expect(refused.error?.message).toContain('Bitrix24 refused crm.timeline.comment.add');
		await bench.run(call('crm.timeline.comment.add', comment('Собран') as never, step), [deal]);
		expect(await comments()).toEqual(['Собран']);
	});

	test('that changes something is not repeated after a cut, and its outcome is called unknown', async () => {
		bench.portal.faults.set([{ method: 'crm.timeline.comment.add', kind: 'cutAfter' }]);
		const { error, requests } = await bench.run(call('crm.timeline.comment.add', comment('Собран') as never));
		expect(error?.message).toContain('so it is unknown whether Bitrix24 carried it out');
		expect(requests).toHaveLength(1);
		expect(await comments()).toEqual(['Собран']);
	});

	test('itself named «batch» travels alone', async () => {
		const parameters = { halt: 0, cmd: { who: 'profile', when: 'server.time' } };
		const { outputs, requests } = await bench.run(call('batch', parameters), [deal, deal]);
		expect(outputs[0]).toMatchObject([1, 2].map(() => ({ result: { result: { who: { ID: '1' } } } })));
		expect(requests.map(({ method }) => method)).toEqual(['batch', 'batch']);
	});
});

describe('Batch', () => {
	test('gives answers by name from one request', async () => {
		const { outputs, requests } = await bench.run(
			batch(['owner', 'profile', '{}'], ['deal', 'crm.item.get', '={{ { entityTypeId: 2, id: $json.id } }}']),
			[deal],
		);
		expect(outputs[0]).toEqual([
			{
				results: {
					owner: expect.objectContaining({ ID: '1' }),
					deal: { item: expect.objectContaining({ id: deal.id }) },
				},
				errors: {},
				itemRef: deal.itemRef,
				entryId: deal.entryId,
			},
		]);
		expect(requests.map(({ method }) => method)).toEqual(['batch']);
	});

	test('tells of a refused command beside the good ones', async () => {
		const { outputs, error } = await bench.run(
			batch(['gone', 'crm.item.get', '{"entityTypeId": 2, "id": 4711}'], ['owner', 'profile', '{}']),
		);
		expect(error).toBeUndefined();
		expect(outputs[0]).toEqual([
			{
				results: { owner: expect.objectContaining({ ID: '1' }) },
				errors: {
					gone: {
						code: 'NOT_FOUND',
						message: 'Bitrix24 refused crm.item.get: Element not found',
						wayOut: 'It may have been deleted meanwhile. Check the ID.',
					},
				},
			},
		]);
	});

	test('numbers commands without a name', async () => {
		const { outputs } = await bench.run(batch(['', 'profile', ''], ['', 'server.time', '']));
		expect(Object.keys(outputs[0][0].results as object)).toEqual(['1', '2']);
	});

	test('of 50 commands is one request', async () => {
		const commands = Array.from(
			{ length: 50 },
			(_, index) => [`c${index}`, 'profile', '{}'] as [string, string, string],
		);
		const { outputs, requests } = await bench.run(batch(...commands));
		expect(Object.keys(outputs[0][0].results as object)).toHaveLength(50);
		expect(requests).toHaveLength(1);
		expect(calls(requests, 'profile')).toBe(50);
	});

	const twice: Array<[string, string, string]> = [
		['a', 'profile', ''],
		['a', 'scope', ''],
	];
	const tooMany = Array.from({ length: 51 }, (_, index) => [`${index}`, 'profile', ''] as [string, string, string]);

	test.each<[string, Array<[string, string, string]>, string]>([
		['no command', [], 'A batch holds 1 to 50 commands, not 0'],
		['51 commands', tooMany, 'A batch holds 1 to 50 commands, not 51'],
		['two commands of one name', twice, 'Two commands are named "a"'],
		['invalid JSON', [['a', 'profile', '={{ "{" }}']], '"Parameters of command 1" is not a JSON object'],
		[
			'an address as a method',
			[['a', 'http://x/rest/profile', '']],
			'"http://x/rest/profile" is not the name of a method',
		],
	])('stops on %s', async (_name, commands, message) => {
		const { error, requests } = await bench.run(batch(...commands));
		expect(error).toMatchObject({ message, itemIndex: 0 });
		expect(error?.description).not.toBe('');
		expect(requests).toEqual([]);
	});
});
