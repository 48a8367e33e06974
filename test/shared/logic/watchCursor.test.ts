import fc from 'fast-check';

import {
	advanced,
	freshRows,
	withSeen,
	type WatchCursor,
	type WatchedRow,
} from '../../../nodes/shared/logic/watchCursor';

const MINUTE = 60_000;

interface Row extends WatchedRow {
	visibleAt: number;
}

/** Polls once a minute as the trigger does and gives the keys in the order in which they were handed out. */
function watchAll(rows: Row[], polls: number): string[] {
	let cursor: WatchCursor = { floor: 0, seen: [] };
	const handedOut: string[] = [];
	for (let poll = 1; poll <= polls; poll++) {
		const visible = rows.filter(({ visibleAt, position }) => visibleAt <= poll * MINUTE && position > cursor.floor);
		for (const { key } of freshRows(cursor, visible)) {
			handedOut.push(key);
			cursor = withSeen(cursor, key);
		}
		if (visible.length > 0) cursor = advanced(cursor, visible);
	}
	return handedOut;
}

const histories = fc
	.array(fc.record({ gap: fc.integer({ min: 0, max: 20 * MINUTE }), lag: fc.integer({ min: 0, max: 9 * MINUTE }) }), {
		maxLength: 40,
	})
	.map((steps) => {
		let at = 0;
		return steps.map(({ gap, lag }, index): Row => {
			at += gap;
			return { key: `row ${index + 1}`, position: index + 1, at, visibleAt: at + lag };
		});
	});

test('every row is handed out exactly once, however late it becomes visible within the overlap', () => {
	fc.assert(
		fc.property(histories, (rows) => {
			const handedOut = watchAll(rows, 40 * 20 + 20);
			expect([...handedOut].sort()).toEqual(rows.map(({ key }) => key).sort());
		}),
	);
});

test('rows that are visible at once come in their order', () => {
	fc.assert(
		fc.property(histories, (rows) => {
			const prompt = rows.map((row) => ({ ...row, visibleAt: row.at }));
			expect(watchAll(prompt, 40 * 20 + 20)).toEqual(prompt.map(({ key }) => key));
		}),
	);
});

test('the memory of the watch stays as short as the overlap', () => {
	const rows = Array.from({ length: 1000 }, (_, index) => ({
		key: String(index),
		position: index + 1,
		at: index * MINUTE,
	}));
	let cursor: WatchCursor = { floor: 0, seen: [] };
	for (const row of rows) {
		cursor = withSeen(cursor, row.key);
		cursor = advanced(cursor, rows.slice(cursor.floor, row.position));
	}
	expect(cursor.seen.length).toBeLessThanOrEqual(11);
	expect(cursor.floor).toBe(989);
});
