/** The screens before the desktops as a person meets them, for tests: parts by role and name, deeds by mouse and keys. */
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { launchBrowser, startServer, type TestServer } from '../browser/browser.ts';
import { startButton, startMenu, startProgram, waitForDesktop, windowNamed } from '../browser/desktop-page.ts';

/** A page of a new browser without motion; `close` fails when a script of the page has failed meanwhile. */
export interface WatchedPage {
	readonly server: TestServer;
	readonly page: Page;
	close(): Promise<void>;
}

export async function openWatchedPage(): Promise<WatchedPage> {
	const server = await startServer();
	const browser = await launchBrowser();
	const page = await browser.newPage();
	const failures: string[] = [];
	await page.emulateMedia({ reducedMotion: 'reduce' });
	page.on('pageerror', (error) => failures.push(error.message));
	const close = async (): Promise<void> => {
		await browser.close();
		await server.close();
		assert.deepEqual(failures, []);
	};
	return { server, page, close };
}

export const logonScreen = (page: Page): Locator => page.getByRole('dialog', { name: 'Log on' });

export const setUpScreen = (page: Page): Locator => page.getByRole('dialog', { name: 'Set up Vitrine' });

export const passwordField = (page: Page): Locator => logonScreen(page).getByLabel('Password', { exact: true });

/** Resolves when no screen stands before the desktop. */
export const uncovered = (page: Page): Promise<void> => page.locator('dialog.logon').waitFor({ state: 'detached' });

/** Sets a new computer up for somebody without a password. */
export async function setUp(page: Page, url: string, name: string): Promise<void> {
	await page.goto(url);
	await setUpScreen(page).getByLabel('Your name').fill(name);
	await page.keyboard.press('Enter');
	await waitForDesktop(page);
}

/** What stands in Start beside “Shut down”. */
export async function choosePower(page: Page, label: string): Promise<void> {
	await startButton(page).click();
	await startMenu(page).getByRole('button', { name: 'More power options' }).click();
	await page.getByRole('menuitem', { name: label, exact: true }).click();
}

/** Chooses who logs on, of several. */
export const choosePerson = (page: Page, name: string): Promise<void> =>
	logonScreen(page)
		.getByRole('button', { name: new RegExp(`^${name}`) })
		.click();

/** The window in which an administrator who has agreed manages people. */
export async function managePeople(page: Page): Promise<Locator> {
	const settings = await startProgram(page, 'Settings');
	await settings.getByRole('button', { name: 'People', exact: true }).click();
	await settings.getByRole('button', { name: 'Manage people…' }).click();
	await page
		.getByRole('dialog', { name: /administer this computer/ })
		.getByRole('button', { name: 'Yes' })
		.click();
	const managing = windowNamed(page, /People/).filter({ has: page.getByRole('button', { name: 'Add a person…' }) });
	await managing.waitFor();
	return managing;
}

/** Adds somebody, as an administrator; without a password when none is given. */
export async function addPerson(
	managing: Locator,
	name: string,
	password = '',
	{ mustChange = false, administrator = false } = {},
): Promise<void> {
	await managing.getByRole('button', { name: 'Add a person…' }).click();
	const dialog = managing.getByRole('dialog', { name: 'Add a person' });
	await dialog.getByLabel('Name', { exact: true }).fill(name);
	if (administrator) await dialog.getByRole('radio', { name: /^Administrator/ }).press('Space');
	if (password !== '') {
		await dialog.getByLabel('Password (optional)', { exact: true }).fill(password);
		await dialog.getByLabel('The same once more', { exact: true }).fill(password);
		if (!mustChange) await dialog.getByRole('checkbox').click({ force: true });
	}
	await dialog.getByRole('button', { name: 'Add', exact: true }).click();
	await dialog.waitFor({ state: 'detached' });
	await managing.getByText(name, { exact: true }).waitFor();
}
