import { FLOW, problemsAfter } from './soundWorkflows';

const description = (text: string) =>
	problemsAfter({ [FLOW]: (_json, find) => (find('Задача').parameters.description = text) });

// Put together at run time, so that no scanner takes the samples for real.
const mixed = 'a1b2c3d4'.repeat(5);
const SAMPLES: Array<[kind: string, text: string]> = [
	['the address of a Bitrix24 webhook', `https://portal.example.com/rest/1/${mixed.slice(0, 16)}/profile`],
	['the address of a webhook', 'См. https://n8n.example.com/webhook/00000000-0000-4000-8000-000000000001'],
	['an address with a password', 'https://bot:pa55@example.com/'],
	['an address with a token', `https://example.com/?token=${mixed.slice(0, 12)}`],
	['a bearer token', `Bearer ${mixed.slice(0, 20)}`],
	['a JSON web token', `${'eyJ'}${mixed}.${mixed}.${mixed}`],
	['a key of a service', `${'gh'}p_${mixed}`],
	['the token of a Telegram bot', `${'1234567'}890:${mixed.slice(0, 35)}`],
	['a private key', `-----BEGIN RSA ${'PRIVATE'} KEY-----`],
	['something like a token', mixed],
	['an e-mail address', 'Пишите на ivan.petrov@corp-mail.ru'],
	['a telephone number', 'Звоните +7 (912) 345-67-89'],
];

test.each(SAMPLES)('%s is found, also inside an expression, and not repeated', (kind, text) => {
	expect(description(text)).toEqual([`Задача: "parameters.description" holds ${kind}`]);
	expect(description(`={{ "${text}" }}`)).toEqual([`Задача: "parameters.description" holds ${kind}`]);
});

test.each([
	'Заказ [URL=/crm/deal/details/57/]№57[/URL]',
	'00000000-0000-4000-8000-000000000001',
	'https://example.com/rest/ и shop@example.com',
	'crm.item.productrow.set, UF_CRM_FL_DELIVERY_TYPE',
	'От 10 до 89123 штук',
])('%s is nothing of that kind', (text) => expect(description(text)).toEqual([]));

test('a parameter whose name says it is a secret', () => {
	const keep = (parameters: object) =>
		problemsAfter({
			[FLOW]: (json, find) => {
				json.pinData = { Вошла: [{ json: parameters }] as never };
				find('Задача').notes = 'Без секретов';
			},
		});
	expect(keep({ auth: { application_token: 'abc' }, accessToken: 'abc', password: 'abc' })).toEqual(
		['application_token', 'accessToken', 'password'].map(
			(name) =>
				`"pinData.Вошла[0].json.${name === 'application_token' ? 'auth.' : ''}${name}" holds a password or token`,
		),
	);
	expect(keep({ token: '', tokens: 'three', secret: '={{ $json.secret }}' })).toEqual([]);
});
