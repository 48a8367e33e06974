import { randomBytes } from 'node:crypto';

import { RestError } from '../rest/rest-error';

/** All scopes that the emulated methods know; what an administrator ticks for a full-access webhook. */
export const ALL_SCOPES = [
	...['crm', 'task', 'tasks', 'bizproc', 'user', 'user_basic', 'user_brief', 'department', 'im', 'lists'],
	...['calendar', 'userfieldconfig', 'disk', 'timeman', 'log', 'sonet_group', 'catalog', 'documentgenerator'],
];

/** With what a call identifies itself. */
export interface Credential {
	kind: 'webhook' | 'application' | 'inside';
	/** Keeps the operating ledgers of different webhooks and applications apart. */
	key: string;
	userId: number;
	scopes: string[];
}

interface Token {
	value: string;
	userId: number;
	expires: number;
}

export interface TokenPair {
	access: string;
	refresh: string;
	expires: number;
	userId: number;
}

const ACCESS_MS = 3_600_000;
const REFRESH_MS = 180 * 24 * ACCESS_MS;
const CODE_MS = 30_000;

/** The secrets of the portal: incoming webhooks, and the codes and tokens of its one local application (settings/oauth/index.md). */
export class Credentials {
	readonly clientId = `local.${randomBytes(7).toString('hex')}.${Math.trunc(1e7 + randomBytes(3).readUIntBE(0, 3))}`;
	readonly clientSecret = randomBytes(25).toString('hex');
	readonly applicationToken = randomBytes(16).toString('hex');
	readonly memberId = randomBytes(16).toString('hex');
	/** Where the application's card sends the browser after the authorization; '' = where the request asks to. */
	redirectUri = '';
	applicationScopes: string[] = ALL_SCOPES;

	private readonly webhooks = new Map<string, Credential>();
	private readonly codes = new Map<string, Token>();
	private readonly accessTokens = new Map<string, Token>();
	private readonly refreshTokens = new Map<string, Token>();

	constructor(private readonly now: () => number) {}

	/** Makes an incoming webhook of that user; returns `{userId}/{code}`. */
	issueWebhook(userId: number, scopes: string[]): string {
		const code = randomBytes(8).toString('hex');
		this.webhooks.set(code, { kind: 'webhook', key: `webhook ${this.webhooks.size + 1}`, userId, scopes });
		return `${userId}/${code}`;
	}

	/** Throws 401 NO_AUTH_FOUND (system-errors.md). */
	byWebhook(userId: number, code: string): Credential {
		const credential = this.webhooks.get(code);
		if (!credential || credential.userId !== userId)
			throw new RestError('NO_AUTH_FOUND', 'Wrong authorization data', 401);
		return credential;
	}

	/** Throws 401 NO_AUTH_FOUND or expired_token. */
	byAccessToken(value: string): Credential {
		const token = this.accessTokens.get(value);
		if (!token) throw new RestError('NO_AUTH_FOUND', 'Wrong authorization data', 401);
		if (token.expires <= this.now()) {
			throw new RestError('expired_token', 'The access token provided has expired', 401);
		}
		return { kind: 'application', key: 'application', userId: token.userId, scopes: this.applicationScopes };
	}

	/** An authorization code; lives 30 seconds and works once. */
	issueCode(userId: number): string {
		return this.issue(this.codes, userId, CODE_MS);
	}

	/** A pair for the code, or undefined if the code is unknown, used or too old. */
	exchangeCode(code: string): TokenPair | undefined {
		return this.exchange(this.codes, code);
	}

	/** A new pair; the refresh token that was sent is worth nothing afterwards. */
	refresh(refreshToken: string): TokenPair | undefined {
		return this.exchange(this.refreshTokens, refreshToken);
	}

	issuePair(userId: number): TokenPair {
		const access = this.issue(this.accessTokens, userId, ACCESS_MS);
		const refresh = this.issue(this.refreshTokens, userId, REFRESH_MS);
		return { access, refresh, expires: this.now() + ACCESS_MS, userId };
	}

	private exchange(tokens: Map<string, Token>, value: string): TokenPair | undefined {
		const token = tokens.get(value);
		tokens.delete(value);
		return token && token.expires > this.now() ? this.issuePair(token.userId) : undefined;
	}

	private issue(tokens: Map<string, Token>, userId: number, lifetimeMs: number): string {
		const value = randomBytes(16).toString('hex');
		tokens.set(value, { value, userId, expires: this.now() + lifetimeMs });
		return value;
	}
}
