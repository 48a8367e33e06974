import { stageCode } from '../logic/stageCode';
import type { Portal } from './portal';

export const LEAD = 1;
export const DEAL = 2;

export interface Pipeline {
	id: number;
	name: string;
	isDefault: boolean;
}

export interface Stage {
	/** As the item holds it: `C5:FL_READY`. */
	id: string;
	/** The same on every portal: `FL_READY`. */
	code: string;
	name: string;
	/** P in work, S won, F lost. */
	semantics: 'P' | 'S' | 'F';
	sort: number;
}

/** Leads have one set of statuses and no pipelines; they count as one pipeline with the number 0. */
const LEAD_PIPELINE: Pipeline = { id: 0, name: 'Leads', isDefault: true };

/** Docs: api-reference/crm/universal/category/crm-category-list.md */
export async function listPipelines(portal: Portal, entityTypeId: number): Promise<Pipeline[]> {
	if (entityTypeId === LEAD) return [LEAD_PIPELINE];
	return await portal.memory.recall(`pipelines ${entityTypeId}`, async () => {
		const { categories } = await portal.client.call<{ categories: Array<Record<string, unknown>> }>(
			'crm.category.list',
			{
				entityTypeId,
			},
		);
		return categories.map(({ id, name, isDefault }) => ({
			id: Number(id),
			name: String(name),
			isDefault: isDefault === 'Y',
		}));
	});
}

/** Stages of a pipeline in their order. Docs: api-reference/crm/status/crm-status-list.md */
export async function listStages(portal: Portal, entityTypeId: number, pipelineId: number): Promise<Stage[]> {
	return await portal.memory.recall(`stages ${entityTypeId} ${pipelineId}`, async () => {
		const rows = await portal.client.call<Array<Record<string, unknown>>>('crm.status.list', {
			order: { SORT: 'ASC' },
			filter: { ENTITY_ID: stageDictionary(entityTypeId, pipelineId) },
		});
		return rows.map((row) => ({
			id: String(row.STATUS_ID),
			code: stageCode(String(row.STATUS_ID)),
			name: String(row.NAME),
			semantics: row.SEMANTICS === 'S' || row.SEMANTICS === 'F' ? row.SEMANTICS : 'P',
			sort: Number(row.SORT),
		}));
	});
}

/** Finds a pipeline by its number or its name. */
export async function findPipeline(portal: Portal, entityTypeId: number, wanted: string): Promise<Pipeline> {
	const find = async () =>
		(await listPipelines(portal, entityTypeId)).find(
			({ id, name }) => String(id) === wanted.trim() || sameName(name, wanted),
		);
	let pipeline = await find();
	if (pipeline === undefined) {
		portal.memory.forget(`pipelines ${entityTypeId}`);
		pipeline = await find();
	}
	if (pipeline === undefined) {
		const names = (await listPipelines(portal, entityTypeId)).map(({ name }) => `«${name}»`);
		throw new Error(`The portal has no pipeline «${wanted}». It has ${names.join(', ')}.`);
	}
	return pipeline;
}

/** Name of the stage that an item stands in; looked up anew when it is not known, since stages may be added at any time. */
export async function stageName(
	portal: Portal,
	entityTypeId: number,
	pipelineId: number,
	stageId: string,
): Promise<string> {
	const find = async () => (await listStages(portal, entityTypeId, pipelineId)).find(({ id }) => id === stageId)?.name;
	const known = await find();
	if (known !== undefined) return known;
	portal.memory.forget(`stages ${entityTypeId} ${pipelineId}`);
	return (await find()) ?? stageId;
}

/** Finds a stage by its code, its full ID or its name. */
export async function findStage(
	portal: Portal,
	entityTypeId: number,
	pipelineId: number,
	wanted: string,
): Promise<Stage> {
	const find = async () => {
		const stages = await listStages(portal, entityTypeId, pipelineId);
		const text = wanted.trim();
		return (
			stages.find(({ id, code }) => id === text || code === text) ?? stages.find(({ name }) => sameName(name, text))
		);
	};
	let stage = await find();
	if (stage === undefined) {
		portal.memory.forget(`stages ${entityTypeId} ${pipelineId}`);
		stage = await find();
	}
	if (stage === undefined) {
		const known = (await listStages(portal, entityTypeId, pipelineId)).map(({ name, code }) => `«${name}» (${code})`);
		const where = await pipelineName(portal, entityTypeId, pipelineId);
		throw new Error(`${where} has no stage «${wanted}». It has ${known.join(', ') || 'no stages at all'}.`);
	}
	return stage;
}

async function pipelineName(portal: Portal, entityTypeId: number, pipelineId: number): Promise<string> {
	const pipeline = (await listPipelines(portal, entityTypeId)).find(({ id }) => id === pipelineId);
	return entityTypeId === LEAD ? 'The list of lead statuses' : `The pipeline «${pipeline?.name ?? pipelineId}»`;
}

function stageDictionary(entityTypeId: number, pipelineId: number): string {
	if (entityTypeId === LEAD) return 'STATUS';
	if (entityTypeId === DEAL) return pipelineId === 0 ? 'DEAL_STAGE' : `DEAL_STAGE_${pipelineId}`;
	if (entityTypeId === 31) return `SMART_INVOICE_STAGE_${pipelineId}`;
	return `DYNAMIC_${entityTypeId}_STAGE_${pipelineId}`;
}

function sameName(one: string, other: string): boolean {
	const plain = (text: string) => text.trim().toLowerCase().replace(/ё/g, 'е');
	return plain(one) === plain(other);
}
