import { Command, Option } from 'commander';

import { startEmulator, type EmulatorOptions } from './index';

interface CliOptions {
	port: string;
	seed: NonNullable<EmulatorOptions['seed']>;
	clock?: string;
	limits: NonNullable<EmulatorOptions['limits']>;
}

/** Starts the portal from the command line and stops it on Ctrl-C. */
async function main(): Promise<void> {
	const program = new Command('emulator')
		.description('Bitrix24 portal emulator')
		.option('--port <number>', 'port on 127.0.0.1, 0 = any free one', '5900')
		.addOption(new Option('--seed <name>', 'data to begin with').choices(['empty', 'flowers', 'demo']).default('demo'))
		.option('--clock <time>', 'start of the portal clock, ISO 8601 with offset; default: now')
		.addOption(
			new Option('--limits <plan>', 'request limits').choices(['off', 'standard', 'enterprise']).default('standard'),
		)
		.parse();
	const { port, seed, clock, limits } = program.opts<CliOptions>();
	if (clock !== undefined && Number.isNaN(Date.parse(clock))) program.error(`--clock is no ISO 8601 time: ${clock}`);
	const emulator = await startEmulator({ port: Number(port), seed, startAt: clock, limits });
	const { oauth } = emulator;
	process.stdout.write(
		[
			`Portal             ${emulator.url}`,
			`Incoming webhook   ${emulator.webhookUrl}`,
			`OAuth client ID    ${oauth.clientId}`,
			`OAuth secret       ${oauth.clientSecret}`,
			`Authorization URL  ${oauth.authorizationUrl}`,
			`Access token URL   ${oauth.accessTokenUrl}`,
			`Control API        ${emulator.url}/_emulator/info`,
			'Stop with Ctrl-C.',
			'',
		].join('\n'),
	);
	const stop = () => {
		void emulator.close().then(() => process.exit(0));
	};
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exit(1);
});
