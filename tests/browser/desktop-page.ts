/**
 * The desktop as a person meets it, for tests, benchmarks and screenshots: parts by role and name, deeds by mouse and keys.
 *
 * Rules of use: everything waits for what a person would see; nothing here reaches into the page's own objects.
 */
import type { Locator, Page } from 'playwright-core';

/** The address under which a new volume sets itself up: one account without a password, which logs on by itself. */
export function automaticUrl(url: string): string {
	const address = new URL(url);
	address.searchParams.set('set-up', 'automatic');
	return address.href;
}

/** Loads the desktop, on a new volume without the set-up screen, and waits until it can be used. */
export async function openDesktop(page: Page, url: string): Promise<void> {
	await page.goto(automaticUrl(url));
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

/** Windows of the desktop that is shown; those of others who are logged on have the same numbers. */
const shownWindows = '.session-desktop:not([hidden]) [data-window]';

/** A window by its title. */
export const windowNamed = (page: Page, title: string | RegExp): Locator =>
	page.locator('[data-window]').and(page.getByRole('dialog', { name: title }));

export interface Box {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** Where an element stands once its motion has ended: frame after frame was drawn, and it stood where it was. */
export function settledBox(element: Locator): Promise<Box> {
	return element.evaluate(async (node) => {
		const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
		for (let last = ''; ; ) {
			await Promise.allSettled(node.getAnimations().map((animation) => animation.finished));
			await drawn();
			const { x, y, width, height } = node.getBoundingClientRect();
			const now = JSON.stringify({ x, y, width, height });
			if (now === last) return { x, y, width, height };
			last = now;
		}
	});
}

export const titleBar = (window: Locator): Locator => window.locator('header').first();

/** Starts a program as a person does: Start, its name, Enter. Returns its window, which has the keyboard. */
export async function startProgram(page: Page, title: string): Promise<Locator> {
	const windows = page.locator(shownWindows);
	const before = await windows.evaluateAll((all) => all.map((window) => window.getAttribute('data-window') ?? ''));
	await startButton(page).click();
	const search = startMenu(page).getByRole('combobox');
	await search.fill(title);
	await startMenu(page).getByRole('option', { name: title, exact: true }).first().waitFor();
	await search.press('Enter');
	const known = before.map((id) => `:not([data-window="${id}"])`).join('');
	const opened = page.locator(`${shownWindows}${known}`);
	await opened.waitFor();
	const window = page.locator(`${shownWindows}[data-window="${await opened.getAttribute('data-window')}"]`);
	await window.and(page.locator(':focus-within')).waitFor();
	return window;
}

/** Starts Notepad; what is typed now arrives in its text. */
export async function startNotepad(page: Page): Promise<Locator> {
	const notepad = await startProgram(page, 'Notepad');
	await notepad.getByRole('textbox', { name: 'Text' }).and(page.locator(':focus')).waitFor();
	return notepad;
}

/**
 * Resolves when what the desktop remembers is on the volume. That is written some moments after the last change, by a
 * timer of the page, and the volume stores in the order of the calls: so a folder that is made later and shows is
 * stored after it.
 */
export async function waitUntilKept(page: Page): Promise<void> {
	await page.evaluate(() => new Promise((done) => setTimeout(done, 600)));
	const icons = page.getByRole('listbox', { name: 'Desktop' });
	await icons.focus();
	await page.keyboard.press('Escape');
	await page.keyboard.press('Shift+F10');
	await page.getByRole('menuitem', { name: 'New folder' }).click();
	await page.getByRole('textbox', { name: 'New name for New folder' }).fill('Made afterwards');
	await page.keyboard.press('Enter');
	await icons.getByText('Made afterwards', { exact: true }).waitFor();
}

/** A file or folder in an Explorer window. */
export const gridItem = (window: Locator, name: string): Locator =>
	window.getByRole('grid').getByRole('gridcell', { name, exact: true }).first();
