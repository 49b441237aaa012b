/** Vitrine as `npm start` serves it, for the script that measures desktops. */
import type { Page } from 'playwright-core';
import { startServer } from '../tests/browser/browser.ts';
import type { DesktopSite } from './desktop-site.ts';

export async function openVitrine(): Promise<DesktopSite> {
	const server = await startServer();
	return {
		name: 'Vitrine',
		url: server.url,
		startButton: (page) => page.getByRole('button', { name: 'Start', exact: true }),
		startMenu: (page) => page.getByRole('searchbox', { name: /search/i }),
		async openFiles(page) {
			await startProgram(page, 'Explorer');
			return page.getByRole('dialog').last().locator('header').first();
		},
		[Symbol.asyncDispose]: () => server.close(),
	};
}

/** Resolves when a person can work with the desktop. */
export async function waitForDesktop(page: Page): Promise<void> {
	await page.waitForFunction(() => performance.getEntriesByName('desktop-interactive').length > 0);
}

/** Starts a program as a person does: Start, the first letters, Enter. */
export async function startProgram(page: Page, title: string): Promise<void> {
	const windows = page.getByRole('dialog');
	const before = await windows.count();
	await page.getByRole('button', { name: 'Start', exact: true }).click();
	await page.keyboard.type(title);
	await page.getByRole('option', { name: title }).first().waitFor();
	await page.keyboard.press('Enter');
	await windows.nth(before).waitFor();
}
