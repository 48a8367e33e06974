import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

import { LazyPackageDirectoryLoader, PackageDirectoryLoader } from 'n8n-core';
import type { ICredentialType, IDataObject, INodeType, INodeTypes, IVersionedNodeType } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { asLoaded } from './extra-nodes';

const PROJECT_ROOT = resolve(__dirname, '../..');
const OWN_PACKAGE: string = JSON.parse(readFileSync(join(PROJECT_ROOT, 'package.json'), 'utf8')).name;
const CODE_NODES = /^n8n-nodes-base\.(code|function|functionItem|aiTransform)$/;

type AnyNodeType = INodeType | IVersionedNodeType;
type NodeClass = new () => AnyNodeType;

/** What a test adds to the installed nodes. */
export interface ExtraTypes {
	/** throw-away node classes; their type is `test.<description.name>` */
	extraNodes?: NodeClass[];
	extraCredentials?: ICredentialType[];
}

interface Loader {
	packageName: string;
	known: PackageDirectoryLoader['known'];
	getNode(name: string): { type: AnyNodeType };
	getCredential(name: string): { type: ICredentialType };
}

/** n8n's base nodes, from the installed package. */
function baseNodes(): Loader {
	const directory = dirname(createRequire(__filename).resolve('n8n-nodes-base/package.json'));
	const loader = new LazyPackageDirectoryLoader(directory);
	// loadAll() would also read the 20 MB of descriptions that only the editor needs.
	const known = (kind: string) => JSON.parse(readFileSync(join(directory, `dist/known/${kind}.json`), 'utf8'));
	loader.known.nodes = known('nodes');
	loader.known.credentials = known('credentials');
	loader.isLazyLoaded = true;
	return loader;
}

/** The pack's nodes and credentials, straight from the TypeScript sources of what package.json registers under dist/. */
function ownNodes(): Loader {
	const loader = new PackageDirectoryLoader(PROJECT_ROOT);
	const { version, n8n = {} } = loader.packageJson as { version: string; n8n?: Record<string, string[]> };
	const sources = (kind: string) =>
		(n8n[kind] ?? [])
			.map((file) => file.replace(/^dist\//, '').replace(/\.js$/, '.ts'))
			.filter((file) => existsSync(join(PROJECT_ROOT, file)));
	for (const file of sources('nodes')) loader.loadNodeFromFile(file, version);
	for (const file of sources('credentials')) loader.loadCredentialFromFile(file);
	return loader;
}

/** Every n8n process has its own memory: caches and locks of our nodes must not survive a restart or reach a second instance. */
function ownNodesWithFreshMemory(): Loader {
	const shared = ['n8n-workflow', 'n8n-core', 'luxon'];
	const modules = shared.map((name) => jest.requireActual(name));
	let loader: Loader | undefined;
	jest.isolateModules(() => {
		shared.forEach((name, index) => jest.doMock(name, () => modules[index]));
		loader = ownNodes();
	});
	for (const name of shared) jest.dontMock(name);
	return loader!;
}

let base: Loader | undefined;

/** The node and credential types one n8n process knows. Refuses Code nodes and unknown ones. */
export class NodeTypes implements INodeTypes {
	private own?: Loader;

	private readonly extra = new Map<string, AnyNodeType>();

	private readonly extraCredentials: ICredentialType[];

	constructor({ extraNodes = [], extraCredentials = [] }: ExtraTypes) {
		this.extraCredentials = extraCredentials;
		base ??= baseNodes();
		for (const node of extraNodes.map((nodeClass) => asLoaded(new nodeClass())))
			this.extra.set(`test.${node.description.name}`, node);
	}

	getByName(type: string): AnyNodeType {
		if (CODE_NODES.test(type))
			throw new Error(`Code nodes are not allowed in workflows of this project (node type "${type}")`);
		const extra = this.extra.get(type);
		if (extra) return extra;
		const dot = type.lastIndexOf('.');
		const [packageName, name] = [type.slice(0, dot), type.slice(dot + 1)];
		const loader = packageName === OWN_PACKAGE ? this.ownLoader() : base;
		if (packageName !== loader?.packageName || !(name in loader.known.nodes))
			throw new Error(`Unknown node type "${type}"`);
		return loader.getNode(name).type;
	}

	getByNameAndVersion(type: string, version?: number): INodeType {
		const nodeType = NodeHelpers.getVersionedNodeType(this.getByName(type), version);
		const known = [nodeType?.description.version ?? []].flat();
		if (version !== undefined && !known.includes(version))
			throw new Error(`Node type "${type}" has no version ${version}`);
		return nodeType;
	}

	getKnownTypes(): IDataObject {
		return {};
	}

	credentialType(name: string): ICredentialType {
		const extra = this.extraCredentials.find((credential) => credential.name === name);
		if (extra) return extra;
		const loader = name in base!.known.credentials ? base! : this.ownLoader();
		if (!(name in loader.known.credentials)) throw new Error(`Unknown credential type "${name}"`);
		return loader.getCredential(name).type;
	}

	/** Loaded when first needed: a flow of base nodes costs nothing more. */
	private ownLoader(): Loader {
		this.own ??= ownNodesWithFreshMemory();
		return this.own;
	}
}
