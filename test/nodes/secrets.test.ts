import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';

import { Editor } from './editor';
import { fieldsOf, NodeBench, type FlowItem, type NodeRun } from './nodeBench';
import { connectedCredential, tokensOf } from './oAuth2Portal';
import { TriggerBench, watchingStages } from './triggerBench';

const CODE = 's3cr3tc0de4711';

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
const CALL = { resource: 'api', operation: 'call', method: 'profile' };

/** Everything that a run leaves behind and a person or a log may see, as text. */
function leftBehind(run: NodeRun): string {
	const { outputs, hints, error, requests } = run;
	return `${run.kept()} ${inspect([outputs, hints, error, requests], { depth: 20 })}`;
}

const webhookCode = () => bench.portal.webhookUrl.split('/').filter(Boolean).at(-1) ?? '';

describe('the code of a webhook stays hidden', () => {
	test.each(['none', '503', '429', '500', 'html', 'empty', 'cutBefore', 'cutAfter'] as const)(
		'when the portal answers with fault %s',
		async (kind) => {
			if (kind !== 'none') bench.portal.faults.set([{ kind }]);
			for (const onError of ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const) {
				for (const parameters of [UPDATE, CALL]) {
					const run = await bench.run(parameters, [deal], { onError });
					expect(leftBehind(run)).not.toContain(webhookCode());
				}
			}
		},
	);

	test.each([
		['nothing listens there', `http://127.0.0.1:9/rest/1/${CODE}/`],
		['the name cannot be found', `https://portal.invalid/rest/1/${CODE}/`],
		['the address is not encrypted', `http://portal.bitrix24.ru/rest/1/${CODE}/`],
		['the address has too many parts', `https://portal.bitrix24.ru/rest/1/${CODE}/crm/deal/get`],
		['the address has too few parts', `https://portal.bitrix24.ru/rest/${CODE}`],
		['the address has no scheme', `portal.bitrix24.ru/rest/1/${CODE}/`],
	])('when %s', async (_name, webhookSecret) => {
		const run = await bench.run(GET, [deal], { credential: bench.webhook({ webhookSecret }) });
		expect(run.error?.message).toBeTruthy();
		expect(leftBehind(run)).not.toContain(CODE);
	});

	test('when the portal does not know it', async () => {
		const credential = bench.webhook({ webhookSecret: `${bench.portal.url}/rest/1/${CODE}/` });
		expect(leftBehind(await bench.run(GET, [deal], { credential }))).not.toContain(CODE);
	});

	test('when an answer repeats the address that was called', async () => {
		const server = createServer((request, response) => {
			request.resume();
			const error_description = `Bad call to https://portal.bitrix24.ru${request.url}`;
			response
				.writeHead(400, { 'content-type': 'application/json' })
				.end(JSON.stringify({ error: 'BAD', error_description }));
		});
		await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
		const webhookSecret = `http://127.0.0.1:${(server.address() as AddressInfo).port}/rest/1/${CODE}/`;
		const credential = bench.webhook({ webhookSecret });
		const run = await bench.run(CALL, [deal], { credential });
		const finding = await new Editor('bitrix24', {}, credential).testCredential(credential);
		await new Promise((done) => server.close(done));
		expect(run.error?.message).toContain('Bad call to https://portal.bitrix24.ru/rest/1/***/profile.json');
		expect(finding.message).toContain('Bad call to https://portal.bitrix24.ru/rest/1/***/batch.json');
		expect(leftBehind(run)).not.toContain(CODE);
	});

	test('when the trigger cannot be published, or a later poll fails', async () => {
		const credential = bench.webhook({ webhookSecret: `${bench.portal.url}/rest/1/${CODE}/` });
		const failure = await TriggerBench.publish(bench, watchingStages(['NEW']), credential).catch(
			(error: unknown) => error,
		);
		expect(failure).toBeInstanceOf(Error);
		expect(inspect(failure, { depth: 20, showHidden: true })).not.toContain(CODE);

		const trigger = await TriggerBench.publish(bench, watchingStages(['NEW']));
		bench.portal.faults.set([{ kind: 'html' }]);
		await trigger.pass({ minutes: 2 });
		const kept = inspect([trigger.n8n.failures(), trigger.n8n.staticData('watched')], { depth: 20, showHidden: true });
		expect(kept).toContain('HTTP 502 without JSON');
		expect(kept).not.toContain(webhookCode());
	});
});

describe('the tokens of an application stay hidden', () => {
	test.each(['none', '503', '500', 'html', 'cutAfter'] as const)(
		'when the portal answers with fault %s',
		async (kind) => {
			const credential = await connectedCredential(bench.portal);
			if (kind !== 'none') bench.portal.faults.set([{ kind }]);
			const left = leftBehind(await bench.run(UPDATE, [deal], { credential, onError: 'continueErrorOutput' }));
			for (const secret of [...tokensOf(credential.data as never), bench.portal.oauth.clientSecret])
				expect(left).not.toContain(secret);
		},
	);

	test('when they are renewed, and when they cannot be', async () => {
		const credential = await connectedCredential(bench.portal);
		const n8n = await bench.startNode(GET, { credential });
		await n8n.pass({ hours: 2 });
		const left = [leftBehind(await bench.runIn(n8n, [deal]))];
		const secrets = [...tokensOf(credential.data as never), ...tokensOf(n8n.credentialData('p1'))];
		const gone = { ...(await connectedCredential(bench.portal)) };
		gone.data = { ...gone.data, oauthTokenData: { access_token: secrets[0], refresh_token: 'g0neg0neg0ne' } };
		const failed = await bench.run(GET, [deal], { credential: gone });
		expect(failed.error?.message).toContain('needs to be reconnected');
		left.push(leftBehind(failed));
		for (const secret of [...secrets, 'g0neg0neg0ne', bench.portal.oauth.clientSecret])
			expect(left.join()).not.toContain(secret);
	});

	test('when the server that gives them is not there', async () => {
		const credential = await connectedCredential(bench.portal);
		credential.data.authorizationServer = 'http://127.0.0.1:9';
		const n8n = await bench.startNode(GET, { credential });
		await n8n.pass({ hours: 2 });
		const run = await bench.runIn(n8n, [deal]);
		expect(run.error?.message).toBeTruthy();
		for (const secret of [...tokensOf(credential.data as never), bench.portal.oauth.clientSecret])
			expect(leftBehind(run)).not.toContain(secret);
	});
});
