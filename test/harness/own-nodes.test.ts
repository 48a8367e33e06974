import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';

import type { IAuthenticateGeneric, ICredentialType, INodeProperties } from 'n8n-workflow';

import { Harness } from './index';
import { NodeTypes } from './node-types';
import { CallNode } from './sample-nodes';
import { connect, node, workflow } from './sample-workflows';

afterEach(async () => await Harness.closeAll());

const manifest = JSON.parse(readFileSync(resolve(__dirname, '../../package.json'), 'utf8')) as {
	name: string;
	n8n?: { nodes?: string[] };
};

it('loads the registered nodes of the pack from their sources, for each n8n anew', () => {
	const names = (manifest.n8n?.nodes ?? []).map((file) => file.split('/').at(-1)!.split('.')[0]);
	const typeOf = (name: string) => `${manifest.name}.${name[0].toLowerCase()}${name.slice(1)}`;
	const [first, second] = [new NodeTypes({}), new NodeTypes({})];
	for (const name of names) {
		const type = first.getByName(typeOf(name));
		expect(type.constructor.name).toBe(name);
		expect(second.getByName(typeOf(name)).constructor).not.toBe(type.constructor);
	}
});

class PortalOAuth2Api implements ICredentialType {
	name = 'keyApi';

	displayName = 'Portal';

	extends = ['oAuth2Api'];

	properties: INodeProperties[] = [
		{ name: 'portal', displayName: 'Portal', type: 'string', default: '' },
		{ name: 'grantType', displayName: 'Grant', type: 'hidden', default: 'authorizationCode' },
		{ name: 'accessTokenUrl', displayName: 'Token URL', type: 'hidden', default: '={{$self.portal}}/token' },
		{ name: 'authentication', displayName: 'Authentication', type: 'hidden', default: 'body' },
	];

	authenticate: IAuthenticateGeneric = { type: 'generic', properties: {} };
}

describe('an OAuth2 credential', () => {
	let server: Server;
	let portal = '';
	let refreshes = 0;

	beforeAll(async () => {
		server = createServer((request, response) => {
			request.resume();
			response.setHeader('content-type', 'application/json');
			if (request.url === '/token') {
				refreshes++;
				return response.end('{"access_token":"fresh","refresh_token":"next","expires_in":3600,"token_type":"bearer"}');
			}
			if (request.headers.authorization === 'Bearer fresh') return response.end('{"ok":true}');
			response.statusCode = 401;
			return response.end('{"error":"expired_token"}');
		});
		await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
		portal = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	afterAll(async () => {
		server.closeAllConnections();
		await new Promise((done) => server.close(done));
	});

	it('is refreshed by n8n, and the new token is kept', async () => {
		const start = node('Start', 'executeWorkflowTrigger', { inputSource: 'passthrough' }, 1.1);
		const call = node('Call', 'test.call', { url: `${portal}/rest` }, 1, {
			credentials: { keyApi: { id: 'p1', name: 'Portal' } },
		});
		const oauthTokenData = { access_token: 'old', refresh_token: 'first', token_type: 'bearer' };
		const n8n = await Harness.start({
			now: '2026-01-12T09:00:00Z',
			workflows: [workflow('flow', [start, call], connect('Start', 'Call'))],
			extraNodes: [CallNode],
			extraCredentials: [new PortalOAuth2Api()],
			credentials: { p1: { type: 'keyApi', data: { portal, clientId: 'c', clientSecret: 's', oauthTokenData } } },
		});
		const runs = [await n8n.run('flow'), await n8n.run('flow')];
		expect(runs.map((execution) => n8n.items(execution, 'Call'))).toEqual([[{ ok: true }], [{ ok: true }]]);
		expect(refreshes).toBe(1);
		expect(n8n.credentialData('p1').oauthTokenData).toMatchObject({ access_token: 'fresh', refresh_token: 'next' });
	});
});
