import type { Sleepers } from './sleep';
import { workScope } from './scope';

const LONGEST_REAL_SLEEP_MS = 2000;

// n8n's own sleeps inside a running execution: retries of a node and the Wait node below 65 s.
const SLEEPS_OF_N8N = /[\\/](workflow-execute|Wait\.node)\.[jt]s/;

// Time limits of requests. Virtual too: a portal that answers late in virtual time must run into them.
const TIME_LIMITS_OF_HTTP = /[\\/]node_modules[\\/](follow-redirects|axios)[\\/]/;

const SLEEP_ITSELF = /@n8n[\\/]utils[\\/]/;

type Timeout = typeof setTimeout;

/**
 * Watches `setTimeout` while nodes run: n8n's own short waits become virtual, other short ones hold the clock, and
 * anything longer than 2 s is refused, for it would make the test wait in real time.
 */
export class RealTimeGuard {
	private readonly realSetTimeout: Timeout = globalThis.setTimeout;

	private readonly realClearTimeout = globalThis.clearTimeout;

	private readonly cancels = new WeakMap<object, () => void>();

	private pending = 0;

	constructor(
		private readonly sleepers: Sleepers,
		private readonly onRefusal: (message: string) => void,
	) {
		globalThis.setTimeout = Object.assign(
			(handler: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => this.schedule(handler, ms, args),
			this.realSetTimeout,
		) as unknown as Timeout;
		globalThis.clearTimeout = (timer) => {
			const cancel = typeof timer === 'object' && timer !== null ? this.cancels.get(timer) : undefined;
			cancel?.();
			this.realClearTimeout(timer);
		};
	}

	/** Real timers of nodes that are still to fire. */
	get pendingTimers(): number {
		return this.pending;
	}

	/** A real delay for the harness itself. */
	async realDelay(ms: number): Promise<void> {
		await new Promise<void>((resolve) => this.realSetTimeout(resolve, ms));
	}

	release(): void {
		globalThis.setTimeout = this.realSetTimeout;
		globalThis.clearTimeout = this.realClearTimeout;
	}

	private schedule(handler: (...args: unknown[]) => void, ms: number, args: unknown[]): NodeJS.Timeout {
		const scope = workScope.getStore();
		if (!scope) return this.realSetTimeout(handler, ms, ...args);
		const run = () => {
			if (scope.boot.alive) handler(...args);
		};
		const caller = ms > 0 ? callerOfSleep() : '';
		if (SLEEPS_OF_N8N.test(caller) || TIME_LIMITS_OF_HTTP.test(caller)) {
			const timer = this.realSetTimeout(() => {}, 0);
			this.cancels.set(timer, this.sleepers.add(ms, scope.boot, run));
			return timer;
		}
		if (ms > LONGEST_REAL_SLEEP_MS) {
			const message = `${scope.label}${scope.node ? `, node "${scope.node}"` : ''} sleeps ${ms} ms in real time. Use pause() from nodes/shared/transport/pause.ts or putExecutionToWait().`;
			this.onRefusal(message);
			throw new Error(message);
		}
		this.pending++;
		let counted = true;
		const settle = () => {
			if (counted) this.pending--;
			counted = false;
		};
		const timer = this.realSetTimeout(() => {
			settle();
			run();
		}, ms);
		this.cancels.set(timer, settle);
		return timer;
	}
}

/** @returns the file that called setTimeout, itself or through n8n's `sleep` */
function callerOfSleep(): string {
	const holder: { stack?: unknown } = {};
	const { prepareStackTrace } = Error;
	// Plain call sites: the usual way looks up source maps, which costs more than the request whose time limit this is.
	Error.prepareStackTrace = (_error, sites) => sites;
	Error.captureStackTrace(holder, callerOfSleep);
	const sites = holder.stack as NodeJS.CallSite[];
	Error.prepareStackTrace = prepareStackTrace;
	const files = sites
		.filter((site) => site.getFunctionName() !== 'sleep')
		.map((site) => site.getFileName())
		.filter((file): file is string => typeof file === 'string');
	return files.find((file) => file !== __filename && !SLEEP_ITSELF.test(file)) ?? '';
}
