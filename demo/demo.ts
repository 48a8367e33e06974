import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Command } from 'commander';
import { DateTime } from 'luxon';

import { FlowersOrder } from './flowersOrder';
import { FlowerShop } from './flowerShop';
import { whatToTry } from './whatToTry';
import { onEndingSignal } from './realN8n/childProcesses';

const say = (line: string): void => console.log(line);

async function main(): Promise<void> {
	const program = new Command('demo')
		.description(
			'A flower shop on an emulated Bitrix24 portal, its flows in a real n8n, and one order going through them',
		)
		.option('--once', 'end after the order: 0 if the portal then holds what it should', false)
		.option('--n8n-port <number>', 'port of n8n, if free', '5678')
		.option('--portal-port <number>', 'port of the portal; 0 = any free one', '0')
		.parse();
	const { once, n8nPort, portalPort } = program.opts<{ once: boolean; n8nPort: string; portalPort: string }>();

	const folder = mkdtempSync(join(tmpdir(), 'n8n-bitrix24-demo-'));
	let shop: FlowerShop | undefined;
	const stop = async () => {
		if (shop) say('Stopping n8n and the portal');
		await shop?.close();
		rmSync(folder, { recursive: true, force: true });
	};
	onEndingSignal(stop);
	try {
		shop = await FlowerShop.open({ folder, n8nPort: Number(n8nPort), portalPort: Number(portalPort), say });
		await story(shop);
		if (!once) {
			say(whatToTry(shop).join('\n'));
			// n8n and the portal keep this process alive until Ctrl-C.
			return;
		}
	} catch (error) {
		say(error instanceof Error ? error.message : String(error));
		if (shop) say(`\nThe end of n8n's log:\n${shop.n8n.lastLines()}`);
		process.exitCode = 1;
	}
	await stop();
	process.exit();
}

async function story({ portal }: FlowerShop): Promise<void> {
	const tell = (line: string): void => {
		const time = DateTime.fromMillis(portal.clock.now(), { zone: 'Europe/Moscow' });
		say(`  ${time.toFormat('HH:mm:ss')}  ${line}`);
	};
	say('\nOne order of the flower shop. The flows look at the portal once a minute, so it takes a few minutes.\n');
	const order = await FlowersOrder.place(portal, tell);
	await order.floristGetsTask();
	await order.floristCompletesTask();
	await order.reachesDelivery();
	await order.courierGetsTask();
	await order.courierCompletesTask();
	await order.isWon();
	await order.managerWasTold();
	await order.verify();
	say('\nThe portal holds what it should: the deal is won, each task was given once, the manager knows every stage.');
}

void main();
