import { footprints, overlap, contains, stickyArea, type Footprint } from '../canvas';
import { GRID } from '../canonicalForm';
import type { Check } from '../checkContext';
import { ancestorsOf, connectionsOf } from '../connectionList';
import type { Finding } from '../finding';
import { stickyNotes, workingNodes, type ShippedWorkflow } from '../shippedWorkflow';

/** What a person sees on the canvas: everything on the grid, nothing covers anything, all runs from left to right. */
export const layout: Check = (workflow) => [
	...offGrid(workflow),
	...overlappingNodes(workflow),
	...stickyFaults(workflow),
	...leftwardConnections(workflow),
];

function offGrid({ file, json }: ShippedWorkflow): Finding[] {
	return json.nodes
		.filter(({ position, parameters: { width = 0, height = 0 } }) =>
			[...position, width, height].some((length) => typeof length === 'number' && length % GRID !== 0),
		)
		.map(({ name }) => ({
			file,
			node: name,
			problem: `Position or size is off the grid of ${GRID}`,
			remedy: 'Run "npm run workflows:check -- --write", then look at the canvas',
		}));
}

function overlappingNodes(workflow: ShippedWorkflow): Finding[] {
	const taken = footprints(workflow, workingNodes(workflow));
	return pairs(taken)
		.filter(([a, b]) => touches(a, b))
		.map(([a, b]) => ({
			file: workflow.file,
			node: b.name,
			problem: `It overlaps «${a.name}» or its label`,
			remedy: 'Move one of them: a node takes 100 × 100 pixels, its label 200 × 60 below it',
		}));
}

function stickyFaults(workflow: ShippedWorkflow): Finding[] {
	const { file } = workflow;
	const stickies = stickyNotes(workflow).map((note) => ({ name: note.name, area: stickyArea(note) }));
	const taken = footprints(workflow, workingNodes(workflow));
	const halfInside = stickies.flatMap(({ name, area }) =>
		taken
			.filter(({ body, label }) => overlap(area, body) || overlap(area, label))
			.filter(({ body, label }) => !(contains(area, body) && contains(area, label)))
			.map((node) => ({
				file,
				node: node.name,
				problem: `The node with its label is only partly inside the note «${name}»`,
				remedy: 'Make the note larger or move it away',
			})),
	);
	const onEachOther = pairs(stickies)
		.filter(([a, b]) => overlap(a.area, b.area))
		.map(([a, b]) => ({ file, node: b.name, problem: `The note overlaps the note «${a.name}»`, remedy: 'Move one' }));
	return [...halfInside, ...onEachOther];
}

function leftwardConnections(workflow: ShippedWorkflow): Finding[] {
	const places = new Map(footprints(workflow, workingNodes(workflow)).map((place) => [place.name, place.body]));
	const ancestors = ancestorsOf(workflow);
	return (
		connectionsOf(workflow)
			.filter(({ type, from, to }) => type === 'main' && places.has(from) && places.has(to))
			.filter(({ from, to }) => places.get(to)!.left < places.get(from)!.right)
			// The wire that closes a loop has to run back.
			.filter(({ from, to }) => !ancestors.get(from)!.has(to))
			.map(({ from, to }) => ({
				file: workflow.file,
				node: from,
				problem: `The connection to «${to}» does not run from left to right`,
				remedy: `Place «${to}» to the right of it`,
			}))
	);
}

function touches(a: Footprint, b: Footprint): boolean {
	return [a.body, a.label].some((first) => [b.body, b.label].some((second) => overlap(first, second)));
}

function pairs<T>(list: T[]): Array<[T, T]> {
	return list.flatMap((first, index) => list.slice(index + 1).map((second): [T, T] => [first, second]));
}
