import { AsyncLocalStorage } from 'node:async_hooks';

/** One run of an n8n process, from start to stop or kill. Work of a dead one must have no further effect. */
export interface Boot {
	alive: boolean;
	/** told when the process dies */
	onDeath: Array<() => void>;
	/** called for each HTTP request the boot's nodes send, before it leaves and after its answer came */
	onRequest?: (phase: 'before' | 'after') => void;
}

/** What the current piece of asynchronous work belongs to. */
export interface WorkScope {
	boot: Boot;
	/** for messages: "workflow … execution …" */
	label: string;
	/** the node that runs now, if any */
	node?: string;
}

export const workScope = new AsyncLocalStorage<WorkScope>();

/** What code of a killed process awaits: it never comes. */
export async function forever(): Promise<never> {
	return await new Promise<never>(() => {});
}
