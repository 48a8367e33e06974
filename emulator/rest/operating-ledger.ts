import { RestError } from './rest-error';

const WINDOW_MS = 600_000;
const BASKET_MS = 60_000;
/** A hit is counted only if the method took longer than this. */
const NOTICEABLE_SECONDS = 0.1;

interface Basket {
	minute: number;
	/** First call in this minute (epoch ms): the basket is emptied ten minutes after it. */
	first: number;
	seconds: number;
}

/** Time that each method has used, per webhook or application, in ten one-minute baskets (limits.md). */
export class OperatingLedger {
	private readonly baskets = new Map<string, Basket[]>();

	/** Throws 429 OPERATION_TIME_LIMIT when the method has used up its time. `limit` in seconds, 0 = none. */
	check(key: string, now: number, limit: number): void {
		if (limit > 0 && this.sum(key, now) > limit) {
			throw new RestError('OPERATION_TIME_LIMIT', 'Method is blocked due to operation time limit.', 429);
		}
	}

	add(key: string, now: number, seconds: number): void {
		if (seconds < NOTICEABLE_SECONDS) return;
		const minute = Math.floor(now / BASKET_MS);
		const baskets = this.current(key, now);
		const basket = baskets.find((one) => one.minute === minute);
		if (basket) basket.seconds += seconds;
		else baskets.push({ minute, first: now, seconds });
		this.baskets.set(key, baskets);
	}

	/** The two fields of the `time` object: the running sum, and the second (epoch) at which a part of it is freed. */
	report(key: string, now: number): { sum: number; resetAt: number } {
		const oldest = this.current(key, now)[0];
		const from = oldest ? oldest.first : now;
		return { sum: Number(this.sum(key, now).toFixed(6)), resetAt: Math.floor((from + WINDOW_MS) / 1000) };
	}

	clear(): void {
		this.baskets.clear();
	}

	private current(key: string, now: number): Basket[] {
		return (this.baskets.get(key) ?? []).filter(({ first }) => first + WINDOW_MS > now);
	}

	private sum(key: string, now: number): number {
		return this.current(key, now).reduce((total, { seconds }) => total + seconds, 0);
	}
}
