import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import type { DescribedNode } from '../checkContext';
import type { Fault } from './fault';

/** Chosen options exist. Options that a service lists at run time cannot be judged. */
export function optionFaults(
	{ parameters, node, description }: DescribedNode,
	property: INodeProperties,
	value: unknown,
	path: string,
): Fault[] {
	const { loadOptionsMethod, loadOptions } = property.typeOptions ?? {};
	if (loadOptionsMethod !== undefined || loadOptions !== undefined) return [];
	const offered = ((property.options ?? []) as INodePropertyOptions[])
		.filter((option) => NodeHelpers.displayParameter(parameters, option, node, description))
		.map((option) => option.value);
	const chosen = (property.type === 'multiOptions' ? [value].flat() : [value]) as Array<string | number | boolean>;
	return chosen
		.filter((option) => !offered.includes(option))
		.map((option) => ({
			problem: `The parameter "${path}" has no option ${JSON.stringify(option)}`,
			remedy: `Choose one of ${offered.map((known) => JSON.stringify(known)).join(', ')}`,
		}));
}
