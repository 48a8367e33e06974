import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import axios from 'axios';

import { ENDING_WITH_PARENT, hasEnded, runToEnd, signalGroup, startProcess } from './childProcesses';
import { n8nEnvironment, type N8nPlace } from './environment';
import { freePort } from './freePort';
import type { InstalledN8n } from './installN8n';

/** Who may log in to an n8n of ours. It listens on this machine only. */
export const OWNER = { email: 'owner@example.com', firstName: 'Demo', lastName: 'Owner', password: 'Demo-pass1' };

const START_WITHIN_MS = 180_000;
const STOP_WITHIN_MS = 20_000;

export interface N8nOptions {
	userFolder: string;
	/** Taken if free; default: any free one. */
	port?: number;
	/** IANA name; default Europe/Moscow. */
	timeZone?: string;
}

/** An n8n with a user folder of its own, which can be started, ended hard or softly, and started again. */
export class RealN8n {
	/** What n8n prints. */
	readonly logFile: string;
	readonly url: string;
	private running: ChildProcess | undefined;

	private constructor(
		private readonly installed: InstalledN8n,
		private readonly place: N8nPlace,
	) {
		this.logFile = join(place.userFolder, 'n8n.log');
		this.url = `http://127.0.0.1:${place.port}`;
	}

	static async in(installed: InstalledN8n, options: N8nOptions): Promise<RealN8n> {
		const { userFolder, timeZone = 'Europe/Moscow' } = options;
		mkdirSync(userFolder, { recursive: true });
		const [port, brokerPort] = [await freePort(options.port), await freePort()];
		return new RealN8n(installed, { userFolder, port, brokerPort, timeZone });
	}

	/** Runs one of n8n's commands, such as `import:workflow`, and resolves with what it printed. */
	async command(args: string[]): Promise<string> {
		const { node, program } = this.installed;
		const env = { ...this.environment(), N8N_RUNNERS_BROKER_PORT: String(await freePort()) };
		return await runToEnd(node, [...ENDING_WITH_PARENT, program, ...args], { env });
	}

	/** Resolves when n8n answers, its workflows being active. */
	async start(): Promise<void> {
		if (this.running) throw new Error('This n8n runs already');
		const { node, program } = this.installed;
		const log = openSync(this.logFile, 'a');
		this.running = startProcess(node, [...ENDING_WITH_PARENT, program, 'start'], {
			env: this.environment(),
			stdio: ['pipe', log, log],
		});
		closeSync(log);
		const giveUpAt = performance.now() + START_WITHIN_MS;
		while (!(await this.isReady())) {
			if (hasEnded(this.running)) throw new Error(`n8n ended while starting:\n${this.lastLines()}`);
			if (performance.now() > giveUpAt) throw new Error(`n8n did not start in time:\n${this.lastLines()}`);
			await pause(300);
		}
	}

	/** Ends n8n as a power cut would. */
	async kill(): Promise<void> {
		await this.end('SIGKILL');
	}

	/** Asks n8n to end; if it does not, ends it. */
	async stop(): Promise<void> {
		await this.end('SIGTERM');
	}

	/** Makes the owner's account; n8n keeps what was imported before. */
	async setUpOwner(): Promise<void> {
		await axios.post(`${this.url}/rest/owner/setup`, OWNER);
	}

	/** The end of n8n's log. */
	lastLines(count = 40): string {
		if (!existsSync(this.logFile)) return '';
		return readFileSync(this.logFile, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
	}

	private async isReady(): Promise<boolean> {
		const answer = await axios
			.get(`${this.url}/healthz/readiness`, { timeout: 2000, validateStatus: () => true })
			.catch(() => undefined);
		return answer?.status === 200;
	}

	private async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
		const child = this.running;
		this.running = undefined;
		if (!child || hasEnded(child)) return;
		const ended = once(child, 'exit');
		if (signal === 'SIGTERM') {
			child.kill(signal);
			await Promise.race([ended, pause(STOP_WITHIN_MS, undefined, { ref: false })]);
		}
		signalGroup(child, 'SIGKILL');
		await ended;
	}

	private environment(): NodeJS.ProcessEnv {
		return n8nEnvironment(this.place);
	}
}
