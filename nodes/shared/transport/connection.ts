import type { RequestLimits } from './governor';

/** What came back over HTTP. `body` is parsed JSON, or text when the answer is not JSON. */
export interface HttpAnswer {
	status: number;
	body: unknown;
	location?: string;
}

/** One way into one portal. Knows address and secret, neither of which leaves it. */
export interface Connection {
	/** Host name and port; portals are told apart by it. */
	readonly host: string;
	/** IANA zone of the portal. */
	readonly zone: string;
	readonly limits: RequestLimits;
	/** Posts JSON. Throws a ConnectionFault when no answer came; every HTTP status is an answer. */
	send(method: string, parameters: Record<string, unknown>): Promise<HttpAnswer>;
}

/** The request was not answered. `sent` is false when it surely did not reach the portal. */
export class ConnectionFault extends Error {
	readonly name = 'ConnectionFault';

	constructor(
		readonly reason: string,
		readonly sent: boolean,
	) {
		super(reason);
	}
}

const NEVER_SENT: Record<string, string> = {
	ENOTFOUND: 'the address is unknown',
	EAI_AGAIN: 'the address could not be looked up',
	ECONNREFUSED: 'the connection was refused',
	EHOSTUNREACH: 'the host cannot be reached',
	ENETUNREACH: 'the network cannot be reached',
	CERT_HAS_EXPIRED: 'the certificate has expired',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is self-signed',
	SELF_SIGNED_CERT_IN_CHAIN: 'the certificate is self-signed',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate cannot be verified',
	ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate belongs to another address',
};

const CUT: Record<string, string> = {
	ECONNRESET: 'the connection was cut',
	EPIPE: 'the connection was cut',
	ECONNABORTED: 'no answer in time',
	ETIMEDOUT: 'no answer in time',
	ERR_CANCELED: 'the run was cancelled',
};

/** Tells from the error of an HTTP client what happened, without its text, which may hold the address. */
export function connectionFault(error: unknown): ConnectionFault {
	const code = errorCode(error);
	if (code !== undefined && code in NEVER_SENT) return new ConnectionFault(NEVER_SENT[code], false);
	return new ConnectionFault(
		(code !== undefined && CUT[code]) || `the connection failed${code ? ` with ${code}` : ''}`,
		true,
	);
}

function errorCode(error: unknown, depth = 0): string | undefined {
	if (typeof error !== 'object' || error === null || depth > 4) return undefined;
	const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown[] };
	if (typeof code === 'string' && /^[A-Z_]{4,}$/.test(code)) return code;
	return errorCode(cause, depth + 1) ?? errorCode(errors?.[0], depth + 1);
}
