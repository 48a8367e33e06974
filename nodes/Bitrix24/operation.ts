import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { OperationRun } from './operationRun';

/** The item does not go on from here; `reason` is shown as a hint. */
export class Ended {
	constructor(readonly reason: string) {}
}

export type OperationResult = IDataObject | IDataObject[] | Ended;

/** One operation of a resource: what the editor shows and what it does for one item. */
export interface Operation {
	/** Title Case, without the resource's name. */
	name: string;
	value: string;
	/** Sentence case, with the resource's name. */
	action: string;
	description: string;
	/** Shown for this operation only; display conditions are added where the resource is put together. */
	properties: INodeProperties[];
	execute(run: OperationRun): Promise<OperationResult>;
}

export interface Resource {
	name: string;
	value: string;
	operations: Operation[];
}
