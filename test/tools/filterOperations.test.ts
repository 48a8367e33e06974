import { executeFilterCondition, LoggerProxy, type FilterOperatorType } from 'n8n-workflow';

import { FILTER_OPERATIONS } from '../../tools/workflowsCheck/parameters/filterOperations';

describe('the list of comparisons', () => {
	const warn = jest.fn();
	const silent = { info() {}, debug() {}, error() {}, warn };
	beforeEach(() => {
		warn.mockClear();
		LoggerProxy.init(silent as never);
	});

	const samples: Record<string, unknown> = {
		...{ string: 'a', number: 1, dateTime: '2026-09-24T18:00:00Z', boolean: true, array: ['a'], object: { a: 1 } },
	};
	const compare = (type: string, operation: string) => {
		const rightType = operation.startsWith('length') ? 'number' : type === 'array' ? 'any' : undefined;
		return executeFilterCondition(
			{
				id: 'a',
				leftValue: samples[type] as never,
				rightValue: (rightType === 'number' ? 1 : rightType === 'any' ? 'a' : samples[type]) as never,
				operator: { type: type as FilterOperatorType, operation, rightType },
			},
			{ caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
		);
	};

	test.each(Object.entries(FILTER_OPERATIONS).flatMap(([type, list]) => list.map((operation) => [type, operation])))(
		'n8n carries out %s:%s',
		(type, operation) => {
			compare(type, operation);
			expect(warn).not.toHaveBeenCalled();
		},
	);

	test('n8n only warns of another', () => {
		expect(compare('string', 'is')).toBe(false);
		expect(warn).toHaveBeenCalledTimes(1);
	});
});
