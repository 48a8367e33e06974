import { PortalError } from '../transport/portalErrors';
import type { Portal } from './portal';

/** The portal's own lists that the nodes work with; Portal Setup creates them under these codes. */
export const ROLES_LIST = { code: 'b24_roles', name: 'Роли сотрудников' };
export const STEPS_LIST = { code: 'b24_steps', name: 'Шаги' };

export type PortalList = typeof ROLES_LIST;

/** Code of the error when the portal lacks one of these lists. */
export const LIST_MISSING = 'LIST_MISSING';

export interface ListElement {
	id: number;
	code: string;
	name: string;
	/** Values by the code of the property; the first one of a multiple property. */
	values: Record<string, string>;
}

/** Parameters that name a list in every `lists.*` method. */
export function listParameters({ code }: PortalList): Record<string, unknown> {
	return { IBLOCK_TYPE_ID: 'lists', IBLOCK_CODE: code };
}

/** Elements of a list, all or those with one code. Docs: api-reference/lists/elements/lists-element-get.md */
export async function readElements(portal: Portal, list: PortalList, elementCode?: string): Promise<ListElement[]> {
	const properties = await propertyFields(portal, list);
	const elements: ListElement[] = [];
	for (let start: number | undefined = 0; start !== undefined;) {
		const page: { result: Array<Record<string, unknown>>; next?: number } = await portal.client.ask(
			'lists.element.get',
			{
				...listParameters(list),
				...(elementCode === undefined ? {} : { ELEMENT_CODE: elementCode }),
				ELEMENT_ORDER: { ID: 'ASC' },
				start,
			},
		);
		elements.push(...page.result.map((row) => readElement(row, properties)));
		start = page.next;
	}
	return elements.sort((one, other) => one.id - other.id);
}

function readElement(row: Record<string, unknown>, properties: Map<string, string>): ListElement {
	const values: Record<string, string> = {};
	for (const [code, field] of properties) {
		// { "<value id>": "<value>" }, or [] when empty
		const first = Object.values((row[field] as Record<string, unknown> | undefined) ?? {})[0];
		values[code] = first === undefined || first === null ? '' : String(first);
	}
	return { id: Number(row.ID), code: String(row.CODE ?? ''), name: String(row.NAME ?? ''), values };
}

/** Field names (`PROPERTY_951`) by the codes of the properties. Docs: api-reference/lists/fields/lists-field-get.md */
export async function propertyFields(portal: Portal, list: PortalList): Promise<Map<string, string>> {
	return await portal.memory.recall(`list ${list.code}`, async () => {
		const fields = await portal.client
			.call<Record<string, Record<string, unknown>>>('lists.field.get', listParameters(list))
			.catch((error: unknown) => {
				throw missingList(error, list);
			});
		return new Map(
			Object.values(fields)
				.filter(({ FIELD_ID, CODE }) => String(FIELD_ID).startsWith('PROPERTY_') && Boolean(CODE))
				.map(({ FIELD_ID, CODE }) => [String(CODE), String(FIELD_ID)]),
		);
	});
}

function missingList(error: unknown, { code, name }: PortalList): unknown {
	if (!(error instanceof PortalError) || error.kind !== 'refused' || error.code === 'insufficient_scope') return error;
	return new PortalError(
		'refused',
		LIST_MISSING,
		error.method,
		`The portal has no list «${name}» (code ${code}), or its fields cannot be read`,
		'Set the portal up for the vertical first, and use a webhook of an administrator.',
		error.httpStatus,
	);
}
