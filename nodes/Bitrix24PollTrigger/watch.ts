import type { IDataObject } from 'n8n-workflow';

import type { WatchedRow } from '../shared/logic/watchCursor';
import type { Portal } from '../shared/portal/portal';

/** Something that happened in the portal and starts one execution. */
export interface Happening extends WatchedRow {
	/** Index of the output it leaves through. */
	output: number;
	/** The entry into a stage that it belongs to, if any. */
	entryId: string;
}

/** One kind of thing that the trigger looks out for. */
export interface Watch {
	/** Number of outputs of the node. */
	outputs: number;
	/** The position `backMs` milliseconds ago, 0 for now. */
	positionBefore(portal: Portal, backMs: number): Promise<number>;
	/** What happened behind a position, oldest first; one request when nothing did. */
	read(portal: Portal, position: number): Promise<Happening[]>;
	/** What a happening hands to the flow; undefined when it is gone from the portal. */
	item(portal: Portal, happening: Happening): Promise<IDataObject | undefined>;
	/** Whether the flow would still find the portal as the happening left it. */
	isCurrent(portal: Portal, happening: Happening): Promise<boolean>;
	/** The newest thing of its kind, for a test run in the editor. */
	sample(portal: Portal): Promise<Happening | undefined>;
}
