import type {
	IExecuteResponsePromiseData,
	IN8nHttpFullResponse,
	INode,
	IRun,
	IWebhookData,
	IWebhookDescription,
	IWebhookResponseData,
	Workflow,
} from 'n8n-workflow';

import { lastRun } from './sub-workflow';
import type { ResponseRecorder } from './webhook-call';

/** Passes on what a Respond to Webhook node sent. */
export function answerWith(response: ResponseRecorder, answer: IExecuteResponsePromiseData): void {
	const full = answer as Partial<IN8nHttpFullResponse>;
	response.finish(full.body, full.statusCode ?? response.statusCode, full.headers as Record<string, unknown>);
}

/** When and with what n8n answers a web hook call, from the node's description and parameters. */
export function responseSettings(workflow: Workflow, node: INode, { webhookDescription }: IWebhookData) {
	const value = (key: keyof IWebhookDescription, otherwise?: unknown) =>
		workflow.expression.getSimpleParameterValue(
			node,
			webhookDescription[key] as never,
			'internal',
			{},
			undefined,
			otherwise as never,
		);
	const mode = String(value('responseMode', 'onReceived'));
	const code = Number(value('responseCode', 200));
	const kind = String(value('responseData', 'firstEntryJson'));
	return {
		mode,
		/** Answers in the mode's time, without waiting for it. */
		answer(response: ResponseRecorder, result: IWebhookResponseData, ended: Promise<IRun>): void {
			if (mode === 'onReceived') {
				const configured = webhookDescription.responseData === undefined ? undefined : value('responseData');
				const body =
					configured === 'noData'
						? undefined
						: ((configured || result.webhookResponse) ?? { message: 'Workflow was started' });
				if (!result.noWebhookResponse) response.finish(body, code);
				ended.catch(() => {});
				return;
			}
			ended.then(
				(run) => response.finish(...lastAnswer(run, mode, kind, code)),
				() => response.finish({ message: 'Error in workflow' }, 500),
			);
		},
	};
}

function lastAnswer(run: IRun, mode: string, kind: string, code: number): [unknown, number] {
	const last = lastRun(run.data);
	if (run.data.resultData.error || last?.error) return [{ message: 'Error in workflow' }, 500];
	if (mode === 'responseNode' || kind === 'noData') return [undefined, code];
	const items = (last?.data?.main?.[0] ?? []).map(({ json }) => json);
	if (kind !== 'firstEntryJson') return [items, code];
	return items.length > 0 ? [items[0], code] : [{ code: 0, message: 'No item to return was found' }, 500];
}
