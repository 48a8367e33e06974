import type { Check, CheckContext } from '../checkContext';

const CODE_NODES = /^n8n-nodes-base\.(code|function|functionItem|aiTransform)$/;

/** Every node type and version is one that n8n's base nodes or the pack have, and none is a Code node. */
export const nodeTypes: Check = ({ file, json }, { catalog }) =>
	json.nodes.flatMap(({ name, type, typeVersion }) => {
		const fault = typeFault(catalog, type, typeVersion);
		return fault ? [{ file, node: name, ...fault }] : [];
	});

function typeFault(
	catalog: CheckContext['catalog'],
	type: string,
	version: number,
): { problem: string; remedy: string } | undefined {
	if (CODE_NODES.test(type)) {
		return {
			problem: 'Code nodes are not allowed in shipped workflows',
			remedy: 'Use expressions or nodes of the pack',
		};
	}
	const versions = catalog.versions(type);
	if (versions === undefined) {
		const remedy = type.startsWith('CUSTOM.')
			? `Name it by the package: ${catalog.ownPackage}.${type.slice('CUSTOM.'.length)}`
			: `Use a node of n8n-nodes-base or ${catalog.ownPackage}`;
		return { problem: `The node type "${type}" is not known`, remedy };
	}
	if (versions.includes(version)) return undefined;
	return { problem: `"${type}" has no version ${version}`, remedy: `Set typeVersion to one of ${versions.join(', ')}` };
}
