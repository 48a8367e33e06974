import type { IWorkflowExecuteAdditionalData } from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';

import { Activation } from './activation';
import { additionalData } from './additional-data';
import type { GivenCredentials } from './credentials';
import { CredentialsStore } from './credentials';
import type { ExtraTypes } from './node-types';
import { NodeTypes } from './node-types';
import { Runner } from './runner';
import type { Boot } from './scope';
import { forever, workScope } from './scope';
import type { Storage, StoredWorkflow } from './storage';
import { deliverToWaiting } from './waiting-webhooks';
import type { WebhookAnswer, WebhookCall } from './webhook-call';
import { Webhooks } from './webhooks';
import type { Due, World } from './world';

/** One n8n process from its start to its stop or kill. What outlives it is in the storage. */
export class N8nProcess {
	readonly boot: Boot = { alive: true, onDeath: [] };

	readonly types: NodeTypes;

	readonly credentials: CredentialsStore;

	readonly runner: Runner;

	readonly activation: Activation;

	readonly webhooks: Webhooks;

	readonly inFlight = new Map<Promise<unknown>, string>();

	constructor(
		readonly world: World,
		readonly storage: Storage,
		readonly settings: ProcessSettings,
	) {
		this.types = new NodeTypes(settings);
		this.credentials = new CredentialsStore(this.types, settings.credentials);
		this.runner = new Runner(this);
		this.activation = new Activation(this);
		this.webhooks = new Webhooks(this);
	}

	/** Does work that belongs to this process; virtual time stands still until it is done or sleeps virtually. */
	async track<T>(label: string, work: () => Promise<T>): Promise<T> {
		const promise = workScope.run({ boot: this.boot, label }, work);
		this.inFlight.set(promise, label);
		try {
			return await promise;
		} finally {
			this.inFlight.delete(promise);
			this.world.noteProgress();
			if (!this.boot.alive) await forever();
		}
	}

	/** @param staticData defaults to a copy of what is stored */
	newWorkflow(stored: Omit<StoredWorkflow, 'published'>, staticData = stored.staticData): Workflow {
		const { id, name, nodes, connections, settings } = structuredClone(stored);
		return new Workflow({
			id,
			name,
			nodes,
			connections,
			settings,
			active: true,
			nodeTypes: this.types,
			staticData: structuredClone(staticData),
		});
	}

	additionalData(stored: Pick<StoredWorkflow, 'id' | 'settings'>): IWorkflowExecuteAdditionalData {
		return additionalData(this, stored);
	}

	/** n8n saves static data only where it notices a change. */
	saveStaticData(workflow: Workflow): void {
		if (workflow.staticData.__dataChanged !== true) return;
		this.storage.saveStaticData(workflow.id, workflow.staticData);
		workflow.staticData.__dataChanged = false;
	}

	/** Delivers an HTTP call as n8n's server does; a caller whose server is killed meanwhile loses the connection (503). */
	async deliver(pathOrUrl: string, call: WebhookCall): Promise<WebhookAnswer> {
		const path = pathOrUrl.replace(/^https?:\/\/[^/]+/, '').replace(/^\//, '');
		const work = path.startsWith('webhook-waiting/')
			? async () => await deliverToWaiting(this, path.slice('webhook-waiting/'.length), call)
			: async () => await this.webhooks.deliver(path.replace(/^webhook\//, ''), call);
		const death = new Promise<WebhookAnswer>((resolve) => {
			this.boot.onDeath.push(() => resolve({ status: 503, headers: {}, body: 'n8n was killed' }));
		});
		try {
			return await Promise.race([this.track(`Web hook ${path.split('?')[0]}`, work), death]);
		} catch (error) {
			return { status: 500, headers: {}, body: { code: 0, message: (error as Error).message } };
		}
	}

	nextDue(): Due | undefined {
		const trigger = this.activation.nextDue();
		const wait = this.runner.nextDue();
		if (!trigger || !wait) return trigger ?? wait;
		return wait.at < trigger.at ? wait : trigger;
	}

	/** Nothing of this process has any effect from here on. Running executions are lost. */
	die(): void {
		this.boot.alive = false;
		for (const tell of this.boot.onDeath) tell();
		this.inFlight.clear();
		this.world.noteProgress();
		for (const execution of this.storage.executions.values())
			if (execution.status === 'running' || execution.status === 'new') execution.status = 'crashed';
	}
}

export interface ProcessSettings extends ExtraTypes {
	credentials: GivenCredentials;
	baseUrl: string;
	skipIdlePolls: boolean;
	/** milliseconds after which a poll is not skipped any more */
	longestSkip: number;
	revision?: () => number;
}
