import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import qs from 'qs';

import type { Emulator } from '../../emulator';
import { closePortals, openPortal, post, readAnswer, rest } from './portal-client';

interface Received {
	type: string | undefined;
	form: qs.ParsedQs & { auth?: qs.ParsedQs; data?: qs.ParsedQs };
}

let portal: Emulator;
let receiver: Server;
let handler: string;
let received: Received[];

beforeEach(async () => {
	portal = await openPortal({ seed: 'flowers' });
	received = [];
	receiver = createServer((request, response) => {
		void body(request).then((text) => {
			received.push({ type: request.headers['content-type'], form: qs.parse(text, { depth: 10 }) });
			response.end('ok');
		});
	});
	await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
	handler = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
});
afterEach(async () => {
	await closePortals();
	receiver.close();
});

async function body(request: IncomingMessage): Promise<string> {
	let text = '';
	for await (const chunk of request) text += String(chunk);
	return text;
}

async function authorize(user = 1): Promise<string> {
	const { oauth } = portal;
	const query = qs.stringify({
		client_id: oauth.clientId,
		state: 'abc',
		redirect_uri: 'http://127.0.0.1/callback',
		user,
	});
	const response = await fetch(`${oauth.authorizationUrl}?${query}`, { redirect: 'manual' });
	expect(response.status).toBe(302);
	const target = new URL(response.headers.get('location') ?? '');
	expect(target.searchParams.get('state')).toBe('abc');
	expect([...target.searchParams.keys()]).toEqual(['code', 'state', 'domain', 'member_id', 'scope', 'server_domain']);
	return target.searchParams.get('code') ?? '';
}

async function tokens(params: object, method: 'GET' | 'POST' = 'GET') {
	const { clientId, clientSecret, accessTokenUrl } = portal.oauth;
	const form = qs.stringify({ client_id: clientId, client_secret: clientSecret, ...params });
	const response =
		method === 'GET'
			? await fetch(`${accessTokenUrl}?${form}`)
			: await fetch(accessTokenUrl, {
					method,
					headers: { 'content-type': 'application/x-www-form-urlencoded' },
					body: form,
				});
	return readAnswer(response);
}

const pair = async (user = 1) => (await tokens({ grant_type: 'authorization_code', code: await authorize(user) })).body;
const withToken = (method: string, auth: string, params: object = {}) =>
	post(`${portal.url}/rest/${method}`, { auth, ...params });

describe('OAuth (settings/oauth/index.md, settings/oauth/auto-renewal.md)', () => {
	it('exchanges a code once, by GET or POST, for the documented answer', async () => {
		const code = await authorize();
		const { status, body: answer } = await tokens({ grant_type: 'authorization_code', code }, 'POST');
		expect(status).toBe(200);
		expect(Object.keys(answer).sort()).toEqual([
			'access_token',
			'client_endpoint',
			'domain',
			'expires_in',
			'member_id',
			'refresh_token',
			'scope',
			'server_endpoint',
			'status',
		]);
		expect(answer).toMatchObject({ expires_in: 3600, client_endpoint: `${portal.url}/rest/`, status: 'L' });
		const again = await tokens({ grant_type: 'authorization_code', code });
		expect([again.status, again.body.error]).toEqual([400, 'invalid_grant']);
	});

	it('lets a code live for thirty seconds', async () => {
		const code = await authorize();
		portal.clock.advance(31_000);
		expect((await tokens({ grant_type: 'authorization_code', code })).body.error).toBe('invalid_grant');
		expect((await tokens({ grant_type: 'authorization_code', code, client_secret: 'x' })).body.error).toBe(
			'invalid_client',
		);
	});

	it('takes the token as parameter auth or as Bearer, and acts as its user', async () => {
		const { access_token: token } = await pair(3);
		expect((await withToken('profile', token)).body.result.ID).toBe('3');
		expect((await post(`${portal.url}/rest/profile?auth=${token}`)).body.result.ID).toBe('3');
		const bearer = await post(`${portal.url}/rest/profile`, {}, { authorization: `Bearer ${token}` });
		expect(bearer.body.result.ID).toBe('3');
		expect(JSON.stringify(portal.requests.log)).not.toContain(token);
	});

	it('answers 401 expired_token after an hour; the refresh token rotates', async () => {
		const first = await pair();
		portal.clock.advance(3_600_000);
		const expired = await withToken('profile', first.access_token);
		expect([expired.status, expired.body.error]).toEqual([401, 'expired_token']);
		const renew = (refresh_token: string) => tokens({ grant_type: 'refresh_token', refresh_token });
		const { body: second } = await renew(first.refresh_token);
		expect(second).toMatchObject({ user_id: 1, expires: expect.any(Number), expires_in: 3600 });
		expect(second.refresh_token).not.toBe(first.refresh_token);
		expect((await withToken('profile', second.access_token)).status).toBe(200);
		expect((await renew(first.refresh_token)).body.error).toBe('invalid_grant');
	});
});

describe('event.bind, event.get, event.unbind, events (api-reference/events/)', () => {
	it('refuse a webhook', async () => {
		for (const method of ['event.bind', 'event.get', 'event.unbind', 'events', 'app.info']) {
			const { status, body: answer } = await rest(portal, method, { event: 'ONCRMDEALADD', handler });
			expect([status, answer]).toEqual([
				403,
				{ error: 'ACCESS_DENIED', error_description: 'Access denied! Application context required' },
			]);
		}
	});

	it('bind, list and unbind handlers of the application', async () => {
		const { access_token: token } = await pair();
		expect((await withToken('event.bind', token, { event: 'OnCrmDealAdd', handler })).body.result).toBe(true);
		expect((await withToken('event.get', token)).body.result).toEqual([
			{ event: 'ONCRMDEALADD', handler, auth_type: '0', offline: 0 },
		]);
		expect((await withToken('event.bind', token, { event: 'NOPE', handler })).body.error).toBe('ERROR_EVENT_NOT_FOUND');
		const unbound = await withToken('event.unbind', token, { event: 'ONCRMDEALADD', handler });
		expect(unbound.body.result).toEqual({ count: 1 });
		expect((await withToken('events', token)).body.result).toContain('ONCRMDEALMOVETOCATEGORY');
	});
});

describe('delivery of events (api-reference/events/index.md, _includes/auth-params-in-events.md)', () => {
	it('posts a form with the token of whoever caused the event', async () => {
		const { access_token: token } = await pair();
		await withToken('event.bind', token, { event: 'ONCRMDEALADD', handler });
		const id = await portal.act.createDeal({ as: 3 });
		await portal.idle();
		expect(received).toHaveLength(1);
		expect(received[0].type).toBe('application/x-www-form-urlencoded');
		const { form } = received[0];
		expect(form).toMatchObject({ event: 'ONCRMDEALADD', data: { FIELDS: { ID: String(id) } } });
		expect(form.auth).toMatchObject({ status: 'L', expires_in: '3600', client_endpoint: `${portal.url}/rest/` });
		const me = await withToken('profile', String(form.auth?.access_token));
		expect(me.body.result.ID).toBe('3');
	});

	it('sends outgoing webhooks without tokens; a pipeline change sends only its own event', async () => {
		const events = ['ONCRMDEALADD', 'ONCRMDEALUPDATE', 'ONCRMDEALMOVETOCATEGORY', 'ONCRMDEALDELETE'];
		portal.addOutgoingWebhook({ url: handler, events, applicationToken: 'secret' });
		const { category } = await portal.call('crm.category.add', { entityTypeId: 2, fields: { name: 'Вторая' } });
		const id = await portal.act.createDeal({ as: 3 });
		await portal.act.setFields({ as: 3, id, fields: { title: 'B' } });
		await portal.act.setFields({ as: 3, id, fields: { title: 'B' } });
		await portal.act.moveToStage({ as: 3, id, stage: 'NEW', pipeline: category.id });
		await portal.act.deleteItem({ as: 3, id });
		await portal.idle();
		expect(received.map(({ form }) => form.event).sort()).toEqual([
			'ONCRMDEALADD',
			'ONCRMDEALDELETE',
			'ONCRMDEALMOVETOCATEGORY',
			'ONCRMDEALUPDATE',
		]);
		const moved = received.find(({ form }) => form.event === 'ONCRMDEALMOVETOCATEGORY');
		expect(moved?.form.data).toEqual({
			FIELDS: { ID: String(id), CATEGORY_ID: String(category.id), STAGE_ID: `C${category.id}:NEW` },
		});
		expect(Object.keys(received[0].form.auth ?? {})).toEqual([
			'domain',
			'client_endpoint',
			'server_endpoint',
			'member_id',
			'application_token',
		]);
	});

	it('sends task events with the fields before and after', async () => {
		portal.addOutgoingWebhook({ url: handler, events: ['ONTASKADD'], applicationToken: 'secret' });
		await portal.call('tasks.task.add', { fields: { TITLE: 'A', RESPONSIBLE_ID: 1 } });
		await portal.idle();
		expect(received[0].form.data).toMatchObject({ FIELDS_BEFORE: 'undefined', FIELDS_AFTER: { ID: '1' } });
	});

	it('loses or doubles events when told to, and never repeats a failed one', async () => {
		portal.addOutgoingWebhook({ url: handler, events: ['ONCRMLEADADD'], applicationToken: 'secret' });
		portal.addOutgoingWebhook({ url: 'http://127.0.0.1:9/', events: ['ONCRMLEADADD'], applicationToken: 'secret' });
		portal.switches.set({ events: 'lost' });
		await portal.act.createLead({ as: 1 });
		await portal.idle();
		expect(received).toHaveLength(0);
		portal.switches.set({ events: 'doubled' });
		await portal.act.createLead({ as: 1 });
		await portal.idle();
		expect(received).toHaveLength(2);
	});
});
