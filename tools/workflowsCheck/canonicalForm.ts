import type { IConnections, IDataObject, INode } from 'n8n-workflow';

import { STICKY_NOTE, type WorkflowJson } from './shippedWorkflow';

/** What a workflow file holds, in this order. All else belongs to the n8n that exported it. */
const WORKFLOW_FIELDS = ['id', 'name', 'description', 'nodes', 'connections', 'settings', 'pinData', 'tags', 'meta'];

const NODE_FIELDS = [
	...['id', 'name', 'type', 'typeVersion', 'position', 'webhookId', 'disabled', 'notes', 'notesInFlow'],
	...['executeOnce', 'alwaysOutputData', 'retryOnFail', 'maxTries', 'waitBetweenTries', 'onError'],
	...['parameters', 'credentials'],
];

const SETTINGS = [
	...['executionOrder', 'timezone', 'errorWorkflow', 'callerPolicy', 'callerIds', 'executionTimeout'],
	...['saveExecutionProgress', 'saveManualExecutions', 'saveDataErrorExecution', 'saveDataSuccessExecution'],
];

const TAG_FIELDS = ['name'];
const META = { templateCredsSetupCompleted: false };

/** Positions and sizes on the canvas are multiples of this many pixels. */
export const GRID = 20;

/** The text of the file: two spaces, keys in their order, a newline at the end. Drops nothing. */
export function canonicalText(json: WorkflowJson): string {
	return `${JSON.stringify(inOrder(json), null, 2)}\n`;
}

/** The workflow without what only its n8n knows, on the grid, with the fields that may not be missing. */
export function cleaned(json: WorkflowJson): WorkflowJson {
	const kept = pick(json as unknown as IDataObject, WORKFLOW_FIELDS) as unknown as WorkflowJson;
	return {
		...kept,
		nodes: json.nodes.map(cleanedNode),
		settings: pick(json.settings ?? {}, SETTINGS),
		pinData: json.pinData ?? {},
		tags: (json.tags ?? []).map((tag) => pick(tag, TAG_FIELDS)),
		meta: META,
	};
}

/** Paths of all fields that do not belong into a shipped workflow, such as `versionId` or `meta.instanceId`. */
export function foreignFields(json: WorkflowJson): Array<{ node?: string; path: string }> {
	const others = (value: object | undefined, known: string[], prefix = '') =>
		Object.keys(value ?? {})
			.filter((key) => !known.includes(key))
			.map((key) => ({ path: `${prefix}${key}` }));
	return [
		...others(json, WORKFLOW_FIELDS),
		...json.nodes.flatMap((node) => others(node, NODE_FIELDS).map(({ path }) => ({ node: node.name, path }))),
		...others(json.settings, SETTINGS, 'settings.'),
		...(json.tags ?? []).flatMap((tag, index) => others(tag, TAG_FIELDS, `tags[${index}].`)),
		...others(json.meta, Object.keys(META), 'meta.'),
	];
}

function cleanedNode(node: INode): INode {
	const kept = pick(node as unknown as IDataObject, NODE_FIELDS) as unknown as INode;
	kept.position = kept.position.map(onGrid) as INode['position'];
	if (node.type === STICKY_NOTE) {
		const { width, height } = node.parameters as { width?: number; height?: number };
		// Spreading over the old values keeps the order of the parameters.
		const size = { ...(width && { width: onGrid(width) }), ...(height && { height: onGrid(height) }) };
		kept.parameters = { ...node.parameters, ...size };
	}
	return kept;
}

function onGrid(length: number): number {
	return Math.round(length / GRID) * GRID;
}

function inOrder(json: WorkflowJson): IDataObject {
	const names = json.nodes.map(({ name }) => name);
	return sorted(
		{
			...json,
			nodes: json.nodes.map((node) => sorted(node, NODE_FIELDS)),
			connections: orderedConnections(json.connections, names),
			...(json.settings && { settings: sorted(json.settings, SETTINGS) }),
		},
		WORKFLOW_FIELDS,
	);
}

function orderedConnections(connections: IConnections, names: string[]): IDataObject {
	const byType = Object.entries(sorted(connections, names)).map(([source, types]) => [
		source,
		Object.fromEntries(
			Object.entries(types as IConnections[string]).map(([type, outputs]) => [
				type,
				outputs.map((targets) => targets?.map((target) => sorted(target, ['node', 'type', 'index'])) ?? null),
			]),
		),
	]);
	return Object.fromEntries(byType);
}

function sorted(value: object, order: string[]): IDataObject {
	const place = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length);
	// sort() is stable: what the order does not name stays behind it as it was.
	return Object.fromEntries(Object.entries(value).sort(([a], [b]) => place(a) - place(b)));
}

function pick(value: IDataObject, fields: string[]): IDataObject {
	return Object.fromEntries(Object.entries(value).filter(([key]) => fields.includes(key)));
}
