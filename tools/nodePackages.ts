import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { LazyPackageDirectoryLoader, PackageDirectoryLoader } from 'n8n-core';

export type NodePackage = PackageDirectoryLoader | LazyPackageDirectoryLoader;

/** The nodes and credentials that package.json registers under dist/, from their TypeScript sources. */
export function ownNodes(projectRoot: string): NodePackage {
	const loader = new PackageDirectoryLoader(projectRoot);
	const { version, n8n = {} } = loader.packageJson as { version: string; n8n?: Record<string, string[]> };
	const sources = (kind: string) =>
		(n8n[kind] ?? [])
			.map((file) => file.replace(/^dist\//, '').replace(/\.js$/, '.ts'))
			.filter((file) => existsSync(join(projectRoot, file)));
	for (const file of sources('nodes')) loader.loadNodeFromFile(file, version);
	for (const file of sources('credentials')) loader.loadCredentialFromFile(file);
	return loader;
}

/** n8n's base nodes, from the installed package. */
export function baseNodes(projectRoot: string): NodePackage {
	const { resolve } = createRequire(join(projectRoot, 'package.json'));
	const directory = dirname(resolve('n8n-nodes-base/package.json'));
	const loader = new LazyPackageDirectoryLoader(directory);
	// loadAll() would also read the 20 MB of descriptions that only the editor needs.
	const known = (kind: string) => JSON.parse(readFileSync(join(directory, `dist/known/${kind}.json`), 'utf8'));
	loader.known.nodes = known('nodes');
	loader.known.credentials = known('credentials');
	loader.isLazyLoaded = true;
	return loader;
}
