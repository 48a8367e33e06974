/** The portal's time, in epoch milliseconds. Everything in the emulator asks here, nothing reads the machine's clock. */
export interface PortalClock {
	now(): number;
	/** Jumps to a moment. Throws when the clock is driven by the caller of `startEmulator`. */
	set(epochMs: number): void;
	/** Moves forward by so many milliseconds. Throws when the clock is driven from outside. */
	advance(milliseconds: number): void;
}

/** A clock that starts at `startAt` (epoch ms; default: real time) and runs on with real time, and can be set. */
export class RunningClock implements PortalClock {
	private offset: number;

	constructor(
		startAt?: number,
		private readonly realTime: () => number = Date.now,
	) {
		this.offset = startAt === undefined ? 0 : startAt - realTime();
	}

	now(): number {
		return Math.floor(this.realTime() + this.offset);
	}

	set(epochMs: number): void {
		this.offset = epochMs - this.realTime();
	}

	advance(milliseconds: number): void {
		this.offset += milliseconds;
	}
}

/** A clock whose hands are moved by a test. */
export class OutsideClock implements PortalClock {
	constructor(private readonly read: () => number) {}

	now(): number {
		return Math.floor(this.read());
	}

	set(): void {
		throw new Error('The clock of this emulator is driven by the code that started it');
	}

	advance(): void {
		this.set();
	}
}
