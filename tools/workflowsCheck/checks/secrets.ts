import { isExpression } from 'n8n-workflow';

import type { Check } from '../checkContext';
import { textsOf, type ParameterText } from '../parameterTexts';

const SECRET_TEXTS: Array<[kind: string, pattern: RegExp]> = [
	['the address of a Bitrix24 webhook', /\/rest\/\d+\/[a-z0-9]{8,}/i],
	['the address of a webhook', /https?:\/\/[^\s"']+\/webhook(-test|-waiting)?\/[^\s"']+/i],
	['an address with a password', /https?:\/\/[^\s/@:"']+:[^\s/@"']+@/i],
	['an address with a token', /[?&](token|auth|key|api_?key|access_token|secret|sign|signature)=[^&\s"'{]{8,}/i],
	['a bearer token', /\bBearer\s+[A-Za-z0-9._~+/-]{16,}/],
	['a JSON web token', /\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/],
	[
		'a key of a service',
		/\b(AKIA[0-9A-Z]{16}|sk-[A-Za-z0-9_-]{20,}|gh[pousr]_[A-Za-z0-9]{30,}|xox[bap]-[A-Za-z0-9-]{20,})/,
	],
	['the token of a Telegram bot', /\b\d{8,10}:[A-Za-z0-9_-]{35}\b/],
	['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
	['something like a token', /\b(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{32,}\b/i],
];
const PERSONAL_TEXTS: Array<[kind: string, pattern: RegExp]> = [
	['an e-mail address', /[\w.+-]+@(?!example\.)[\w-]+(\.[\w-]+)*\.[a-z]{2,}/i],
	['a telephone number', /(?<!\d)(\+7|8)[\s(-]*9\d\d[\s)-]*\d{3}[\s-]*\d\d[\s-]*\d\d(?!\d)/],
];
const SECRET_NAME = /(^|[._\]-])(pass(word|wd)?|secret|(\w*[_-])?token|api[_-]?key|authorization|client[_-]?secret)$/i;
const CAMEL_NAME = /(Password|Secret|Token|ApiKey)$/;

/** Nothing that opens a door or belongs to a person. A finding never repeats the text itself. */
export const secrets: Check = ({ file, json }) => [
	...json.nodes.flatMap(({ name, parameters, notes, webhookId }) =>
		faultsOf(textsOf({ parameters, notes, webhookId })).map((fault) => ({ file, node: name, ...fault })),
	),
	...faultsOf(textsOf({ name: json.name, description: json.description, pinData: json.pinData })).map((fault) => ({
		file,
		...fault,
	})),
];

function faultsOf(texts: ParameterText[]) {
	return texts.flatMap((text) => {
		const secret = SECRET_TEXTS.find(([, pattern]) => pattern.test(text.text))?.[0] ?? namedSecret(text);
		const personal = PERSONAL_TEXTS.find(([, pattern]) => pattern.test(text.text))?.[0];
		return [
			...(secret ? [fault(text.path, secret, 'Keep it in a credential')] : []),
			...(personal ? [fault(text.path, personal, 'Read it from the portal, or write one of example.com')] : []),
		];
	});
}

function namedSecret({ path, text }: ParameterText): string | undefined {
	const isNamed = SECRET_NAME.test(path) || CAMEL_NAME.test(path);
	return isNamed && text !== '' && !isExpression(text) ? 'a password or token' : undefined;
}

function fault(path: string, kind: string, remedy: string) {
	return { problem: `"${path}" holds ${kind}`, remedy };
}
