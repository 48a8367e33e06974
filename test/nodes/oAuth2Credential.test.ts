import type { GivenCredentials } from '../harness';
import { NodeBench, type FlowItem } from './nodeBench';
import { connectedCredential, countRefreshes, tokensOf } from './oAuth2Portal';
import { TriggerBench, watchingStages } from './triggerBench';

let bench: NodeBench;
let deal: FlowItem;
let credential: GivenCredentials[string];

const GET = { resource: 'crmItem', operation: 'get' };

beforeEach(async () => {
	bench = await NodeBench.open();
	deal = await bench.deal();
	credential = await connectedCredential(bench.portal);
});
afterEach(async () => await bench.close());
afterAll(async () => await NodeBench.closePortals());

describe('an application', () => {
	test('reads and writes as the person who connected it', async () => {
		const { outputs, error } = await bench.run(GET, [deal], { credential });
		expect(error).toBeUndefined();
		expect(outputs[0]).toMatchObject([{ id: deal.id, readable: { stageId: 'Выполнение заказа' } }]);
		const seller = await connectedCredential(bench.portal, await bench.person('Орлова'));
		await bench.run({ resource: 'crmItem', operation: 'moveToStage', stage: 'Доставка' }, [deal], {
			credential: seller,
		});
		expect(await bench.dealNow(deal.id)).toMatchObject({ movedBy: await bench.person('Орлова') });
	});

	test('goes on with a new token after an hour, fetched once, and n8n keeps it', async () => {
		const n8n = await bench.startNode(GET, { credential });
		await n8n.pass({ hours: 1, minutes: 1 });
		const old = tokensOf(n8n.credentialData('p1'));
		const refreshes = await countRefreshes(async () => {
			for (let time = 0; time < 3; time++) {
				const { outputs, error } = await bench.runIn(n8n, [deal, deal]);
				expect(error).toBeUndefined();
				expect(outputs[0]).toHaveLength(2);
			}
		});
		expect(refreshes).toBe(1);
		for (const token of tokensOf(n8n.credentialData('p1'))) expect(old).not.toContain(token);
	});

	test('fetches one new token when 20 executions find the old one expired at the same moment', async () => {
		const n8n = await bench.startNode(GET, { credential });
		await n8n.pass({ hours: 2 });
		const refreshes = await countRefreshes(async () => {
			const runs = await Promise.all(Array.from({ length: 20 }, async () => await bench.runIn(n8n, [deal])));
			for (const { error, outputs } of runs) {
				expect(error).toBeUndefined();
				expect(outputs[0]).toMatchObject([{ id: deal.id }]);
			}
		});
		expect(refreshes).toBe(1);
	});

	test('fetches one new token also when some learn of it later than others', async () => {
		const n8n = await bench.startNode(GET, { credential });
		await n8n.pass({ hours: 2 });
		bench.portal.faults.set([{ method: 'crm.item.get', kind: 'delay', delayMs: 150, share: 0.5, count: 5 }]);
		const refreshes = await countRefreshes(async () => {
			const runs = await Promise.all(Array.from({ length: 10 }, async () => await bench.runIn(n8n, [deal])));
			for (const { error } of runs) expect(error).toBeUndefined();
		});
		expect(refreshes).toBe(1);
	});

	test('works through batches of 120 items with an expired token', async () => {
		const n8n = await bench.startNode(GET, { credential });
		await n8n.pass({ hours: 2 });
		const refreshes = await countRefreshes(async () => {
			const { outputs } = await bench.runIn(n8n, Array(120).fill(deal));
			expect(outputs[0]).toHaveLength(120);
		});
		expect(refreshes).toBe(1);
	});

	test('lets the trigger poll for hours', async () => {
		const trigger = await TriggerBench.publish(bench, watchingStages(['NEW']), credential);
		const refreshes = await countRefreshes(async () => {
			expect(await trigger.pass({ hours: 3, minutes: 30 })).toEqual([]);
		});
		expect(refreshes).toBe(3);
		const { id } = await bench.deal({ title: 'Штерн' });
		expect(await trigger.pass()).toMatchObject([{ item: { id } }]);
	});

	test('whose access was taken away asks to be connected again', async () => {
		const [, refreshToken] = tokensOf(credential.data as never);
		const n8n = await bench.startNode(GET, { credential });
		await n8n.pass({ hours: 2 });
		const { clientId, clientSecret, accessTokenUrl } = bench.portal.oauth;
		const body = { grant_type: 'refresh_token', client_id: clientId, client_secret: clientSecret };
		await fetch(accessTokenUrl, {
			method: 'POST',
			body: new URLSearchParams({ ...body, refresh_token: refreshToken }),
		});
		const { error } = await bench.runIn(n8n, [deal]);
		expect(`${error?.message} ${error?.description}`).toMatch(/reconnect/i);
	});

	test('with a token that the portal never gave asks for a new connection', async () => {
		const data = { ...credential.data, oauthTokenData: { access_token: 'f0rgedf0rged', refresh_token: 'n0ne' } };
		const { error } = await bench.run(GET, [deal], { credential: { ...credential, data } });
		expect(error?.message).toBe('Bitrix24 refused crm.item.get: Wrong authorization data');
		expect(error?.description).toContain('The portal does not know this webhook or token.');
	});

	test.each([
		['', 'The portal address is empty.'],
		['portal', 'The portal address is not a web address.'],
		['http://portal.bitrix24.ru', 'The portal address must start with https://'],
	])('of the portal address «%s» is refused', async (portalAddress, message) => {
		const data = { ...credential.data, portalAddress };
		const { error, requests } = await bench.run(GET, [deal], { credential: { ...credential, data } });
		expect(error?.message).toContain(message);
		expect(requests).toEqual([]);
	});

	test('that lacks a permission is told so', async () => {
		bench.portal.configureApplication({ scopes: ['task'] });
		const { error } = await bench.run(GET, [deal], { credential });
		bench.portal.configureApplication({ scopes: ['crm', 'task', 'user', 'lists', 'im', 'department', 'calendar'] });
		expect(error?.description).toContain('The webhook or application lacks the permission (scope)');
	});
});
