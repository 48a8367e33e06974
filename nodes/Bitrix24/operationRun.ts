import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import { isStepName, parseEntryId, type StepKey } from '../shared/logic/entry';
import { formatItemReference, parseItemReference, type ItemReference } from '../shared/logic/itemReference';
import type { Portal } from '../shared/portal/portal';
import { plainText } from '../shared/logic/plainText';

/** One item on its way through an operation: its parameters, its place in the flow, its portal. */
export class OperationRun {
	constructor(
		readonly context: IExecuteFunctions,
		readonly itemIndex: number,
		readonly portal: Portal,
	) {}

	get input(): IDataObject {
		return this.context.getInputData()[this.itemIndex].json;
	}

	/** A parameter's value, or `fallback` when this version of the node does not have it. */
	parameter<T>(name: string, fallback?: T): T {
		return this.context.getNodeParameter(name, this.itemIndex, fallback) as T;
	}

	/** Text of a parameter that is a plain field or a resource locator. */
	text(name: string): string {
		const value = this.parameter<unknown>(name, '');
		const plain = typeof value === 'object' && value !== null && '__rl' in value ? (value as IDataObject).value : value;
		return plainText(plain);
	}

	/** A text that must not be empty; `label` is the name the editor shows. */
	requiredText(name: string, label: string): string {
		const text = this.text(name);
		if (text === '')
			throw this.stop(`"${label}" is empty`, 'Enter a value or an expression that gives one for this item.');
		return text;
	}

	/** The entry into a stage that this item of the flow belongs to. */
	get entryId(): string | undefined {
		const { entryId } = this.input;
		return typeof entryId === 'string' && parseEntryId(entryId) ? entryId : undefined;
	}

	/** The CRM item that this item of the flow is about. */
	get itemReference(): ItemReference | undefined {
		return parseItemReference(this.input.itemRef) ?? parseEntryId(this.input.entryId);
	}

	requireEntryId(purpose: string): string {
		const { entryId } = this;
		if (entryId === undefined) {
			throw this.stop(
				`${purpose} needs "entryId", which this item lacks`,
				'It comes from the Bitrix24 Poll Trigger and every Bitrix24 node hands it on. Nodes of other makers in between have to keep the fields entryId and itemRef.',
			);
		}
		return entryId;
	}

	requireItemReference(purpose: string): ItemReference {
		const reference = this.itemReference;
		if (reference === undefined) {
			throw this.stop(
				`${purpose} needs "itemRef" (such as D_57), which this item lacks`,
				'It comes from the Bitrix24 Poll Trigger and every Bitrix24 node hands it on.',
			);
		}
		return reference;
	}

	/** Key of the step named in the parameter `step`, or undefined when it is left empty. */
	stepKey(): StepKey | undefined {
		const step = this.text('step');
		if (step === '') return undefined;
		if (!isStepName(step)) {
			throw this.stop(
				`"${step}" cannot be a step name`,
				'Use up to 40 small Latin letters, digits and hyphens, for example florist-task.',
			);
		}
		return { entryId: this.requireEntryId('A step that is done once'), step };
	}

	stop(message: string, description: string): NodeOperationError {
		return new NodeOperationError(this.context.getNode(), message, { itemIndex: this.itemIndex, description });
	}

	/** Fields that every operation hands on. */
	handOn(): IDataObject {
		const { entryId, itemRef } = this.input;
		const reference = this.itemReference;
		return {
			...(entryId === undefined ? {} : { entryId }),
			...(itemRef === undefined && reference ? { itemRef: formatItemReference(reference) } : {}),
			...(itemRef === undefined ? {} : { itemRef }),
		};
	}
}
