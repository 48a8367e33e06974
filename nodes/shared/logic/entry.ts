import { formatItemReference, parseItemReference, type ItemReference } from './itemReference';

/**
 * An entry is one move of an item into a stage: one row of `crm.stagehistory.list`.
 * Its ID reads `D_57-1234`: row 1234 of the history of deal 57.
 */
export interface Entry extends ItemReference {
	rowId: number;
}

/** What a step of a flow is told apart by: the entry it belongs to and its name, `D_57-1234:florist`. */
export interface StepKey {
	entryId: string;
	step: string;
}

export function formatEntryId(entry: Entry): string {
	return `${formatItemReference(entry)}-${entry.rowId}`;
}

/** Reads `D_57-1234`; undefined when the text is not an entry ID. */
export function parseEntryId(text: unknown): Entry | undefined {
	const match = /^([A-Z][A-Z0-9a-f]*_\d+)-([1-9]\d*)$/.exec(typeof text === 'string' ? text : '');
	const item = match && parseItemReference(match[1]);
	return item ? { ...item, rowId: Number(match[2]) } : undefined;
}

export function formatStepKey(entryId: string, step: string): string {
	return `${entryId}:${step}`;
}

/** Reads `D_57-1234:florist`; undefined when the text is not a step key. */
export function parseStepKey(text: unknown): StepKey | undefined {
	const [entryId, ...step] = typeof text === 'string' ? text.split(':') : [];
	return step.length > 0 && step.join(':') !== '' && parseEntryId(entryId)
		? { entryId, step: step.join(':') }
		: undefined;
}

/** Step names become part of codes in the portal, so they are short and plain. */
export function isStepName(text: string): boolean {
	return /^[a-z0-9][a-z0-9-]{0,39}$/.test(text);
}
