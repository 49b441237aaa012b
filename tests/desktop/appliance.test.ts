/** A PC that does one thing alone: set up in Settings, started, its keys, its watchdog, what it keeps, and the way out. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { launchBrowser, type TestBrowser } from '../browser/browser.ts';
import {
	automaticUrl,
	desktopIcon,
	openDesktop,
	settledBox,
	startButton,
	startProgram,
	waitForDesktop,
	windowNamed,
} from '../browser/desktop-page.ts';
import { type PcServer, startPcServer } from '../browser/pc-server.ts';
import { until } from '../browser/until.ts';
import { findAccessibilityProblems } from './accessibility.ts';

const elevation = (page: Page) => page.getByRole('dialog', { name: /administer this computer/ });

async function runInTerminal(page: Page, command: string): Promise<void> {
	const terminal = await startProgram(page, 'Terminal');
	const shows = (words: string) => terminal.locator('.xterm-rows').filter({ hasText: words }).waitFor();
	await shows('~ $');
	await terminal.getByRole('textbox').and(page.locator(':focus')).waitFor();
	await page.keyboard.type(`${command} && echo all-is-"done"`);
	await page.keyboard.press('Enter');
	await shows('all-is-done');
	await page.keyboard.press('Alt+F4');
	await terminal.waitFor({ state: 'detached' });
}

const text = (page: Page) => page.getByRole('textbox', { name: 'Text' });

describe('a PC that does one thing alone', { timeout: 600_000 }, () => {
	let server: PcServer;
	let browser: TestBrowser;
	let page: Page;
	before(async () => {
		server = await startPcServer();
		browser = await launchBrowser();
		page = await browser.newPage();
		await openDesktop(page, server.url);
	});
	after(async () => {
		await browser.close();
		await server[Symbol.asyncDispose]();
	});

	/** The power goes, and comes back: what was not on the disk is gone. */
	async function turnOffAndOn(): Promise<void> {
		await server.powerCycle();
		await page.goto('about:blank');
		await page.goto(automaticUrl(server.url));
		await page.waitForFunction(() => performance.getEntriesByName('desktop-ready').length > 0);
	}

	it('is set up in Settings, and says what it will do', async () => {
		await runInTerminal(page, 'mkdir Orders; echo first > Orders/list.txt');
		const settings = await startProgram(page, 'Settings');
		await settings.getByRole('searchbox').fill('appliance');
		await settings.getByRole('navigation').getByText('One program alone').click();
		const section = settings.getByRole('region', { name: 'One program alone' });
		await section.getByRole('button', { name: 'Choose…' }).click();
		const dialog = page.getByRole('dialog', { name: 'The program or file to show' });
		await dialog.getByRole('textbox', { name: 'Name' }).fill('/Users/Owner/Orders/list.txt');
		await page.keyboard.press('Enter');
		await section.getByText('/Users/Owner/Orders/list.txt').waitFor();
		assert.deepEqual(await findAccessibilityProblems(page, settings), []);
		await section.getByRole('button', { name: 'Show this program alone' }).click();
		await elevation(page).getByRole('button', { name: 'Yes' }).click();
		await section.getByText('list.txt fills the screen from the next start on').waitFor();
		assert.equal(await startButton(page).count(), 1);
	});

	it('shows the program alone, over the whole screen, and no key of the desktop leads out of it', async () => {
		await turnOffAndOn();
		const notepad = windowNamed(page, /list/);
		await notepad.waitFor();
		const size = page.viewportSize();
		assert.deepEqual(await settledBox(notepad), { x: 0, y: 0, ...size });
		assert.equal(await startButton(page).count(), 0);
		assert.equal(await notepad.getByRole('button', { name: 'Close' }).isVisible(), false);
		for (const key of [
			...['Alt+F4', 'Alt+Tab', 'Meta', 'Alt+Home', 'Control+Escape', 'Control+Shift+Escape', 'Control+Alt+Delete'],
			...['PrintScreen', 'Meta+KeyL', 'Meta+KeyE', 'Meta+ArrowDown', 'Alt+Space', 'Alt+Shift+KeyD', 'Alt+Shift+KeyL'],
		])
			await page.keyboard.press(key);
		assert.deepEqual(await settledBox(notepad), { x: 0, y: 0, ...size });
		assert.equal(await page.locator('[data-window]').count(), 1);
		assert.equal(await page.getByRole('dialog', { name: /Security options|Start menu/ }).count(), 0);
	});

	it('keeps what is written into a kept folder, and starts the program again when it ends', async () => {
		await text(page).click();
		await page.keyboard.press('Control+End');
		await page.keyboard.type('second');
		await page.keyboard.press('Control+s');
		await windowNamed(page, /^list/).waitFor();
		const first = await page.locator('[data-window]').getAttribute('data-window');
		await page.getByRole('menuitem', { name: 'File' }).click();
		await page.getByRole('menuitem', { name: /^(Exit|Close)/ }).click();
		await page.locator(`[data-window]:not([data-window="${first}"])`).waitFor();
		await page.keyboard.press('Control+Shift+s');
		const dialog = page.getByRole('dialog', { name: /Save as/i });
		await dialog.getByRole('textbox', { name: 'Name' }).fill('/Users/Owner/Documents/forgotten.txt');
		await page.keyboard.press('Enter');
		await windowNamed(page, /^forgotten/).waitFor();
		await turnOffAndOn();
		await text(page)
			.filter({ hasText: /^firstsecond$/ })
			.waitFor();
	});

	it('is left by an administrator, and is an ordinary PC until its next start', async () => {
		await page.keyboard.press('Control+Alt+Shift+KeyA');
		await elevation(page).waitFor();
		await page.keyboard.press('Escape');
		await elevation(page).waitFor({ state: 'detached' });
		assert.equal(await startButton(page).count(), 0);
		await until(
			async () => {
				await page.keyboard.press('Control+Alt+Shift+KeyA');
				return elevation(page).isVisible();
			},
			async () => 'an administrator is asked for again',
		);
		const reloaded = page.waitForEvent('load');
		await elevation(page).getByRole('button', { name: 'Yes' }).click();
		await reloaded;
		await waitForDesktop(page);
		await desktopIcon(page, 'Recycle Bin').waitFor();
		await runInTerminal(page, 'cat Orders/list.txt; test ! -e Documents/forgotten.txt');
	});

	it('is an ordinary PC that says why, when a folder to keep is not there any more', async () => {
		await runInTerminal(page, 'mv Orders Gone');
		await turnOffAndOn();
		await page.getByText('This PC does not do what it is set up to do by itself').waitFor();
		await startButton(page).waitFor();
	});
});
