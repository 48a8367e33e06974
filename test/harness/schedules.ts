import { TriggerContext } from 'n8n-core';
import type { INode, ITriggerFunctions, ITriggerResponse, Workflow } from 'n8n-workflow';

import { nextTick } from './cron';
import type { N8nProcess } from './process';
import type { StoredWorkflow } from './storage';
import type { Due } from './world';

interface Cron {
	expression: string;
	next: number;
	onTick: (scheduledFor: Date) => void;
}

/** One activated trigger node with a `trigger` method, above all the Schedule Trigger. */
export class Trigger {
	private readonly crons: Cron[] = [];

	private response?: ITriggerResponse;

	constructor(
		private readonly n8n: N8nProcess,
		private readonly stored: StoredWorkflow,
		private readonly workflow: Workflow,
		private readonly node: INode,
	) {}

	async start(activation: 'activate' | 'init'): Promise<void> {
		const { n8n, stored, workflow, node } = this;
		const functions = new TriggerContext(
			workflow,
			node,
			n8n.additionalData(stored),
			'trigger',
			activation,
			(data, _response, done) => {
				n8n.saveStaticData(workflow);
				const { ended } = n8n.runner.start({ workflow: stored, node: node.name, data, mode: 'trigger' });
				ended.then(
					(run) => done?.resolve(run),
					(error) => done?.reject(error),
				);
			},
			(error) => n8n.runner.recordFailure(stored, node.name, error, 'trigger'),
		);
		Object.assign(functions.helpers, {
			registerCron: ({ expression }: { expression: string }, onTick: Cron['onTick']) => {
				const next = nextTick(expression, workflow.timezone, n8n.world.clock.now());
				this.crons.push({ expression, next, onTick });
			},
		});
		const nodeType = n8n.types.getByNameAndVersion(node.type, node.typeVersion);
		this.response = await nodeType.trigger!.call(functions as unknown as ITriggerFunctions);
	}

	async stop(): Promise<void> {
		this.crons.length = 0;
		await this.response?.closeFunction?.();
	}

	nextDue(): Due | undefined {
		let first: Cron | undefined;
		for (const cron of this.crons) if (!first || cron.next < first.next) first = cron;
		if (!first) return undefined;
		const cron = first;
		return {
			at: cron.next,
			fire: () => {
				const scheduledFor = new Date(cron.next);
				cron.next = nextTick(cron.expression, this.workflow.timezone, cron.next);
				cron.onTick(scheduledFor);
			},
		};
	}
}
