import type { ShippedWorkflow } from './shippedWorkflow';

export interface Connection {
	from: string;
	/** `main` for all that carries items */
	type: string;
	output: number;
	to: string;
	input: number;
	inputType: string;
}

export function connectionsOf({ json }: ShippedWorkflow): Connection[] {
	return Object.entries(json.connections).flatMap(([from, byType]) =>
		Object.entries(byType).flatMap(([type, outputs]) =>
			outputs.flatMap((targets, output) =>
				(targets ?? []).map((target) => ({
					from,
					type,
					output,
					to: target.node,
					input: target.index,
					inputType: target.type,
				})),
			),
		),
	);
}

/** For each node the names of all nodes from which it can be reached; a node on a loop is its own ancestor. */
export function ancestorsOf(workflow: ShippedWorkflow): Map<string, Set<string>> {
	const sources = new Map<string, string[]>();
	for (const { from, to } of connectionsOf(workflow)) sources.set(to, [...(sources.get(to) ?? []), from]);
	const collect = (name: string): Set<string> => {
		const found = new Set<string>();
		const open = [...(sources.get(name) ?? [])];
		for (let next = open.pop(); next !== undefined; next = open.pop()) {
			if (found.has(next)) continue;
			found.add(next);
			open.push(...(sources.get(next) ?? []));
		}
		return found;
	};
	return new Map(workflow.json.nodes.map(({ name }) => [name, collect(name)]));
}
