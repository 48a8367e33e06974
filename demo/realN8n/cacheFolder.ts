import { homedir } from 'node:os';
import { join } from 'node:path';

/** Environment variable that names another folder. */
export const CACHE_FOLDER_VARIABLE = 'B24_N8N_CACHE';

/** Folder of the user in which the installed n8n is kept between runs. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
	const chosen = env[CACHE_FOLDER_VARIABLE];
	if (chosen) return chosen;
	return join(cachesOfUser(env), 'n8n-nodes-bitrix24-automation');
}

function cachesOfUser(env: NodeJS.ProcessEnv): string {
	if (process.platform === 'win32') return env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
	if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
	return env.XDG_CACHE_HOME || join(homedir(), '.cache');
}
