import qs from 'qs';

import { ConnectionFault, type Connection, type HttpAnswer } from '../../../nodes/shared/transport/connection';
import { Governor, LIMITS_OF_PLAN } from '../../../nodes/shared/transport/governor';
import { PortalClient } from '../../../nodes/shared/transport/portalClient';

let longPauses: Promise<void> = Promise.resolve();

jest.mock('../../../nodes/shared/transport/pause', () => ({
	pause: async (ms: number) => {
		await new Promise((resolve) => setImmediate(resolve));
		if (ms >= 30_000) await longPauses;
	},
}));

type Script = (method: string, parameters: Record<string, unknown>) => HttpAnswer | ConnectionFault;

/** A client whose connection answers as the script says; the requests that were sent are kept. */
function clientWith(script: Script): { client: PortalClient; sent: string[] } {
	const sent: string[] = [];
	const connection: Connection = {
		host: 'portal.test',
		zone: 'Europe/Moscow',
		limits: LIMITS_OF_PLAN.enterprise,
		async send(method, parameters) {
			sent.push(method);
			const answer = script(method, parameters);
			if (answer instanceof ConnectionFault) throw answer;
			return answer;
		},
	};
	return { client: new PortalClient(connection, new Governor(LIMITS_OF_PLAN.enterprise, () => Date.now())), sent };
}

const good = (body: unknown): HttpAnswer => ({ status: 200, body });
const refusal = (status: number, error: unknown, error_description = ''): HttpAnswer => ({
	status,
	body: { error, error_description },
});

/** Answers every command of a batch with its own text. */
const echoBatch: Script = (_method, { cmd }) => good({ result: { result: cmd, result_error: [], result_total: [] } });

test('one call travels by itself', async () => {
	const { client, sent } = clientWith(() => good({ result: 7, total: 1, next: 50 }));
	expect(await client.ask('crm.deal.list')).toEqual({ result: 7, total: 1, next: 50 });
	expect(sent).toEqual(['crm.deal.list']);
});

test('120 calls of the same moment travel in three requests, in their order', async () => {
	const { client, sent } = clientWith(echoBatch);
	const answers = await Promise.all(
		Array.from(
			{ length: 120 },
			async (_, index) => await client.call('crm.item.add', { fields: { title: `№${index}` } }),
		),
	);
	expect(sent).toEqual(['batch', 'batch', 'batch']);
	answers.forEach((answer, index) => {
		expect(qs.parse(String(answer).split('?')[1])).toEqual({ fields: { title: `№${index}` } });
	});
});

test('lanes that go on together after an answer share the next request too', async () => {
	const { client, sent } = clientWith(echoBatch);
	await Promise.all(
		[1, 2, 3].map(async (id) => {
			await client.call('crm.item.get', { id });
			await client.call('crm.item.update', { id });
		}),
	);
	expect(sent).toEqual(['batch', 'batch']);
});

test('an error inside a batch belongs to its call only; an empty error counts as one', async () => {
	const { client } = clientWith((_method, { cmd }) =>
		good({
			result: {
				result: { c0: (cmd as Record<string, unknown>).c0 },
				result_error: { c1: { error: '', error_description: 'Not found' } },
			},
		}),
	);
	const [first, second] = await Promise.allSettled([
		client.call('crm.deal.get', { id: 1 }),
		client.call('crm.deal.get', { id: 2 }),
	]);
	expect(first).toMatchObject({ status: 'fulfilled', value: 'crm.deal.get?id=1' });
	expect(second).toMatchObject({
		status: 'rejected',
		reason: { kind: 'refused', message: 'Bitrix24 refused crm.deal.get: Not found', isNotFound: true },
	});
});

test.each([
	['', 'Access denied', 'Access denied'],
	[0, 'Order not found', 'Order not found'],
	['Invalid identifier.', '', 'Invalid identifier.'],
	['ERROR_CORE', 'One.<br>Two.', 'One. Two.'],
])('error %p with text %p is a failure', async (error, text, said) => {
	const { client } = clientWith(() => refusal(400, error, text));
	await expect(client.call('crm.status.update')).rejects.toMatchObject({
		kind: 'refused',
		message: `Bitrix24 refused crm.status.update: ${said}`,
	});
});

test('a read is repeated after a cut connection', async () => {
	let tries = 0;
	const { client } = clientWith(() =>
		++tries < 3 ? new ConnectionFault('the connection was cut', true) : good({ result: 'here' }),
	);
	expect(await client.call('crm.deal.list')).toBe('here');
	expect(tries).toBe(3);
});

test('a write is not repeated after a cut connection, its outcome is unknown', async () => {
	const { client, sent } = clientWith(() => new ConnectionFault('the connection was cut', true));
	await expect(client.call('crm.item.add', { fields: {} })).rejects.toMatchObject({ kind: 'unknownOutcome' });
	expect(sent).toEqual(['crm.item.add']);
});

test('a write that surely did not leave is repeated', async () => {
	let tries = 0;
	const { client } = clientWith(() => (++tries < 2 ? new ConnectionFault('refused', false) : good({ result: 5 })));
	expect(await client.call('crm.item.add')).toBe(5);
});

test('when a batch is cut, its reads are asked again and its writes are reported', async () => {
	let tries = 0;
	const { client, sent } = clientWith((method, parameters) => {
		if (++tries === 1) return new ConnectionFault('the connection was cut', true);
		return method === 'batch' ? echoBatch(method, parameters) : good({ result: 'read' });
	});
	const [read, write] = await Promise.allSettled([client.call('crm.deal.list'), client.call('crm.item.add')]);
	expect(read).toMatchObject({ status: 'fulfilled', value: 'read' });
	expect(write).toMatchObject({ status: 'rejected', reason: { kind: 'unknownOutcome', method: 'crm.item.add' } });
	expect(sent).toEqual(['batch', 'crm.deal.list']);
});

test('HTML with status 200 after a write leaves its outcome unknown', async () => {
	const { client } = clientWith(() => ({ status: 200, body: '<html>' }));
	await expect(client.call('tasks.task.add')).rejects.toMatchObject({ kind: 'unknownOutcome' });
});

test('an internal error of the portal after a write leaves its outcome unknown', async () => {
	const { client } = clientWith(() => refusal(500, 'INTERNAL_SERVER_ERROR', 'Internal server error'));
	await expect(client.call('tasks.task.add')).rejects.toMatchObject({ kind: 'unknownOutcome' });
});

test.each([
	[503, 'QUERY_LIMIT_EXCEEDED'],
	[429, 'OPERATION_TIME_LIMIT'],
])('%i %s is waited out', async (status, code) => {
	let tries = 0;
	const { client } = clientWith(() => (++tries === 1 ? refusal(status, code) : good({ result: 1 })));
	expect(await client.call('crm.item.add')).toBe(1);
	expect(tries).toBe(2);
});

test('a limit that strikes inside a batch repeats only the command it struck', async () => {
	const commands: string[][] = [];
	const { client } = clientWith((method, parameters) => {
		if (method !== 'batch') {
			commands.push([method]);
			return good({ result: 'second try' });
		}
		commands.push(Object.values(parameters.cmd as object));
		return good({ result: { result: { c0: 'first try' }, result_error: { c1: { error: 'OPERATION_TIME_LIMIT' } } } });
	});
	const answers = await Promise.all([client.call('crm.item.add', { n: 1 }), client.call('crm.item.add', { n: 2 })]);
	expect(answers).toEqual(['first try', 'second try']);
	expect(commands).toEqual([['crm.item.add?n=1', 'crm.item.add?n=2'], ['crm.item.add']]);
});

test('calls that were answered do not wait for one that struck the time limit of its method', async () => {
	let goOn = () => {};
	longPauses = new Promise((resolve) => (goOn = resolve));
	const { client } = clientWith((method) =>
		method === 'batch'
			? good({ result: { result: { c1: 'at once' }, result_error: { c0: { error: 'OPERATION_TIME_LIMIT' } } } })
			: good({ result: 'later' }),
	);
	const limited = client.call('crm.item.add', { n: 1 });
	expect(await client.call('crm.item.add', { n: 2 })).toBe('at once');
	goOn();
	expect(await limited).toBe('later');
});

test('a portal that has moved says where to', async () => {
	const { client } = clientWith(() => ({
		status: 302,
		body: '',
		location: 'https://new.bitrix24.ru/rest/1/secretcode/profile',
	}));
	const failure = await client.call('profile').catch((error: unknown) => error);
	expect(failure).toMatchObject({ code: 'PORTAL_MOVED', wayOut: expect.stringContaining('new.bitrix24.ru') });
	expect(JSON.stringify(failure)).not.toContain('secretcode');
});
