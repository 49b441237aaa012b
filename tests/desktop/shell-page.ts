/**
 * One desktop for all the tests of a file that look at the shell.
 *
 * Rules of use: `close` fails when a script of the page has failed in the meantime.
 */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { launchBrowser, startServer } from '../browser/browser.ts';
import { openDesktop } from '../browser/desktop-page.ts';

export interface ShellPage {
	readonly page: Page;
	close(): Promise<void>;
}

export async function openShellPage(): Promise<ShellPage> {
	const server = await startServer();
	const browser = await launchBrowser();
	const page = await browser.newPage();
	const failures: string[] = [];
	// Without motion a window stands where it will stay from the first moment.
	await page.emulateMedia({ reducedMotion: 'reduce' });
	page.on('pageerror', (error) => failures.push(error.message));
	await openDesktop(page, server.url);
	return {
		page,
		async close() {
			await browser.close();
			await server.close();
			assert.deepEqual(failures, []);
		},
	};
}
