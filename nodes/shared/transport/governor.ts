import { pause } from './pause';

/**
 * Bitrix24 counts requests per portal and source address: the count grows by one with each request, falls by `leakPerSecond`,
 * and a request that would lift it over `capacity` is refused with 503 (docs: limits.md; self-hosted portals set their own limits).
 */
export interface RequestLimits {
	capacity: number;
	leakPerSecond: number;
}

export type Plan = 'standard' | 'enterprise' | 'selfHosted';

export const LIMITS_OF_PLAN: Record<Plan, RequestLimits> = {
	standard: { capacity: 50, leakPerSecond: 2 },
	enterprise: { capacity: 250, leakPerSecond: 5 },
	selfHosted: { capacity: 250, leakPerSecond: 5 },
};

/** The share (1–100 %) of a portal's limits that this n8n may use; the rest is left to other programs behind the same address. */
export function shareOf(limits: RequestLimits, percent: number): RequestLimits {
	const share = Math.min(100, Math.max(1, percent)) / 100;
	return {
		capacity: Math.max(4, Math.floor(limits.capacity * share)),
		leakPerSecond: limits.leakPerSecond * share,
	};
}

// The server lowers its count once a second, so ours may be a second ahead of it; both margins keep us below the limit.
const LEAK_MARGIN = 0.98;
const PENALTY_START_MS = 3_000;
const PENALTY_MAX_MS = 30_000;
const ANSWERS_TO_RECOVER = 20;

/**
 * Follows the server's count for one portal and lets a request go only when it will not be refused.
 * After a refusal everything waits, at first 3 s, then longer up to 30 s.
 */
export class Governor {
	private level = 0;
	private updatedAt: number;
	private pausedUntil = -Infinity;
	private refusals = 0;
	private goodAnswers = 0;

	constructor(
		private readonly limits: RequestLimits,
		private readonly now: () => number,
		private readonly wait: (ms: number) => Promise<void> = pause,
	) {
		this.updatedAt = now();
	}

	/** Resolves when one request may be sent, and counts it. */
	async acquire(): Promise<void> {
		for (let delay = this.delay(); delay > 0; delay = this.delay()) await this.wait(delay);
		this.level += 1;
	}

	/** The portal refused a request with QUERY_LIMIT_EXCEEDED: somebody else uses the same budget. */
	refused(): void {
		this.leak();
		this.level = this.limits.capacity;
		const penalty = Math.min(PENALTY_MAX_MS, PENALTY_START_MS * 1.5 ** this.refusals);
		this.pausedUntil = this.now() + penalty;
		this.refusals += 1;
		this.goodAnswers = 0;
	}

	answered(): void {
		this.goodAnswers += 1;
		if (this.goodAnswers >= ANSWERS_TO_RECOVER) this.refusals = 0;
	}

	/** Milliseconds until a request may be sent. */
	private delay(): number {
		this.leak();
		const now = this.now();
		if (now < this.pausedUntil) return Math.min(this.pausedUntil - now, PENALTY_MAX_MS);
		const margin = Math.min(this.limits.leakPerSecond + 2, this.limits.capacity - 1);
		const excess = this.level + 1 - (this.limits.capacity - margin);
		return excess <= 0 ? 0 : Math.ceil((excess / (this.limits.leakPerSecond * LEAK_MARGIN)) * 1000);
	}

	private leak(): void {
		const now = this.now();
		// A clock that was set back must not freeze the count.
		const seconds = Math.max(0, (now - this.updatedAt) / 1000);
		this.level = Math.max(0, this.level - seconds * this.limits.leakPerSecond * LEAK_MARGIN);
		this.updatedAt = now;
	}
}
