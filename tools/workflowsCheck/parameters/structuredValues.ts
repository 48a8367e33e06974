import type { INodeProperties, NodePropertyTypes } from 'n8n-workflow';

import { isRecord, unknownKeys, type Fault } from './fault';
import { FILTER_OPERATIONS } from './filterOperations';

type Judge = (property: INodeProperties, value: unknown, path: string) => Fault[];

const LOCATOR_KEYS = ['__rl', 'mode', 'value', 'cachedResultName', 'cachedResultUrl'];
const MAPPER_KEYS = [
	...['mappingMode', 'value', 'matchingColumns', 'schema'],
	...['attemptToConvertTypes', 'convertFieldsToString'],
];
const ASSIGNED_TYPES = ['string', 'number', 'boolean', 'array', 'object', 'binary'];
/** The modes of a workflow selector are built into the editor. */
const SELECTOR_MODES = ['list', 'id'];

/** The parameters whose value is an object with an inner shape of its own. */
export const STRUCTURED: Partial<Record<NodePropertyTypes, Judge>> = {
	resourceLocator: ({ modes }, value, path) =>
		locatorFaults(
			value,
			(modes ?? []).map(({ name }) => name),
			path,
		),
	workflowSelector: (_property, value, path) => locatorFaults(value, SELECTOR_MODES, path),
	resourceMapper: (_property, value, path) => mapperFaults(value, path),
	filter: (_property, value, path) => filterFaults(value, path),
	assignmentCollection: (_property, value, path) => assignmentFaults(value, path),
};

function locatorFaults(value: unknown, modes: string[], path: string): Fault[] {
	if (!isRecord(value) || value.__rl !== true) {
		const remedy = 'Write { "__rl": true, "mode": …, "value": … }';
		return [{ problem: `The parameter "${path}" is no resource locator`, remedy }];
	}
	const faults = unknownKeys(value, LOCATOR_KEYS, path);
	if (!modes.includes(String(value.mode))) {
		const problem = `The parameter "${path}" has no mode "${String(value.mode)}"`;
		faults.push({ problem, remedy: `Choose one of ${modes.join(', ')}` });
	}
	return faults;
}

function mapperFaults(value: unknown, path: string): Fault[] {
	if (!isRecord(value)) return [notAnObject(path)];
	const { schema, value: mapped } = value as { schema?: Array<{ id: string }>; value?: Record<string, unknown> };
	const columns = (schema ?? []).map(({ id }) => id);
	return [...unknownKeys(value, MAPPER_KEYS, path), ...unknownKeys(mapped ?? {}, columns, `${path}.value`)];
}

function filterFaults(value: unknown, path: string): Fault[] {
	if (!isRecord(value)) return [notAnObject(path)];
	const faults = unknownKeys(value, ['options', 'conditions', 'combinator'], path);
	if (value.combinator !== 'and' && value.combinator !== 'or') {
		const problem = `The parameter "${path}" combines its conditions by ${JSON.stringify(value.combinator)}`;
		faults.push({ problem, remedy: 'Choose "and" or "or"' });
	}
	const conditions = (value.conditions ?? []) as Array<Record<string, unknown>>;
	conditions.forEach((condition, index) => {
		const own = `${path}.conditions[${index}]`;
		faults.push(...unknownKeys(condition, ['id', 'leftValue', 'rightValue', 'operator'], own));
		faults.push(...operatorFaults(condition.operator, own));
	});
	return faults;
}

function operatorFaults(operator: unknown, path: string): Fault[] {
	const { type, operation } = (operator ?? {}) as { type?: string; operation?: string };
	const operations = FILTER_OPERATIONS[String(type)];
	if (operations?.includes(String(operation))) return [];
	const remedy = operations
		? `Choose one of ${operations.join(', ')}`
		: `Choose a type among ${Object.keys(FILTER_OPERATIONS).join(', ')}`;
	return [{ problem: `n8n knows no comparison "${type}:${operation}" (${path})`, remedy }];
}

function assignmentFaults(value: unknown, path: string): Fault[] {
	if (!isRecord(value)) return [notAnObject(path)];
	const assignments = (value.assignments ?? []) as Array<Record<string, unknown>>;
	return [
		...unknownKeys(value, ['assignments'], path),
		...assignments.flatMap((assignment, index) => {
			const own = `${path}.assignments[${index}]`;
			const faults = unknownKeys(assignment, ['id', 'name', 'value', 'type'], own);
			if (!assignment.name) faults.push({ problem: `"${own}" assigns to no field`, remedy: 'Give it a name' });
			if (!ASSIGNED_TYPES.includes(String(assignment.type))) {
				const problem = `"${own}" has no type "${String(assignment.type)}"`;
				faults.push({ problem, remedy: `Choose one of ${ASSIGNED_TYPES.join(', ')}` });
			}
			return faults;
		}),
	];
}

function notAnObject(path: string): Fault {
	return { problem: `The parameter "${path}" has a value of the wrong kind`, remedy: 'Give it an object' };
}
