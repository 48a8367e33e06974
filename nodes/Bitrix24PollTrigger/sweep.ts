import type { IPollFunctions, IRun } from 'n8n-workflow';

import { completedAmong, markCompleted } from '../shared/portal/completionMarks';
import type { Portal } from '../shared/portal/portal';
import { LIST_MISSING } from '../shared/portal/portalLists';
import { PortalError } from '../shared/transport/portalErrors';
import type { Happening, Watch } from './watch';

export interface SweepState {
	/** Everything up to this position is older than the sweep looks, or was there before the flow. */
	sweepFloor?: number;
	/** Epoch milliseconds of the last sweep. */
	sweptAt?: number;
	/** How often something neglected was handed out again. */
	again?: Record<string, number>;
}

// Long enough for a run to have come to its end, short enough that nobody waits for long.
const NEGLECTED_AFTER_MS = 10 * 60_000;
const NEGLECTED_UNTIL_MS = 24 * 3600_000;
const AGAIN_AT_MOST = 3;

// Happenings that are known to be done with, so that the portal is not asked about them every few minutes.
const knownCompleted = new WeakMap<SweepState, Set<string>>();

/**
 * What happened a while ago and whose flow never came to its end: the server was stopped in the middle, the portal could not be reached,
 * or the row became visible too late. Steps that were done know it, so the flow may simply run again; at most three times.
 */
export async function findNeglected(
	context: IPollFunctions,
	portal: Portal,
	watch: Watch,
	state: SweepState,
	olderThanMs = NEGLECTED_AFTER_MS,
): Promise<Happening[]> {
	const now = portal.now();
	const rows = await watch.read(portal, state.sweepFloor ?? 0);
	const completed = knownCompleted.get(state) ?? new Set();
	knownCompleted.set(state, completed);
	const open = rows.filter(
		({ key, at }) => at <= now - olderThanMs && at > now - NEGLECTED_UNTIL_MS && !completed.has(key),
	);
	const marked = await completedAmong(
		portal,
		open.map((happening) => completionCode(context, happening)),
	);
	const waiting: Happening[] = [];
	for (const [index, current] of (await areCurrent(portal, watch, open)).entries()) {
		const happening = open[index];
		if (marked.has(completionCode(context, happening)) || !current) completed.add(happening.key);
		else waiting.push(happening);
	}
	forgetOutside(completed, rows);
	state.sweptAt = now;
	state.sweepFloor = Math.max(
		state.sweepFloor ?? 0,
		...rows.filter(({ at }) => at <= now - NEGLECTED_UNTIL_MS).map(({ position }) => position),
	);
	state.again = Object.fromEntries(waiting.map(({ key }) => [key, state.again?.[key] ?? 0]));
	return waiting.filter(({ key }) => (state.again?.[key] ?? 0) < AGAIN_AT_MOST);
}

/** As findNeglected, but a portal without the list «Шаги» has nothing to look in: the trigger works there without the sweep. */
export async function sweepIfPossible(
	context: IPollFunctions,
	portal: Portal,
	watch: Watch,
	state: SweepState,
): Promise<Happening[]> {
	return await findNeglected(context, portal, watch, state).catch((error: unknown) => {
		if (!(error instanceof PortalError) || error.code !== LIST_MISSING) throw error;
		context.logger.warn(`${error.message}, so flows that were interrupted are not started again. ${error.wayOut}`);
		state.sweptAt = portal.now();
		return [];
	});
}

function forgetOutside(completed: Set<string>, rows: Happening[]): void {
	const keys = new Set(rows.map(({ key }) => key));
	for (const key of completed) if (!keys.has(key)) completed.delete(key);
}

async function areCurrent(portal: Portal, watch: Watch, happenings: Happening[]): Promise<boolean[]> {
	return await Promise.all(happenings.map(async (happening) => await watch.isCurrent(portal, happening)));
}

/** Notes in the portal that a flow came to its end, or is safely waiting in n8n's database, or was stopped by a person. */
export async function confirmCompletion(
	context: IPollFunctions,
	portal: Portal,
	happening: Happening,
	run: IRun | undefined,
): Promise<void> {
	if (run === undefined || !['success', 'waiting', 'canceled'].includes(run.status)) return;
	await markCompleted(portal, completionCode(context, happening), happening.entryId).catch((error: Error) => {
		// The flow will run once more, and its steps will know that they were done.
		context.logger.warn(`The end of the flow for ${happening.entryId} could not be noted: ${error.message}`);
	});
}

function completionCode(context: IPollFunctions, { key, entryId }: Happening): string {
	return `${entryId || key}:${key}:flow-${context.getWorkflow().id ?? ''}`;
}
