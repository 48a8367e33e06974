import type { INodeProperties } from 'n8n-workflow';

import { plainText } from '../../shared/logic/plainText';
import { portalMoment } from '../../shared/logic/portalMoment';
import { listFields, type ItemField } from '../../shared/portal/itemFields';
import type { OperationRun } from '../operationRun';

export const fieldsProperty: INodeProperties = {
	displayName: 'Fields',
	name: 'fields',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Field',
	default: {},
	options: [
		{
			displayName: 'Field',
			name: 'field',
			values: [
				{
					displayName: 'Field Name or ID',
					name: 'name',
					type: 'options',
					typeOptions: {
						loadOptionsMethod: 'getWritableFields',
						loadOptionsDependsOn: ['entityTypeId', 'smartProcessId'],
					},
					default: '',
					description:
						'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					description:
						"A list value by its label or code, a date with or without zone (then the portal's), several values as a list in an expression. Empty clears the field.",
				},
			],
		},
	],
};

/** The chosen fields with their values as crm.item.* takes them. Stops on an unknown field or list value. */
export async function chosenFields(run: OperationRun, entityTypeId: number): Promise<Record<string, unknown>> {
	const rows = run.parameter<Array<{ name: string; value: unknown }>>('fields.field', []);
	if (rows.length === 0) return {};
	const fields = await listFields(run.portal, entityTypeId);
	return Object.fromEntries(
		rows.map(({ name, value }) => {
			const field = fields.get(name);
			if (field === undefined) {
				throw run.stop(
					`This kind of item has no field "${name}"`,
					'Choose the field from the list, or set the portal up again.',
				);
			}
			return [name, portalValue(run, field, value)];
		}),
	);
}

/** One value, or a list of them for a field that holds several. */
export function portalValue(run: OperationRun, field: ItemField, value: unknown): unknown {
	if (value === '' || value === null || value === undefined) return field.isMultiple ? [] : '';
	if (field.isMultiple) return [value].flat().map((entry) => singleValue(run, field, entry));
	if (Array.isArray(value)) {
		throw run.stop(
			`The field «${field.title}» holds one value, and ${value.length} were given`,
			'Give a single value.',
		);
	}
	return singleValue(run, field, value);
}

function singleValue(run: OperationRun, field: ItemField, value: unknown): unknown {
	const text = plainText(value);
	if (field.values.length > 0) return listValue(run, field, text);
	if (field.type === 'datetime') return momentValue(run, field, text);
	if (field.type === 'date') return momentValue(run, field, text).slice(0, 10);
	if (field.type === 'boolean') return yesOrNo(run, field, text);
	return value;
}

function listValue(run: OperationRun, field: ItemField, text: string): string {
	const found =
		field.values.find(({ code }) => code === text) ??
		field.values.find(({ label }) => label.toLowerCase() === text.toLowerCase()) ??
		field.values.find(({ id }) => id === text);
	if (found === undefined) {
		const known = field.values.map(({ label, code }) => (code ? `«${label}» (${code})` : `«${label}»`)).join(', ');
		throw run.stop(`The field «${field.title}» has no value «${text}»`, `It has ${known}.`);
	}
	return found.id;
}

function momentValue(run: OperationRun, field: ItemField, text: string): string {
	const iso = portalMoment(text, run.portal.zone);
	if (iso === undefined) {
		throw run.stop(
			`"${text}" is not a date for the field «${field.title}»`,
			'Give an ISO date such as 2026-09-24T18:00, with an offset or in the zone of the portal.',
		);
	}
	return iso;
}

function yesOrNo(run: OperationRun, field: ItemField, text: string): string {
	const word = text.toLowerCase();
	if (['y', 'yes', 'true', '1', 'да'].includes(word)) return 'Y';
	if (['n', 'no', 'false', '0', 'нет'].includes(word)) return 'N';
	throw run.stop(`"${text}" is neither yes nor no for the field «${field.title}»`, 'Give true or false.');
}
