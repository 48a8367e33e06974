import { listParameters, propertyFields, readElements, STEPS_LIST } from './portalLists';
import type { Portal } from './portal';

/** Notes in the list «Шаги» that a flow has gone through for something that happened. `code` tells flow and happening apart. */
export async function markCompleted(portal: Portal, code: string, entryId: string): Promise<void> {
	const properties = await propertyFields(portal, STEPS_LIST);
	await portal.client.call('lists.element.add', {
		...listParameters(STEPS_LIST),
		ELEMENT_CODE: code,
		FIELDS: {
			NAME: code,
			[String(properties.get('ENTRY'))]: entryId,
			[String(properties.get('STATE'))]: `done ${new Date(portal.now()).toISOString()}`,
			[String(properties.get('RUN'))]: portal.run,
		},
	});
}

/** Those of the codes that are marked. */
export async function completedAmong(portal: Portal, codes: string[]): Promise<Set<string>> {
	const marks = await Promise.all(codes.map(async (code) => await readElements(portal, STEPS_LIST, code)));
	return new Set(codes.filter((_, index) => marks[index].length > 0));
}
