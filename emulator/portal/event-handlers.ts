import axios from 'axios';
import qs from 'qs';

import type { Credentials } from './credentials';
import type { PortalEvent } from './event-bus';
import type { Portal } from './portal';

/** A handler that the application bound with event.bind. */
export interface BoundHandler {
	id: number;
	event: string;
	handler: string;
	/** User whose token is passed; 0 = whoever caused the event. */
	authType: number;
}

/** An outgoing webhook that a person set up in the interface. */
export interface OutgoingWebhook {
	id: number;
	url: string;
	events: string[];
	applicationToken: string;
}

/**
 * Sends events to their handlers as form posts (api-reference/events/index.md). Nothing is repeated: a handler that fails
 * loses the event. Outgoing webhooks never get tokens, handlers of the application get those of the user who caused the event.
 */
export class EventHandlers {
	bound: BoundHandler[] = [];
	private outgoing: OutgoingWebhook[] = [];
	private readonly underWay = new Set<Promise<void>>();
	private readonly abortion = new AbortController();
	private lastId = 200;

	constructor(
		private readonly portal: Portal,
		private readonly credentials: Credentials,
		private readonly portalUrl: () => string,
	) {
		portal.events.subscribe((event) => this.deliver(event));
	}

	bind(event: string, handler: string, authType: number): void {
		this.bound.push({ id: this.nextId(), event, handler, authType });
	}

	addOutgoingWebhook(webhook: Omit<OutgoingWebhook, 'id'>): OutgoingWebhook {
		const events = webhook.events.map((event) => event.toUpperCase());
		const added = { ...webhook, events, id: this.nextId() };
		this.outgoing.push(added);
		return added;
	}

	clear(): void {
		this.bound = [];
		this.outgoing = [];
	}

	/** Resolves when every event sent so far was answered or lost. */
	async idle(): Promise<void> {
		while (this.underWay.size > 0) await Promise.all(this.underWay);
	}

	/** Gives up on every handler that has not answered yet. */
	close(): void {
		this.abortion.abort();
	}

	private nextId(): number {
		this.lastId += 1;
		return this.lastId;
	}

	private deliver(event: PortalEvent): void {
		const copies = { normal: 1, lost: 0, doubled: 2 }[this.portal.switches.events];
		for (let copy = 0; copy < copies; copy += 1) {
			for (const handler of this.bound.filter(({ event: name }) => name === event.name)) {
				this.post(handler.handler, handler.id, event, this.applicationAuth(handler, event));
			}
			for (const webhook of this.outgoing.filter(({ events }) => events.includes(event.name))) {
				this.post(webhook.url, webhook.id, event, this.commonAuth(webhook.applicationToken));
			}
		}
	}

	private commonAuth(applicationToken: string): Record<string, unknown> {
		const url = this.portalUrl();
		return {
			domain: new URL(url).host,
			client_endpoint: `${url}/rest/`,
			server_endpoint: `${url}/oauth/rest/`,
			member_id: this.credentials.memberId,
			application_token: applicationToken,
		};
	}

	private applicationAuth(handler: BoundHandler, event: PortalEvent): Record<string, unknown> {
		const common = {
			scope: this.credentials.applicationScopes.join(','),
			status: 'L',
			...this.commonAuth(this.credentials.applicationToken),
		};
		const userId = handler.authType || event.userId;
		if (userId === undefined) return common;
		const pair = this.credentials.issuePair(userId);
		return { access_token: pair.access, expires_in: 3600, user_id: userId, ...common };
	}

	private post(url: string, handlerId: number, event: PortalEvent, auth: Record<string, unknown>): void {
		const body = {
			event: event.name,
			event_handler_id: handlerId,
			data: event.data,
			ts: Math.floor(this.portal.clock.now() / 1000),
			auth,
		};
		const headers = { 'Content-Type': 'application/x-www-form-urlencoded', 'User-Agent': 'Bitrix24 Webhook Engine' };
		const sent = axios
			.post(url, qs.stringify(body, { format: 'RFC1738' }), {
				headers,
				timeout: 30_000,
				proxy: false as const,
				signal: this.abortion.signal,
			})
			.then(
				() => undefined,
				() => undefined,
			)
			.finally(() => this.underWay.delete(sent));
		this.underWay.add(sent);
	}
}
