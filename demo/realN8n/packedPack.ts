import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { runToEnd } from './childProcesses';

const ROOT = resolve(__dirname, '../..');

/** The pack as it would be published: its name, and the path of its tarball. */
export interface PackedPack {
	name: string;
	tarball: string;
}

/** Builds the pack anew and packs it into `folder`. */
export async function packPack(folder: string): Promise<PackedPack> {
	const { name } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { name: string };
	const shell = process.platform === 'win32';
	await runToEnd('npm', ['run', 'build'], { cwd: ROOT, shell });
	mkdirSync(folder, { recursive: true });
	const printed = await runToEnd('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: ROOT, shell });
	const file = printed.trim().split('\n').at(-1) as string;
	return { name, tarball: join(folder, file) };
}

/** Puts the tarball's content where n8n's own installation of a community package puts it, so that types keep the package's name. */
export async function installPack({ name, tarball }: PackedPack, userFolder: string): Promise<void> {
	const target = join(userFolder, '.n8n', 'nodes', 'node_modules', name);
	rmSync(target, { recursive: true, force: true });
	mkdirSync(target, { recursive: true });
	await runToEnd('tar', ['-xzf', tarball, '-C', target, '--strip-components=1']);
}
