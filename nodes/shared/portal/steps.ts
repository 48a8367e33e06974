import { formatStepKey, type StepKey } from '../logic/entry';
import { pause } from '../transport/pause';
import { PortalError } from '../transport/portalErrors';
import { listParameters, propertyFields, readElements, STEPS_LIST, type ListElement } from './portalLists';
import type { Portal } from './portal';

/**
 * What became of the wish to carry out a step:
 * `mine` – it is ours, act now;
 * `done` – it was done before;
 * `underWay` – another run took it a moment ago;
 * `unfinished` – another run took it and never said that it was done;
 * `reported` – it was left unfinished, and somebody was told.
 */
export type Claim =
	| { kind: 'mine'; elementId: number }
	| { kind: 'done' | 'underWay' | 'unfinished' | 'reported'; elementId: number; since: string };

type State = 'claimed' | 'done' | 'reported';

// A list element may become visible a little later than a younger one (docs say nothing; see the portal's own locks).
const SETTLE_MS = 300;
// No step takes longer than this between its claim and its end.
const UNDER_WAY_MS = 3 * 60_000;

/**
 * Claims a step of an entry in the portal's list «Шаги» before acting, so that it is carried out once even when two runs race.
 * The element's code is the key; the portal refuses a second element with that code, and if two slip through, the lower ID wins.
 */
export async function claimStep(portal: Portal, key: StepKey): Promise<Claim> {
	const code = formatStepKey(key.entryId, key.step);
	const properties = await propertyFields(portal, STEPS_LIST);
	const added = await portal.client
		.call<number>('lists.element.add', {
			...listParameters(STEPS_LIST),
			ELEMENT_CODE: code,
			FIELDS: elementFields(portal, key, properties, 'claimed'),
		})
		.then(Number, (error: unknown) => failedClaim(error));
	if (added instanceof PortalError && added.code !== 'ERROR_ELEMENT_ALREADY_EXISTS') throw added;
	if (!(added instanceof PortalError)) await pause(SETTLE_MS);

	const [winner] = await readElements(portal, STEPS_LIST, code);
	if (winner === undefined)
		throw new Error(`The step ${code} was claimed but is not in the list «${STEPS_LIST.name}».`);
	if (winner.id === added) return { kind: 'mine', elementId: winner.id };
	if (!(added instanceof PortalError)) await removeElement(portal, added);
	return judge(winner, portal);
}

/** Gives the claim back: the portal has refused the act, so that another try may follow. */
export async function releaseStep(portal: Portal, elementId: number): Promise<void> {
	await removeElement(portal, elementId);
}

/** Notes how far the step is. `done`, made in the same moment as the act itself, travels with it. */
export async function markStep(portal: Portal, key: StepKey, elementId: number, state: State): Promise<void> {
	const properties = await propertyFields(portal, STEPS_LIST);
	// Fields that are left out would be emptied (docs: api-reference/lists/elements/lists-element-update.md).
	await portal.client.call('lists.element.update', {
		...listParameters(STEPS_LIST),
		ELEMENT_ID: elementId,
		FIELDS: elementFields(portal, key, properties, state),
	});
}

async function removeElement(portal: Portal, elementId: number): Promise<void> {
	await portal.client.call('lists.element.delete', { ...listParameters(STEPS_LIST), ELEMENT_ID: elementId });
}

function elementFields(
	portal: Portal,
	key: StepKey,
	properties: Map<string, string>,
	state: State,
): Record<string, unknown> {
	const field = (code: string): string => {
		const name = properties.get(code);
		if (name === undefined)
			throw new Error(`The list «${STEPS_LIST.name}» has no property ${code}. Set the portal up again.`);
		return name;
	};
	return {
		NAME: formatStepKey(key.entryId, key.step),
		[field('ENTRY')]: key.entryId,
		[field('STATE')]: `${state} ${new Date(portal.now()).toISOString()}`,
		[field('RUN')]: portal.run,
	};
}

function judge(element: ListElement, portal: Portal): Claim {
	const [state, since = ''] = (element.values.STATE ?? '').split(' ');
	const elementId = element.id;
	if (state === 'done' || state === 'reported') return { kind: state, elementId, since };
	const age = portal.now() - Date.parse(since);
	return { kind: age < UNDER_WAY_MS ? 'underWay' : 'unfinished', elementId, since };
}

function failedClaim(error: unknown): PortalError {
	if (error instanceof PortalError) return error;
	throw error;
}
