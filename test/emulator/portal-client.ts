import { startEmulator, type Emulator, type EmulatorOptions } from '../../emulator';

export interface HttpAnswer {
	status: number;
	// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into whatever comes
	body: any;
}

const running: Emulator[] = [];

/** Starts a portal without limits at 12 January 2026, 9:00 Moscow time; closed by `closePortals`. */
export async function openPortal(options: EmulatorOptions = {}): Promise<Emulator> {
	const portal = await startEmulator({ startAt: '2026-01-12T09:00:00+03:00', limits: 'off', ...options });
	running.push(portal);
	return portal;
}

export async function closePortals(): Promise<void> {
	await Promise.all(running.splice(0).map((portal) => portal.close()));
}

/** Posts JSON to an address and reads JSON. */
export async function post(url: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<HttpAnswer> {
	const response = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: JSON.stringify(body),
	});
	return readAnswer(response);
}

export async function readAnswer(response: Response): Promise<HttpAnswer> {
	return { status: response.status, body: await response.json() };
}

/** Calls a method through the administrator's webhook. */
export function rest(portal: Emulator, method: string, params: unknown = {}): Promise<HttpAnswer> {
	return post(`${portal.webhookUrl}${method}`, params);
}

/** `string`, `number`, `boolean`, `null`, `array` or `object` for every key: the shape of a documented example. */
export function kinds(value: object): Record<string, string> {
	return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, kind(one)]));
}

function kind(value: unknown): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
}
