import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

import type { Boot } from './scope';
import { workScope } from './scope';

const REQUEST_START = 'http.client.request.start';
const ANSWER_CAME = 'http.client.response.finish';

/** Counts outgoing HTTP of this process, and takes it away from nodes of a killed n8n. */
export class HttpWatch {
	private readonly open = new Set<ClientRequest>();

	private readonly senders = new WeakMap<ClientRequest, Boot>();

	/** port of the harness's own listener: what is sent there is followed as an execution, not as a request */
	readonly ownPorts = new Set<number>();

	constructor(private readonly onProgress: () => void) {
		subscribe(REQUEST_START, this.started);
		subscribe(ANSWER_CAME, this.answered);
	}

	get inFlight(): number {
		return this.open.size;
	}

	release(): void {
		unsubscribe(REQUEST_START, this.started);
		unsubscribe(ANSWER_CAME, this.answered);
	}

	private readonly started = (message: unknown) => {
		const { request } = message as { request: ClientRequest };
		if (this.ownPorts.has(portOf(request))) return;
		const boot = workScope.getStore()?.boot;
		if (boot?.alive) boot.onRequest?.('before');
		if (boot && !boot.alive) return abandon(request);
		if (boot) this.senders.set(request, boot);
		this.onProgress();
		this.open.add(request);
		request.once('close', () => {
			this.open.delete(request);
			this.onProgress();
		});
	};

	private readonly answered = (message: unknown) => {
		const { request } = message as { request: ClientRequest };
		const boot = this.senders.get(request);
		if (boot?.alive) boot.onRequest?.('after');
		// The portal has done its work, but nobody is left to hear the answer.
		if (boot && !boot.alive) abandon(request);
	};
}

function portOf(request: ClientRequest): number {
	const host = String(request.getHeader('host') ?? '');
	return Number(host.split(':')[1] ?? 0);
}

function abandon(request: ClientRequest): void {
	request.removeAllListeners('response');
	request.removeAllListeners('error');
	request.removeAllListeners('timeout');
	request.removeAllListeners('abort');
	request.removeAllListeners('aborted');
	request.on('error', () => {});
	request.destroy();
}
