import { HookContext, WebhookContext } from 'n8n-core';
import type {
	INode,
	IWebhookData,
	IWebhookDescription,
	IWebhookResponseData,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowActivateMode,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { Node, NodeHelpers, WebhookPathTakenError } from 'n8n-workflow';

import type { N8nProcess } from './process';
import type { StoredWorkflow } from './storage';
import { answerWith, responseSettings } from './webhook-answer';
import type { WebhookAnswer, WebhookCall } from './webhook-call';
import { requestOf, ResponseRecorder } from './webhook-call';

interface Registered {
	workflowId: string;
	node: string;
	method: string;
	path: string;
}

/** Production web hooks of trigger nodes: registration, withdrawal, delivery. */
export class Webhooks {
	private registered: Registered[] = [];

	constructor(private readonly n8n: N8nProcess) {}

	async add(stored: StoredWorkflow, workflow: Workflow, activation: 'activate' | 'init'): Promise<void> {
		for (const webhook of this.of(workflow, stored)) {
			const { httpMethod: method, path } = webhook;
			const taken = this.registered.find((other) => other.method === method && other.path === path);
			if (taken && taken.workflowId !== stored.id)
				throw new WebhookPathTakenError(
					webhook.node,
					new Error(`${method} ${path} belongs to workflow ${taken.workflowId}`),
				);
			this.registered.push({ workflowId: stored.id, node: webhook.node, method, path });
			if (!(await this.callMethod('checkExists', workflow, webhook, activation)))
				await this.callMethod('create', workflow, webhook, activation);
		}
		this.n8n.saveStaticData(workflow);
	}

	async remove(stored: StoredWorkflow): Promise<void> {
		const workflow = this.n8n.newWorkflow(stored);
		for (const webhook of this.of(workflow, stored))
			await this.callMethod('delete', workflow, webhook, 'update', 'internal');
		this.registered = this.registered.filter(({ workflowId }) => workflowId !== stored.id);
		this.n8n.saveStaticData(workflow);
	}

	/** @param path what follows /webhook/, with query */
	async deliver(path: string, call: WebhookCall): Promise<WebhookAnswer> {
		const request = requestOf(`/webhook/${path}`, call);
		const wanted = decodeURI(request.path.slice('/webhook/'.length)).replace(/\/$/, '');
		const entry = this.registered.find((hook) => hook.method === request.method && hook.path === wanted);
		if (!entry) {
			const message = `The requested webhook "${request.method} ${wanted}" is not registered.`;
			return { status: 404, headers: {}, body: { code: 404, message } };
		}
		const stored = this.n8n.storage.workflow(entry.workflowId);
		const workflow = this.n8n.newWorkflow(stored);
		const additional = this.n8n.additionalData(stored);
		const webhook = this.of(workflow, stored, additional).find(
			(hook) => hook.node === entry.node && hook.httpMethod === entry.method && hook.path === entry.path,
		)!;
		const node = workflow.getNode(entry.node)!;
		const response = new ResponseRecorder();
		Object.assign(additional, { httpRequest: request, httpResponse: response });
		const result = await this.runWebhook(workflow, node, webhook, additional, 'webhook');
		if (result.noWebhookResponse) response.headersSent = true;
		if (result.workflowData === undefined) {
			response.finish(result.webhookResponse ?? { message: 'Webhook call received' });
		} else {
			const settings = responseSettings(workflow, node, webhook);
			const { ended } = this.n8n.runner.start({
				workflow: stored,
				node: node.name,
				data: result.workflowData,
				mode: 'webhook',
				onResponse: (answer) => settings.mode === 'responseNode' && answerWith(response, answer),
			});
			settings.answer(response, result, ended);
		}
		const answer = await response.answer;
		this.n8n.saveStaticData(workflow);
		return answer;
	}

	/** Runs a node's `webhook` method. An error becomes n8n's general answer 500. */
	async runWebhook(
		workflow: Workflow,
		node: INode,
		webhook: IWebhookData,
		additional: IWorkflowExecuteAdditionalData,
		mode: WorkflowExecuteMode,
		runData: ConstructorParameters<typeof WebhookContext>[6] = null,
	): Promise<IWebhookResponseData> {
		const nodeType = this.n8n.types.getByNameAndVersion(node.type, node.typeVersion);
		const context = new WebhookContext(workflow, node, additional, mode, webhook, [], runData);
		return nodeType instanceof Node ? await nodeType.webhook!(context) : await nodeType.webhook!.call(context);
	}

	/** @returns the web hooks of all nodes, or of one; those that resume an execution only when asked for */
	of(
		workflow: Workflow,
		stored: Pick<StoredWorkflow, 'id' | 'settings'>,
		additional = this.n8n.additionalData(stored),
		only?: { node: INode; restart: boolean },
	): IWebhookData[] {
		const found: IWebhookData[] = [];
		for (const node of only ? [only.node] : Object.values(workflow.nodes)) {
			if (node.disabled && !only) continue;
			const { webhooks = [] } = this.n8n.types.getByNameAndVersion(node.type, node.typeVersion).description;
			for (const description of webhooks) {
				if ((description.restartWebhook === true) !== (only?.restart ?? false)) continue;
				const value = <K extends keyof IWebhookDescription>(key: K, otherwise?: string | boolean) =>
					workflow.expression.getSimpleParameterValue(
						node,
						description[key] as never,
						'internal',
						{},
						undefined,
						otherwise as never,
					);
				const ownPath = String(value('path') ?? '')
					.trim()
					.replace(/^\/|\/$/g, '');
				const isFullPath = value('isFullPath', false) as boolean;
				const path = NodeHelpers.getNodeWebhookPath(stored.id, node, ownPath, isFullPath, description.restartWebhook);
				for (const method of String(value('httpMethod', 'GET')).split(','))
					found.push({
						httpMethod: method.trim() as IWebhookData['httpMethod'],
						node: node.name,
						path,
						webhookDescription: description,
						workflowId: stored.id,
						workflowExecuteAdditionalData: additional,
					});
			}
		}
		return found;
	}

	private async callMethod(
		method: 'checkExists' | 'create' | 'delete',
		workflow: Workflow,
		webhook: IWebhookData,
		activation: WorkflowActivateMode,
		mode: WorkflowExecuteMode = 'trigger',
	): Promise<boolean | undefined> {
		const node = workflow.getNode(webhook.node)!;
		const { webhookMethods } = this.n8n.types.getByNameAndVersion(node.type, node.typeVersion);
		const run = webhookMethods?.[webhook.webhookDescription.name as 'default']?.[method];
		const context = new HookContext(workflow, node, webhook.workflowExecuteAdditionalData, mode, activation, webhook);
		return await run?.call(context);
	}
}
