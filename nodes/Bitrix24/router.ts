import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';

import { credentialOf } from '../shared/portal/authentication';
import { endOfEntry } from '../shared/portal/entries';
import { asNodeError } from '../shared/portal/nodeErrors';
import { portalOf } from '../shared/portal/portal';
import { BATCH_SIZE } from '../shared/transport/batchCommands';
import { openPortal } from '../shared/transport/openPortal';
import { Ended, type Operation, type OperationResult } from './operation';
import { OperationRun } from './operationRun';
import { findOperation } from './resources';

/**
 * Runs the chosen operation for every item. Up to 50 items go side by side, so that their calls share requests;
 * results keep the order and the pairing of the items.
 */
export async function runOperation(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const operation = findOperation(
		context.getNodeParameter('resource', 0) as string,
		context.getNodeParameter('operation', 0) as string,
	);
	const client = await openPortal(context, credentialOf(context));
	const portal = portalOf(client, () => Date.now(), context.getExecutionId());
	const output: INodeExecutionData[] = [];
	const hints: string[] = [];
	const items = context.getInputData().map((_, index) => index);
	for (let start = 0; start < items.length; start += BATCH_SIZE) {
		const runs = items.slice(start, start + BATCH_SIZE).map((index) => new OperationRun(context, index, portal));
		const results = await Promise.allSettled(runs.map(async (run) => await runForItem(operation, run)));
		for (const [index, result] of results.entries()) {
			const run = runs[index];
			if (result.status === 'rejected') {
				const error = asNodeError(context.getNode(), result.reason, run.itemIndex);
				if (!context.continueOnFail()) throw error;
				output.push(failedItem(run, error));
			} else if (result.value instanceof Ended) {
				hints.push(result.value.reason);
			} else {
				output.push(...shapeItems(run, result.value));
			}
		}
	}
	showHints(context, hints);
	return [output];
}

async function runForItem(operation: Operation, run: OperationRun): Promise<OperationResult> {
	if (run.parameter('onlyIfStillInStage', false)) {
		const entryId = run.requireEntryId('"Only If Still in Stage"');
		const end = await endOfEntry(run.portal, entryId);
		if (end !== undefined) {
			const what = end === 'deleted' ? 'was deleted' : 'has left the stage';
			return new Ended(`${String(run.input.itemRef ?? entryId)} ${what} meanwhile, so it ended here.`);
		}
	}
	return await operation.execute(run);
}

function shapeItems(run: OperationRun, result: IDataObject | IDataObject[]): INodeExecutionData[] {
	const handedOn = run.handOn();
	return [result].flat().map((json) => ({
		json: { ...json, ...handedOn },
		pairedItem: { item: run.itemIndex },
	}));
}

// Of an item with the property `error` n8n keeps the message only, so the failure stands in json. To the error output n8n moves
// an item whose json holds nothing else, and adds what it came with.
function failedItem(run: OperationRun, error: NodeApiError | NodeOperationError): INodeExecutionData {
	const failure = { error: error.message, details: error.description ?? '' };
	const moves = run.context.getNode().onError === 'continueErrorOutput';
	return {
		json: moves ? failure : { ...run.handOn(), ...failure },
		pairedItem: { item: run.itemIndex },
	};
}

function showHints(context: IExecuteFunctions, hints: string[]): void {
	const shown = hints.length > 3 ? [...hints.slice(0, 3), `${hints.length - 3} more items ended likewise.`] : hints;
	context.addExecutionHints(...shown.map((message) => ({ message, location: 'outputPane' as const })));
}
