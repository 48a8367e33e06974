import type { Acts } from './acts/acts';
import type { OutgoingWebhook } from './portal/event-handlers';
import type { OutboxContent } from './portal/outbox';
import type { Switches } from './portal/switches';
import type { SeedName } from './seeds';
import type { FaultRule } from './server/faults';
import type { RequestLogEntry } from './server/request-log';

export interface EmulatorOptions {
	/** Port of 127.0.0.1; 0 or nothing = any free one. */
	port?: number;
	/** Epoch milliseconds; default: a clock that starts at `startAt` or at real time, runs on, and can be set. */
	clock?: () => number;
	/** ISO 8601 with offset; only when `clock` is not given. */
	startAt?: string;
	seed?: SeedName;
	seedOptions?: Record<string, unknown>;
	/** The portal's zone; default Europe/Moscow. */
	timeZone?: string;
	limits?: 'off' | 'standard' | 'enterprise';
	/** How a slow answer waits, in milliseconds; a test under a virtual clock passes its own. */
	sleep?: (ms: number) => Promise<void>;
}

export interface Emulator {
	/** `http://127.0.0.1:PORT` */
	url: string;
	/** Incoming webhook of user 1, the administrator, with all scopes; ends with a slash. */
	webhookUrl: string;
	oauth: { clientId: string; clientSecret: string; authorizationUrl: string; accessTokenUrl: string };
	/** A REST method in this process as that user (default 1). Returns `result`, throws `RestError`. Knows no limits. */
	// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a method answers is for its caller to know
	call<T = any>(method: string, params?: object, options?: { as?: number }): Promise<T>;
	/** What a person does in the interface. */
	act: Acts;
	/** All that employees and clients received. */
	outbox(): OutboxContent;
	/** Every HTTP request to REST, a batch being one. */
	requests: { log: RequestLogEntry[]; clear(): void; count(method?: string): number };
	faults: { set(rules: FaultRule | FaultRule[]): void; clear(): void };
	switches: { get(): Switches; set(changes: Partial<Switches>): void };
	/** URL of one more incoming webhook; scopes as the administrator would tick them. */
	issueWebhook(options: { userId: number; scopes: string[] }): string;
	/** Edits the card of the OAuth application: where the browser goes after the authorization, and its scopes. */
	configureApplication(card: { redirectUri?: string; scopes?: string[] }): void;
	/** Registers an outgoing webhook as a person would in the interface. */
	addOutgoingWebhook(webhook: { url: string; events: string[]; applicationToken: string }): OutgoingWebhook;
	/** Time of the portal, epoch milliseconds. `set` and `advance` throw when `clock` was given. */
	clock: { now(): number; set(moment: number | string): void; advance(milliseconds: number): void };
	/** Grows with every change of data. */
	revision(): number;
	/** Throws all data away and seeds anew. Webhooks and tokens stay valid. */
	reset(): void;
	/** Resolves when every event sent so far was answered or lost. */
	idle(): Promise<void>;
	close(): Promise<void>;
}
