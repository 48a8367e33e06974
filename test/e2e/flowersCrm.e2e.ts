import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Browser } from 'playwright-core';

import { FlowersOrder } from '../../demo/flowersOrder';
import { FlowerShop, VERTICAL } from '../../demo/flowerShop';
import { readVertical } from '../../tools/workflowsImport/vertical';
import { launchBrowser } from './browser';
import { ARTIFACTS, Editor } from './editor';

const WORKFLOWS = readVertical(VERTICAL).map(({ id, name, nodes }) => {
	return { id, name, nodes: nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote').map((node) => node.name) };
});

/** A workflow with a node that the pack does not have and one that lacks its credential, in a file. */
function brokenWorkflow(): { id: string; file: string } {
	const id = 'e2eBroken01';
	const node = { typeVersion: 1, parameters: { resource: 'api', operation: 'call', method: 'profile' } };
	const nodes = [
		{ ...node, id: 'gone', name: 'Gone', type: 'n8n-nodes-bitrix24-automation.gone', position: [0, 0] },
		{ ...node, id: 'bare', name: 'No credential', type: 'n8n-nodes-bitrix24-automation.bitrix24', position: [300, 0] },
	];
	const file = join(ARTIFACTS, 'broken.json');
	writeFileSync(
		file,
		JSON.stringify({ id, name: 'Broken', nodes, connections: {}, settings: { executionOrder: 'v1' } }),
	);
	return { id, file };
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

let shop: FlowerShop;

beforeAll(async () => {
	shop = await FlowerShop.open({ folder: mkdtempSync(join(tmpdir(), 'n8n-bitrix24-e2e-')), say });
});

afterAll(async () => {
	if (!shop) return;
	mkdirSync(ARTIFACTS, { recursive: true });
	copyFileSync(shop.n8n.logFile, join(ARTIFACTS, 'n8n.log'));
	await shop.close();
});

test('the import says that every workflow was published', () => {
	expect(shop.imported.workflows).toEqual(WORKFLOWS.map(({ id, name }) => ({ id, name, published: true })));
});

test('FL-08, FL-09, FL-10, FL-12: an order goes through a real n8n that is killed in the middle, every step once', async () => {
	const order = await FlowersOrder.place(shop.portal, say);
	await order.floristGetsTask();
	await shop.n8n.kill();
	say('n8n is killed');
	await order.floristCompletesTask();
	await shop.n8n.start();
	say('n8n is back');
	await order.reachesDelivery();
	await order.courierGetsTask();
	await order.courierCompletesTask();
	await order.isWon();
	await order.managerWasTold();
	await order.verify();
});

describe('the editor', () => {
	let browser: Browser;
	let editor: Editor;

	beforeAll(async () => {
		browser = await launchBrowser();
		editor = await Editor.logIn(browser, shop.n8n.url);
	});

	afterAll(async () => await browser?.close());

	const openDeals = async () => {
		const { id, nodes } = WORKFLOWS.find((workflow) => workflow.id === 'flowersDeals01') as (typeof WORKFLOWS)[number];
		await editor.openWorkflow(id, nodes.length);
	};

	test.each(WORKFLOWS)('shows "$name" without a missing node and without a warning', async ({ id, nodes }) => {
		await editor.openWorkflow(id, nodes.length);
		await editor.screenshot(`canvas-${id}`);
		const shown = await editor.nodesOnCanvas();
		expect(shown.map(({ name }) => name).sort()).toEqual([...nodes].sort());
		expect(shown.filter(({ installed, warned, hasIcon }) => !installed || warned || !hasIcon)).toEqual([]);
	});

	test('shows a missing node and a missing credential as such, so that the tests above mean something', async () => {
		const { id, file } = brokenWorkflow();
		await shop.n8n.command(['import:workflow', `--input=${file}`]);
		await editor.openWorkflow(id, 2);
		await editor.screenshot('canvas-broken');
		expect(await editor.nodesOnCanvas()).toEqual([
			expect.objectContaining({ name: 'Gone', installed: false }),
			expect.objectContaining({ name: 'No credential', installed: true, warned: true }),
		]);
	});

	test('finds the nodes of the pack, with their icons', async () => {
		await openDeals();
		const found = await editor.searchInPanel('bitrix24');
		await editor.screenshot('node-panel');
		expect(found).toEqual([
			{ name: 'Bitrix24', hasIcon: true },
			{ name: 'Bitrix24 Poll', hasIcon: true },
		]);
	});

	test('fills the list of stages from the portal', async () => {
		await openDeals();
		await editor.openNode('В «Доставку»');
		const stages = await editor.listOf('stage');
		await editor.screenshot('stage-list');
		expect([...stages].sort()).toEqual(
			['Выполнение заказа', 'Заказ собран', 'Доставка', 'Заказ выполнен', 'Сделка неуспешна'].sort(),
		);
	});

	test('tests the credential and says what is wrong with a bad one', async () => {
		await editor.openCredential('Bitrix24');
		expect(await editor.testSuccess()).toContain('Connection tested successfully');
		await editor.screenshot('credential-good');

		await editor.saveSecret(shop.portal.webhookUrl.replace(/[^/]+\/$/, 'wrongcode/'));
		const failure = await editor.testFailure();
		await editor.screenshot('credential-bad');
		expect(failure).toContain('The portal does not know this webhook');
		expect(failure).not.toContain('wrongcode');

		await editor.saveSecret(shop.portal.webhookUrl);
		expect(await editor.testSuccess()).toContain('Connection tested successfully');
	});
});
