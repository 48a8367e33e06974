import { foreignFields } from '../canonicalForm';
import type { Check } from '../checkContext';
import { textsOf } from '../parameterTexts';

const WRITE = 'Run "npm run workflows:check -- --write", which takes it out';

/** What belongs to the n8n that exported the file: versions, dates, owners, its own addresses. */
export const instanceData: Check = ({ file, json }) => [
	...foreignFields(json).map(({ node, path }) => ({
		file,
		node,
		problem: `The field "${path}" does not belong into a shipped workflow`,
		remedy: WRITE,
	})),
	...json.nodes.flatMap((node) =>
		textsOf(node.parameters)
			.filter(({ path }) => path.endsWith('cachedResultUrl'))
			.map(({ path }) => ({
				file,
				node: node.name,
				problem: `The parameter "${path}" holds an address of the n8n or portal that it was exported from`,
				remedy: 'Remove it',
			})),
	),
];
