import type { IConnections, IDataObject, INode } from 'n8n-workflow';

export const STICKY_NOTE = 'n8n-nodes-base.stickyNote';
export const ERROR_TRIGGER = 'n8n-nodes-base.errorTrigger';
export const SUB_WORKFLOW_TRIGGER = 'n8n-nodes-base.executeWorkflowTrigger';
export const SUB_WORKFLOW_CALL = 'n8n-nodes-base.executeWorkflow';

/** A workflow as it stands in its file. Only what `structure` has passed is sure to have this shape. */
export interface WorkflowJson {
	id: string;
	name: string;
	description?: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IDataObject;
	pinData?: IDataObject;
	tags?: IDataObject[];
	meta?: IDataObject;
}

export interface ShippedWorkflow {
	/** path from the root of the project, with slashes: `workflows/<folder>/<name>.json` */
	file: string;
	/** `core`, or the vertical */
	folder: string;
	text: string;
	json: WorkflowJson;
}

/** @throws SyntaxError when the text is no JSON */
export function readWorkflow(file: string, text: string): ShippedWorkflow {
	return { file, folder: file.split('/').at(-2) ?? '', text, json: JSON.parse(text) as WorkflowJson };
}

/** The nodes that do something, without the notes on the canvas. */
export function workingNodes({ json }: ShippedWorkflow): INode[] {
	return json.nodes.filter(({ type }) => type !== STICKY_NOTE);
}

export function stickyNotes({ json }: ShippedWorkflow): INode[] {
	return json.nodes.filter(({ type }) => type === STICKY_NOTE);
}

export function isErrorWorkflow({ json }: ShippedWorkflow): boolean {
	return json.nodes.some(({ type }) => type === ERROR_TRIGGER);
}
