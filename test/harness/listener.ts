import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { WebhookAnswer, WebhookCall } from './webhook-call';

/** A small HTTP server in front of the harness, for portals that deliver events over HTTP. */
export class Listener {
	private server?: Server;

	port = 0;

	/** @param deliver takes path with query and the call */
	constructor(private readonly deliver: (path: string, call: WebhookCall) => Promise<WebhookAnswer>) {}

	async start(): Promise<string> {
		this.server = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				const { url = '/', method, headers } = request;
				const raw = Buffer.concat(chunks).toString();
				const call: WebhookCall = {
					method,
					headers: headers as Record<string, string>,
					...bodyOf(raw, headers['content-type']),
				};
				this.deliver(url, call).then(
					({ status, headers: answered, body }) => {
						response.statusCode = status;
						for (const [name, value] of Object.entries(answered)) response.setHeader(name, value as string);
						const isText = typeof body === 'string' || Buffer.isBuffer(body);
						if (!isText && body !== undefined && !response.hasHeader('content-type'))
							response.setHeader('content-type', 'application/json');
						response.end(isText ? body : body === undefined ? undefined : JSON.stringify(body));
					},
					(error: Error) => {
						response.statusCode = 500;
						response.end(JSON.stringify({ message: error.message }));
					},
				);
			});
		});
		await new Promise<void>((resolve) => this.server!.listen(0, '127.0.0.1', resolve));
		this.port = (this.server.address() as AddressInfo).port;
		return `http://127.0.0.1:${this.port}`;
	}

	async stop(): Promise<void> {
		this.server?.closeAllConnections();
		await new Promise<void>((resolve) => (this.server ? this.server.close(() => resolve()) : resolve()));
	}
}

function bodyOf(raw: string, contentType = ''): Pick<WebhookCall, 'body' | 'form'> {
	if (raw === '') return {};
	if (contentType.startsWith('application/x-www-form-urlencoded')) return { form: raw };
	return { body: contentType.startsWith('application/json') ? JSON.parse(raw) : raw };
}
