import type { INodeType, INodeTypeDescription, INodeTypes, IVersionedNodeType } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { baseNodes, ownNodes, type NodePackage } from '../nodePackages';

type AnyNodeType = INodeType | IVersionedNodeType;

/** The node and credential types that the workflows may use: the pack's own, from its sources, and n8n's base nodes. */
export class NodeCatalog implements INodeTypes {
	readonly ownPackage: string;

	private readonly loaders: NodePackage[];

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
