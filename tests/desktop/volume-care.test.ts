/** A person looks after the volume: checks it, saves it as one file while working, and puts it back in Recovery. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { launchBrowser, startServer, type TestBrowser } from '../browser/browser.ts';
import { openDesktop, startProgram, windowNamed } from '../browser/desktop-page.ts';
import { findAccessibilityProblems } from './accessibility.ts';

describe('looking after the volume', { timeout: 600_000 }, () => {
	let server: Awaited<ReturnType<typeof startServer>>;
	let browser: TestBrowser;
	let page: Page;
	let settings: Locator;
	let copy: Buffer;

	before(async () => {
		server = await startServer();
		browser = await launchBrowser();
		page = await browser.newPage();
		await openDesktop(page, server.url);
	});
	after(async () => {
		await browser.close();
		await server.close();
	});

	async function runInTerminal(command: string, shown?: RegExp): Promise<void> {
		const terminal = await startProgram(page, 'Terminal');
		const screen = terminal.locator('.xterm-rows');
		await screen.filter({ hasText: '~ $' }).waitFor();
		// What opens a window takes the keyboard away.
		await page.keyboard.type(shown === undefined ? `${command}; exit\n` : `${command}\n`);
		if (shown !== undefined) {
			await screen.filter({ hasText: shown }).waitFor();
			await page.keyboard.type('exit\n');
		}
		await terminal.waitFor({ state: 'detached' });
	}

	it('checks it, and gives room back', async () => {
		await runInTerminal('echo kept > kept.txt; volume check', /every checksum is right/);
		await runInTerminal('start settings storage');
		settings = windowNamed(page, 'Storage – Settings');
		await settings.getByRole('button', { name: 'Check the volume now' }).click();
		await settings.getByText('All is well.').waitFor();
		await settings.getByRole('button', { name: 'Give it back' }).click();
		await settings.getByText(/were given back/).waitFor();
		assert.deepEqual(await findAccessibilityProblems(page, settings), []);
	});

	it('saves a copy of all as one file, when an administrator says yes', async () => {
		// The dialogue of the browser cannot be answered by a test: the file is a private one of the origin.
		await page.evaluate(() => {
			const picked = async () => (await navigator.storage.getDirectory()).getFileHandle('copy', { create: true });
			Object.assign(window, { showSaveFilePicker: picked });
		});
		await settings.getByText('none yet').first().waitFor();
		await settings.getByRole('button', { name: 'Save a copy…' }).click();
		const question = page.getByRole('dialog', { name: /administer this computer/ });
		await question.getByRole('button', { name: 'Yes' }).click();
		await settings.getByText(/saved\. Keep it on another disk/).waitFor();
		const text = await page.evaluate(async () => {
			const file = await (await navigator.storage.getDirectory()).getFileHandle('copy');
			const bytes = new Uint8Array(await (await file.getFile()).arrayBuffer());
			let binary = '';
			for (let at = 0; at < bytes.length; at += 0x8000)
				binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
			return btoa(binary);
		});
		copy = Buffer.from(text, 'base64');
		assert.equal(copy.subarray(0, 15).toString(), 'SQLite format 3');
	});

	it('puts it back in Recovery, and keeps the volume that was there', async () => {
		await runInTerminal('echo later > later.txt; tr a-z A-Z < later.txt', /LATER/);
		await page.goto(`${server.url}?recovery`);
		const recovery = page.getByRole('alertdialog', { name: 'Recovery' });
		await recovery.waitFor();
		assert.deepEqual(await findAccessibilityProblems(page, recovery), []);
		const pick = async (name: string, buffer: Buffer): Promise<void> => {
			const chooser = page.waitForEvent('filechooser');
			await recovery.getByRole('button', { name: 'Restore from a file…' }).click();
			await (await chooser).setFiles({ name, mimeType: 'application/octet-stream', buffer });
		};
		await pick('part.vitrine', copy.subarray(0, copy.length - 9000));
		await recovery.getByText(/Nothing was restored.*only a part of one/).waitFor();
		await pick('whole.vitrine', copy);
		await recovery.getByText(/The volume is restored/).waitFor();
		await recovery.getByText(/An earlier volume is kept \(volume\)/).waitFor();
		await openDesktop(page, server.url);
		await runInTerminal('tr a-z A-Z < kept.txt', /KEPT/);
		await runInTerminal('test -e later.txt || echo gone | tr a-z A-Z', /GONE/);
	});

	it('uses the earlier volume again when a person says so', async () => {
		await page.goto(`${server.url}?recovery`);
		const recovery = page.getByRole('alertdialog', { name: 'Recovery' });
		await recovery.getByRole('button', { name: 'Use it again' }).click();
		await recovery.getByText(/An earlier volume is kept \(volume-1\)/).waitFor();
		await recovery.getByRole('button', { name: 'Remove it for good' }).click();
		await recovery.getByText(/An earlier volume is kept/).waitFor({ state: 'detached' });
		await openDesktop(page, server.url);
		await runInTerminal('tr a-z A-Z < later.txt', /LATER/);
	});
});
