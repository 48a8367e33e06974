import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { Browser, Locator, Page } from 'playwright-core';

import { OWNER } from '../../demo/realN8n/realN8n';

/** Folder of the screenshots; out of git. */
export const ARTIFACTS = resolve(__dirname, '../../artifacts/e2e');

export interface NodeOnCanvas {
	name: string;
	type: string;
	/** Whether n8n has a node of this type. */
	installed: boolean;
	/** Whether n8n draws a warning on it. */
	warned: boolean;
	/** Whether its icon is shown: an image that was loaded, or a drawing. */
	hasIcon: boolean;
}

export interface NodeInPanel {
	name: string;
	hasIcon: boolean;
}

const id = (name: string): string => `[data-test-id="${name}"]`;

// A broken or missing image has no width; n8n's own icons are drawings or glyphs.
const iconIsShown = (element: { querySelector(selector: string): unknown }): boolean => {
	const image = element.querySelector('.n8n-node-icon img') as { naturalWidth: number } | null;
	return image ? image.naturalWidth > 0 : element.querySelector('.n8n-node-icon svg') !== null;
};

/** n8n's editor as a person uses it. */
export class Editor {
	private constructor(
		private readonly page: Page,
		private readonly url: string,
	) {}

	static async logIn(browser: Browser, url: string): Promise<Editor> {
		const page = await browser.newPage({ viewport: { width: 1600, height: 1000 }, locale: 'en-US' });
		page.setDefaultTimeout(60_000);
		page.on('dialog', (dialog) => void dialog.accept());
		await page.goto(`${url}/signin`);
		await page.locator('input[name=emailOrLdapLoginId]').fill(OWNER.email);
		await page.locator('input[name=password]').fill(OWNER.password);
		await page
			.locator(`${id('form-submit-button')}, button[type=submit]`)
			.first()
			.click();
		await page.waitForURL(/\/(home|workflow)/);
		mkdirSync(ARTIFACTS, { recursive: true });
		return new Editor(page, url);
	}

	/** Opens a workflow that has so many nodes, notes not counted. */
	async openWorkflow(workflowId: string, nodeCount: number): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${workflowId}`);
		await this.page
			.locator(id('canvas-node'))
			.nth(nodeCount - 1)
			.waitFor();
		await this.page.waitForLoadState('networkidle');
		await this.dismissChecklist();
	}

	async nodesOnCanvas(): Promise<NodeOnCanvas[]> {
		const nodes: NodeOnCanvas[] = [];
		for (const node of await this.nodes().all()) {
			const count = async (name: string) => await node.locator(id(name)).count();
			nodes.push({
				name: (await node.getAttribute('data-node-name')) ?? '',
				type: (await node.getAttribute('data-node-type')) ?? '',
				installed: (await count('node-not-installed')) === 0,
				warned: (await count('node-issues')) + (await count('canvas-node-status-warning')) > 0,
				hasIcon: await node.evaluate(iconIsShown),
			});
		}
		return nodes;
	}

	/** What the panel for adding nodes finds. */
	async searchInPanel(words: string): Promise<NodeInPanel[]> {
		await this.page.locator(id('node-creator-plus-button')).click();
		await this.page.locator(id('node-creator-search-bar')).fill(words);
		const items = this.page.locator(id('item-iterator-item'));
		// Before it has searched, the panel offers something else.
		await items
			.filter({ hasText: new RegExp(words, 'i') })
			.first()
			.waitFor();
		await this.page.waitForLoadState('networkidle');
		const found: NodeInPanel[] = [];
		for (const item of await items.all()) {
			const name = await item.locator(id('node-creator-item-name')).innerText();
			found.push({ name, hasIcon: await item.evaluate(iconIsShown) });
		}
		return found;
	}

	async openNode(name: string): Promise<void> {
		await this.page.locator(`${id('canvas-node')}[data-node-name="${name}"]`).dblclick();
		await this.page.locator(id('ndv')).waitFor();
	}

	/** Sets a choice of the open node to "From List" and returns what the list offers. */
	async listOf(parameter: string): Promise<string[]> {
		const locator = this.page.locator(id(`resource-locator-${parameter}`)).first();
		await locator.locator(id('rlc-mode-selector')).click();
		await this.page
			.locator(`${id('mode-list')}:visible`)
			.first()
			.click();
		await locator.locator(id('rlc-input')).click();
		const items = this.page.locator(`${id('rlc-item')}:visible`);
		await items.first().waitFor();
		return await items.allInnerTexts();
	}

	/** Opens a credential by its name, which makes n8n test it. */
	async openCredential(name: string): Promise<void> {
		await this.page.goto(`${this.url}/home/credentials`);
		await this.page.locator(id('resources-list-item')).getByText(name, { exact: true }).click();
		await this.page.locator(id('credential-edit-dialog')).waitFor();
	}

	/** Writes a secret into the open credential and saves it, which makes n8n test it. */
	async saveSecret(value: string): Promise<void> {
		await this.page
			.locator(`${id('credential-edit-dialog')} input[type=password]`)
			.first()
			.fill(value);
		await this.page.locator(id('credential-save-button')).click();
	}

	/** What n8n says about the open credential when its test has passed. */
	async testSuccess(): Promise<string> {
		const banner = this.page.locator(id('credentials-config-container-test-success'));
		await banner.waitFor();
		return await banner.innerText();
	}

	/** What n8n says about the open credential when its test has failed, details included. */
	async testFailure(): Promise<string> {
		const banner = this.page.locator(`${id('node-credentials-config-container')} .el-tag--danger:visible`);
		await banner.waitFor();
		const more = banner.getByText('More details');
		if (await more.isVisible()) await more.click();
		return await banner.innerText();
	}

	async screenshot(name: string): Promise<void> {
		await this.page.screenshot({ path: join(ARTIFACTS, `${name}.png`) });
	}

	private nodes(): Locator {
		return this.page.locator(id('canvas-node'));
	}

	/** n8n's advice lies over the canvas. */
	private async dismissChecklist(): Promise<void> {
		await this.page.keyboard.press('Escape');
		await this.page.locator(id('canvas')).click({ position: { x: 5, y: 500 } });
	}
}
