import { readableDate, readableMoment } from '../logic/portalMoment';
import { stageCode } from '../logic/stageCode';
import { listFields, type ItemField } from './itemFields';
import { findPeople } from './people';
import { LEAD, listPipelines, stageName } from './pipelines';
import type { Portal } from './portal';

type Json = Record<string, unknown>;

export interface ReadableItem extends Json {
	/** Under the same names: names of stages, pipelines, people and sources, labels of list values, dates as `24.09.2026 18:00` in the portal's zone. */
	readable: Json;
	/** Under the same names: codes that are the same on every portal, of stages and list values. */
	codes: Json;
}

const PERSON_FIELDS = ['assignedById', 'createdBy', 'updatedBy', 'movedBy'];

/** Adds `readable` and `codes` to an item as `crm.item.get` gives it with original names of user fields. */
export async function makeReadable(portal: Portal, entityTypeId: number, item: Json): Promise<ReadableItem> {
	const fields = await listFields(portal, entityTypeId);
	const readable: Json = {};
	const codes: Json = {};
	for (const [name, value] of Object.entries(item)) {
		const field = fields.get(name);
		if (field === undefined || isEmpty(value)) continue;
		if (field.values.length > 0) {
			readable[name] = eachValue(value, (id) => field.values.find((known) => known.id === id)?.label ?? id);
			codes[name] = eachValue(value, (id) => field.values.find((known) => known.id === id)?.code ?? '');
		} else if (field.type === 'datetime' || field.type === 'date') {
			readable[name] = eachValue(value, (text) =>
				field.type === 'date' ? (readableDate(text) ?? text) : (readableMoment(text, portal.zone) ?? text),
			);
		}
	}
	await Promise.all([
		addStage(portal, entityTypeId, item, readable, codes),
		addPeople(portal, item, readable, fields),
		addDictionaries(portal, item, readable, fields),
	]);
	return { ...item, readable, codes };
}

async function addStage(portal: Portal, entityTypeId: number, item: Json, readable: Json, codes: Json): Promise<void> {
	if (typeof item.stageId !== 'string') return;
	const pipelineId = Number(item.categoryId ?? 0);
	codes.stageId = stageCode(item.stageId);
	readable.stageId = await stageName(portal, entityTypeId, pipelineId, item.stageId);
	if (entityTypeId === LEAD) return;
	const pipelines = await listPipelines(portal, entityTypeId);
	readable.categoryId = pipelines.find(({ id }) => id === pipelineId)?.name ?? pipelineId;
}

async function addPeople(portal: Portal, item: Json, readable: Json, fields: Map<string, ItemField>): Promise<void> {
	const names = Object.keys(item).filter(
		(name) =>
			PERSON_FIELDS.includes(name) ||
			(['user', 'employee'].includes(fields.get(name)?.type ?? '') && !isEmpty(item[name])),
	);
	const idsOf = (name: string): number[] => [item[name]].flat().map(Number);
	const people = await findPeople(portal, names.flatMap(idsOf));
	for (const name of names) {
		if (Array.isArray(item[name]) || Number(item[name]) > 0) {
			readable[name] = eachValue(item[name], (id) => people.get(Number(id))?.name ?? id);
		}
	}
}

/** Names of dictionary values, such as the source. */
async function addDictionaries(
	portal: Portal,
	item: Json,
	readable: Json,
	fields: Map<string, ItemField>,
): Promise<void> {
	const names = Object.keys(item).filter((name) => {
		const field = fields.get(name);
		return field?.type === 'crm_status' && field.dictionary !== undefined && name !== 'stageId' && !isEmpty(item[name]);
	});
	await Promise.all(
		names.map(async (name) => {
			const dictionary = fields.get(name)?.dictionary ?? '';
			const values = await portal.memory.recall(
				`dictionary ${dictionary}`,
				async () => await portal.client.call<Array<Json>>('crm.status.list', { filter: { ENTITY_ID: dictionary } }),
			);
			readable[name] = values.find(({ STATUS_ID }) => STATUS_ID === item[name])?.NAME ?? item[name];
		}),
	);
}

function eachValue(value: unknown, translate: (value: string) => unknown): unknown {
	return Array.isArray(value) ? value.map((entry) => translate(String(entry))) : translate(String(value));
}

function isEmpty(value: unknown): boolean {
	return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}
