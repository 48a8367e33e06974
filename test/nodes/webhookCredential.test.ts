import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { IDataObject } from 'n8n-workflow';

import { Editor } from './editor';
import { NodeBench } from './nodeBench';

const SCOPES = ['crm', 'task', 'user', 'department', 'im', 'lists', 'calendar', 'bizproc'];

let bench: NodeBench;

beforeEach(async () => {
	bench = await NodeBench.open();
});
afterEach(async () => await bench.close());
afterAll(async () => await NodeBench.closePortals());

async function findingOf(more: IDataObject = {}): Promise<{ status: string; message: string }> {
	const credential = bench.webhook(more);
	return await new Editor('bitrix24', {}, credential).testCredential(credential);
}

const owned = async (lastName: string, scopes: string[]) =>
	bench.portal.issueWebhook({ userId: await bench.person(lastName), scopes });

describe('the test of a webhook says', () => {
	test('that all is well, by one request that changes nothing', async () => {
		const before = bench.portal.revision();
		expect(await findingOf()).toEqual({ status: 'OK', message: 'Connection successful!' });
		expect(bench.portal.requests.log.map(({ method }) => method)).toEqual(['batch']);
		expect(bench.portal.revision()).toBe(before);
	});

	test('that the permissions which the credential asks for are enough', async () => {
		const webhookSecret = await owned('Крылова', SCOPES);
		expect(await findingOf({ webhookSecret })).toEqual({ status: 'OK', message: 'Connection successful!' });
	});

	test.each<[string, string[], string]>([
		['one permission is missing', ['lists'], 'A permission is missing: lists. Tick it in Bitrix24'],
		['several are', ['im', 'lists', 'calendar'], 'Permissions are missing: im, lists, calendar. Tick them in Bitrix24'],
		['crm is', ['crm'], 'A permission is missing: crm. Tick it'],
	])('that %s', async (_name, missing, message) => {
		const scopes = SCOPES.filter((scope) => !missing.includes(scope));
		const finding = await findingOf({ webhookSecret: await owned('Крылова', scopes) });
		expect(finding).toEqual({ status: 'Error', message: expect.stringContaining(message) });
	});

	test('that the owner is no administrator', async () => {
		const finding = await findingOf({ webhookSecret: await owned('Орлова', SCOPES) });
		expect(finding.status).toBe('Error');
		expect(finding.message).toContain('The owner is not an administrator of the portal');
		expect(finding.message).toContain('Create the webhook as an administrator.');
	});

	test('that the code is wrong', async () => {
		const finding = await findingOf({ webhookSecret: `${bench.portal.url}/rest/1/s3cr3tcode/` });
		expect(finding.status).toBe('Error');
		expect(finding.message).toContain('The portal does not know this webhook: the code is wrong');
		expect(finding.message).not.toContain('s3cr3t');
	});

	test('that the portal has no REST', async () => {
		bench.portal.switches.set({ restDisabled: true });
		expect(await findingOf()).toEqual({
			status: 'Error',
			message: expect.stringContaining('The portal refuses REST. It needs a commercial plan'),
		});
	});

	test('that the portal has no leads', async () => {
		bench.portal.switches.set({ simpleCrm: true });
		expect(await findingOf()).toEqual({
			status: 'Error',
			message: expect.stringContaining('The portal works in simple CRM mode, without leads'),
		});
	});

	test.each(['Москва', '', 'UTC+3 hours', 'Europe/Moskow'])('that «%s» is no time zone', async (timeZone) => {
		expect(await findingOf({ timeZone })).toEqual({
			status: 'Error',
			message: `"${timeZone}" is not a time zone. Enter an IANA name such as Europe/Moscow.`,
		});
	});

	test('that the zone does not fit the clock of the portal', async () => {
		expect(await findingOf({ timeZone: 'Asia/Yekaterinburg' })).toEqual({
			status: 'OK',
			message:
				'Connection successful, but the clock of the portal stands at 10:00 UTC+03:00 while Asia/Yekaterinburg has 12:00 UTC+05:00. Check the time zone.',
		});
	});

	test('nothing of a zone by another name with the same clock', async () => {
		expect((await findingOf({ timeZone: 'Europe/Minsk' })).message).toBe('Connection successful!');
	});

	test.each([
		['503', 'The portal refused the test: Too many requests'],
		['500', 'The portal refused the test: Internal server error'],
	] as const)('what the portal itself says at %s', async (kind, message) => {
		bench.portal.faults.set([{ kind }]);
		expect(await findingOf()).toEqual({ status: 'Error', message });
	});

	test.each([
		['cutBefore', 'The portal could not be reached: the connection was cut. Check the address in the URL.'],
		['html', 'No Bitrix24 portal answers at this address.'],
		['empty', 'No Bitrix24 portal answers at this address.'],
	] as const)('what happened when the answer is %s', async (kind, message) => {
		bench.portal.faults.set([{ kind }]);
		expect(await findingOf()).toEqual({ status: 'Error', message: expect.stringContaining(message) });
	});
});

describe('the address of a webhook', () => {
	const end = 'does not end in /rest/<user number>/<code>/';
	test.each([
		['', 'The incoming webhook URL is empty.'],
		['portal.bitrix24.ru/rest/1/s3cr3tcode/', 'is not a web address. It starts with https://'],
		['https://portal.bitrix24.ru/', end],
		['https://portal.bitrix24.ru/rest/s3cr3tcode/', end],
		['https://portal.bitrix24.ru/rest/1/s3cr3tcode/crm/deal', end],
		['http://portal.bitrix24.ru/rest/1/s3cr3tcode/', 'must start with https://'],
		['http://192.168.0.5/rest/1/s3cr3tcode/', 'must start with https://'],
		['http://localhost.evil.ru/rest/1/s3cr3tcode/', 'must start with https://'],
		['ftp://localhost/rest/1/s3cr3tcode/', 'must start with https://'],
	])('«%s» is refused without a request', async (webhookSecret, message) => {
		const finding = await findingOf({ webhookSecret });
		expect(finding).toEqual({ status: 'Error', message: expect.stringContaining(message) });
		expect(finding.message).not.toContain('s3cr3t');
		expect(bench.portal.requests.count()).toBe(0);
	});

	test.each([
		['with a method behind it', (url: string) => `${url}profile.json`],
		['without the last slash', (url: string) => url.replace(/\/$/, '')],
		['with blanks around it', (url: string) => `  ${url}\n`],
		['of localhost', (url: string) => url.replace('127.0.0.1', 'localhost')],
	])('%s is taken', async (_name, change) => {
		expect(await findingOf({ webhookSecret: change(bench.portal.webhookUrl) })).toMatchObject({ status: 'OK' });
	});

	test('at which nothing listens is told', async () => {
		const finding = await findingOf({ webhookSecret: 'http://127.0.0.1:9/rest/1/s3cr3tcode/' });
		expect(finding).toEqual({
			status: 'Error',
			message: expect.stringMatching(/^The portal could not be reached: .+\. Check the address in the URL\.$/),
		});
		expect(finding.message).not.toContain('s3cr3t');
	});
});

describe('something else that answers', () => {
	let server: Server;

	afterEach(async () => await new Promise((done) => server.close(done)));

	async function answering(listener: RequestListener): Promise<string> {
		server = createServer((request, response) => {
			request.resume();
			listener(request, response);
		});
		await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
		return `http://127.0.0.1:${(server.address() as AddressInfo).port}/rest/1/s3cr3tcode/`;
	}

	test('with another address is a portal that has moved', async () => {
		const webhookSecret = await answering((_request, response) => {
			response.writeHead(302, { location: 'https://new.bitrix24.ru/rest/1/s3cr3tcode/batch.json' }).end();
		});
		const finding = await findingOf({ webhookSecret });
		expect(finding).toEqual({
			status: 'Error',
			message: 'The portal has moved to another address. Copy the webhook URL anew from Bitrix24.',
		});
		const { error } = await bench.run({ resource: 'api', operation: 'call', method: 'profile' }, [{}], {
			credential: bench.webhook({ webhookSecret }),
		});
		expect(error).toMatchObject({
			message: 'The portal answers under another address now',
			description: 'Enter the new address in the credential: new.bitrix24.ru',
		});
	});

	test.each([
		['a page', 200, '<html>Welcome</html>'],
		['a page that is not there', 404, '<html>Not found</html>'],
		['JSON of another kind', 200, '{"ok":true}'],
		['a list', 200, '[]'],
		['null', 200, 'null'],
	])('with %s is no portal', async (_name, status, body) => {
		const webhookSecret = await answering((_request, response) => {
			response.writeHead(status, { 'content-type': body.startsWith('<') ? 'text/html' : 'application/json' }).end(body);
		});
		expect(await findingOf({ webhookSecret })).toEqual({
			status: 'Error',
			message: 'No Bitrix24 portal answers at this address. Open it in a browser and copy the URL anew.',
		});
	});
});
