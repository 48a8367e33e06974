import type { PortalClient } from '../transport/portalClient';
import { Memory } from './memory';

/**
 * One portal as the nodes see it: its client, its zone, the present moment, and what was read from it once and holds for a while
 * (pipelines, stages, fields, names of people).
 */
export interface Portal {
	readonly client: PortalClient;
	/** IANA zone of the portal. */
	readonly zone: string;
	readonly memory: Memory;
	/** The present moment, epoch milliseconds. */
	now(): number;
	/** Name of this run, by which a claim tells who made it. */
	readonly run: string;
}

// Shared by all nodes of the process, so that dictionaries are not read again for every item. Nothing is decided by it.
const memories = new Map<string, Memory>();

export function portalOf(client: PortalClient, now: () => number, run: string): Portal {
	const { host, zone } = client.connection;
	const memory = memories.get(host) ?? new Memory(now);
	memories.set(host, memory);
	return { client, zone, memory, now, run };
}
