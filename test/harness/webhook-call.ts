import { parse as parseQuery } from 'node:querystring';

/** What a test or the portal sends to a web hook. */
export interface WebhookCall {
	method?: string;
	/** sent as JSON */
	body?: unknown;
	/** sent as application/x-www-form-urlencoded; n8n hands it to nodes flat, `a[b]` stays one key */
	form?: string | Record<string, string>;
	headers?: Record<string, string>;
	query?: Record<string, string>;
}

/** What comes back. */
export interface WebhookAnswer {
	status: number;
	headers: Record<string, unknown>;
	/** an object when the answer is JSON, else text or bytes */
	body: unknown;
}

/** The express request as far as nodes read it. */
export function requestOf(path: string, call: WebhookCall) {
	const url = new URL(path, 'http://n8n.example');
	for (const [key, value] of Object.entries(call.query ?? {})) url.searchParams.set(key, value);
	const method = (call.method ?? (call.body === undefined && call.form === undefined ? 'GET' : 'POST')).toUpperCase();
	const raw = rawBody(call);
	const contentType = call.form !== undefined ? 'application/x-www-form-urlencoded' : 'application/json';
	const headers: Record<string, string> = { host: url.host };
	if (raw.length > 0) headers['content-type'] = contentType;
	for (const [key, value] of Object.entries(call.headers ?? {})) headers[key.toLowerCase()] = value;
	return {
		method,
		url: `${url.pathname}${url.search}`,
		originalUrl: `${url.pathname}${url.search}`,
		path: url.pathname,
		query: Object.fromEntries(url.searchParams),
		params: {} as Record<string, string>,
		headers,
		contentType: headers['content-type']?.split(';')[0],
		rawBody: raw,
		readRawBody: async () => {},
		body: call.form !== undefined ? { ...parseQuery(raw.toString()) } : (call.body ?? {}),
		ip: '127.0.0.1',
		ips: [],
		cookies: {},
		get: (name: string) => headers[name.toLowerCase()],
		header: (name: string) => headers[name.toLowerCase()],
	};
}

export type WebhookRequest = ReturnType<typeof requestOf>;

function rawBody({ body, form }: WebhookCall): Buffer {
	if (form !== undefined) return Buffer.from(typeof form === 'string' ? form : new URLSearchParams(form).toString());
	return body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(body));
}

/** The express response as far as nodes write it; `answer` resolves with the first complete one. */
export class ResponseRecorder {
	readonly answer: Promise<WebhookAnswer>;

	headersSent = false;

	writableEnded = false;

	statusCode = 200;

	locals = {};

	private resolve!: (answer: WebhookAnswer) => void;

	private readonly headers: Record<string, unknown> = {};

	private readonly chunks: Buffer[] = [];

	constructor() {
		this.answer = new Promise((resolve) => {
			this.resolve = resolve;
		});
	}

	/** Answers unless something was answered before. */
	finish(body: unknown, status = this.statusCode, headers: Record<string, unknown> = {}): void {
		if (this.writableEnded) return;
		for (const [name, value] of Object.entries(headers)) this.setHeader(name, value);
		this.headersSent = true;
		this.writableEnded = true;
		this.resolve({ status, headers: this.headers, body });
	}

	status(code: number): this {
		this.statusCode = code;
		return this;
	}

	setHeader(name: string, value: unknown): this {
		this.headers[name.toLowerCase()] = value;
		return this;
	}

	header(name: string, value: unknown): this {
		return this.setHeader(name, value);
	}

	set(name: string, value: unknown): this {
		return this.setHeader(name, value);
	}

	getHeader(name: string): unknown {
		return this.headers[name.toLowerCase()];
	}

	removeHeader(name: string): void {
		delete this.headers[name.toLowerCase()];
	}

	writeHead(code: number, headers: Record<string, unknown> = {}): this {
		for (const [name, value] of Object.entries(headers)) this.setHeader(name, value);
		return this.status(code);
	}

	type(contentType: string): this {
		return this.setHeader('content-type', contentType);
	}

	write(chunk: string | Buffer): boolean {
		this.chunks.push(Buffer.from(chunk));
		return true;
	}

	end(chunk?: string | Buffer): this {
		if (chunk !== undefined) this.write(chunk);
		this.finish(Buffer.concat(this.chunks).toString());
		return this;
	}

	send(body?: unknown): this {
		this.finish(body);
		return this;
	}

	json(body: unknown): this {
		this.finish(body);
		return this;
	}

	redirect(status: number, location: string): void {
		this.finish('', status, { location });
	}

	/** n8n's own page templates are not rendered here: the answer tells which page it would be. */
	render(page: string, values?: unknown): void {
		this.finish({ page, values });
	}

	once(): this {
		return this;
	}

	on(): this {
		return this;
	}
}
