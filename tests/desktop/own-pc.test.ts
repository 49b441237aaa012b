/** What only a PC of its own has: Ctrl+Alt+Del, pictures of the screen, and drives that people plug in. */
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { launchBrowser, type TestBrowser } from '../browser/browser.ts';
import { desktopIcon, openDesktop, windowNamed } from '../browser/desktop-page.ts';
import { type PcServer, startPcServer } from '../browser/pc-server.ts';
import { until } from '../browser/until.ts';
import { findAccessibilityProblems } from './accessibility.ts';
import { ExplorerWindow } from './files-desktop.ts';

const stick = { identifier: 'sdb1@7', name: 'KINGSTON', format: 'vfat', sizeBytes: 8_053_063_680, readOnly: false };

describe('a PC of its own', { timeout: 600_000 }, () => {
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

	it('shows at Ctrl+Alt+Del what is not a program’s to take: lock, log off, Task Manager', async () => {
		await page.keyboard.press('Control+Alt+Delete');
		const options = page.getByRole('dialog', { name: 'Security options' });
		await options.waitFor();
		assert.deepEqual(await findAccessibilityProblems(page, options), []);
		await page.keyboard.press('ArrowDown');
		assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Switch user');
		await page.keyboard.press('Escape');
		await options.waitFor({ state: 'detached' });
		await page.keyboard.press('Control+Alt+Delete');
		await options.getByRole('button', { name: 'Task Manager' }).click();
		await windowNamed(page, 'Task Manager').waitFor();
		await page.keyboard.press('Alt+F4');
	});

	it('keeps a picture of the screen in Pictures, and says so', async () => {
		await page.keyboard.press('PrintScreen');
		await page.getByText('Picture of the screen taken').waitFor();
		await page.getByText(/\/Users\/Owner\/Pictures\/Screen .*\.png/).waitFor();
	});

	it('tells of a stick, opens it, takes a file from it and puts one on it, and lets it go', async () => {
		const files = path.join(server.drives, stick.identifier);
		await mkdir(files, { recursive: true });
		await writeFile(path.join(files, 'LATHE.COM'), 'a program');
		server.verbs.set('drive.list', async () => [stick]);
		const card = page.getByText('KINGSTON is plugged in');
		await card.waitFor();
		await page.getByRole('button', { name: 'Open', exact: true }).click();
		const explorer = new ExplorerWindow(page, windowNamed(page, 'KINGSTON'));
		await explorer.item('LATHE.COM').click();
		await page.keyboard.press('Control+c');
		const documents = await explorer.goTo('/Users/Owner/Documents');
		await page.keyboard.press('Control+v');
		await documents.item('LATHE.COM').waitFor();
		await documents.item('LATHE.COM').click();
		await page.keyboard.press('F2');
		const field = documents.window.getByRole('textbox', { name: 'New name for LATHE.COM' });
		await field.fill('RESULT.COM');
		await field.press('Enter');
		// The cell is named by the field's text already while it is typed; the label comes when the name is taken.
		await documents.window.locator('.file-label').getByText('RESULT.COM', { exact: true }).click();
		await page.keyboard.press('Control+c');
		const there = await documents.goTo('/Drives/KINGSTON');
		await page.keyboard.press('Control+v');
		await there.item('RESULT.COM').waitFor();
		await until(
			async () => (await readFile(path.join(files, 'RESULT.COM'), 'utf8').catch(() => '')) === 'a program',
			async () => 'the copy on the stick',
		);
		await there.window.getByRole('button', { name: 'Safely remove KINGSTON' }).click();
		await page.getByText('KINGSTON can be unplugged').waitFor();
		assert.equal(await there.window.getByRole('button', { name: /^Save to your computer/ }).count(), 0);
	});

	it('gives the page nothing of the browser’s that could cover the desktop', async () => {
		const left = await page.evaluate(() => {
			const opened = open('about:blank');
			Object.assign(document.createElement('input'), { type: 'file' }).click();
			return {
				opened,
				picker: 'showOpenFilePicker' in globalThis && Boolean(globalThis['showOpenFilePicker' as never]),
			};
		});
		assert.deepEqual(left, { opened: undefined, picker: false });
		await page.evaluate(() => location.assign('/icon.svg'));
		await desktopIcon(page, 'Recycle Bin').waitFor();
		assert.equal(browser.context.pages().length, 1);
	});
});
