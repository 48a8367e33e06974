import {
	NodeOperationError,
	type IDataObject,
	type INodeExecutionData,
	type IPollFunctions,
	type IRun,
} from 'n8n-workflow';

import { advanced, freshRows, withSeen, type WatchCursor } from '../shared/logic/watchCursor';
import { credentialOf } from '../shared/portal/authentication';
import { asNodeError } from '../shared/portal/nodeErrors';
import { portalOf, type Portal } from '../shared/portal/portal';
import { openPortal } from '../shared/transport/openPortal';
import { confirmCompletion, findNeglected, sweepIfPossible, type SweepState } from './sweep';
import type { Happening, Watch } from './watch';

/** What the trigger keeps between polls; n8n saves it beside the start of each execution. */
interface TriggerState extends SweepState {
	cursor?: WatchCursor;
}

const SWEEP_EVERY_MS = 5 * 60_000;
// As far back as the take-over and the sweep look.
const LOOK_BACK_MS = 24 * 3600_000;
// Two calls for each happening, 50 to a request.
const ITEMS_AT_ONCE = 25;

// Polls of one node never run side by side, even when one takes longer than the interval.
const inFlight = new WeakSet<object>();

export async function runPoll(context: IPollFunctions, choose: () => Watch): Promise<INodeExecutionData[][] | null> {
	const state = context.getWorkflowStaticData('node') as TriggerState;
	if (inFlight.has(state)) return null;
	inFlight.add(state);
	try {
		const watch = choose();
		const client = await openPortal(context, credentialOf(context));
		const portal = portalOf(client, () => Date.now(), `workflow ${context.getWorkflow().id}`);
		if (context.getMode() === 'manual') return await sample(context, portal, watch);
		await poll(context, portal, watch, state);
		// Every happening was emitted by itself, which starts one execution for each.
		return null;
	} catch (error) {
		throw asNodeError(context.getNode(), error);
	} finally {
		inFlight.delete(state);
	}
}

async function poll(context: IPollFunctions, portal: Portal, watch: Watch, state: TriggerState): Promise<void> {
	// The first poll reads on as well, so that a wrong stage is named when the flow is published.
	let cursor = state.cursor ?? (await begin(context, portal, watch, state));
	const rows = await watch.read(portal, cursor.floor);
	await handOut(context, portal, watch, freshRows(cursor, rows), ({ key }) => {
		cursor = withSeen(cursor, key);
		state.cursor = cursor;
	});
	state.cursor = rows.length > 0 ? advanced(cursor, rows) : cursor;
	if (portal.now() - (state.sweptAt ?? 0) < SWEEP_EVERY_MS) return;

	const neglected = await sweepIfPossible(context, portal, watch, state);
	await handOut(context, portal, watch, neglected, ({ key }) => {
		state.again = { ...state.again, [key]: (state.again?.[key] ?? 0) + 1 };
	});
}

/** A new watch begins now, or takes over what stands there already if that is wanted. */
async function begin(context: IPollFunctions, portal: Portal, watch: Watch, state: TriggerState): Promise<WatchCursor> {
	const takeOver = context.getNodeParameter('takeOver', false) as boolean;
	const floor = await watch.positionBefore(portal, 0);
	state.sweepFloor = takeOver ? await watch.positionBefore(portal, LOOK_BACK_MS) : floor;
	state.sweptAt = portal.now();
	if (takeOver) {
		const standing = await findNeglected(context, portal, watch, state, 0);
		await handOut(context, portal, watch, standing, () => undefined);
	}
	return { floor, seen: [] };
}

/** Starts one execution for each happening; what was noted before is saved with it. */
async function handOut(
	context: IPollFunctions,
	portal: Portal,
	watch: Watch,
	happenings: Happening[],
	note: (happening: Happening) => void,
): Promise<void> {
	for (let start = 0; start < happenings.length; start += ITEMS_AT_ONCE) {
		const chunk = happenings.slice(start, start + ITEMS_AT_ONCE);
		const items = await Promise.all(chunk.map(async (happening) => await watch.item(portal, happening)));
		for (const [index, json] of items.entries()) {
			note(chunk[index]);
			if (json !== undefined) emit(context, portal, watch, chunk[index], json);
		}
	}
}

function emit(context: IPollFunctions, portal: Portal, watch: Watch, happening: Happening, json: IDataObject): void {
	const done = context.helpers.createDeferredPromise<IRun | undefined>();
	context.__emit(throughOutput(watch, happening.output, json), undefined, done);
	void done.promise.then(
		async (run) => await confirmCompletion(context, portal, happening, run),
		() => undefined,
	);
}

function throughOutput(watch: Watch, output: number, json: IDataObject): INodeExecutionData[][] {
	return Array.from({ length: watch.outputs }, (_, index) => (index === output ? [{ json }] : []));
}

/** A test run in the editor shows the newest real example and changes nothing. */
async function sample(context: IPollFunctions, portal: Portal, watch: Watch): Promise<INodeExecutionData[][]> {
	const newest = await watch.sample(portal);
	const json = newest && (await watch.item(portal, newest));
	if (newest === undefined || json === undefined) {
		throw new NodeOperationError(context.getNode(), 'The portal holds no example yet', {
			description:
				'Do in the portal what this trigger waits for (for instance move an item into one of the stages), then test again.',
		});
	}
	return throughOutput(watch, newest.output, json);
}
