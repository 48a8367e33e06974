import { parseStepKey } from '../logic/entry';
import { formatItemReference, parseItemReference } from '../logic/itemReference';
import { readableMoment } from '../logic/portalMoment';
import { findPeople } from './people';
import type { Portal } from './portal';
import type { Task } from './tasks';

const PEOPLE = ['responsibleId', 'createdBy', 'closedBy'];
const MOMENTS = ['createdDate', 'changedDate', 'closedDate', 'deadline'];

/**
 * A task as the nodes give it: the portal's fields, `readable` (names of people, dates in the portal's zone),
 * and, when a step of a flow made it, `step`, `entryId` and `itemRef`.
 */
export async function shapeTask(portal: Portal, task: Task): Promise<Record<string, unknown>> {
	const made = parseStepKey(task.xmlId);
	const bound = [task.ufCrmTask]
		.flat()
		.map(parseItemReference)
		.find((reference) => reference !== undefined);
	const people = await findPeople(
		portal,
		PEOPLE.map((name) => Number(task[name])),
	);
	const readable: Record<string, unknown> = {};
	for (const name of PEOPLE) {
		const person = people.get(Number(task[name]));
		if (person !== undefined) readable[name] = person.name;
	}
	for (const name of MOMENTS) {
		const moment = readableMoment(String(task[name] ?? ''), portal.zone);
		if (moment !== undefined) readable[name] = moment;
	}
	return {
		...task,
		...(bound === undefined ? {} : { itemRef: formatItemReference(bound) }),
		...(made === undefined ? {} : { step: made.step, entryId: made.entryId, itemRef: made.entryId.split('-')[0] }),
		readable,
	};
}
