import type { INode } from 'n8n-workflow';

import { connectionsOf } from './connectionList';
import type { ShippedWorkflow } from './shippedWorkflow';

/** Pixels of the editor's canvas; y grows downwards. */
export interface Area {
	left: number;
	top: number;
	right: number;
	bottom: number;
}

const NODE = 100;
/** The editor gives a node this much more height for every input or output beyond the second. */
const MORE_FOR_SOCKET = 32;
/** The label stands under the node: two lines of name and one of subtitle, at most twice as wide as the node. */
const LABEL = { width: 200, height: 60 };
const STICKY = { width: 240, height: 160 };

/** The square of a node with its label. */
export interface Footprint {
	name: string;
	body: Area;
	label: Area;
}

/** The room that working nodes take, by the connections they have. */
export function footprints(workflow: ShippedWorkflow, nodes: INode[]): Footprint[] {
	const connections = connectionsOf(workflow).filter(({ type }) => type === 'main');
	return nodes.map(({ name, position: [left, top] }) => {
		const used = [
			...connections.filter(({ from }) => from === name).map(({ output }) => output),
			...connections.filter(({ to }) => to === name).map(({ input }) => input),
		];
		const bottom = top + NODE + Math.max(0, Math.max(0, ...used) - 1) * MORE_FOR_SOCKET;
		const middle = left + NODE / 2;
		return {
			name,
			body: { left, top, right: left + NODE, bottom },
			label: {
				left: middle - LABEL.width / 2,
				top: bottom,
				right: middle + LABEL.width / 2,
				bottom: bottom + LABEL.height,
			},
		};
	});
}

export function stickyArea({ position: [left, top], parameters }: INode): Area {
	const { width = STICKY.width, height = STICKY.height } = parameters as { width?: number; height?: number };
	return { left, top, right: left + width, bottom: top + height };
}

/** Two areas that only share an edge do not overlap. */
export function overlap(a: Area, b: Area): boolean {
	return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

export function contains(outer: Area, inner: Area): boolean {
	return (
		outer.left <= inner.left && outer.top <= inner.top && outer.right >= inner.right && outer.bottom >= inner.bottom
	);
}
