import type { Duration } from './clock';
import { toMilliseconds, VirtualClock } from './clock';
import { HttpWatch } from './http-watch';
import { RealTimeGuard } from './real-time-guard';
import { Sleepers } from './sleep';

/** What the harness may know of the portal (the emulator fits). */
export interface Portal {
	/** grows with every change of the portal's data */
	revision?(): number;
	/** resolves when the portal has nothing under way, e.g. events to deliver */
	idle?(): Promise<void>;
}

/** Something that happens at a moment of virtual time. */
export interface Due {
	at: number;
	fire: () => void;
}

/** An n8n whose clock is this world's. */
export interface Inhabitant {
	/** how many pieces of work are under way */
	inFlight(): number;
	nextDue(): Due | undefined;
	/** for the message when nothing moves any more */
	describeInFlight(): string;
}

// A promise chain ends within one turn of the event loop; the rest covers node code that hops through setImmediate.
const QUIET_TURNS_WHEN_IDLE = 3;
const QUIET_TURNS_WHEN_BUSY = 15;
const STUCK_AFTER_REAL_MS = 10_000;

// Work of the operating system that will continue a node soon. Sockets and servers are always there and do not count.
const SOON_READY =
	/^(FSReq|GetAddrInfo|GetNameInfo|QueryReq|TCPConnect|PipeConnect|PBKDF2|Scrypt|RandomBytes|KeyPairGen|SignRequest|HashRequest|CipherJob|Zlib|Write|Shutdown)/;

/** Virtual time and all that waits in it: n8n instances, sleepers, open HTTP requests. */
export class World {
	readonly clock: VirtualClock;

	readonly sleepers: Sleepers;

	readonly http: HttpWatch;

	readonly guard: RealTimeGuard;

	/** what must fail the test although no execution failed */
	readonly complaints: string[] = [];

	private readonly inhabitants: Inhabitant[] = [];

	private progress = 0;

	private onProgress?: () => void;

	private queue: Promise<unknown> = Promise.resolve();

	private readonly portals = new Set<Portal>();

	/** @param now ISO 8601 with offset */
	constructor(now: string) {
		const onProgress = () => this.noteProgress();
		this.clock = new VirtualClock(now);
		this.sleepers = new Sleepers(() => this.clock.now(), onProgress);
		this.guard = new RealTimeGuard(this.sleepers, (message) => this.complaints.push(message));
		this.http = new HttpWatch(onProgress);
	}

	noteProgress(): void {
		this.progress++;
		this.onProgress?.();
	}

	watch(portal: Portal): void {
		this.portals.add(portal);
	}

	join(inhabitant: Inhabitant): void {
		this.inhabitants.push(inhabitant);
	}

	release(): void {
		this.http.release();
		this.guard.release();
		this.sleepers.release();
		this.clock.release();
	}

	/**
	 * Lets virtual time pass; whatever falls due happens in its order, and time stands still while work is under way.
	 *
	 * @param afterStep called after each event; may throw to stop
	 */
	async pass(duration: Duration, afterStep: () => void): Promise<void> {
		const target = this.clock.now() + toMilliseconds(duration);
		while (await this.oneStep(target)) afterStep();
		this.clock.moveTo(target);
	}

	/** Runs until nothing is due before the limit; the clock stays at the last event. */
	async runUntilIdle(limit: Duration, afterStep: () => void): Promise<void> {
		const target = this.clock.now() + toMilliseconds(limit);
		while (await this.oneStep(target)) afterStep();
	}

	/**
	 * Lets time move only as far as the given work needs to finish.
	 *
	 * @param givenUp tells that the work will never finish, e.g. because its n8n was killed
	 * @returns the result; undefined when given up
	 */
	async drive<T>(work: Promise<T>, givenUp: () => boolean): Promise<T | undefined> {
		let finished = false;
		const done = () => {
			finished = true;
		};
		work.then(done, done);
		await this.settle();
		const startedAt = performance.now();
		while (!finished) {
			if (givenUp()) return undefined;
			if (this.sleepers.count > 0) await this.oneStep(Infinity, () => finished);
			else await this.settle();
			if (this.sleepers.count === 0 && performance.now() - startedAt > 2 * STUCK_AFTER_REAL_MS)
				throw new Error(this.describeStandstill());
		}
		return await work;
	}

	/** Resolves when all work is done or waits for virtual time. */
	async settle(): Promise<void> {
		const turn = this.queue.then(async () => await this.untilQuiet());
		this.queue = turn.catch(() => {});
		await turn;
	}

	private async oneStep(target: number, enough: () => boolean = () => false): Promise<boolean> {
		const turn = this.queue.then(async () => {
			await this.untilQuiet();
			if (enough()) return false;
			const due = this.nextDue();
			if (!due || due.at > target) return false;
			this.clock.moveTo(due.at);
			due.fire();
			return true;
		});
		this.queue = turn.catch(() => {});
		return await turn;
	}

	private nextDue(): Due | undefined {
		const dues = [this.sleepers.next(), ...this.inhabitants.map((inhabitant) => inhabitant.nextDue())];
		let first: Due | undefined;
		for (const due of dues) if (due && (!first || due.at < first.at)) first = due;
		return first;
	}

	private async untilQuiet(): Promise<void> {
		const startedAt = performance.now();
		let seen = this.progress;
		let quietTurns = 0;
		for (;;) {
			await new Promise((resolve) => setImmediate(resolve));
			if (seen !== this.progress) {
				seen = this.progress;
				quietTurns = 0;
				continue;
			}
			if (this.somethingIsSoonReady()) {
				quietTurns = 0;
			} else {
				quietTurns++;
				const working = this.inhabitants.some(({ inFlight }) => inFlight() > 0);
				if (!working && quietTurns >= QUIET_TURNS_WHEN_IDLE) {
					for (const portal of this.portals) await portal.idle?.();
					if (seen === this.progress) return;
					continue;
				}
				if (quietTurns < QUIET_TURNS_WHEN_BUSY) continue;
				if (this.sleepers.count > 0) return;
			}
			if (performance.now() - startedAt > STUCK_AFTER_REAL_MS) throw new Error(this.describeStandstill());
			await this.progressOr(this.guard.realDelay(1));
		}
	}

	private async progressOr(delay: Promise<void>): Promise<void> {
		const progress = new Promise<void>((resolve) => {
			this.onProgress = resolve;
		});
		await Promise.race([progress, delay]);
		this.onProgress = undefined;
	}

	private somethingIsSoonReady(): boolean {
		if (this.http.inFlight > this.sleepers.heldRequests || this.guard.pendingTimers > 0) return true;
		return process.getActiveResourcesInfo().some((resource) => SOON_READY.test(resource));
	}

	private describeStandstill(): string {
		const work = this.inhabitants.map((inhabitant) => inhabitant.describeInFlight()).join('\n');
		return `Nothing moves for ${STUCK_AFTER_REAL_MS / 1000} s of real time (open HTTP requests: ${this.http.inFlight}). Under way:\n${work}`;
	}
}
