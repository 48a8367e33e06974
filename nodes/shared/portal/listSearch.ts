import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';

import { credentialOf } from './authentication';
import { listFields, type ItemField } from './itemFields';
import { findPipeline, listPipelines, listStages } from './pipelines';
import { readElements, ROLES_LIST } from './portalLists';
import { portalOf, type Portal } from './portal';
import { openPortal } from '../transport/openPortal';

async function portalFor(context: ILoadOptionsFunctions): Promise<Portal> {
	return portalOf(await openPortal(context, credentialOf(context)), () => Date.now(), 'editor');
}

function entityTypeFor(context: ILoadOptionsFunctions): number {
	const chosen = context.getCurrentNodeParameter('entityTypeId') as number;
	return chosen === 0 ? (context.getCurrentNodeParameter('smartProcessId') as number) : chosen;
}

function matching(entries: INodeListSearchItems[], filter = ''): INodeListSearchResult {
	const wanted = filter.toLowerCase();
	return { results: entries.filter(({ name }) => name.toLowerCase().includes(wanted)) };
}

export async function searchPipelines(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const pipelines = await listPipelines(await portalFor(this), entityTypeFor(this));
	// Chosen by name, since the numbers of pipelines differ between portals.
	return matching(
		pipelines.map(({ name }) => ({ name, value: name })),
		filter,
	);
}

export async function searchStages(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const portal = await portalFor(this);
	const entityTypeId = entityTypeFor(this);
	const chosen = this.getCurrentNodeParameter('pipeline', { extractValue: true }) as string | undefined;
	const pipeline = chosen ? await findPipeline(portal, entityTypeId, String(chosen)) : undefined;
	const stages = await listStages(portal, entityTypeId, pipeline?.id ?? 0);
	return matching(
		stages.map(({ name, code }) => ({ name, value: code })),
		filter,
	);
}

export async function searchRoles(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const roles = await readElements(await portalFor(this), ROLES_LIST);
	return matching(
		roles.map(({ name, code }) => ({ name, value: code })),
		filter,
	);
}

export async function searchPeople(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const portal = await portalFor(this);
	const conditions = filter ? [{ '%LAST_NAME': filter }, { '%NAME': filter }] : [{}];
	const found = await Promise.all(
		conditions.map(
			async (condition) =>
				await portal.client.call<Array<Record<string, unknown>>>('user.get', {
					FILTER: { ACTIVE: true, USER_TYPE: 'employee', ...condition },
					SORT: 'LAST_NAME',
					ORDER: 'ASC',
				}),
		),
	);
	const people = new Map(found.flat().map((person) => [person.ID, person]));
	return {
		results: [...people.values()].map(({ ID, NAME, LAST_NAME, EMAIL, WORK_POSITION }) => ({
			name: [[NAME, LAST_NAME].filter(Boolean).join(' ') || EMAIL, WORK_POSITION].filter(Boolean).join(', '),
			value: String(ID),
		})),
	};
}

export async function getFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await fieldOptions(this, () => true);
}

export async function getWritableFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await fieldOptions(this, ({ isReadOnly }) => !isReadOnly);
}

async function fieldOptions(
	context: ILoadOptionsFunctions,
	isOffered: (field: ItemField) => boolean,
): Promise<INodePropertyOptions[]> {
	const fields = [...(await listFields(await portalFor(context), entityTypeFor(context))).values()];
	return fields
		.filter(isOffered)
		.map(({ name, title, values }) => ({
			name: title,
			value: name,
			description: values.length > 0 ? `${name}: ${values.map(({ label }) => label).join(', ')}` : name,
		}))
		.sort((one, other) => one.name.localeCompare(other.name, 'ru'));
}
