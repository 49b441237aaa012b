/** What people change of their own account and administrators of others', in Settings, and what it does at the logon screen. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import type { TestServer } from '../browser/browser.ts';
import { openDesktop, startProgram } from '../browser/desktop-page.ts';
import { findAccessibilityProblems } from './accessibility.ts';
import {
	addPerson,
	choosePerson,
	choosePower,
	logonScreen,
	managePeople,
	openWatchedPage,
	passwordField,
	uncovered,
	type WatchedPage,
} from './logon-page.ts';

const first = 'the first one';
let watched: WatchedPage;
let server: TestServer;
let page: Page;

before(async () => {
	watched = await openWatchedPage();
	({ server, page } = watched);
	await openDesktop(page, server.url);
});
after(() => watched.close());

const exact = { exact: true };

async function openAccount(): Promise<Locator> {
	const settings = await startProgram(page, 'Settings');
	await settings.getByRole('button', { name: 'Your account', exact: true }).click();
	await settings.getByRole('heading', { name: 'Picture' }).waitFor();
	return settings;
}

/** Presses a button of the page and gives the dialogue that opens. */
async function openDialog(settings: Locator, button: string, title: string): Promise<Locator> {
	await settings.getByRole('button', { name: button, ...exact }).click();
	const dialog = settings.getByRole('dialog', { name: title });
	await dialog.waitFor();
	return dialog;
}

async function type(text: string): Promise<void> {
	await page.keyboard.type(text);
	await page.keyboard.press('Enter');
}

async function lock(): Promise<void> {
	await page.keyboard.press('Alt+Shift+KeyL');
	await logonScreen(page).getByText('Locked').waitFor();
}

/** Answers for a security key with a finger on it, as the debugger of the browser plays it. */
async function plugInAuthenticator(): Promise<void> {
	const session = await page.context().newCDPSession(page);
	await session.send('WebAuthn.enable');
	await session.send('WebAuthn.addVirtualAuthenticator', {
		options: {
			...{ protocol: 'ctap2', ctap2Version: 'ctap2_1', transport: 'internal', hasResidentKey: true },
			...{ hasUserVerification: true, hasPrf: true, isUserVerified: true, automaticPresenceSimulation: true },
		},
	});
}

suite('Your account', () => {
	test('gets a password where there was none, and is locked by it from then on', async () => {
		const settings = await openAccount();
		assert.deepEqual(await findAccessibilityProblems(page, settings), []);
		const dialog = await openDialog(settings, 'Set a password…', 'Set a password');
		await dialog.getByLabel('New password', exact).fill(first);
		await dialog.getByLabel('The same once more', exact).fill(first);
		await dialog.getByRole('button', { name: 'Set', ...exact }).click();
		await settings.getByText('You have a password').waitFor();
		await lock();
		await type(first);
		await uncovered(page);
		await settings.getByRole('button', { name: 'Close' }).first().click();
	});

	test('gets a recovery code, which is shown, and counts when it was typed back', async () => {
		const settings = await openAccount();
		const asked = await openDialog(settings, 'Make one…', 'Make a recovery code');
		await asked.getByLabel('Your password now', exact).fill('not it');
		await page.keyboard.press('Enter');
		await asked.getByText('That is not the password of this account.').waitFor();
		await asked.getByLabel('Your password now', exact).fill(first);
		await page.keyboard.press('Enter');
		const shown = settings.getByRole('dialog', { name: 'Your recovery code' });
		const code = (await shown.getByLabel('Recovery code').textContent()) ?? '';
		await shown.getByLabel('Type it back').fill(code);
		await page.keyboard.press('Enter');
		await settings.getByText('You have a recovery code').waitFor();
	});

	test('is opened by a passkey, and no more once that was removed', async () => {
		await plugInAuthenticator();
		const settings = await openAccount();
		const dialog = await openDialog(settings, 'Add a passkey…', 'Add a passkey');
		await dialog.getByLabel('What to call it').fill('My key');
		await dialog.getByLabel('Your password now', exact).fill(first);
		await page.keyboard.press('Enter');
		await settings.getByText('My key', exact).waitFor();
		await lock();
		await logonScreen(page).getByRole('button', { name: 'Use a passkey' }).click();
		await uncovered(page);
		await settings.getByRole('button', { name: 'Remove the passkey “My key”' }).click();
		await settings.getByText('My key', exact).waitFor({ state: 'detached' });
		await lock();
		await logonScreen(page).getByRole('button', { name: 'Use a passkey' }).waitFor({ state: 'detached' });
		await type(first);
		await uncovered(page);
	});
});

suite('People under an administrator', () => {
	let managing: Locator;

	test('one who was added must choose another password at the first logon', async () => {
		managing = await managePeople(page);
		await addPerson(managing, 'Bert', 'given to Bert', { mustChange: true });
		await choosePower(page, 'Switch user');
		await choosePerson(page, 'Bert');
		await passwordField(page).and(page.locator(':focus')).waitFor();
		await type('given to Bert');
		await logonScreen(page).getByLabel('New password', exact).and(page.locator(':focus')).waitFor();
		await page.keyboard.type('chosen by Bert');
		await page.keyboard.press('Tab');
		await page.keyboard.press('Tab');
		await type('chosen by Bert');
		await uncovered(page);
	});

	test('an administrator agrees at the screen of a standard user, by the right password alone', async () => {
		const settings = await startProgram(page, 'Settings');
		await settings.getByRole('button', { name: 'People', exact: true }).click();
		await settings.getByRole('button', { name: 'Manage people…' }).click();
		const question = page.getByRole('dialog', { name: /administer this computer/ });
		await question.getByRole('radio', { name: 'Owner' }).waitFor();
		assert.deepEqual(await findAccessibilityProblems(page, question), []);
		await question.getByLabel('Password of the administrator', exact).fill('chosen by Bert');
		await question.getByRole('button', { name: 'Yes' }).click();
		await question.getByText('That is not the password of this account.').waitFor();
		await question.getByLabel('Password of the administrator', exact).fill(first);
		await question.getByRole('button', { name: 'Yes' }).click();
		await question.waitFor({ state: 'detached' });
		await page.getByRole('button', { name: 'Add a person…' }).waitFor();
	});

	test('a forgotten password is set anew after a warning, and the old one no longer counts', async () => {
		await choosePower(page, 'Log off');
		await choosePerson(page, 'Owner');
		await passwordField(page).and(page.locator(':focus')).waitFor();
		await type(first);
		await uncovered(page);
		await managing.getByRole('button', { name: 'Manage Bert' }).click();
		await page.getByRole('menuitem', { name: 'Set a password…' }).click();
		const dialog = managing.getByRole('dialog', { name: 'Set a password for Bert' });
		await dialog
			.getByText(/encrypted/)
			.first()
			.waitFor();
		await dialog.getByLabel('New password', exact).fill('set by Owner');
		await dialog.getByLabel('The same once more', exact).fill('set by Owner');
		await dialog.getByRole('checkbox').click({ force: true });
		await dialog.getByRole('button', { name: 'Set the password' }).click();
		await dialog.waitFor({ state: 'detached' });
		await choosePower(page, 'Switch user');
		await choosePerson(page, 'Bert');
		await passwordField(page).and(page.locator(':focus')).waitFor();
		await type('chosen by Bert');
		await logonScreen(page).getByText('That is not the password of this account.').waitFor();
		await passwordField(page).and(page.locator(':focus')).waitFor();
		await type('set by Owner');
		await uncovered(page);
	});
});
