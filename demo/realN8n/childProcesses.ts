import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';

const running = new Set<ChildProcess>();
let killsAtExit = false;
const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Starts a program in a process group of its own, so that Ctrl-C reaches it only through us, and with all its children it can be
 * ended at once. Whatever still runs when this process exits is killed.
 */
export function startProcess(command: string, args: string[], options: SpawnOptions): ChildProcess {
	if (!killsAtExit) process.once('exit', killAll);
	killsAtExit = true;
	const child = spawn(command, args, { ...options, detached: process.platform !== 'win32' });
	running.add(child);
	child.once('error', () => running.delete(child));
	child.once('exit', () => running.delete(child));
	return child;
}

/** Sends the signal to the program and everything it started. */
export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
	if (child.pid === undefined) return;
	try {
		if (process.platform === 'win32') child.kill(signal);
		else process.kill(-child.pid, signal);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}

export function hasEnded(child: ChildProcess): boolean {
	return child.exitCode !== null || child.signalCode !== null;
}

/** Options for Node.js with which a program ends when this process is gone, even if it was killed. It needs a pipe as its input. */
export const ENDING_WITH_PARENT = ['--require', join(__dirname, 'endWithParent.cjs')];

/** Runs a program to its end. Resolves with what it printed; rejects with the end of that when its exit code is not 0. */
export async function runToEnd(command: string, args: string[], options: SpawnOptions = {}): Promise<string> {
	const child = startProcess(command, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
	let printed = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream?.setEncoding('utf8').on('data', (text: string) => (printed += text));
	}
	return await new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (code, signal) => {
			if (code === 0) return resolve(printed);
			const name = [command, ...args].join(' ').slice(0, 200);
			reject(new Error(`${name} ended with ${signal ?? `code ${code}`}:\n${printed.trim().slice(-4000)}`));
		});
	});
}

/** Calls `stop` at the first Ctrl-C, end of terminal or request to end, then exits; at the second one exits at once. */
export function onEndingSignal(stop: () => Promise<void>): void {
	let stopping = false;
	for (const signal of ENDING_SIGNALS) {
		process.on(signal, () => {
			const exit = () => process.exit(128 + constants.signals[signal]);
			if (stopping) return exit();
			stopping = true;
			void stop()
				.catch(() => undefined)
				.then(exit);
		});
	}
}

function killAll(): void {
	for (const child of running) signalGroup(child, 'SIGKILL');
}
