import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { startEmulator, type Emulator } from '../emulator';
import { importWorkflows, type ImportResult } from '../tools/workflowsImport/importVertical';
import { userFolderTarget } from '../tools/workflowsImport/userFolderTarget';
import { readVertical } from '../tools/workflowsImport/vertical';
import { installN8n } from './realN8n/installN8n';
import { installPack, packPack } from './realN8n/packedPack';
import { RealN8n } from './realN8n/realN8n';

export const VERTICAL = 'flowers-crm';

const TIME_ZONE = 'Europe/Moscow';
const POLLS_WITHIN_MS = 120_000;

export interface FlowerShopOptions {
	/** Empty folder for the pack's tarball, n8n's data and its log. */
	folder: string;
	/** Taken if free; default: any free one. */
	n8nPort?: number;
	portalPort?: number;
	say: (line: string) => void;
}

/** A flower shop's portal with a real n8n in which its flows are published: what the demo shows and the end-to-end test tries. */
export class FlowerShop {
	private constructor(
		readonly portal: Emulator,
		readonly n8n: RealN8n,
		readonly imported: ImportResult,
		private readonly folder: string,
	) {}

	/** Resolves when the flows watch the portal. What was started is stopped when something fails. */
	static async open({ folder, n8nPort, portalPort, say }: FlowerShopOptions): Promise<FlowerShop> {
		const installed = await installN8n(say);
		say('Building and packing the node pack');
		const pack = await packPack(join(folder, 'pack'));
		const portal = await startEmulator({ seed: 'demo', port: portalPort, timeZone: TIME_ZONE });
		const userFolder = join(folder, 'n8n');
		const n8n = await RealN8n.in(installed, { userFolder, port: n8nPort, timeZone: TIME_ZONE });
		try {
			await installPack(pack, userFolder);
			say(`Importing and publishing the flows of ${VERTICAL} (half a minute)`);
			const imported = await importFlows(portal, n8n, userFolder);
			say(`Starting n8n ${installed.version}`);
			await n8n.start();
			await n8n.setUpOwner();
			const shop = new FlowerShop(portal, n8n, imported, folder);
			await shop.flowsWatch();
			return shop;
		} catch (error) {
			await n8n.kill();
			await portal.close();
			throw error;
		}
	}

	/** Stops n8n and the portal and removes what they stored. */
	async close(): Promise<void> {
		await this.n8n.stop();
		await this.portal.close();
		rmSync(this.folder, { recursive: true, force: true });
	}

	/** The flows note where they begin when n8n activates them; only what happens after that is theirs. */
	private async flowsWatch(): Promise<void> {
		const giveUpAt = performance.now() + POLLS_WITHIN_MS;
		const calls = (method: string) => this.portal.requests.count(method);
		while (calls('crm.stagehistory.list') < 2 || calls('tasks.task.list') < 1) {
			if (performance.now() > giveUpAt) throw new Error(`The flows do not watch the portal:\n${this.n8n.lastLines()}`);
			await pause(300);
		}
	}
}

async function importFlows(portal: Emulator, n8n: RealN8n, userFolder: string): Promise<ImportResult> {
	const result = await importWorkflows({
		workflows: readVertical(VERTICAL),
		target: userFolderTarget(userFolder, (args) => n8n.command(args)),
		answers: {
			choose: async () => undefined,
			webhookUrl: async () => portal.webhookUrl,
			timeZone: async () => TIME_ZONE,
		},
		replace: false,
	});
	if (result.byHand.length > 0) throw new Error(`The flows could not be published:\n${result.byHand.join('\n')}`);
	return result;
}
