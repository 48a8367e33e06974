import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { cacheFolder } from './cacheFolder';
import { ENDING_WITH_PARENT, runToEnd } from './childProcesses';
import { isAlive, withLock } from './installLock';

/** An n8n that is ready to be started. */
export interface InstalledN8n {
	version: string;
	/** Path of the Node.js that runs it. */
	node: string;
	/** Path of n8n's command line program, to be run by that Node.js. */
	program: string;
	folder: string;
}

const SOURCE = resolve(__dirname, '../n8n');
// n8n needs these two compiled for its Node.js; the other install scripts of its packages are not needed for it to run.
const COMPILED = ['sqlite3', 'isolated-vm'];
const TELL_EVERY_MS = 15_000;

/**
 * The n8n of `demo/n8n`, from the cache folder, installed there first if it is not in it yet: some minutes and about 3 GB.
 * Safe to interrupt (it is put together under another name and renamed when whole) and to run twice at once.
 */
export async function installN8n(say: (line: string) => void): Promise<InstalledN8n> {
	const lock = readFileSync(join(SOURCE, 'package-lock.json'));
	const manifest = readFileSync(join(SOURCE, 'package.json'));
	const { version } = (JSON.parse(lock.toString()) as Lock).packages['node_modules/n8n'];
	const key = createHash('sha256').update(lock).update(manifest).digest('hex').slice(0, 12);
	const folder = join(cacheFolder(), `n8n-${version}-${process.platform}-${process.arch}-${key}`);
	if (!existsSync(folder)) {
		mkdirSync(cacheFolder(), { recursive: true });
		const onWaiting = (holder: number) => say(`Process ${holder} is installing n8n ${version}; waiting for it`);
		await withLock(`${folder}.lock`, onWaiting, async () => {
			if (!existsSync(folder)) await install(folder, version, say);
		});
	}
	return { version, node: nodeIn(folder).program, program: join(folder, 'node_modules/n8n/bin/n8n'), folder };
}

interface Lock {
	packages: Record<string, { version: string }>;
}

async function install(folder: string, version: string, say: (line: string) => void): Promise<void> {
	removeLeftovers(folder);
	const building = `${folder}.${process.pid}.part`;
	mkdirSync(building);
	for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(SOURCE, file), join(building, file));
	say(`Installing n8n ${version} into ${folder} (once; some minutes, about 3 GB)`);
	try {
		await told(
			'packages',
			say,
			npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], building),
		);
		const { program, headers } = nodeIn(building);
		const env = {
			JOBS: 'max',
			npm_config_nodedir: headers,
			PATH: [join(program, '..'), process.env.PATH].join(pathDelimiter),
		};
		await told('compiled parts', say, npm(['rebuild', ...COMPILED], building, env));
		await runToEnd(program, ['-e', COMPILED.map((name) => `require(${JSON.stringify(name)});`).join('')], {
			cwd: building,
		});
		renameSync(building, folder);
	} finally {
		rmSync(building, { recursive: true, force: true });
	}
}

const pathDelimiter = process.platform === 'win32' ? ';' : ':';

async function npm(args: string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<unknown> {
	const { npm_execpath: cli } = process.env;
	const own = Object.fromEntries(
		Object.entries(process.env).filter(([name]) => !/^npm_(package|lifecycle)_/.test(name)),
	);
	const [command, first] = cli?.endsWith('.js') ? [process.execPath, [...ENDING_WITH_PARENT, cli]] : ['npm', []];
	return await runToEnd(command, [...first, ...args], { cwd, env: { ...own, ...env } });
}

/** Says every now and then that the work goes on, and how long it took. */
async function told(what: string, say: (line: string) => void, work: Promise<unknown>): Promise<void> {
	const started = performance.now();
	const seconds = () => `${Math.round((performance.now() - started) / 1000)} s`;
	const timer = setInterval(() => say(`  … ${what}: ${seconds()}`), TELL_EVERY_MS);
	try {
		await work;
		say(`  ${what}: done in ${seconds()}`);
	} finally {
		clearInterval(timer);
	}
}

/** The Node.js that came with n8n, or, where there is none for this machine, the one that runs this if it is new enough. */
function nodeIn(folder: string): { program: string; headers: string | undefined } {
	const system = process.platform === 'win32' ? 'win' : process.platform;
	for (const name of [`node-${system}-${process.arch}`, `node-bin-${system}-${process.arch}`]) {
		const home = join(folder, 'node_modules', name);
		const program = join(home, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
		if (existsSync(program)) return { program, headers: home };
	}
	if (Number(process.versions.node.split('.')[0]) >= 24) return { program: process.execPath, headers: undefined };
	throw new Error(
		`n8n needs Node.js 24, and npm has none for ${process.platform} on ${process.arch}. Install Node.js 24 and run this with it.`,
	);
}

/** What interrupted installations left behind. */
function removeLeftovers(folder: string): void {
	for (const name of readdirSync(cacheFolder())) {
		const pid = Number(/\.(\d+)\.part$/.exec(name)?.[1]);
		const path = join(cacheFolder(), name);
		if (path.startsWith(`${folder}.`) && pid && !isAlive(pid)) rmSync(path, { recursive: true, force: true });
	}
}
