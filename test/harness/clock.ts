/** A length of virtual time; the parts add up. */
export interface Duration {
	days?: number;
	hours?: number;
	minutes?: number;
	seconds?: number;
	ms?: number;
}

/** @returns the duration in milliseconds; a day is 24 hours, whatever the time zone does */
export function toMilliseconds(duration: Duration): number {
	const { days = 0, hours = 0, minutes = 0, seconds = 0, ms = 0 } = duration;
	return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + ms;
}

// Everything but the date stays real: HTTP, promises and immediates must go on while virtual time stands still.
const LEAVE_REAL = [
	'hrtime',
	'nextTick',
	'performance',
	'queueMicrotask',
	'requestAnimationFrame',
	'cancelAnimationFrame',
	'requestIdleCallback',
	'cancelIdleCallback',
	'setImmediate',
	'clearImmediate',
	'setInterval',
	'clearInterval',
	'setTimeout',
	'clearTimeout',
] as const;

/** The date that everything in the test process sees: nodes, n8n, luxon, the emulator. */
export class VirtualClock {
	/** @param now ISO 8601 with offset */
	constructor(now: string) {
		if (!/(Z|[+-]\d\d:\d\d)$/.test(now))
			throw new Error(`The start "${now}" needs an explicit offset, e.g. 2026-01-12T09:00:00+03:00`);
		jest.useFakeTimers({ now: Date.parse(now), doNotFake: [...LEAVE_REAL] });
	}

	/** @returns epoch milliseconds */
	now(): number {
		return Date.now();
	}

	/** Moves forward only. */
	moveTo(at: number): void {
		if (at > this.now()) jest.setSystemTime(at);
	}

	/** Gives the test process its real date back. */
	release(): void {
		jest.useRealTimers();
	}
}
