import fc from 'fast-check';
import qs from 'qs';

import { encodePhpQuery } from '../../../nodes/shared/logic/phpQuery';

const read = (query: string) => qs.parse(query, { depth: 20, arrayLimit: 1000, parameterLimit: 10_000 });

test('writes nested parameters as the documentation shows them (settings/how-to-call-rest-api/data-encoding.md)', () => {
	expect(
		encodePhpQuery({ fields: { TITLE: 'A & B', PHONE: [{ VALUE: '1' }] }, filter: { '>ID': 5 }, select: ['ID'] }),
	).toBe('fields[TITLE]=A%20%26%20B&fields[PHONE][0][VALUE]=1&filter[%3EID]=5&select[0]=ID');
});

test('booleans become 1 and 0, null an empty value, undefined and empty lists nothing', () => {
	expect(encodePhpQuery({ a: true, b: false, c: null, d: undefined, e: [] })).toBe('a=1&b=0&c=');
});

test('another reader of PHP queries understands every text in every place', () => {
	const key = fc.stringMatching(/^[A-Za-z_>=%@!][\w]{0,8}$/);
	const tree = fc.letrec((tie) => ({
		node: fc.oneof(
			{ depthSize: 'small' },
			fc.string({ unit: 'grapheme', minLength: 1 }),
			fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
			fc.dictionary(key, tie('node'), { minKeys: 1, maxKeys: 3 }),
		),
	})).node;
	fc.assert(
		fc.property(fc.dictionary(key, tree, { minKeys: 1, maxKeys: 4, noNullPrototype: true }), (parameters) => {
			expect(read(encodePhpQuery(parameters))).toEqual(JSON.parse(JSON.stringify(parameters)));
		}),
	);
});
