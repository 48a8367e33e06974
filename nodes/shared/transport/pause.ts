import { sleep } from 'n8n-workflow';

/** The only place where the nodes wait inside a run: milliseconds, 0 lets everything that is ready go first. */
export const pause = async (ms: number): Promise<void> => await sleep(ms);
