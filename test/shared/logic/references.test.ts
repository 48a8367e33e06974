import fc from 'fast-check';

import {
	formatEntryId,
	formatStepKey,
	isStepName,
	parseEntryId,
	parseStepKey,
} from '../../../nodes/shared/logic/entry';
import { formatItemReference, parseItemReference } from '../../../nodes/shared/logic/itemReference';
import { stageCode } from '../../../nodes/shared/logic/stageCode';

const references = fc.record({
	entityTypeId: fc.oneof(fc.constantFrom(1, 2, 3, 4, 7, 31), fc.integer({ min: 128, max: 5000 })),
	id: fc.integer({ min: 1, max: 10_000_000 }),
});

describe('item references', () => {
	test.each([
		[1, 8, 'L_8'],
		[2, 57, 'D_57'],
		[3, 12, 'C_12'],
		[4, 5, 'CO_5'],
		[7, 1, 'Q_1'],
		[31, 9, 'SI_9'],
		[128, 3, 'T80_3'],
	])('type %i, item %i reads %s', (entityTypeId, id, text) => {
		expect(formatItemReference({ entityTypeId, id })).toBe(text);
		expect(parseItemReference(text)).toEqual({ entityTypeId, id });
	});

	test('are read back for every type of item', () => {
		fc.assert(
			fc.property(references, (reference) => {
				expect(parseItemReference(formatItemReference(reference))).toEqual(reference);
			}),
		);
	});

	test.each(['', 'D_0', 'D_', '57', 'X_1', 'D_57x', 'TXY_1', 'd_57', undefined, null, 57, {}])('%p is none', (text) => {
		expect(parseItemReference(text)).toBeUndefined();
	});
});

describe('entries and steps', () => {
	test('are read back for every item', () => {
		fc.assert(
			fc.property(references, fc.integer({ min: 1 }), (reference, rowId) => {
				const entryId = formatEntryId({ ...reference, rowId });
				expect(parseEntryId(entryId)).toEqual({ ...reference, rowId });
				expect(parseStepKey(formatStepKey(entryId, 'florist-task'))).toEqual({ entryId, step: 'florist-task' });
			}),
		);
	});

	test.each(['D_57', 'D_57-', 'D_57-0', 'D_57-12:florist', '-12', undefined])('%p is no entry', (text) => {
		expect(parseEntryId(text)).toBeUndefined();
	});

	test.each(['D_57-12', 'D_57-12:', 'florist', ':florist', null])('%p is no step key', (text) => {
		expect(parseStepKey(text)).toBeUndefined();
	});

	test.each([
		['florist-task', true],
		['fl2', true],
		['Флорист', false],
		['with space', false],
		['-x', false],
		['', false],
		['a'.repeat(41), false],
	])('step name %p: %p', (name, good) => {
		expect(isStepName(name)).toBe(good);
	});
});

test.each([
	['NEW', 'NEW'],
	['C5:FL_READY', 'FL_READY'],
	['DT128_7:NEW', 'NEW'],
	['DT31_13:N', 'N'],
	['UC_ABC:1', 'UC_ABC:1'],
])('the stage %s has the code %s on every portal', (id, code) => {
	expect(stageCode(id)).toBe(code);
});
