import { BATCH_SIZE, batchOutcomes, batchParameters, type Command } from './batchCommands';
import { ConnectionFault, type Connection, type HttpAnswer } from './connection';
import type { Governor } from './governor';
import { isRead, mustTravelAlone } from './methodKind';
import { pause } from './pause';
import { noAnswer, PortalError, refusedByPortal } from './portalErrors';

/** Answer to one call. `total` and `next` come with list methods only. */
export interface Answer<T = unknown> {
	result: T;
	total?: number;
	next?: number;
}

interface PendingCall extends Command {
	tries: number;
	resolve(answer: Answer): void;
	reject(error: PortalError): void;
}

const MAX_TRIES = 4;
const LIMIT_CODES = new Set(['QUERY_LIMIT_EXCEEDED', 'OPERATION_TIME_LIMIT', 'ERROR_BATCH_LENGTH_EXCEEDED']);
// After these it is unknown how far the portal came; inside a batch no HTTP status tells so.
const STUMBLE_CODES = new Set(['INTERNAL_SERVER_ERROR', 'ERROR_UNEXPECTED_ANSWER']);
const OPERATING_PAUSE_MS = 30_000;

/**
 * Calls REST methods of one portal. Calls made at the same moment travel together, up to 50 in one request.
 * Reads are repeated when no answer came; a write is repeated only when it surely did not reach the portal.
 * Every failure is a PortalError.
 */
export class PortalClient {
	private waiting: PendingCall[] = [];
	private collecting = false;
	private sending: Promise<void> = Promise.resolve();
	/** HTTP requests made so far. */
	requestCount = 0;

	constructor(
		readonly connection: Connection,
		private readonly governor: Governor,
	) {}

	/** Calls one method and gives its `result`. */
	async call<T = unknown>(method: string, parameters: Record<string, unknown> = {}): Promise<T> {
		return (await this.ask<T>(method, parameters)).result;
	}

	/** As `call`, with `total` and `next` of list methods. */
	async ask<T = unknown>(method: string, parameters: Record<string, unknown> = {}): Promise<Answer<T>> {
		return await new Promise((resolve, reject) => {
			this.waiting.push({ method, parameters, tries: 0, resolve: resolve as PendingCall['resolve'], reject });
			this.collect();
		});
	}

	/**
	 * Sends commands that refer to each other (`$result[c0]…`) in one request of their own, at most 50, reads only.
	 * Gives the results up to the first command that was refused or left out.
	 */
	async chain(commands: Command[]): Promise<unknown[]> {
		const { result } = await this.request('batch', batchParameters(commands), true);
		const results: unknown[] = [];
		for (const [index, outcome] of batchOutcomes(result, commands.length).entries()) {
			if (outcome.kind === 'answered') {
				results.push(outcome.result);
			} else if (index === 0) {
				throw outcome.kind === 'refused'
					? refusedByPortal(commands[0].method, outcome.error, outcome.description)
					: noAnswer(commands[0].method, false, true, 'the batch ended before it');
			} else {
				break;
			}
		}
		return results;
	}

	/** Waits until everything that is ready has made its calls, then sends them together. */
	private collect(): void {
		if (this.collecting) return;
		this.collecting = true;
		this.sending = this.sending
			.then(async () => await pause(0))
			.then(async () => {
				this.collecting = false;
				await this.sendWaiting();
			});
	}

	private async sendWaiting(): Promise<void> {
		const calls = this.waiting.splice(0);
		let group: PendingCall[] = [];
		const sendGroup = async () => {
			if (group.length > 0) await this.sendGroup(group);
			group = [];
		};
		for (const call of calls) {
			if (mustTravelAlone(call.method)) {
				await sendGroup();
				await this.sendGroup([call]);
			} else {
				group.push(call);
				if (group.length === BATCH_SIZE) await sendGroup();
			}
		}
		await sendGroup();
	}

	private async sendGroup(calls: PendingCall[]): Promise<void> {
		if (calls.length === 1) await this.sendAlone(calls[0]);
		else await this.sendTogether(calls);
	}

	private async sendAlone(call: PendingCall): Promise<void> {
		try {
			const { result, total, next } = await this.request(call.method, call.parameters, isRead(call.method));
			call.resolve({ result, total: total as number | undefined, next: next as number | undefined });
		} catch (error) {
			call.reject(asPortalError(error, call.method));
		}
	}

	private async sendTogether(calls: PendingCall[]): Promise<void> {
		let outcomes;
		try {
			const readsOnly = calls.every(({ method }) => isRead(method));
			const { result } = await this.request('batch', batchParameters(calls), readsOnly);
			outcomes = batchOutcomes(result, calls.length);
		} catch (error) {
			const failure = asPortalError(error, 'batch');
			for (const call of calls) this.failInBatch(call, failure);
			return;
		}
		for (const [index, outcome] of outcomes.entries()) {
			const call = calls[index];
			if (outcome.kind === 'answered') {
				call.resolve({ result: outcome.result, total: outcome.total, next: outcome.next });
			} else if (outcome.kind === 'refused') {
				const error = refusedByPortal(call.method, outcome.error, outcome.description);
				// What has to wait does so by itself; the other calls get their answers now.
				if (LIMIT_CODES.has(error.code)) void this.tryAgain(call, error);
				else if (STUMBLE_CODES.has(error.code)) this.leftOpen(call, `the portal stumbled: ${error.code}`);
				else call.reject(error);
			} else {
				this.leftOpen(call, 'the batch ended before it');
			}
		}
	}

	/** The batch as a whole failed: what only reads goes again, a write gets the failure under its own name. */
	private failInBatch(call: PendingCall, failure: PortalError): void {
		if (failure.kind === 'unknownOutcome' && isRead(call.method) && call.tries < MAX_TRIES) {
			call.tries += 1;
			this.waiting.push(call);
			this.collect();
			return;
		}
		const { kind, code, message, wayOut, httpStatus } = failure;
		call.reject(new PortalError(kind, code, call.method, message.replace('batch', call.method), wayOut, httpStatus));
	}

	/** A command of which nobody knows how far it came: a read goes again, a write is reported. */
	private leftOpen(call: PendingCall, reason: string): void {
		const failure = noAnswer(call.method, !isRead(call.method), true, reason);
		if (isRead(call.method)) void this.tryAgain(call, failure);
		else call.reject(failure);
	}

	private async tryAgain(call: PendingCall, error: PortalError): Promise<void> {
		call.tries += 1;
		if (call.tries >= MAX_TRIES) {
			call.reject(error);
			return;
		}
		if (error.code === 'QUERY_LIMIT_EXCEEDED') this.governor.refused();
		if (error.code === 'OPERATION_TIME_LIMIT') await pause(OPERATING_PAUSE_MS);
		this.waiting.push(call);
		this.collect();
	}

	/** One HTTP request, repeated as far as that is safe. */
	private async request(
		method: string,
		parameters: Record<string, unknown>,
		readsOnly: boolean,
	): Promise<Record<string, unknown>> {
		for (let attempt = 1; ; attempt++) {
			const outcome = await this.attempt(method, parameters, readsOnly);
			if (!(outcome instanceof PortalError)) return outcome;
			const limited = LIMIT_CODES.has(outcome.code);
			if (attempt >= MAX_TRIES || !(limited || outcome.kind === 'unreachable')) throw outcome;
			// The governor itself waits after a refusal for the request rate.
			if (outcome.code === 'OPERATION_TIME_LIMIT') await pause(OPERATING_PAUSE_MS);
			else if (!limited) await pause(1000 * 2 ** (attempt - 1));
		}
	}

	private async attempt(
		method: string,
		parameters: Record<string, unknown>,
		readsOnly: boolean,
	): Promise<Record<string, unknown> | PortalError> {
		await this.governor.acquire();
		this.requestCount += 1;
		let answer: HttpAnswer;
		try {
			answer = await this.connection.send(method, parameters);
		} catch (error) {
			if (error instanceof ConnectionFault) return noAnswer(method, !readsOnly, error.sent, error.reason);
			return asPortalError(error, method);
		}
		return this.judge(method, readsOnly, answer);
	}

	private judge(
		method: string,
		readsOnly: boolean,
		{ status, body, location }: HttpAnswer,
	): Record<string, unknown> | PortalError {
		if (location !== undefined && status >= 300 && status < 400) {
			return new PortalError(
				'refused',
				'PORTAL_MOVED',
				method,
				'The portal answers under another address now',
				`Enter the new address in the credential: ${new URL(location, 'https://unknown').host}`,
				status,
			);
		}
		if (typeof body !== 'object' || body === null) {
			const reason = status === 404 ? 'no Bitrix24 portal answers there' : `HTTP ${status} without JSON`;
			// A page of a proxy or of the portal's own firewall; below 500 the method was not reached.
			return noAnswer(method, !readsOnly, status < 300 || status >= 500, reason);
		}
		if (!('error' in body)) {
			this.governor.answered();
			return body as Record<string, unknown>;
		}
		const { error, error_description: description } = body as Record<string, unknown>;
		if (error === 'QUERY_LIMIT_EXCEEDED') this.governor.refused();
		if (status >= 500 && error !== 'QUERY_LIMIT_EXCEEDED' && error !== 'OVERLOAD_LIMIT') {
			return noAnswer(method, !readsOnly, true, `the portal stumbled: ${String(error)}`);
		}
		return refusedByPortal(method, error, description, status);
	}
}

function asPortalError(error: unknown, method: string): PortalError {
	if (error instanceof PortalError) return error;
	const message = error instanceof Error ? error.message : String(error);
	return new PortalError('refused', 'NODE', method, message, 'Check the credential and the parameters of the node.');
}
