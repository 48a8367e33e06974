import { RestError } from '../rest/rest-error';

const RULES = { standard: { capacity: 50, leak: 2 }, enterprise: { capacity: 250, leak: 5 } };

/** The request limit per source address (limits.md): falls by `leak` once per full second of the portal's clock. */
export class LeakyBucket {
	private readonly levels = new Map<string, { level: number; since: number }>();

	/** Counts a request; throws 503 QUERY_LIMIT_EXCEEDED when the bucket is full. */
	take(address: string, now: number, plan: 'off' | 'standard' | 'enterprise'): void {
		if (plan === 'off') return;
		const { capacity, leak } = RULES[plan];
		const bucket = this.levels.get(address) ?? { level: 0, since: now };
		const seconds = Math.max(0, Math.floor((now - bucket.since) / 1000));
		const level = Math.max(0, bucket.level - seconds * leak) + 1;
		const since = bucket.since + seconds * 1000;
		if (level > capacity) {
			this.levels.set(address, { level: level - 1, since });
			throw new RestError('QUERY_LIMIT_EXCEEDED', 'Too many requests', 503);
		}
		this.levels.set(address, { level, since });
	}

	clear(): void {
		this.levels.clear();
	}
}
