/**
 * The desktop as a person meets it, for tests, benchmarks and screenshots: parts by role and name, deeds by mouse and keys.
 *
 * Rules of use: everything waits for what a person would see; nothing here reaches into the page's own objects.
 */
import type { Locator, Page } from 'playwright-core';

/** Loads the desktop and waits until it can be used. */
export async function openDesktop(page: Page, url: string): Promise<void> {
	await page.goto(url);
	await waitForDesktop(page);
}

/** Resolves when a person can work with the desktop. */
export async function waitForDesktop(page: Page): Promise<void> {
	await page.waitForFunction(() => performance.getEntriesByName('desktop-ready').length > 0);
	await desktopIcon(page, 'Recycle Bin').waitFor();
}

export const startButton = (page: Page): Locator => page.getByRole('button', { name: 'Start', exact: true });

export const startMenu = (page: Page): Locator => page.getByRole('dialog', { name: 'Start menu' });

export const desktopIcon = (page: Page, name: string): Locator =>
	page.getByRole('listbox', { name: 'Desktop' }).getByRole('option', { name, exact: true });

/** A window by its title. */
export const windowNamed = (page: Page, title: string | RegExp): Locator =>
	page.locator('[data-window]').and(page.getByRole('dialog', { name: title }));

/** Where a window stands once its motion has ended: two looks, one after the other, are the same. */
export async function settledBox(window: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
	for (let last = ''; ; ) {
		await window.evaluate((element) =>
			Promise.allSettled(element.getAnimations().map((animation) => animation.finished)),
		);
		const box = await window.boundingBox();
		if (box !== null && JSON.stringify(box) === last) return box;
		last = JSON.stringify(box);
	}
}

export const titleBar = (window: Locator): Locator => window.locator('header').first();

/** Starts a program as a person does: Start, its name, Enter. Returns its window. */
export async function startProgram(page: Page, title: string): Promise<Locator> {
	const windows = page.locator('[data-window]');
	const before = await windows.evaluateAll((all) => all.map((window) => window.getAttribute('data-window') ?? ''));
	await startButton(page).click();
	const search = startMenu(page).getByRole('combobox');
	await search.fill(title);
	await startMenu(page).getByRole('option', { name: title, exact: true }).first().waitFor();
	await search.press('Enter');
	const known = before.map((id) => `:not([data-window="${id}"])`).join('');
	const opened = page.locator(`[data-window]${known}`);
	await opened.waitFor();
	return page.locator(`[data-window="${await opened.getAttribute('data-window')}"]`);
}

/** A file or folder in an Explorer window. */
export const gridItem = (window: Locator, name: string): Locator =>
	window.getByRole('grid').getByRole('gridcell', { name, exact: true }).first();
