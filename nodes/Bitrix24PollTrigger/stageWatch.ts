import type { IDataObject } from 'n8n-workflow';

import { endOfEntry, readHistory, readHistoryRow, type HistoryRow } from '../shared/portal/entries';
import { findPipeline, findStage, LEAD, stageName } from '../shared/portal/pipelines';
import type { Portal } from '../shared/portal/portal';
import { makeReadable } from '../shared/portal/readable';
import { PAGE_SIZE, readById } from '../shared/transport/listReader';
import { PortalError } from '../shared/transport/portalErrors';
import { formatItemReference } from '../shared/logic/itemReference';
import type { Happening, Watch } from './watch';

export interface StageWatchSettings {
	entityTypeId: number;
	pipeline: string;
	/** Stages by code or name, one output each; undefined for a row that was switched off and keeps its output. None: any stage. */
	stages: Array<string | undefined>;
}

interface StageHappening extends Happening {
	row: HistoryRow;
}

type Row = Record<string, unknown>;

/** Which output belongs to a stage, by the stage's ID. */
type Outputs = Map<string, number>;

/** Items that enter one of the chosen stages: each row of the stage history is one entry. */
export function stageWatch({ entityTypeId, pipeline, stages }: StageWatchSettings): Watch {
	const stageField = entityTypeId === LEAD ? 'STATUS_ID' : 'STAGE_ID';
	const shape = { method: 'crm.stagehistory.list', rowsKey: 'items', idField: 'ID' };

	/** What to ask the stage history for, and which output each stage has. */
	async function watched(portal: Portal): Promise<{ filter: Row; outputs: Outputs }> {
		const { id } = await findPipeline(portal, entityTypeId, entityTypeId === LEAD ? '0' : pipeline);
		if (stages.length === 0) return { filter: entityTypeId === LEAD ? {} : { CATEGORY_ID: id }, outputs: new Map() };
		const outputs: Outputs = new Map();
		for (const [output, wanted] of stages.entries()) {
			if (wanted !== undefined) outputs.set((await findStage(portal, entityTypeId, id, wanted)).id, output);
		}
		return { filter: { [`@${stageField}`]: [...outputs.keys()] }, outputs };
	}

	async function newestRows(portal: Portal, filter: Row, outputs: Outputs): Promise<StageHappening[]> {
		const { items } = await portal.client.call<{ items: Row[] }>('crm.stagehistory.list', {
			entityTypeId,
			filter,
			order: { ID: 'DESC' },
			start: -1,
		});
		return items.map((row) => happening(readHistoryRow(entityTypeId, row), outputs));
	}

	function happening(row: HistoryRow, outputs: Outputs): StageHappening {
		return {
			key: String(row.rowId),
			position: row.rowId,
			at: Date.parse(row.enteredAt),
			output: outputs.get(row.stageId) ?? 0,
			entryId: row.entryId,
			row,
		};
	}

	return {
		outputs: Math.max(1, stages.length),

		async positionBefore(portal, backMs) {
			const from = portal.now() - backMs;
			let position: number | undefined;
			for (;;) {
				const rows = await newestRows(portal, position === undefined ? {} : { '<ID': position }, new Map());
				const older = rows.find(({ at }) => at <= from);
				if (older !== undefined) return older.position;
				if (rows.length < PAGE_SIZE) return 0;
				position = rows[rows.length - 1].position;
			}
		},

		async read(portal, position) {
			const { filter, outputs } = await watched(portal);
			const rows = await readById(portal.client, shape, { entityTypeId, filter: { ...filter, '>ID': position } });
			return rows.map((row) => happening(readHistoryRow(entityTypeId, row), outputs));
		},

		async item(portal, happened) {
			return await enteredItem(portal, (happened as StageHappening).row);
		},

		async isCurrent(portal, { entryId }) {
			return (await endOfEntry(portal, entryId)) === undefined;
		},

		async sample(portal) {
			const { filter, outputs } = await watched(portal);
			return (await newestRows(portal, filter, outputs))[0];
		},
	};
}

/** The item with its entry: where from, where to, when. */
async function enteredItem(portal: Portal, row: HistoryRow): Promise<IDataObject | undefined> {
	const { entityTypeId, id } = row;
	const [item, history] = await Promise.all([readIfThere(portal, entityTypeId, id), readHistory(portal, row)]);
	if (item === undefined) return undefined;
	const before = history.find(({ rowId }) => rowId < row.rowId);
	const nameOf = async ({ pipelineId, stageId }: HistoryRow) =>
		await stageName(portal, entityTypeId, pipelineId, stageId);
	const readable = await makeReadable(portal, entityTypeId, item);
	return {
		entryId: row.entryId,
		itemRef: formatItemReference(row),
		entry: {
			stage: await nameOf(row),
			stageCode: row.stageCode,
			stageId: row.stageId,
			fromStage: before === undefined ? '' : await nameOf(before),
			fromStageCode: before?.stageCode ?? '',
			enteredAt: row.enteredAt,
			isFirst: before === undefined,
		},
		...readable,
	} as IDataObject;
}

async function readIfThere(portal: Portal, entityTypeId: number, id: number): Promise<Row | undefined> {
	const answer = await portal.client
		.call<{ item: Row }>('crm.item.get', { entityTypeId, id, useOriginalUfNames: 'Y' })
		.catch((error: unknown) => {
			if (error instanceof PortalError && error.isNotFound) return undefined;
			throw error;
		});
	return answer?.item;
}
