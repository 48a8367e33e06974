import { connect, type PortalContext } from '../../nodes/shared/transport/credentialConnection';

/** n8n as a node sees it: a stored token, the portal that takes only `valid`, and n8n's own renewal. */
class Surroundings {
	renewals = 0;
	calls: string[] = [];
	/** Tokens that the credential shows, one at each look; the last one stays. */
	stored: string[];
	failNext = false;

	constructor(
		private readonly host: string,
		private readonly valid: string,
		...stored: string[]
	) {
		this.stored = stored;
	}

	get context(): PortalContext {
		return {
			getCredentials: async () => ({
				portalAddress: `https://${this.host}`,
				oauthTokenData: { access_token: this.stored.length > 1 ? this.stored.shift() : this.stored[0] },
			}),
			helpers: {
				httpRequest: async ({ body }: { body: { auth: string } }) => {
					this.calls.push(body.auth);
					const good = body.auth === this.valid;
					return { statusCode: good ? 200 : 401, headers: {}, body: good ? { result: 1 } : { error: 'expired_token' } };
				},
				refreshOAuth2Token: async () => {
					this.renewals += 1;
					if (this.failNext) {
						this.failNext = false;
						throw new Error('The server of the tokens is away');
					}
					return { access_token: this.valid };
				},
			},
		} as unknown as PortalContext;
	}

	async call(): Promise<unknown> {
		const connection = await connect(this.context, 'bitrix24OAuth2Api');
		return (await connection.send('profile', {})).body;
	}
}

test('a token that is valid is not renewed', async () => {
	const n8n = new Surroundings('a.bitrix24.ru', 'fresh', 'fresh');
	expect(await n8n.call()).toEqual({ result: 1 });
	expect(n8n.renewals).toBe(0);
});

test('a token that another process has renewed meanwhile is taken from the credential', async () => {
	const n8n = new Surroundings('b.bitrix24.ru', 'fresh', 'old', 'fresh');
	expect(await n8n.call()).toEqual({ result: 1 });
	expect([n8n.renewals, n8n.calls]).toEqual([0, ['old', 'fresh']]);
});

test('who finds the same token expired a little later shares the renewal, though the credential still shows the old one', async () => {
	const n8n = new Surroundings('c.bitrix24.ru', 'fresh', 'old');
	for (let time = 0; time < 3; time++) expect(await n8n.call()).toEqual({ result: 1 });
	expect(n8n.renewals).toBe(1);
});

test('a renewal that failed is tried again by the next call', async () => {
	const n8n = new Surroundings('d.bitrix24.ru', 'fresh', 'old');
	n8n.failNext = true;
	await expect(n8n.call()).rejects.toThrow('The server of the tokens is away');
	expect(await n8n.call()).toEqual({ result: 1 });
	expect(n8n.renewals).toBe(2);
});

test('portals do not share their tokens', async () => {
	const [one, other] = [
		new Surroundings('e.bitrix24.ru', 'fresh-e', 'old'),
		new Surroundings('f.bitrix24.ru', 'fresh-f', 'old'),
	];
	expect([await one.call(), await other.call()]).toEqual([{ result: 1 }, { result: 1 }]);
	expect(other.calls).toEqual(['old', 'fresh-f']);
});
