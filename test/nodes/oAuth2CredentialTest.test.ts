import type { IDataObject } from 'n8n-workflow';

import type { GivenCredentials } from '../harness';
import { NodeBench } from './nodeBench';
import { connectedCredential } from './oAuth2Portal';
import { requestTestOf } from './requestTest';

const EVERY_SCOPE = ['crm', 'task', 'user', 'department', 'im', 'lists', 'calendar', 'bizproc'];

let bench: NodeBench;
let credential: GivenCredentials[string];

beforeEach(async () => {
	bench = await NodeBench.open();
	bench.portal.configureApplication({ scopes: EVERY_SCOPE });
	credential = await connectedCredential(bench.portal);
});
afterEach(async () => await bench.close());
afterAll(async () => await NodeBench.closePortals());

const changed = (more: IDataObject) => ({ ...credential, data: { ...credential.data, ...more } as never });

describe('the test of an application says', () => {
	test('that all is well, by one request that changes nothing', async () => {
		const before = bench.portal.revision();
		expect(await requestTestOf(credential)).toEqual({ status: 'OK', message: 'Connection successful!' });
		expect(bench.portal.requests.log.map(({ method, status }) => [method, status])).toEqual([['batch', 200]]);
		expect(bench.portal.requests.log[0].commands?.map(({ method }) => method).sort()).toEqual([
			'crm.settings.mode.get',
			'profile',
			'scope',
			'server.time',
		]);
		expect(bench.portal.revision()).toBe(before);
	});

	test('that all is well with a slash behind the address', async () => {
		const portalAddress = `${bench.portal.url}/`;
		expect(await requestTestOf(changed({ portalAddress }))).toMatchObject({ status: 'OK' });
	});

	test('that the person who connected it is no administrator', async () => {
		const seller = await connectedCredential(bench.portal, await bench.person('Орлова'));
		expect(await requestTestOf(seller)).toEqual({
			status: 'Error',
			message: expect.stringContaining('The owner is not an administrator of the portal'),
		});
	});

	test('that crm is missing', async () => {
		bench.portal.configureApplication({ scopes: EVERY_SCOPE.filter((scope) => scope !== 'crm') });
		expect(await requestTestOf(credential)).toEqual({
			status: 'Error',
			message: expect.stringContaining('The permission crm is missing.'),
		});
	});

	test('that the portal has no leads', async () => {
		bench.portal.switches.set({ simpleCrm: true });
		expect(await requestTestOf(credential)).toEqual({
			status: 'Error',
			message: expect.stringContaining('The portal works in simple CRM mode'),
		});
	});

	test('that the portal has no REST', async () => {
		bench.portal.switches.set({ restDisabled: true });
		expect(await requestTestOf(credential)).toEqual({
			status: 'Error',
			message: expect.stringContaining('The portal refuses REST.'),
		});
	});

	test('that the token is not accepted', async () => {
		const oauthTokenData = { access_token: 'f0rgedf0rged', refresh_token: 'n0ne' };
		const { status, message } = await requestTestOf(changed({ oauthTokenData }));
		expect(status).toBe('Error');
		expect(message).toMatch(/reconnect/i);
	});

	test('that nothing listens at the address', async () => {
		const { status, message } = await requestTestOf(changed({ portalAddress: 'http://127.0.0.1:9' }));
		expect([status, message]).toEqual(['Error', 'ECONNREFUSED']);
	});

	test('that no portal answers at the address', async () => {
		expect(await requestTestOf(changed({ portalAddress: `${bench.portal.url}/shop` }))).toEqual({
			status: 'Error',
			message: expect.stringContaining('No Bitrix24 portal answers at this address.'),
		});
	});

	test('to test again when the token has expired, which n8n has renewed by then', async () => {
		const n8n = await bench.startNode({}, { credential });
		await n8n.pass({ hours: 2 });
		expect(await requestTestOf(credential)).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('It may just have expired: test again'),
		});
		expect(await requestTestOf(credential)).toEqual({ status: 'OK', message: 'Connection successful!' });
	});
});
