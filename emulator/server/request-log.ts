/** One HTTP request to REST. A batch is one entry with its commands. */
export interface RequestLogEntry {
	/** ISO 8601 in the portal's zone. */
	time: string;
	method: string;
	/** Secrets masked. */
	params: Record<string, unknown>;
	commands?: Array<{ method: string; params: Record<string, unknown> }>;
	/** HTTP status; 0 = the connection was cut. */
	status: number;
	error?: string | number;
	userId?: number;
}

const SECRETS = ['auth', 'access_token', 'refresh_token', 'client_secret'];

export class RequestLog {
	readonly log: RequestLogEntry[] = [];

	add(entry: RequestLogEntry): void {
		this.log.push({ ...entry, params: masked(entry.params) });
	}

	clear(): void {
		this.log.length = 0;
	}

	/** Number of requests, or of those that called the method directly. */
	count(method?: string): number {
		return method
			? this.log.filter((entry) => entry.method.toLowerCase() === method.toLowerCase()).length
			: this.log.length;
	}
}

function masked(params: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(params).map(([name, value]) => [name, SECRETS.includes(name.toLowerCase()) ? '***' : value]),
	);
}
