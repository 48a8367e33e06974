import type { Boot } from './scope';
import { workScope } from './scope';

const PAUSE_HOOK = Symbol.for('scenario-harness.pause');

interface Sleeper {
	at: number;
	order: number;
	/** undefined for the portal, whose sleep holds an open HTTP request */
	boot?: Boot;
	wake: () => void;
}

/** All who sleep in virtual time: nodes (`pause`), n8n's own short waits, and a portal that answers slowly. */
export class Sleepers {
	private readonly sleeping = new Set<Sleeper>();

	private nextOrder = 0;

	constructor(
		private readonly now: () => number,
		private readonly onProgress: () => void,
	) {
		(globalThis as Record<symbol, unknown>)[PAUSE_HOOK] = async (ms: number) => await this.pause(ms);
	}

	/** The virtual stand-in of the pack's `pause`. */
	async pause(ms: number): Promise<void> {
		this.onProgress();
		if (ms <= 0) return await new Promise((resolve) => setImmediate(resolve));
		await new Promise<void>((resolve) => this.add(ms, workScope.getStore()?.boot, resolve));
	}

	/** For an emulator that delays an answer: virtual time may move although its request is open. */
	async portalPause(ms: number): Promise<void> {
		await new Promise<void>((resolve) => this.add(ms, undefined, resolve));
	}

	/** @returns how to cancel it */
	add(ms: number, boot: Boot | undefined, wake: () => void): () => void {
		const sleeper: Sleeper = { at: this.now() + ms, order: this.nextOrder++, boot, wake };
		this.sleeping.add(sleeper);
		this.onProgress();
		return () => this.sleeping.delete(sleeper);
	}

	get count(): number {
		return this.living().length;
	}

	/** How many open HTTP requests wait only for virtual time. */
	get heldRequests(): number {
		return this.living().filter(({ boot }) => boot === undefined).length;
	}

	next(): { at: number; fire: () => void } | undefined {
		const first = this.living().sort((a, b) => a.at - b.at || a.order - b.order)[0];
		if (!first) return undefined;
		return {
			at: first.at,
			fire: () => {
				this.sleeping.delete(first);
				this.onProgress();
				first.wake();
			},
		};
	}

	release(): void {
		this.sleeping.clear();
		delete (globalThis as Record<symbol, unknown>)[PAUSE_HOOK];
	}

	private living(): Sleeper[] {
		for (const sleeper of this.sleeping) if (sleeper.boot && !sleeper.boot.alive) this.sleeping.delete(sleeper);
		return [...this.sleeping];
	}
}
