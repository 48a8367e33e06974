import { inspect } from 'node:util';

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startEmulator, type Emulator, type RequestLogEntry } from '../../emulator';
import { Harness, type Duration, type Execution, type GivenCredentials, type WorkflowJson } from '../harness';
import { node, workflow } from '../harness/sample-workflows';

const OWN = 'n8n-nodes-bitrix24-automation';
const FLOW = 'bench';
const NODE = 'Bitrix24';

export type OnError = 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';

export interface BenchOptions {
	/** Start of virtual time, ISO with offset. */
	at?: string;
	/** A flower shop by default. */
	seed?: 'flowers' | 'empty';
	/** As for the seed «flowers». */
	seedOptions?: { pipelineId?: number; idOffset?: number; roles?: { florist?: boolean; courier?: boolean } };
	/** Zone of the portal, IANA. */
	timeZone?: string;
}

export interface RunOptions {
	onError?: OnError;
	/** Instead of a webhook with every right. */
	credential?: GivenCredentials[string];
}

/** What came of one run of the node. */
export interface NodeRun {
	/** JSON of the items by output. */
	outputs: IDataObject[][];
	/** For each item of each output the index of the input item that it came from. */
	paired: number[][];
	hints: string[];
	/** What n8n shows when the run failed. */
	error?: { message: string; description: string; itemIndex?: number };
	/** HTTP requests that the node made. */
	requests: RequestLogEntry[];
	/** All that n8n keeps of the execution, as text. */
	kept(): string;
}

const portals = new Map<string, Emulator>();

/** Revisions at which portals are as they were founded. */
const founded = new Map<Emulator, number>();

/** A portal, and an n8n in which one node of ours runs at a time. Every run is an n8n process of its own without memory. */
export class NodeBench {
	private first?: Promise<Harness>;

	private constructor(readonly portal: Emulator) {}

	/** Opens a portal as it was founded. One emulator serves all tests of a file that want the same portal. */
	static async open(options: BenchOptions = {}): Promise<NodeBench> {
		const {
			at = '2026-01-12T10:00:00+03:00',
			seed = 'flowers',
			seedOptions = {},
			timeZone = 'Europe/Moscow',
		} = options;
		Harness.startClock(at);
		const key = JSON.stringify([seed, seedOptions, timeZone]);
		const known = portals.get(key);
		const portal =
			known ?? (await startEmulator({ seed, seedOptions, timeZone, clock: () => Date.now(), limits: 'off' }));
		portals.set(key, portal);
		if (known && known.revision() !== founded.get(known)) known.reset();
		founded.set(portal, portal.revision());
		portal.faults.clear();
		portal.switches.set({ simpleCrm: false, restDisabled: false, skipListUniqueness: false, stageHistoryLagMs: 0 });
		portal.requests.clear();
		return new NodeBench(portal);
	}

	/** Lets virtual time pass; a run must have been before. */
	async pass(duration: Duration): Promise<void> {
		await (await this.first)?.pass(duration);
	}

	/** Ends virtual time. */
	async close(): Promise<void> {
		await Harness.closeAll();
	}

	static async closePortals(): Promise<void> {
		for (const portal of portals.values()) await portal.close();
		portals.clear();
	}

	/** Runs the Bitrix24 node once with these parameters on these items, in an n8n of its own. */
	async run(parameters: INodeParameters, items: IDataObject[] = [{}], options: RunOptions = {}): Promise<NodeRun> {
		return await this.runIn(await this.startNode(parameters, options), items);
	}

	/** Runs the node of an n8n that `startNode` has started. */
	async runIn(n8n: Harness, items: IDataObject[] = [{}]): Promise<NodeRun> {
		const before = this.portal.requests.count();
		const execution = await n8n.run(FLOW, items);
		return { ...outcomeOf(execution), requests: this.portal.requests.log.slice(before) };
	}

	/** Starts an n8n with the Bitrix24 node. Its credential is called `p1`. */
	async startNode(
		parameters: INodeParameters,
		{ onError = 'stopWorkflow', credential = this.webhook() }: RunOptions = {},
	): Promise<Harness> {
		return await this.start(flowOf(parameters, onError, credential.type), { p1: credential });
	}

	/** Starts an n8n with a workflow of its own beside those that ran before; all see the same time. */
	async start(flow: WorkflowJson, credentials: GivenCredentials): Promise<Harness> {
		const begin = async (alongside?: Harness) =>
			await Harness.start({
				workflows: [flow],
				credentials,
				portal: this.portal,
				alongside,
				expectFailures: true,
				skipIdlePolls: false,
			});
		if (this.first !== undefined) return await begin(await this.first);
		this.first = begin();
		return await this.first;
	}

	/** The credential of an administrator's webhook. */
	webhook(more: IDataObject = {}): GivenCredentials[string] {
		const data = { webhookSecret: this.portal.webhookUrl, timeZone: 'Europe/Moscow', plan: 'standard', ...more };
		return { type: 'bitrix24WebhookApi', data };
	}

	/** A deal in «Общее», and the fields by which a flow knows it. */
	async deal(fields: IDataObject = {}, stage = 'Выполнение заказа', as = 1): Promise<FlowItem> {
		const id = await this.portal.act.createDeal({
			as,
			fields: { title: 'Перов', ...fields },
			stage,
			pipeline: 'Общее',
		});
		return { id, itemRef: `D_${id}`, entryId: await this.entryOf(id) };
	}

	/** ID of the entry in which a deal (2) or lead (1) stands now. */
	async entryOf(id: number, entityTypeId = 2): Promise<string> {
		const { items } = await this.portal.call('crm.stagehistory.list', {
			entityTypeId,
			filter: { OWNER_ID: id },
			order: { ID: 'DESC' },
		});
		return `${entityTypeId === 1 ? 'L' : 'D'}_${id}-${items[0].ID}`;
	}

	/** A deal as it stands in the portal, with original names of user fields. */
	async dealNow(id: number): Promise<IDataObject> {
		const { item } = await this.portal.call('crm.item.get', { entityTypeId: 2, id, useOriginalUfNames: 'Y' });
		return item;
	}

	/** ID of a person by the last name. */
	async person(lastName: string): Promise<number> {
		const users = await this.portal.call<Array<{ ID: string; LAST_NAME: string }>>('user.get', {});
		const found = users.find(({ LAST_NAME }) => LAST_NAME === lastName);
		if (found === undefined) throw new Error(`Nobody is called ${lastName}`);
		return Number(found.ID);
	}
}

/** An item of a flow, as the Poll Trigger begins it. */
export interface FlowItem extends IDataObject {
	id: number;
	itemRef: string;
	entryId: string;
}

/** The parameter «Fields» of an operation. */
export function fieldsOf(values: Record<string, unknown>): INodeParameters {
	return { field: Object.entries(values).map(([name, value]) => ({ name, value })) as INodeParameters[] };
}

/** Number of requests, direct or inside a batch, that called the method. */
export function calls(requests: RequestLogEntry[], method: string): number {
	return requests.flatMap((entry) => entry.commands ?? [entry]).filter((call) => call.method === method).length;
}

/** Number of HTTP requests that carried the method, alone or among others. */
export function requestsWith(requests: RequestLogEntry[], method: string): number {
	return requests.filter((entry) => calls([entry], method) > 0).length;
}

/** A node of the pack for a workflow. */
export function ownNode(type: string, parameters: INodeParameters, credentialType: string, onError?: OnError) {
	const credentials = { [credentialType]: { id: 'p1', name: 'Portal' } };
	return node(NODE, `${OWN}.${type}`, parameters, 1, { credentials, onError });
}

function flowOf(parameters: INodeParameters, onError: OnError, credentialType: string): WorkflowJson {
	const authentication = credentialType === 'bitrix24OAuth2Api' ? 'oAuth2' : 'webhook';
	const start = node('Start', 'executeWorkflowTrigger', { inputSource: 'passthrough' }, 1.1);
	const bitrix24 = ownNode('bitrix24', { authentication, ...parameters }, credentialType, onError);
	const link = { Start: { main: [[{ node: NODE, type: 'main' as const, index: 0 }]] } };
	return workflow(FLOW, [start, bitrix24], link);
}

function outcomeOf(execution: Execution): Omit<NodeRun, 'requests'> {
	const [run] = execution.data.resultData.runData[NODE] ?? [];
	const outputs = (run?.data?.main ?? []).map((items) => items ?? []);
	const { error } = execution as { error?: { message: string; description?: string; context?: IDataObject } };
	return {
		outputs: outputs.map((items) => items.map(({ json }) => json)),
		paired: outputs.map((items) =>
			items.map(({ pairedItem }) => (typeof pairedItem === 'object' && 'item' in pairedItem ? pairedItem.item : -1)),
		),
		hints: (run?.hints ?? []).map(({ message }) => message),
		error: error && {
			message: error.message,
			description: error.description ?? '',
			itemIndex: error.context?.itemIndex as number | undefined,
		},
		kept: () => inspect(execution, { depth: 20, maxStringLength: null, maxArrayLength: null, showHidden: true }),
	};
}
