/** A CRM item: the kind of item (1 lead, 2 deal, 3 contact, 4 company, 31 invoice, 7 quote, else smart process) and its ID. */
export interface ItemReference {
	entityTypeId: number;
	id: number;
}

// Bitrix24's own short codes, as in the task field UF_CRM_TASK (docs: api-reference/crm/data-types.md).
const SHORT_CODES: Record<number, string> = { 1: 'L', 2: 'D', 3: 'C', 4: 'CO', 7: 'Q', 31: 'SI' };

/** Short code of an entity type: `D` for deals, `T80` (hexadecimal entityTypeId) for the smart process 128. */
export function entityCode(entityTypeId: number): string {
	return SHORT_CODES[entityTypeId] ?? `T${entityTypeId.toString(16)}`;
}

/** `{ entityTypeId: 2, id: 57 }` becomes `D_57`, which is also what binds a task to the deal. */
export function formatItemReference(reference: ItemReference): string {
	return `${entityCode(reference.entityTypeId)}_${reference.id}`;
}

/** Reads `D_57`; undefined when the text is not such a code. */
export function parseItemReference(text: unknown): ItemReference | undefined {
	const match = /^(CO|SI|[LDCQ]|T[0-9a-f]+)_([1-9]\d*)$/.exec(typeof text === 'string' ? text.trim() : '');
	if (!match) return undefined;
	const [, code, id] = match;
	const known = Object.entries(SHORT_CODES).find(([, short]) => short === code);
	return { entityTypeId: known ? Number(known[0]) : parseInt(code.slice(1), 16), id: Number(id) };
}
