import type { Workflow } from 'n8n-workflow';
import { validateWorkflowHasTriggerLikeNode, WorkflowActivationError } from 'n8n-workflow';

import { Poller } from './polling';
import type { N8nProcess } from './process';
import { refuseUnfit } from './refusals';
import { Trigger } from './schedules';
import type { StoredWorkflow } from './storage';
import type { Due } from './world';

const NOT_A_TRIGGER_WHEN_ACTIVE = ['@n8n/n8n-nodes-langchain.manualChatTrigger', 'n8n-nodes-base.manualTrigger'];

interface Active {
	workflow: Workflow;
	triggers: Trigger[];
	pollers: Poller[];
}

/** Activates workflows as n8n's server does: web hooks, then triggers, then polls (each polls once), then static data are saved. */
export class Activation {
	private readonly active = new Map<string, Active>();

	constructor(private readonly n8n: N8nProcess) {}

	/**
	 * @param activation 'activate' when a person publishes, 'init' when n8n starts
	 * @throws WorkflowActivationError
	 */
	async add(stored: StoredWorkflow, activation: 'activate' | 'init'): Promise<void> {
		refuseUnfit(stored, this.n8n.types, this.n8n.credentials);
		const label = `Activation of workflow "${stored.name}" (${stored.id})`;
		await this.n8n.track(label, async () => await this.activate(structuredClone(stored), activation));
	}

	/** Withdraws web hooks, stops triggers and polls. */
	async remove(stored: StoredWorkflow): Promise<void> {
		const active = this.active.get(stored.id);
		if (!active) return;
		this.active.delete(stored.id);
		const label = `Deactivation of workflow "${stored.name}" (${stored.id})`;
		await this.n8n.track(label, async () => {
			await this.n8n.webhooks.remove(stored);
			for (const trigger of active.triggers) await trigger.stop();
			for (const poller of active.pollers) poller.stop();
		});
	}

	/** On shutdown: nothing new begins; web hooks stay registered at their services. */
	stopTriggers(): void {
		for (const { pollers } of this.active.values()) for (const poller of pollers) poller.stop();
		this.active.clear();
	}

	/** How often polls of a workflow overlapped. */
	overlaps(id: string): number {
		return (this.active.get(id)?.pollers ?? []).reduce((sum, { overlaps }) => sum + overlaps, 0);
	}

	nextDue(): Due | undefined {
		let first: Due | undefined;
		for (const { triggers, pollers } of this.active.values())
			for (const source of [...triggers, ...pollers]) {
				const due = source.nextDue();
				if (due && (!first || due.at < first.at)) first = due;
			}
		return first;
	}

	private async activate(stored: StoredWorkflow, activation: 'activate' | 'init'): Promise<void> {
		const { n8n } = this;
		const workflow = n8n.newWorkflow(stored);
		if (!validateWorkflowHasTriggerLikeNode(workflow.nodes, n8n.types, NOT_A_TRIGGER_WHEN_ACTIVE).isValid)
			throw new WorkflowActivationError(
				`Workflow "${stored.name}" has no node to start the workflow - at least one active trigger, poll trigger, webhook trigger, or schedule trigger node is required`,
			);
		const entry: Active = { workflow, triggers: [], pollers: [] };
		await n8n.webhooks.add(stored, workflow, activation);
		for (const node of workflow.getTriggerNodes()) {
			const trigger = new Trigger(n8n, stored, workflow, node);
			await this.orRefuse(node.name, stored, async () => await trigger.start(activation));
			entry.triggers.push(trigger);
		}
		for (const node of workflow.getPollNodes())
			await this.orRefuse(node.name, stored, async () => {
				const poller = new Poller(n8n, stored, workflow, node, activation);
				await poller.first();
				entry.pollers.push(poller);
			});
		this.active.set(stored.id, entry);
		n8n.saveStaticData(workflow);
	}

	private async orRefuse(node: string, stored: StoredWorkflow, step: () => Promise<void>): Promise<void> {
		try {
			await step();
		} catch (error) {
			const { message, description } = error as Error & { description?: string };
			throw new WorkflowActivationError(
				`There was a problem activating the workflow: "${message}" (workflow "${stored.name}", node "${node}"${description ? `; ${description}` : ''})`,
				{ cause: error as Error },
			);
		}
	}
}
