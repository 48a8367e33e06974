import { PollContext } from 'n8n-core';
import type { CronExpression, INode, IPollFunctions, TriggerTime, Workflow } from 'n8n-workflow';
import { isSubMinuteCron, UserError } from 'n8n-workflow';

import { nextTick, pollExpression } from './cron';
import type { N8nProcess } from './process';
import type { StoredWorkflow } from './storage';
import type { Due } from './world';

/** One activated poll trigger: polls at its times and starts one execution per emission. */
export class Poller {
	/** how many polls began while the one before was still running; n8n allows that */
	overlaps = 0;

	private readonly expressions: string[];

	private readonly functions: IPollFunctions;

	private current = true;

	private running = 0;

	private lastTick: number;

	private lastPoll = 0;

	private revisionSeen?: number;

	constructor(
		private readonly n8n: N8nProcess,
		private readonly stored: StoredWorkflow,
		private readonly workflow: Workflow,
		readonly node: INode,
		activation: 'activate' | 'init',
	) {
		this.lastTick = n8n.world.clock.now();
		this.functions = new PollContext(
			workflow,
			node,
			n8n.additionalData(stored),
			'trigger',
			activation,
			(data, _response, done) => {
				if (!n8n.boot.alive) return;
				n8n.saveStaticData(workflow);
				const { ended } = n8n.runner.start({ workflow: stored, node: node.name, data, mode: 'trigger' });
				ended.then(
					(run) => done?.resolve(run),
					(error) => done?.reject(error),
				);
			},
			(error) => n8n.runner.recordFailure(stored, node.name, error, 'trigger'),
		) as unknown as IPollFunctions;
		const times = this.functions.getNodeParameter('pollTimes') as { item?: TriggerTime[] };
		this.expressions = (times.item ?? []).map((time) => pollExpression(time, stored.id, node.id));
		if (this.expressions.some((expression) => isSubMinuteCron(expression as CronExpression)))
			throw new UserError('The polling interval is too short. It has to be at least a minute.');
	}

	/** The poll that n8n does while it activates; its error keeps the workflow from becoming active. */
	async first(): Promise<void> {
		await this.poll(true);
	}

	stop(): void {
		this.current = false;
	}

	nextDue(): Due | undefined {
		if (this.expressions.length === 0) return undefined;
		const now = this.n8n.world.clock.now();
		let after = Math.max(this.lastTick, now - 1);
		if (this.portalStoodStill()) after = Math.max(after, this.lastPoll + this.n8n.settings.longestSkip - 1);
		const { timezone } = this.workflow;
		const at = Math.min(...this.expressions.map((expression) => nextTick(expression, timezone, after)));
		return { at, fire: () => this.tick(at) };
	}

	private portalStoodStill(): boolean {
		const { skipIdlePolls, revision } = this.n8n.settings;
		return skipIdlePolls && this.revisionSeen !== undefined && this.revisionSeen === revision?.();
	}

	private tick(at: number): void {
		this.lastTick = at;
		if (this.running > 0) this.overlaps++;
		const label = `Workflow "${this.stored.name}" (${this.stored.id}), poll of "${this.node.name}"`;
		void this.n8n.track(label, async () => await this.poll(false)).catch(() => {});
	}

	private async poll(activating: boolean): Promise<void> {
		this.lastPoll = this.n8n.world.clock.now();
		// from its beginning: what changes while it reads may have escaped it
		this.revisionSeen = this.n8n.settings.revision?.();
		this.running++;
		try {
			const nodeType = this.n8n.types.getByNameAndVersion(this.node.type, this.node.typeVersion);
			const data = await nodeType.poll!.call(this.functions);
			if (this.current && data !== null) this.functions.__emit(data);
		} catch (error) {
			if (activating) throw error;
			if (this.current) this.functions.__emitError(error as Error);
		} finally {
			this.running--;
		}
	}
}
