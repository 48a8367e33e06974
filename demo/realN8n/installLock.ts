import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Runs `work` while no other process on this machine does the same. The lock is a file with the number of the process that holds
 * it; one whose process is gone does not count.
 */
export async function withLock<T>(
	path: string,
	onWaiting: (holder: number) => void,
	work: () => Promise<T>,
): Promise<T> {
	let told = false;
	while (!take(path)) {
		const holder = holderOf(path);
		if (holder === undefined || !isAlive(holder)) {
			rmSync(path, { force: true });
			continue;
		}
		if (!told) onWaiting(holder);
		told = true;
		await pause(1000);
	}
	const release = () => rmSync(path, { force: true });
	process.once('exit', release);
	try {
		return await work();
	} finally {
		process.removeListener('exit', release);
		release();
	}
}

/** Whether a process with this number runs. */
export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

function take(path: string): boolean {
	try {
		writeFileSync(path, String(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
}

function holderOf(path: string): number | undefined {
	try {
		const pid = Number(readFileSync(path, 'utf8'));
		return Number.isInteger(pid) && pid > 0 ? pid : undefined;
	} catch {
		return undefined;
	}
}
