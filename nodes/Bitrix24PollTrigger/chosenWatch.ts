import { NodeOperationError, type IPollFunctions } from 'n8n-workflow';

import { stageWatch } from './stageWatch';
import { taskWatch } from './taskWatch';
import type { Watch } from './watch';

type Locator = { value?: unknown } | string | undefined;

interface StageRow {
	stage: Locator;
	active?: boolean;
}

interface StepRow {
	step: string;
	active?: boolean;
}

/** The watch that the node's parameters describe. Stops when something is not chosen. */
export function chosenWatch(context: IPollFunctions): Watch {
	if (context.getNodeParameter('watch') === 'taskCompleted') {
		const rows = context.getNodeParameter('steps.row', []) as StepRow[];
		return taskWatch(
			rows.map(({ step, active }) => (active === false ? undefined : required(context, step, 'Step Name'))),
		);
	}
	const chosenType = context.getNodeParameter('entityTypeId') as number;
	const entityTypeId = chosenType === 0 ? (context.getNodeParameter('smartProcessId') as number) : chosenType;
	const rows = context.getNodeParameter('stages.row', []) as StageRow[];
	if (rows.length > 0 && rows.every(({ active }) => active === false)) {
		throw new NodeOperationError(context.getNode(), 'Every row under "Stages" is switched off', {
			description: 'Switch a row on, or delete all rows to watch any stage of the pipeline.',
		});
	}
	return stageWatch({
		entityTypeId,
		pipeline: entityTypeId === 1 ? '' : required(context, context.getNodeParameter('pipeline') as Locator, 'Pipeline'),
		stages: rows.map(({ stage, active }) => (active === false ? undefined : required(context, stage, 'Stage'))),
	});
}

function required(context: IPollFunctions, value: Locator, label: string): string {
	const text = String((typeof value === 'object' ? value.value : value) ?? '').trim();
	if (text === '') {
		throw new NodeOperationError(context.getNode(), `"${label}" is empty`, {
			description: 'Choose one from the list.',
		});
	}
	return text;
}
