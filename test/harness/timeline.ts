import { DateTime } from 'luxon';
import type { ITaskData } from 'n8n-workflow';

import type { Execution, StoredWorkflow, TimelineEntry } from './storage';

/** @returns epoch milliseconds as ISO 8601 in the workflow's zone (UTC when it names none) */
export function timeIn({ settings }: Pick<StoredWorkflow, 'settings'>, at: number): string {
	const { timezone } = settings;
	const zone = timezone && timezone !== 'DEFAULT' ? timezone : 'UTC';
	return DateTime.fromMillis(at, { zone }).toISO({ suppressMilliseconds: true }) ?? '';
}

export function timelineEntry(
	execution: Execution,
	workflow: StoredWorkflow,
	node: string,
	task: ITaskData,
	at: number,
): TimelineEntry {
	return {
		at,
		time: timeIn(workflow, at),
		workflow: workflow.name,
		execution: execution.id,
		node,
		status: task.executionStatus ?? 'success',
		items: (task.data?.main ?? []).map((output) => output?.length ?? 0),
	};
}
