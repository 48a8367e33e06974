import qs from 'qs';

import { resolveReferences, type BatchResults } from './batch-references';
import type { Answer } from './dispatcher';
import { isObject, type PlainObject } from './params';
import { RestError } from './rest-error';

const MAX_COMMANDS = 50;

/** Reads form bodies, query strings and batch commands: PHP brackets at any depth. */
export function parsePhpQuery(text: string): PlainObject {
	return qs.parse(text, { depth: 20, arrayLimit: 1000, parameterLimit: 100_000, allowDots: false }) as PlainObject;
}

/**
 * The method `batch` (settings/how-to-call-rest-api/batch.md): up to 50 commands one after the other, each sees what earlier
 * ones wrote and may refer to their results. Always succeeds as a whole; errors are kept by command.
 */
export function runBatch(raw: PlainObject, run: (method: string, params: PlainObject) => Answer): PlainObject {
	const commands = isObject(raw.cmd) || Array.isArray(raw.cmd) ? Object.entries(raw.cmd) : [];
	const results: BatchResults = { result: {}, error: {}, total: {}, next: {}, time: {} };
	for (const [index, [key, command]] of commands.entries()) {
		try {
			if (index >= MAX_COMMANDS) throw new RestError('ERROR_BATCH_LENGTH_EXCEEDED', 'Max batch length exceeded', 400);
			const [method, query = ''] = splitCommand(String(command));
			if (method.toLowerCase() === 'batch') {
				throw new RestError('ERROR_BATCH_METHOD_NOT_ALLOWED', 'Method is not allowed for batch usage', 405);
			}
			const answer = run(method, resolveReferences(parsePhpQuery(query), results) as PlainObject);
			results.result[key] = answer.result;
			if (answer.total !== undefined) results.total[key] = answer.total;
			if (answer.next !== undefined) results.next[key] = answer.next;
			results.time[key] = answer.time;
		} catch (error) {
			if (!(error instanceof RestError)) throw error;
			results.error[key] = error.body();
			if (phpTrue(raw.halt)) break;
		}
	}
	return {
		result: results.result,
		result_error: results.error,
		result_total: results.total,
		result_next: results.next,
		result_time: results.time,
	};
}

/** Names and parameters of the commands, for logs and for faults that aim at a method. */
export function batchCommands(raw: PlainObject): Array<{ method: string; params: PlainObject }> {
	const commands = isObject(raw.cmd) || Array.isArray(raw.cmd) ? Object.values(raw.cmd) : [];
	return commands.map((command) => {
		const [method, query = ''] = splitCommand(String(command));
		return { method, params: parsePhpQuery(query) };
	});
}

function splitCommand(command: string): [string, string | undefined] {
	const mark = command.indexOf('?');
	return mark === -1 ? [command, undefined] : [command.slice(0, mark), command.slice(mark + 1)];
}

/** PHP's cast to bool: the text "false" is true. */
function phpTrue(value: unknown): boolean {
	return !(value === undefined || value === null || value === false || value === 0 || value === '' || value === '0');
}
