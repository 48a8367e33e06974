import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Duration } from './clock';
import { toMilliseconds } from './clock';
import type { GivenCredentials } from './credentials';
import { prepareEngine } from './engine';
import { errorWorkflowOf } from './error-workflow';
import { Listener } from './listener';
import type { HarnessOptions as Options, KillPoint } from './options';
import { N8nProcess } from './process';
import { refuseUnfit } from './refusals';
import { describeFailure, FlowFailure } from './report';
import type { Execution, StoredWorkflow, TimelineEntry, WorkflowJson } from './storage';
import { Storage } from './storage';
import { startOf } from './start';
import type { WebhookAnswer, WebhookCall } from './webhook-call';
import type { Portal } from './world';
import { World } from './world';

export type {
	Duration,
	Execution,
	GivenCredentials,
	KillPoint,
	Portal,
	StoredWorkflow,
	TimelineEntry,
	WebhookAnswer,
	WebhookCall,
	WorkflowJson,
};
export { FlowFailure };

const BASE_URL = 'https://n8n.example';
const SHUTDOWN_MS = 30_000;

const openHarnesses = new Set<Harness>();
let preparedWorld: World | undefined;

export type HarnessOptions = Options<Harness>;

/** An n8n server in the test process under virtual time. */
export class Harness {
	private process!: N8nProcess;

	private running = false;

	private readonly listener = new Listener(async (path, call) => await this.deliver(path, call));

	private baseAddress = BASE_URL;

	private readonly credentials: GivenCredentials;

	/** how many of the failed executions have been looked at */
	private reported = 0;

	private constructor(
		private readonly options: HarnessOptions,
		private readonly world: World,
		private readonly storage: Storage,
	) {
		this.credentials = structuredClone(options.credentials ?? {});
	}

	/** Starts an n8n with nothing published. @throws Error when a workflow is unfit, see refusals.ts */
	static async start(options: HarnessOptions): Promise<Harness> {
		prepareEngine();
		if (options.now) Harness.startClock(options.now);
		const world = options.alongside?.world ?? preparedWorld;
		if (!world) throw new Error('`now` is missing: the start of virtual time');
		preparedWorld = undefined;
		if (options.portal) world.watch(options.portal);
		const harness = new Harness(options, world, new Storage());
		openHarnesses.add(harness);
		world.join({
			inFlight: () => (harness.running ? harness.process.inFlight.size : 0),
			nextDue: () => (harness.running ? harness.process.nextDue() : undefined),
			describeInFlight: () => [...harness.process.inFlight.values()].join('\n'),
		});
		try {
			for (const source of options.workflows) harness.storage.addWorkflow(source);
			if (options.listen) {
				harness.baseAddress = await harness.listener.start();
				world.http.ownPorts.add(harness.listener.port);
			}
			harness.newProcess();
			for (const workflow of harness.storage.workflows.values())
				refuseUnfit(workflow, harness.process.types, harness.process.credentials);
		} catch (error) {
			await harness.close();
			throw error;
		}
		return harness;
	}

	/**
	 * Starts virtual time before the n8n, for an emulator that is to be born in it (`clock: () => Date.now()`).
	 * `Harness.start` then takes no `now`.
	 *
	 * @param now ISO 8601 with offset
	 */
	static startClock(now: string): void {
		if (preparedWorld || openHarnesses.size > 0)
			throw new Error('Virtual time runs already: end the test before with Harness.closeAll()');
		preparedWorld = new World(now);
	}

	/** Closes what a test left open. */
	static async closeAll(): Promise<void> {
		for (const harness of openHarnesses) await harness.close();
		preparedWorld?.release();
		preparedWorld = undefined;
	}

	/** Where web hooks are reached; a real address with `listen`. */
	get baseUrl(): string {
		return this.baseAddress;
	}

	/** @returns virtual time as ISO 8601 in UTC */
	now(): string {
		return new Date(this.world.clock.now()).toISOString();
	}

	/** Publishes and activates one workflow, or all in the order given. @throws WorkflowActivationError of n8n, naming the node */
	async activate(idOrName?: string): Promise<void> {
		const all = [...this.storage.workflows.values()];
		const chosen = idOrName === undefined ? all : [this.storage.workflow(idOrName)];
		for (const workflow of chosen) workflow.published = true;
		for (const workflow of chosen) {
			try {
				await this.drive(this.process.activation.add(workflow, 'activate'));
			} catch (error) {
				workflow.published = false;
				throw error;
			}
		}
		await this.world.settle();
		this.check();
	}

	/** Withdraws triggers and web hooks; callers of the workflow get n8n's error. Waiting executions go on. */
	async unpublish(idOrName: string): Promise<void> {
		const workflow = this.storage.workflow(idOrName);
		await this.drive(this.process.activation.remove(workflow));
		workflow.published = false;
	}

	/** Lets virtual time pass. @throws FlowFailure when an execution fails that nobody expected to */
	async pass(duration: Duration): Promise<void> {
		await this.world.pass(duration, () => this.check());
		this.check();
	}

	/** Lets time pass until nothing more is due, at most for the limit. Polls and schedules are always due. */
	async runUntilIdle(limit: Duration): Promise<void> {
		await this.world.runUntilIdle(limit, () => this.check());
		this.check();
	}

	/** Waits in real time until all work is done or sleeps; virtual time stands still. */
	async settle(): Promise<void> {
		await this.world.settle();
		this.check();
	}

	/**
	 * Calls a web hook and lets time move only as far as the answer needs.
	 *
	 * @param pathOrUrl `path`, `/webhook/path`, `/webhook-waiting/…` or a whole URL, e.g. a link for an approver
	 * @param body sent as JSON; for anything else use `request`
	 */
	async post(pathOrUrl: string, body: unknown = {}): Promise<WebhookAnswer> {
		return await this.request(pathOrUrl, { method: 'POST', body });
	}

	/** As `post`, with method, headers, form body or query of choice; GET unless there is a body. */
	async request(pathOrUrl: string, call: WebhookCall = {}): Promise<WebhookAnswer> {
		// a killed n8n also answers: 503
		const answer = (await this.world.drive(this.deliver(pathOrUrl, call), () => false))!;
		await this.world.settle();
		this.check();
		return answer;
	}

	/**
	 * Starts a workflow by its Manual or Execute Workflow Trigger, or by a node of choice, and runs until it ends or waits.
	 *
	 * @param items JSON of the items that the trigger hands on; default one empty item
	 */
	async run(idOrName: string, items: IDataObject[] = [{}], node?: string): Promise<Execution> {
		const workflow = this.storage.workflow(idOrName);
		const data: INodeExecutionData[][] = [items.map((json) => ({ json }))];
		const { execution, ended } = this.process.runner.start({ workflow, data, ...startOf(workflow, node) });
		await this.drive(ended).catch(() => {});
		await this.world.settle();
		this.check();
		return execution;
	}

	/** @returns all executions, or those of a workflow, in the order of their start */
	executions(idOrName?: string): Execution[] {
		const all = [...this.storage.executions.values()];
		const id = idOrName === undefined ? undefined : this.storage.workflow(idOrName).id;
		return id === undefined ? all : all.filter(({ workflowId }) => workflowId === id);
	}

	/** @returns the items that a node put out in its last run; empty when it did not run */
	items(execution: Execution, node: string, output = 0): IDataObject[] {
		const last = execution.data.resultData.runData[node]?.at(-1);
		return (last?.data?.main?.[output] ?? []).map(({ json }) => json);
	}

	/** @returns what all nodes did, in the order of virtual time */
	timeline(idOrName?: string): TimelineEntry[] {
		if (idOrName === undefined) return this.storage.timeline;
		const { name } = this.storage.workflow(idOrName);
		return this.storage.timeline.filter(({ workflow }) => workflow === name);
	}

	/** @returns all failed executions, expected or not */
	failures(): Execution[] {
		return [...this.storage.failed];
	}

	/** @returns a copy of the static data as n8n has saved them */
	staticData(idOrName: string): IDataObject {
		return structuredClone(this.storage.workflow(idOrName).staticData);
	}

	/** @returns a credential's data as n8n keeps them, e.g. with a refreshed token */
	credentialData(idOrName: string): IDataObject {
		return structuredClone(this.credentials[idOrName].data) as IDataObject;
	}

	/** @returns how often a poll of the workflow began before the one before had ended */
	overlappingPolls(idOrName: string): number {
		return this.process.activation.overlaps(this.storage.workflow(idOrName).id);
	}

	/** For an emulator that answers late: sleeps in virtual time while its HTTP request stays open. */
	async portalPause(ms: number): Promise<void> {
		await this.world.sleepers.portalPause(ms);
	}

	/** Stops the server as on a shutdown: running executions get 30 s to end, what then still runs is lost. */
	async stop(): Promise<void> {
		const { inFlight } = this.process;
		const limit = this.world.clock.now() + SHUTDOWN_MS;
		this.process.activation.stopTriggers();
		await this.world.settle();
		while (inFlight.size > 0 && this.world.clock.now() < limit) await this.world.pass({ seconds: 1 }, () => {});
		this.die();
		this.check();
	}

	/** Ends the server at once; executions that are running are lost with all that they hold in memory. */
	kill(): void {
		this.die();
	}

	/** Kills the server at a point to come, e.g. in the middle of the next `pass()`. */
	killAfter(point: KillPoint): void {
		const { runner, boot } = this.process;
		let [nodes, before, after] = [0, 0, 0];
		runner.onNodeDone = (node) => {
			if (++nodes === point.nodes || node === point.node) this.die();
		};
		boot.onRequest = (phase) => {
			if (phase === 'before' && ++before === point.beforeRequest) this.die();
			if (phase === 'after' && ++after === point.requests) this.die();
		};
	}

	/** @returns whether the server runs; false after `stop`, `kill` or a reached `killAfter` */
	isRunning(): boolean {
		return this.running;
	}

	/** Starts the server again (after stopping it, if it runs): published workflows are activated anew, waits go on. */
	async restart(): Promise<void> {
		if (this.running) await this.stop();
		this.newProcess();
		for (const workflow of this.storage.workflows.values())
			if (workflow.published) await this.drive(this.process.activation.add(workflow, 'init'));
		this.process.runner.resumeForgottenParents();
		await this.world.settle();
		this.check();
	}

	/** Ends the test: gives back the real date when it was the last n8n. Does not throw. */
	async close(): Promise<void> {
		if (!openHarnesses.delete(this)) return;
		if (this.running) this.die();
		await this.listener.stop();
		if (![...openHarnesses].some(({ world }) => world === this.world)) this.world.release();
	}

	/** Lets time move until the work is done, or this n8n is dead. */
	private async drive<T>(work: Promise<T>): Promise<T | undefined> {
		const { boot } = this.process;
		return await this.world.drive(work, () => !boot.alive);
	}

	/** Throws what went wrong since the last check. */
	private check(): void {
		const complaints = this.world.complaints.splice(0);
		const fresh = this.storage.failed.slice(this.reported);
		this.reported += fresh.length;
		const unexpected = this.options.expectFailures ? [] : fresh.filter((execution) => !this.isHandled(execution));
		const messages = [...complaints, ...unexpected.map((execution) => describeFailure(execution, this.storage))];
		if (messages.length > 0) throw new FlowFailure(messages.join('\n\n'));
	}

	private isHandled(execution: Execution): boolean {
		if (execution.answersToParent) return true;
		if (execution.mode === 'error' || execution.mode === 'manual') return false;
		return errorWorkflowOf(JSON.parse(execution.snapshot)) !== undefined;
	}

	private newProcess(): void {
		const { portal, skipIdlePolls = true, longestSkip, extraNodes, extraCredentials } = this.options;
		this.process = new N8nProcess(this.world, this.storage, {
			credentials: this.credentials,
			baseUrl: this.baseAddress,
			skipIdlePolls,
			longestSkip: toMilliseconds(longestSkip ?? { minutes: 5 }),
			revision: portal?.revision?.bind(portal),
			extraNodes,
			extraCredentials,
		});
		this.running = true;
	}

	private die(): void {
		this.running = false;
		this.process.die();
	}

	private async deliver(pathOrUrl: string, call: WebhookCall): Promise<WebhookAnswer> {
		if (!this.running) return { status: 503, headers: {}, body: 'n8n does not run' };
		return await this.process.deliver(pathOrUrl, call);
	}
}
