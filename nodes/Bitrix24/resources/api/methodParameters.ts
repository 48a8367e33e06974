import type { IDataObject } from 'n8n-workflow';

import type { OperationRun } from '../../operationRun';

/** Reads parameters of a method, given as JSON text or as an object by an expression. `label` names them in the message. */
export function readParameters(run: OperationRun, value: unknown, label: string): IDataObject {
	if (value === '' || value === null || value === undefined) return {};
	const parsed = typeof value === 'string' ? parseJson(value) : value;
	if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
		throw run.stop(
			`"${label}" is not a JSON object`,
			'Write it as {"name": value, …}; keys and texts in double quotes.',
		);
	}
	return parsed as IDataObject;
}

export function readMethod(run: OperationRun, method: string): string {
	const name = method.trim().replace(/\.json$/, '');
	if (!/^[a-z][\w.]*$/i.test(name)) {
		throw run.stop(
			`"${method}" is not the name of a method`,
			'Enter a name such as crm.deal.list, without the address.',
		);
	}
	return name;
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
