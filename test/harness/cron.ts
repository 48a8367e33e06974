import { createHash } from 'node:crypto';

import { CronTime } from 'cron';
import type { TriggerTime } from 'n8n-workflow';
import { toCronExpression } from 'n8n-workflow';

/** @returns the first moment of a cron expression strictly after another, epoch milliseconds */
export function nextTick(expression: string, timeZone: string, after: number): number {
	const everyMinute = /^(\d+) \* \* \* \* \*$/.exec(expression);
	if (everyMinute) {
		const candidate = Math.floor(after / 60_000) * 60_000 + Number(everyMinute[1]) * 1000;
		return candidate > after ? candidate : candidate + 60_000;
	}
	return new CronTime(expression, timeZone).getNextDateFrom(new Date(after), timeZone).toMillis();
}

/** n8n picks second and minute of a poll at random; here they follow from the node, so that tests repeat exactly. */
export function pollExpression(time: TriggerTime, workflowId: string, nodeId: string): string {
	const expression = toCronExpression(time);
	if (time.mode === 'custom') return expression;
	const seed = createHash('sha256').update(`${workflowId}:${nodeId}`).digest();
	const fields = expression.split(' ');
	fields[0] = String(seed[0] % 60);
	if (time.mode === 'everyX' && time.unit === 'hours') fields[1] = String(seed[1] % 60);
	return fields.join(' ');
}
