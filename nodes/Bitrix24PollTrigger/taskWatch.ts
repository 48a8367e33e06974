import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { parseStepKey } from '../shared/logic/entry';
import { endOfEntry } from '../shared/portal/entries';
import type { Portal } from '../shared/portal/portal';
import { shapeTask } from '../shared/portal/taskOutput';
import { COMPLETED, TASK_FIELDS, type Task } from '../shared/portal/tasks';
import { readByOffset } from '../shared/transport/listReader';
import type { Happening, Watch } from './watch';

interface TaskHappening extends Happening {
	task: Task;
}

/**
 * Tasks that were completed. `steps` are the step names of tasks that flows created, one output each (undefined keeps the output of a
 * row that was switched off); without steps every completed task leaves through the only output.
 * A task that is reopened and completed again happens again.
 */
export function taskWatch(steps: Array<string | undefined>): Watch {
	function happening(task: Task): TaskHappening[] {
		const made = parseStepKey(task.xmlId);
		const output = steps.length === 0 ? 0 : steps.findIndex((step) => step !== undefined && step === made?.step);
		const at = Date.parse(String(task.closedDate));
		return output < 0
			? []
			: [{ key: `task-${task.id}-${at}`, position: at, at, output, entryId: made?.entryId ?? '', task }];
	}

	return {
		outputs: Math.max(1, steps.length),

		async positionBefore(portal, backMs) {
			return Date.parse(await portal.client.call<string>('server.time')) - backMs;
		},

		async read(portal, position) {
			const tasks = await readByOffset(
				portal.client,
				{ method: 'tasks.task.list', rowsKey: 'tasks', idField: 'id' },
				{
					filter: { REAL_STATUS: COMPLETED, '>CLOSED_DATE': portalTime(portal, position) },
					order: { CLOSED_DATE: 'asc' },
					select: TASK_FIELDS,
				},
			);
			return (tasks as Task[]).flatMap(happening);
		},

		async item(portal, happened) {
			return (await shapeTask(portal, (happened as TaskHappening).task)) as IDataObject;
		},

		async isCurrent(portal, { entryId }) {
			return entryId === '' || (await endOfEntry(portal, entryId)) === undefined;
		},

		async sample(portal) {
			const { tasks } = await portal.client.call<{ tasks: Task[] }>('tasks.task.list', {
				filter: { REAL_STATUS: COMPLETED },
				order: { CLOSED_DATE: 'desc' },
				select: TASK_FIELDS,
				start: -1,
			});
			return tasks.flatMap(happening)[0];
		},
	};
}

function portalTime({ zone }: Portal, at: number): string {
	return DateTime.fromMillis(at, { zone }).toISO({ suppressMilliseconds: true }) ?? '';
}
