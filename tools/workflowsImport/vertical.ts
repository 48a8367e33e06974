import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import {
	readWorkflow,
	SUB_WORKFLOW_CALL,
	type ShippedWorkflow,
	type WorkflowJson,
} from '../workflowsCheck/shippedWorkflow';

const ROOT = resolve(__dirname, '../..');
/** Blocks that several verticals share. */
const SHARED = 'core';
const BLUEPRINT = 'portal.json';

/** Names of the verticals that can be imported. */
export function verticals(): string[] {
	return readdirSync(join(ROOT, 'workflows'), { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && entry.name !== SHARED)
		.map(({ name }) => name)
		.sort();
}

/**
 * Workflows of a vertical and of the shared ones those that it needs, each after all that it calls and after its error workflow:
 * the order in which n8n lets them be published.
 *
 * @throws Error when there is no such vertical
 */
export function readVertical(name: string): WorkflowJson[] {
	const known = verticals();
	if (!known.includes(name)) throw new Error(`There is no vertical "${name}". There are: ${known.join(', ')}`);
	const own = readFolder(name).map(({ json }) => json);
	const all = new Map([...readFolder(SHARED).map(({ json }) => json), ...own].map((json) => [json.id, json]));
	const ordered = new Set<WorkflowJson>();
	const visited = new Set<string>();
	const visit = (workflow: WorkflowJson): void => {
		if (visited.has(workflow.id)) return;
		visited.add(workflow.id);
		for (const id of neededBy(workflow)) {
			const needed = all.get(id);
			if (needed === undefined) throw new Error(`"${workflow.name}" needs the workflow ${id}, which is not shipped`);
			visit(needed);
		}
		ordered.add(workflow);
	};
	own.forEach(visit);
	return [...ordered];
}

/** IDs of the workflows that this one calls, and of its error workflow. */
function neededBy({ nodes, settings }: WorkflowJson): string[] {
	const called = nodes
		.filter(({ type }) => type === SUB_WORKFLOW_CALL)
		.map(({ parameters }) => (parameters.workflowId as { value: string }).value);
	return settings?.errorWorkflow ? [...called, String(settings.errorWorkflow)] : called;
}

function readFolder(folder: string): ShippedWorkflow[] {
	const files = readdirSync(join(ROOT, 'workflows', folder)).filter(
		(file) => file.endsWith('.json') && file !== BLUEPRINT,
	);
	return files.sort().map((file) => {
		const path = `workflows/${folder}/${file}`;
		return readWorkflow(path, readFileSync(join(ROOT, path), 'utf8'));
	});
}
