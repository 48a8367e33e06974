import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { RequestLogEntry } from '../../emulator';
import type { Duration, Execution, Harness } from '../harness';
import { workflow } from '../harness/sample-workflows';
import { ownNode, type NodeBench } from './nodeBench';

const FLOW = 'watched';
const TRIGGER = 'Bitrix24';

/** Parameters that watch stages of «Общее»; rows are names of stages or whole rows. */
export function watchingStages(
	rows: Array<string | { stage: unknown; label?: string; active?: boolean }>,
	more: Record<string, unknown> = {},
): INodeParameters {
	const row = rows.map((one) => (typeof one === 'string' ? { stage: one } : one));
	return { watch: 'stageEntered', pipeline: 'Общее', stages: { row }, ...more } as unknown as INodeParameters;
}

/** A published flow that begins with our Poll Trigger. */
export class TriggerBench {
	private seen = 0;

	private constructor(
		private readonly bench: NodeBench,
		readonly n8n: Harness,
	) {}

	/** Publishes the flow; n8n polls once at that. Throws what n8n would show. */
	static async publish(
		bench: NodeBench,
		parameters: INodeParameters,
		credential = bench.webhook(),
	): Promise<TriggerBench> {
		const authentication = credential.type === 'bitrix24OAuth2Api' ? 'oAuth2' : 'webhook';
		const trigger = ownNode('bitrix24PollTrigger', { authentication, ...parameters }, credential.type);
		const n8n = await bench.start(workflow(FLOW, [trigger], {}), { p1: credential });
		await n8n.activate();
		return new TriggerBench(bench, n8n);
	}

	/** Lets a minute pass, in which n8n polls once, or longer. Gives the executions that were started meanwhile. */
	async pass(duration: Duration = { minutes: 1 }): Promise<Started[]> {
		await this.n8n.pass(duration);
		const all = this.n8n.executions(FLOW);
		const fresh = all.slice(this.seen);
		this.seen = all.length;
		return fresh.map(startedOf);
	}

	/** The HTTP requests of the next minutes. */
	async requestsIn(duration: Duration): Promise<RequestLogEntry[]> {
		const before = this.bench.portal.requests.count();
		await this.pass(duration);
		return this.bench.portal.requests.log.slice(before);
	}
}

/** One execution that the trigger started. */
export interface Started {
	/** The output through which its only item left; -1 when the poll failed. */
	output: number;
	item: IDataObject;
	/** Number of outputs that the trigger filled or left empty. */
	outputs: number;
	error?: string;
}

function startedOf(execution: Execution): Started {
	const outputs = execution.data.resultData.runData[TRIGGER]?.[0]?.data?.main ?? [];
	const filled = outputs.flatMap((items, output) => (items ?? []).map(({ json }) => ({ output, item: json })));
	if (filled.length > 1) throw new Error('An execution of the trigger holds more than one item');
	const [{ output, item } = { output: -1, item: {} }] = filled;
	return { output, item, outputs: outputs.length, error: execution.error?.message };
}
