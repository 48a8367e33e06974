import type { INodeParameters, INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { isExpression, NodeHelpers } from 'n8n-workflow';

import type { DescribedNode } from '../checkContext';
import { isRecord, type Fault } from './fault';
import { optionFaults } from './optionFaults';
import { STRUCTURED } from './structuredValues';

/** Names, kinds and chosen options of all parameters of a node, down to those inside collections. */
export function parameterFaults(described: DescribedNode): Fault[] {
	return faultsIn(described, described.node.parameters ?? {}, described.description.properties, '');
}

type Named = INodeProperties | INodePropertyCollection;

function faultsIn(node: DescribedNode, values: INodeParameters, properties: Named[], path: string): Fault[] {
	return Object.entries(values).flatMap(([name, value]) => {
		const own = path === '' ? name : `${path}.${name}`;
		const called = properties.filter((property) => property.name === name);
		if (called.length === 0) {
			const known = [...new Set(properties.map((property) => property.name))].sort();
			return [{ problem: `There is no parameter "${own}"`, remedy: `Known here: ${known.join(', ') || 'none'}` }];
		}
		const property = called.find((candidate) => isShown(node, candidate, path));
		if (property === undefined) {
			return [
				{
					problem: `The parameter "${own}" is not shown for the values of the other parameters`,
					remedy: 'Remove it, or set what it depends on',
				},
			];
		}
		return valueFaults(node, property, value, own);
	});
}

function isShown({ parameters, node, description }: DescribedNode, property: Named, path: string): boolean {
	return NodeHelpers.displayParameterPath(parameters, property as INodeProperties, path, node, description);
}

function valueFaults(node: DescribedNode, property: Named, value: unknown, path: string): Fault[] {
	if ('values' in property) return entriesFaults(node, value, property.values, path);
	if (typeof value === 'string' && isExpression(value)) {
		if (!property.noDataExpression) return [];
		const remedy = 'Choose a fixed value';
		return [{ problem: `The parameter "${path}" may not be an expression`, remedy }];
	}
	const isMany = property.typeOptions?.multipleValues === true;
	const inside = (property.options ?? []) as Named[];
	if (property.type === 'collection') return entriesFaults(node, value, inside, path);
	if (property.type === 'fixedCollection') {
		if (!isRecord(value)) return [wrongKind(path, 'an object of groups')];
		return faultsInGroups(node, value, inside, path, isMany);
	}
	if (isMany && property.type !== 'multiOptions') {
		if (!Array.isArray(value)) return [wrongKind(path, 'a list')];
		return value.flatMap((entry, index) => simpleFaults(node, property, entry, `${path}[${index}]`));
	}
	return simpleFaults(node, property, value, path);
}

/** The object of a collection, or each of the objects in its list. */
function entriesFaults(node: DescribedNode, value: unknown, properties: Named[], path: string): Fault[] {
	if (Array.isArray(value))
		return value.flatMap((entry, index) => entriesFaults(node, entry, properties, `${path}[${index}]`));
	if (!isRecord(value)) return [wrongKind(path, 'an object')];
	return faultsIn(node, value as INodeParameters, properties, path);
}

function faultsInGroups(
	node: DescribedNode,
	value: Record<string, unknown>,
	groups: Named[],
	path: string,
	isMany: boolean,
): Fault[] {
	return Object.entries(value).flatMap(([name, entries]) => {
		const isKnown = groups.some((group) => group.name === name);
		if (isKnown && Array.isArray(entries) !== isMany) {
			return [wrongKind(`${path}.${name}`, isMany ? 'a list of objects' : 'one object')];
		}
		return faultsIn(node, { [name]: entries } as INodeParameters, groups, path);
	});
}

function simpleFaults(node: DescribedNode, property: INodeProperties, value: unknown, path: string): Fault[] {
	if (typeof value === 'string' && isExpression(value)) return [];
	if (property.type === 'boolean' && typeof value !== 'boolean') return [wrongKind(path, 'true or false')];
	if (property.type === 'number' && typeof value !== 'number') return [wrongKind(path, 'a number')];
	if (property.type === 'options' || property.type === 'multiOptions') return optionFaults(node, property, value, path);
	return STRUCTURED[property.type]?.(property, value, path) ?? [];
}

function wrongKind(path: string, kind: string): Fault {
	return { problem: `The parameter "${path}" has a value of the wrong kind`, remedy: `Give it ${kind}` };
}
