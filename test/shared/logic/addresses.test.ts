import { redactSecrets } from '../../../nodes/shared/logic/redactSecrets';
import { parseWebhookAddress } from '../../../nodes/shared/logic/webhookAddress';

describe('the URL of an incoming webhook', () => {
	test.each([
		['https://shop.bitrix24.ru/rest/1/abc123/', 'shop.bitrix24.ru', 'https://shop.bitrix24.ru/rest/1/abc123/', 1],
		['  https://shop.bitrix24.ru/rest/14/abc123  ', 'shop.bitrix24.ru', 'https://shop.bitrix24.ru/rest/14/abc123/', 14],
		[
			'https://shop.bitrix24.ru/rest/1/abc123/profile.json',
			'shop.bitrix24.ru',
			'https://shop.bitrix24.ru/rest/1/abc123/',
			1,
		],
		[
			'https://crm.firma.ru:8443/portal/rest/7/x/',
			'crm.firma.ru:8443',
			'https://crm.firma.ru:8443/portal/rest/7/x/',
			7,
		],
		['http://127.0.0.1:5901/rest/1/code/', '127.0.0.1:5901', 'http://127.0.0.1:5901/rest/1/code/', 1],
		['http://localhost/rest/1/code/', 'localhost', 'http://localhost/rest/1/code/', 1],
	])('%s', (text, host, baseUrl, userId) => {
		expect(parseWebhookAddress(text)).toEqual({ host, baseUrl, userId });
	});

	test.each([
		['', /is empty/],
		['shop.bitrix24.ru', /not a web address/],
		['http://shop.bitrix24.ru/rest/1/secretcode/', /must start with https/],
		['http://127.0.0.1.evil.ru/rest/1/secretcode/', /must start with https/],
		['https://shop.bitrix24.ru/crm/deal/', /\/rest\/<user number>\/<code>/],
		['https://shop.bitrix24.ru/rest/secretcode/', /\/rest\/<user number>\/<code>/],
		['ftp://shop.bitrix24.ru/rest/1/secretcode/', /must start with https/],
	])('%p is refused in words, without its code', (text, message) => {
		expect(() => parseWebhookAddress(text)).toThrow(message);
		expect(() => parseWebhookAddress(text)).not.toThrow(/secretcode/);
	});
});

test.each([
	['POST https://a.bitrix24.ru/rest/1/s3cr3tcode/crm.deal.list failed', 's3cr3tcode'],
	['https://a.bitrix24.ru/rest/api/1/s3cr3tcode/tasks.task.get', 's3cr3tcode'],
	['{"access_token":"s3cr3tcode.abc","x":1}', 's3cr3tcode'],
	['auth=s3cr3tcode12&x=1', 's3cr3tcode12'],
	['Authorization: Bearer s3cr3tcode12', 's3cr3tcode12'],
	['application_token: s3cr3tcode12', 's3cr3tcode12'],
])('no secret is left in %p', (text, secret) => {
	expect(redactSecrets(text)).not.toContain(secret);
	expect(redactSecrets(text)).toContain('***');
});

test('ordinary sentences stay as they are', () => {
	const text = 'Bitrix24 refused crm.item.get: Element not found';
	expect(redactSecrets(text)).toBe(text);
});
