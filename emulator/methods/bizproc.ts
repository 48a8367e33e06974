import { randomBytes } from 'node:crypto';

import type { WorkflowTemplate } from '../portal/entities';
import { startWorkflow } from '../portal/workflows';
import { compileFilter, joinConditions } from '../rest/filter';
import { family, type RestCall } from '../rest/method';
import { compileOrder } from '../rest/order';
import { readPage } from '../rest/page';
import { integer, type PlainObject } from '../rest/params';
import { RestError } from '../rest/rest-error';

/** Workflows (api-reference/bizproc/), for administrators only. */
export const bizprocMethods = family(['bizproc'], {
	/** template/bizproc-workflow-template-list.md: without SELECT just the ID; numbers as text. */
	'bizproc.workflow.template.list': listTemplates,
	/** bizproc-workflow-start.md: answers the ID of the running workflow. */
	'bizproc.workflow.start': (call) => {
		requireAdministrator(call);
		const { params, portal } = call;
		if (!params.has('TEMPLATE_ID')) throw new RestError('ERROR_WRONG_WORKFLOW_ID', 'Empty TEMPLATE_ID');
		const template = portal.workflowTemplates.get(params.integer('TEMPLATE_ID') ?? 0);
		if (!template) throw new RestError('ERROR_WRONG_WORKFLOW_ID', 'Template not found');
		startWorkflow(portal, template, params.list('DOCUMENT_ID') ?? [], params.object('PARAMETERS'));
		const number = randomBytes(4).readUInt32BE(0) % 100_000_000;
		return `${randomBytes(7).toString('hex')}.${String(number).padStart(8, '0')}`;
	},
});

function requireAdministrator(call: RestCall): void {
	if (!call.user.admin) throw new RestError('ACCESS_DENIED', 'Access denied!', 403);
}

const TEXT_FIELDS: Record<string, keyof WorkflowTemplate> = {
	NAME: 'name',
	MODULE_ID: 'moduleId',
	ENTITY: 'entity',
	SYSTEM_CODE: 'systemCode',
};
const NUMBER_FIELDS: Record<string, keyof WorkflowTemplate> = {
	ID: 'id',
	USER_ID: 'userId',
	AUTO_EXECUTE: 'autoExecute',
};

function listTemplates(call: RestCall): unknown {
	requireAdministrator(call);
	const { params, portal } = call;
	const { workflowTemplates } = portal;
	const field = (name: string) => {
		if (name === 'DOCUMENT_TYPE') return { sql: `json_extract(doc, '$.documentType[2]')` };
		if (NUMBER_FIELDS[name]) return { sql: workflowTemplates.expression(NUMBER_FIELDS[name]), read: integer };
		return TEXT_FIELDS[name] ? { sql: workflowTemplates.expression(TEXT_FIELDS[name]) } : undefined;
	};
	const where = compileFilter(params.object('FILTER'), { field, unknown: () => undefined });
	const orderBy = compileOrder(params.object('ORDER'), (name) => field(name)?.sql);
	const given = (params.list('SELECT') ?? []).map(String);
	const select = given.length > 0 ? given : ['ID'];
	const query = { where: where && joinConditions([where]), orderBy, start: params.start() };
	return readPage(workflowTemplates, query, (rows) =>
		rows.map((row) => Object.fromEntries(Object.entries(view(row)).filter(([name]) => select.includes(name)))),
	);
}

function view(row: WorkflowTemplate): PlainObject {
	return {
		ID: String(row.id),
		MODULE_ID: row.moduleId,
		ENTITY: row.entity,
		DOCUMENT_TYPE: row.documentType[2],
		AUTO_EXECUTE: String(row.autoExecute),
		NAME: row.name,
		TEMPLATE: [],
		PARAMETERS: row.parameters,
		VARIABLES: [],
		CONSTANTS: [],
		USER_ID: String(row.userId),
		SYSTEM_CODE: row.systemCode,
	};
}
