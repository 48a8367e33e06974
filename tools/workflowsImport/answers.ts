import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

import type { CredentialRow } from './n8nTarget';
import type { Answers } from './linkCredentials';

/** What was said on the command line or in the environment. */
export interface Given {
	webhookUrl?: string;
	timeZone?: string;
	/** Name of the credential that is meant. */
	credential?: string;
}

/** Answers with what was given, and asks for the rest if somebody sits at the terminal. */
export function answersFrom(given: Given, atTerminal: boolean): Answers {
	const ask = async (question: string, options: { secret?: boolean; otherwise?: string } = {}) =>
		atTerminal ? (await askAtTerminal(question, options.secret ?? false)) || options.otherwise : undefined;
	let zone = given.timeZone;
	return {
		async choose(wanted: CredentialRow, among: CredentialRow[]) {
			const names = among.map(({ name }) => `"${name}"`).join(', ');
			const name = given.credential ?? (await ask(`Credential for "${wanted.name}", one of ${names}: `));
			return among.find((row) => row.name === name);
		},
		webhookUrl: async () =>
			given.webhookUrl ?? (await ask('Address of the incoming webhook of the portal (not shown): ', { secret: true })),
		async timeZone() {
			zone ??= await ask('Time zone of the portal [Europe/Moscow]: ', { otherwise: 'Europe/Moscow' });
			if (zone !== undefined) requireTimeZone(zone);
			return zone;
		},
	};
}

/** @throws Error when this is no IANA name of a zone */
export function requireTimeZone(name: string): void {
	try {
		new Intl.DateTimeFormat('en', { timeZone: name });
	} catch {
		throw new Error(`"${name}" is no IANA time zone. Examples: Europe/Moscow, Asia/Yekaterinburg`);
	}
}

/** One line from the terminal; what is typed in answer to a secret question does not appear. */
async function askAtTerminal(question: string, secret: boolean): Promise<string> {
	const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
	const terminal = createInterface({ input: process.stdin, output: secret ? silent : process.stdout, terminal: true });
	terminal.once('SIGINT', () => process.exit(1));
	try {
		if (secret) process.stdout.write(question);
		return (await terminal.question(secret ? '' : question)).trim();
	} finally {
		if (secret) process.stdout.write('\n');
		terminal.close();
	}
}
