import { Container } from '@n8n/di';
import { parse } from 'flatted';
import { InstanceSettings, validateUrlSignature, WAITING_TOKEN_QUERY_PARAM } from 'n8n-core';
import type { IRunExecutionData } from 'n8n-workflow';

import type { N8nProcess } from './process';
import type { StoredWorkflow } from './storage';
import { answerWith, responseSettings } from './webhook-answer';
import type { WebhookAnswer, WebhookCall } from './webhook-call';
import { requestOf, ResponseRecorder } from './webhook-call';

/**
 * Delivers a call to the link with which a waiting execution is resumed.
 *
 * @param path what follows /webhook-waiting/: execution id, suffix (node id) and the signature in the query
 */
export async function deliverToWaiting(n8n: N8nProcess, path: string, call: WebhookCall): Promise<WebhookAnswer> {
	const request = requestOf(`/webhook-waiting/${path}`, call);
	const [id, ...rest] = request.path.slice('/webhook-waiting/'.length).split('/');
	const execution = n8n.storage.executions.get(id);
	if (!execution) return refuse(404, `The execution "${id}" does not exist.`);
	const snapshot: StoredWorkflow = JSON.parse(execution.snapshot);
	const token = String(request.query[WAITING_TOKEN_QUERY_PARAM] ?? '');
	const suffix = rest.length > 0 ? decodeURIComponent(rest.join('/')) : (token.split('/')[1] ?? '');
	const answersByPerson = snapshot.nodes.some(
		(node) => node.id === suffix && node.parameters.operation === 'sendAndWait',
	);
	const stored: IRunExecutionData = execution.saved === undefined ? execution.data : parse(execution.saved);
	const valid = answersByPerson
		? validateUrlSignature(
				token,
				new URL(request.url, 'http://n8n.example'),
				Container.get(InstanceSettings).hmacSignatureSecret,
			)
		: !stored.resumeToken || token.split('/')[0] === stored.resumeToken;
	if (!valid) return answersByPerson ? page('form-invalid-token', 401) : refuse(401, 'Invalid token');
	if (execution.status === 'running') return refuse(409, `The execution "${id}" is running already.`);
	if (execution.error) return refuse(409, `The execution "${id}" has finished with error.`);
	if (execution.status !== 'waiting')
		return answersByPerson
			? page('send-and-wait-no-action-required')
			: refuse(409, `The execution "${id}" has finished already.`);

	const last = stored.resultData.lastNodeExecuted ?? '';
	const workflow = n8n.newWorkflow({ ...snapshot, staticData: {} });
	const node = workflow.getNode(last);
	if (!node) return refuse(404, 'Could not find node to process webhook.');
	const additional = n8n.additionalData({ id: snapshot.id, settings: {} });
	const webhook = n8n.webhooks
		.of(workflow, snapshot, additional, { node, restart: true })
		.find((hook) => hook.httpMethod === request.method && hook.path === suffix);
	if (!webhook) {
		if (answersByPerson) return page('send-and-wait-no-action-required');
		return refuse(
			404,
			`The workflow for execution "${id}" does not contain a waiting webhook with a matching path/method.`,
		);
	}

	stored.executionData!.nodeExecutionStack[0].node.disabled = true;
	stored.waitTill = undefined;
	stored.resultData.runData[last]?.pop();
	const response = new ResponseRecorder();
	Object.assign(additional, { executionId: execution.id, httpRequest: request, httpResponse: response });
	const result = await n8n.webhooks.runWebhook(workflow, node, webhook, additional, execution.mode, stored);
	if (result.workflowData === undefined) {
		response.finish(result.webhookResponse ?? { message: 'Webhook call received' });
		return await response.answer;
	}
	// While the node's web hook method ran, the limit or another click may have resumed the execution.
	if (execution.status !== ('waiting' as string)) return refuse(409, `The execution "${id}" is running already.`);
	n8n.storage.unpark(execution);
	const top = stored.executionData!.nodeExecutionStack[0];
	top.data.main = result.workflowData;
	top.metadata = { ...top.metadata, forwardAllOutputs: true };
	const settings = responseSettings(workflow, node, webhook);
	const ended = n8n.runner.continueWith(
		execution,
		stored,
		n8n.storage.workflows.get(snapshot.id)?.staticData ?? {},
		(answer) => settings.mode === 'responseNode' && answerWith(response, answer),
	);
	settings.answer(response, result, ended);
	return await response.answer;
}

function refuse(status: number, message: string): WebhookAnswer {
	return { status, headers: {}, body: { code: status, message } };
}

function page(name: string, status = 200): WebhookAnswer {
	return { status, headers: {}, body: { page: name } };
}
