import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes, NodeOperationError, WAIT_INDEFINITELY } from 'n8n-workflow';

import { pause } from '../../nodes/shared/transport/pause';

function describe(name: string, more: Partial<INodeTypeDescription> = {}): INodeTypeDescription {
	return {
		name,
		displayName: name,
		description: name,
		group: [],
		version: 1,
		defaults: { name },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
		...more,
	};
}

const text = (name: string) => ({ name, displayName: name, type: 'string' as const, default: '' });
const number = (name: string) => ({ name, displayName: name, type: 'number' as const, default: 0 });

/** What the feed trigger reads; `polls` are the moments at which it looked. */
export const feed = {
	rows: [] as IDataObject[],
	polls: [] as string[],
	/** virtual milliseconds that a poll takes */
	slowness: 0,
	failNext: false,
	reset() {
		Object.assign(this, { rows: [], polls: [], slowness: 0, failNext: false });
	},
};

/** Starts one execution per new row of the feed, the cursor in its static data. */
export class FeedTrigger implements INodeType {
	description = describe('feed', { polling: true, inputs: [], group: ['trigger'] });

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		feed.polls.push(new Date().toISOString());
		if (feed.slowness > 0) await pause(feed.slowness);
		if (feed.failNext) {
			feed.failNext = false;
			throw new NodeOperationError(this.getNode(), 'The feed is closed', { description: 'Open it again' });
		}
		const memory = this.getWorkflowStaticData('node') as { read?: number };
		const from = memory.read ?? 0;
		memory.read = feed.rows.length;
		const fresh = feed.rows.slice(from).map((json) => [[{ json }]]);
		for (const data of fresh.slice(0, -1)) this.__emit(data);
		return fresh.at(-1) ?? null;
	}
}

/** Sleeps virtually in the middle of a run. */
export class PauseNode implements INodeType {
	description = describe('pause', { properties: [number('ms')] });

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		await pause(this.getNodeParameter('ms', 0) as number);
		return [this.getInputData().map(({ json }) => ({ json: { ...json, wokeAt: new Date().toISOString() } }))];
	}
}

/** Sleeps in real time, which no node may. */
export class SleepyNode implements INodeType {
	description = describe('sleepy');

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		await new Promise((resolve) => setTimeout(resolve, 5000));
		return [this.getInputData()];
	}
}

/** Counts in the workflow's static data. */
export class CounterNode implements INodeType {
	description = describe('counter');

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const memory = this.getWorkflowStaticData('global') as { count?: number };
		memory.count = (memory.count ?? 0) + 1;
		return [[{ json: { count: memory.count } }]];
	}
}

/** Fails at the item whose `bad` is true. */
export class FussyNode implements INodeType {
	description = describe('fussy');

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		this.getInputData().forEach(({ json }, itemIndex) => {
			if (json.bad)
				throw new NodeOperationError(this.getNode(), 'This deal has no phone', {
					description: 'Fill the field Phone and start again',
					itemIndex,
				});
		});
		return [this.getInputData()];
	}
}

let memoryOfModule = 0;

/** Tells how often it ran, from a variable of its module. */
export class ForgetfulNode implements INodeType {
	description = describe('forgetful');

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		memoryOfModule++;
		return [[{ json: { runs: memoryOfModule } }]];
	}
}

/** Calls an address as our nodes do: with a credential, through n8n's helper. */
export class CallNode implements INodeType {
	description = describe('call', {
		properties: [text('url')],
		credentials: [{ name: 'keyApi', required: true }],
	});

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const url = this.getNodeParameter('url', 0) as string;
		const answer = await this.helpers.httpRequestWithAuthentication.call(this, 'keyApi', {
			url,
			method: 'POST',
			body: this.getInputData()[0].json,
			json: true,
		});
		return [[{ json: answer }]];
	}
}

/** Gives out a signed link and waits for somebody to open it. */
export class AskNode implements INodeType {
	description = describe('ask', {
		properties: [
			{ name: 'operation', displayName: 'Operation', type: 'hidden', default: 'sendAndWait' },
			number('hours'),
		],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'GET',
				responseMode: 'onReceived',
				path: '={{ $nodeId }}',
				restartWebhook: true,
				isFullPath: true,
			},
		],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
	});

	static readonly links: string[] = [];

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { answer } = this.getQueryData() as { answer?: string };
		return { webhookResponse: '<p>Thank you</p>', workflowData: [[], [{ json: { answer } }]] };
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		AskNode.links.push(this.getSignedResumeUrl({ answer: 'yes' }));
		const hours = this.getNodeParameter('hours', 0) as number;
		await this.putExecutionToWait(hours ? new Date(Date.now() + hours * 3_600_000) : WAIT_INDEFINITELY);
		return [this.getInputData()];
	}
}
