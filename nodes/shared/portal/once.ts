import { formatStepKey, type StepKey } from '../logic/entry';
import { pause } from '../transport/pause';
import { PortalError } from '../transport/portalErrors';
import { STEPS_LIST } from './portalLists';
import type { Portal } from './portal';
import { claimStep, markStep, releaseStep, type Claim } from './steps';

/**
 * How a step that must not repeat ended:
 * `acted` – it was carried out now;
 * `before` – it had been carried out, or another run has just done it; `result` is what it made if that can be looked up.
 */
export type Once<T> = { kind: 'acted'; result: T } | { kind: 'before'; result?: T };

// While another run carries the step out; it is given up after some minutes, see steps.ts.
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;

export interface OnceSteps<T> {
	act(): Promise<T>;
	/** Finds what an earlier run made, for steps that leave something with their key in the portal. */
	lookUp?(): Promise<T | undefined>;
}

/**
 * Carries a step of an entry out once, whatever races, restarts and lost answers come between.
 * A step that can be looked up is resumed by any later run. One that cannot is never repeated after an unknown outcome;
 * that is reported once as an error, afterwards the step counts as done.
 */
export async function once<T>(
	portal: Portal,
	key: StepKey,
	{ act, lookUp }: OnceSteps<T>,
	waitMs = FIRST_WAIT_MS,
): Promise<Once<T>> {
	const [found, claim] = await Promise.all([lookUp?.(), claimStep(portal, key)]);
	if (found !== undefined) {
		if (claim.kind !== 'done') await markStep(portal, key, claim.elementId, 'done');
		return { kind: 'before', result: found };
	}
	if (claim.kind === 'mine') return await carryOut(portal, key, claim.elementId, { act, lookUp });
	if (claim.kind === 'underWay') {
		// Ending here would call this flow complete although the other run may still break off.
		await pause(waitMs);
		return await once(portal, key, { act, lookUp }, Math.min(2 * waitMs, LONGEST_WAIT_MS));
	}
	if (claim.kind !== 'unfinished') return { kind: 'before' };
	if (lookUp === undefined) {
		await markStep(portal, key, claim.elementId, 'reported');
		throw new PortalError('unknownOutcome', 'STEP_UNFINISHED', 'lists.element.get', ...unfinished(key, claim));
	}
	await markStep(portal, key, claim.elementId, 'claimed');
	return await carryOut(portal, key, claim.elementId, { act, lookUp });
}

async function carryOut<T>(
	portal: Portal,
	key: StepKey,
	elementId: number,
	{ act, lookUp }: OnceSteps<T>,
): Promise<Once<T>> {
	const [acted, marked] = await Promise.allSettled([act(), markStep(portal, key, elementId, 'done')]);
	if (acted.status === 'fulfilled') {
		if (marked.status === 'rejected') await markStep(portal, key, elementId, 'done');
		return { kind: 'acted', result: acted.value };
	}
	const failure: unknown = acted.reason;
	if (!(failure instanceof PortalError) || failure.kind !== 'unknownOutcome') {
		await releaseStep(portal, elementId);
		throw failure;
	}
	const made = await lookUp?.();
	if (made !== undefined) return { kind: 'acted', result: made };
	await markStep(portal, key, elementId, lookUp === undefined ? 'reported' : 'claimed');
	throw failure;
}

function unfinished(key: StepKey, claim: Claim): [message: string, wayOut: string] {
	const since = 'since' in claim ? claim.since : '';
	return [
		`The step "${key.step}" was begun at ${since} and never said that it was done, so it is unknown whether it was carried out`,
		`It is not repeated, so that nobody is told twice. Look in the portal; to have it run again, delete ${formatStepKey(key.entryId, key.step)} from the list «${STEPS_LIST.name}».`,
	];
}
