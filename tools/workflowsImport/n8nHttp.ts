import axios, { type AxiosInstance } from 'axios';

export interface N8nHttp {
	/** The answer's body; rejects with n8n's own words when n8n refused. */
	ask<T>(method: 'get' | 'post' | 'put' | 'patch', path: string, body?: object): Promise<T>;
	/** The same, but nothing when n8n does not know what is asked for. */
	find<T>(path: string): Promise<T | undefined>;
	readonly client: AxiosInstance;
}

export function n8nHttp(baseURL: string, headers: Record<string, string>): N8nHttp {
	const client = axios.create({ baseURL, headers, timeout: 60_000, validateStatus: () => true });
	const refused = (path: string, status: number, body: unknown) => {
		const said = (body as { message?: string } | undefined)?.message ?? '';
		return new Error(`n8n answered ${status} to ${path}${said ? `: ${said}` : ''}`);
	};
	return {
		client,
		async ask<T>(method: string, path: string, body?: object) {
			const { status, data } = await client.request<T>({ method, url: path, data: body });
			if (status >= 400) throw refused(path, status, data);
			return data;
		},
		async find<T>(path: string) {
			const { status, data } = await client.get<T>(path);
			if (status === 404 || status === 403) return undefined;
			if (status >= 400) throw refused(path, status, data);
			return data;
		},
	};
}
