import type { Check, CheckContext } from '../checkContext';
import type { Finding } from '../finding';
import type { ShippedWorkflow } from '../shippedWorkflow';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const WORKFLOW_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,35}$/;
const LONGEST_NAME = 128;
const FILE_OF_VERTICAL = /^\d\d-[a-z0-9-]+\.json$/;
const FILE_OF_CORE = /^[a-z][a-z0-9-]*\.json$/;
const RUSSIAN = /[а-яё]/i;

/** Names and ids: of the file, of the workflow among all shipped ones, of the nodes. */
export const identity: Check = (workflow, context) => [
	...fileName(workflow),
	...ofWorkflow(workflow),
	...notShared(workflow, context),
	...ofNodes(workflow),
];

function fileName({ file, folder }: ShippedWorkflow): Finding[] {
	const [pattern, example] =
		folder === 'core' ? [FILE_OF_CORE, 'client-sms.json'] : [FILE_OF_VERTICAL, '50-deals.json'];
	if (pattern.test(file.split('/').at(-1)!)) return [];
	return [{ file, problem: 'The name of the file does not follow the others', remedy: `Name it like ${example}` }];
}

function ofWorkflow({ file, json: { id, name } }: ShippedWorkflow): Finding[] {
	const findings: Finding[] = [];
	if (!WORKFLOW_ID.test(id ?? '')) {
		findings.push({
			file,
			problem: `"${id}" is no id for a workflow`,
			remedy: 'Give it a readable one of at most 36 Latin letters, digits, _ or -, such as flowersDeals01',
		});
	}
	if (!name || name.length > LONGEST_NAME) {
		const problem = name ? `The name has ${name.length} characters` : 'The workflow has no name';
		findings.push({ file, problem, remedy: `Give it a name of at most ${LONGEST_NAME} characters` });
	}
	return findings;
}

function notShared({ file, json }: ShippedWorkflow, { shipped }: CheckContext): Finding[] {
	const others = shipped.filter((other) => other.file !== file);
	return (['id', 'name'] as const).flatMap((field) =>
		others
			.filter((other) => other.json[field] === json[field])
			.map((other) => ({
				file,
				problem: `The ${field} "${json[field]}" is also that of ${other.file}`,
				remedy: 'Give each workflow its own',
			})),
	);
}

function ofNodes({ file, json }: ShippedWorkflow): Finding[] {
	return json.nodes.flatMap(({ id, name }) => {
		const findings: Finding[] = [];
		if (!UUID.test(id ?? ''))
			findings.push({ file, node: name, problem: `The node's id "${id}" is no UUID`, remedy: 'Give it a UUID' });
		if (!RUSSIAN.test(name)) {
			const problem = 'The name of the node is not Russian';
			findings.push({ file, node: name, problem, remedy: 'Call it what the step does, in the words of the scenario' });
		}
		return findings;
	});
}
