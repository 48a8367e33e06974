import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { LazyPackageDirectoryLoader, PackageDirectoryLoader } from 'n8n-core';
import type { INodeType, INodeTypeDescription, INodeTypes, IVersionedNodeType } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

type AnyNodeType = INodeType | IVersionedNodeType;

interface Loader {
	packageName: string;
	known: PackageDirectoryLoader['known'];
	getNode(name: string): { type: AnyNodeType };
}

/** The node and credential types that the workflows may use: the pack's own, from its sources, and n8n's base nodes. */
export class NodeCatalog implements INodeTypes {
	readonly ownPackage: string;

	private readonly loaders: Loader[];

	constructor(projectRoot: string) {
		const own = ownNodes(projectRoot);
		this.ownPackage = own.packageName;
		this.loaders = [own, baseNodes(projectRoot)];
	}

	/** @throws Error when no package has such a type */
	getByName(type: string): AnyNodeType {
		const found = this.find(type);
		if (found === undefined) throw new Error(`Unknown node type "${type}"`);
		return found;
	}

	getByNameAndVersion(type: string, version?: number): INodeType {
		return NodeHelpers.getVersionedNodeType(this.getByName(type), version);
	}

	getKnownTypes(): Record<string, never> {
		return {};
	}

	/** All versions of a type; undefined when no package has such a type. */
	versions(type: string): number[] | undefined {
		const found = this.find(type);
		if (found === undefined) return undefined;
		if ('nodeVersions' in found) return Object.keys(found.nodeVersions).map(Number);
		return [found.description.version].flat();
	}

	/** undefined when the type or this version of it does not exist */
	description(type: string, version: number): INodeTypeDescription | undefined {
		return this.versions(type)?.includes(version) ? this.getByNameAndVersion(type, version).description : undefined;
	}

	hasCredentialType(name: string): boolean {
		return this.loaders.some(({ known }) => name in known.credentials);
	}

	private find(type: string): AnyNodeType | undefined {
		const dot = type.lastIndexOf('.');
		const [packageName, name] = [type.slice(0, dot), type.slice(dot + 1)];
		const loader = this.loaders.find((candidate) => candidate.packageName === packageName);
		return loader && name in loader.known.nodes ? loader.getNode(name).type : undefined;
	}
}

/** The nodes that package.json registers under dist/, from their TypeScript sources. */
function ownNodes(projectRoot: string): Loader {
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

function baseNodes(projectRoot: string): Loader {
	const resolve = createRequire(join(projectRoot, 'package.json')).resolve;
	const directory = dirname(resolve('n8n-nodes-base/package.json'));
	const loader = new LazyPackageDirectoryLoader(directory);
	// loadAll() would also read the 20 MB of descriptions that only the editor needs.
	const known = (kind: string) => JSON.parse(readFileSync(join(directory, `dist/known/${kind}.json`), 'utf8'));
	loader.known.nodes = known('nodes');
	loader.known.credentials = known('credentials');
	loader.isLazyLoaded = true;
	return loader;
}
