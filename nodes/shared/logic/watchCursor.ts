/** A row that a watch may read several times. */
export interface WatchedRow {
	/** Tells rows apart. */
	key: string;
	/** What the portal can filter by: the row's ID, or its moment. */
	position: number;
	/** Epoch milliseconds by the portal's clock. */
	at: number;
}

/**
 * How far a watch has come: rows up to `floor` are done with. Those behind it are read anew each time, since rows may become visible late;
 * `seen` holds the keys among them that were already handed out.
 */
export interface WatchCursor {
	floor: number;
	seen: string[];
}

/** A row that becomes visible later than this after a newer one is left to the sweep. */
const OVERLAP_MS = 10 * 60_000;

/** The rows that were not handed out yet. */
export function freshRows<Row extends WatchedRow>(cursor: WatchCursor, rows: Row[]): Row[] {
	const seen = new Set(cursor.seen);
	return rows.filter(({ key }) => !seen.has(key));
}

/** The cursor after one more row was handed out; saved together with it. */
export function withSeen(cursor: WatchCursor, key: string): WatchCursor {
	return { ...cursor, seen: [...cursor.seen, key] };
}

/**
 * Moves the floor up behind the rows just read, all of which were handed out.
 * The overlap is measured back from the newest row, not from our clock, which may differ from the portal's.
 */
export function advanced({ floor, seen }: WatchCursor, rows: WatchedRow[]): WatchCursor {
	const border = Math.max(...rows.map(({ at }) => at)) - OVERLAP_MS;
	const settled = rows.filter(({ at }) => at < border).map(({ position }) => position);
	const newFloor = Math.max(floor, ...settled);
	const handedOut = new Set(seen);
	return {
		floor: newFloor,
		seen: rows.filter(({ key, position }) => position > newFloor && handedOut.has(key)).map(({ key }) => key),
	};
}
