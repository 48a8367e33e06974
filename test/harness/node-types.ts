import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { ICredentialType, IDataObject, INodeType, INodeTypes, IVersionedNodeType } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { baseNodes, ownNodes, type NodePackage } from '../../tools/nodePackages';
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

/** Every n8n process has its own memory: caches and locks of our nodes must not survive a restart or reach a second instance. */
function ownNodesWithFreshMemory(): NodePackage {
	const shared = ['n8n-workflow', 'n8n-core', 'luxon'];
	const modules = shared.map((name) => jest.requireActual(name));
	let loader: NodePackage | undefined;
	jest.isolateModules(() => {
		shared.forEach((name, index) => jest.doMock(name, () => modules[index]));
		loader = ownNodes(PROJECT_ROOT);
	});
	for (const name of shared) jest.dontMock(name);
	return loader!;
}

let base: NodePackage | undefined;

/** The node and credential types one n8n process knows. Refuses Code nodes and unknown ones. */
export class NodeTypes implements INodeTypes {
	private own?: NodePackage;

	private readonly extra = new Map<string, AnyNodeType>();

	private readonly extraCredentials: ICredentialType[];

	constructor({ extraNodes = [], extraCredentials = [] }: ExtraTypes) {
		this.extraCredentials = extraCredentials;
		base ??= baseNodes(PROJECT_ROOT);
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
	private ownLoader(): NodePackage {
		this.own ??= ownNodesWithFreshMemory();
		return this.own;
	}
}
