/**
 * A desktop in a real Chromium for the tests of files, and the things a person does there.
 *
 * Rules of use: `await using desktop = await FileDesktop.start(server)`; each has a new profile, hence an empty volume.
 * Drops from the host are real ones: the browser gets paths of this computer, as from a file manager.
 */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { type LaunchOptions, launchBrowser, type TestBrowser, type TestServer } from '../browser/browser.ts';
import { openDesktop, settledBox } from '../browser/desktop-page.ts';

export class FileDesktop implements AsyncDisposable {
	readonly page: Page;
	/** Errors of the page; a test ends well only when there are none. */
	readonly errors: string[] = [];
	readonly #browser: TestBrowser;
	readonly #hostDirectories: string[] = [];

	private constructor(browser: TestBrowser, page: Page) {
		this.#browser = browser;
		this.page = page;
		page.on('pageerror', (error) => this.errors.push(String(error.stack)));
	}

	static async start(server: TestServer, options: LaunchOptions = {}): Promise<FileDesktop> {
		const browser = await launchBrowser(options);
		const desktop = new FileDesktop(browser, await browser.newPage());
		await openDesktop(desktop.page, server.url);
		return desktop;
	}

	/** Ends the whole browser without warning. */
	async kill(): Promise<void> {
		await this.#browser.kill();
	}

	get icons(): Locator {
		return this.page.getByRole('listbox', { name: 'Desktop', exact: true });
	}

	icon(name: string): Locator {
		return this.icons.getByRole('option', { name, exact: true });
	}

	/** Opens Explorer at a folder by its address. */
	async openFolder(folder: string): Promise<ExplorerWindow> {
		await this.icon('Computer').dblclick();
		const explorer = this.explorer('Computer');
		await explorer.grid('Computer').waitFor();
		return explorer.goTo(folder);
	}

	explorer(title: string): ExplorerWindow {
		return new ExplorerWindow(this.page, this.page.getByRole('dialog', { name: title, exact: true }));
	}

	/** Makes a folder on this computer from names and texts; a name that ends with `/` is a folder. */
	async hostFolder(name: string, tree: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
		const parent = await mkdtemp(path.join(tmpdir(), 'vitrine-host-'));
		this.#hostDirectories.push(parent);
		const folder = path.join(parent, name);
		await mkdir(folder, { recursive: true });
		for (const [file, content] of Object.entries(tree)) {
			const place = path.join(folder, file);
			await mkdir(file.endsWith('/') ? place : path.dirname(place), { recursive: true });
			if (!file.endsWith('/')) await writeFile(place, content);
		}
		return folder;
	}

	/** Drops files or folders of this computer on an element, as its file manager does. */
	async dropFromHost(paths: readonly string[], target: Locator, at = { x: 200, y: 200 }): Promise<void> {
		const box = await settledBox(target);
		const session = await this.page.context().newCDPSession(this.page);
		const data = { items: [], files: [...paths], dragOperationsMask: 1 };
		const point = { x: box.x + at.x, y: box.y + at.y };
		for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
			await session.send('Input.dispatchDragEvent', { type, ...point, data });
		}
		await session.detach();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#browser.close();
		for (const directory of this.#hostDirectories) await rm(directory, { recursive: true, force: true });
		assert.deepEqual(this.errors, []);
	}
}

export class ExplorerWindow {
	readonly page: Page;
	readonly window: Locator;

	constructor(page: Page, window: Locator) {
		this.page = page;
		this.window = window;
	}

	grid(name: string): Locator {
		return this.window.getByRole('grid', { name, exact: true });
	}

	/** The cell with the name of a file, in either view. */
	item(name: string): Locator {
		return this.window.getByRole('gridcell', { name, exact: true });
	}

	/** Goes to a folder by typing its address. */
	async goTo(folder: string): Promise<ExplorerWindow> {
		await this.window.getByRole('grid').press('Control+l');
		const field = this.window.getByRole('combobox', { name: 'Path' });
		await field.fill(folder);
		await field.press('Enter');
		const title = folder === '/' ? 'Computer' : path.posix.basename(folder);
		const there = new ExplorerWindow(this.page, this.page.getByRole('dialog', { name: title, exact: true }));
		await there.grid(title).waitFor();
		return there;
	}

	/** Names of the items in view, from the top. */
	async names(): Promise<string[]> {
		return this.window.locator('.file-label').allTextContents();
	}

	/** Waits until exactly these items are shown. */
	async shows(...names: readonly string[]): Promise<void> {
		await this.page.waitForFunction(
			([element, expected]) => {
				const labels = [...(element as Element).querySelectorAll('.file-grid .file-label')];
				return JSON.stringify(labels.map(({ textContent }) => textContent)) === expected;
			},
			[await this.window.elementHandle(), JSON.stringify(names)] as const,
		);
	}

	async press(...keys: readonly string[]): Promise<void> {
		for (const key of keys) await this.window.getByRole('grid').press(key);
	}

	async newFolder(name: string): Promise<void> {
		await this.press('Control+Shift+n');
		const field = this.window.getByRole('textbox', { name: 'New name for New folder' });
		await field.fill(name);
		await field.press('Enter');
		// The cell is named by the field's text already while it is typed; the label comes when the name is taken.
		await this.window.locator('.file-label').getByText(name, { exact: true }).waitFor();
	}
}
