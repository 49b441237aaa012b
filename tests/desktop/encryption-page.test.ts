/** Encrypting in a real Chromium: the way back before the first time, green names, who can open a file, the settings. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { startServer, type TestServer } from '../browser/browser.ts';
import { findAccessibilityProblems } from './accessibility.ts';
import { type ExplorerWindow, FileDesktop } from './files-desktop.ts';

const documents = '/Users/Owner/Documents';
let server: TestServer;

before(async () => {
	server = await startServer();
});
after(() => server.close());

async function openWith(desktop: FileDesktop, name: string): Promise<ExplorerWindow> {
	const explorer = await desktop.openFolder(documents);
	const folder = await desktop.hostFolder('x', { [name]: 'secret' });
	await desktop.dropFromHost([`${folder}/${name}`], explorer.grid('Documents'));
	await explorer.item(name).click();
	return explorer;
}

/** The properties of what is selected, at the tab Encryption. */
async function openEncryption(desktop: FileDesktop, explorer: ExplorerWindow, name: string): Promise<Locator> {
	await explorer.press('Alt+Enter');
	const properties = desktop.page.getByRole('dialog', { name: `Properties of ${name}` });
	await properties.getByRole('tab', { name: 'Encryption' }).click();
	await properties.getByRole('checkbox', { name: /^Encrypt/ }).waitFor();
	return properties;
}

async function isEncrypted(explorer: ExplorerWindow, name: string): Promise<void> {
	await explorer.item(name).and(explorer.window.locator('[aria-description="Encrypted"]')).waitFor();
}

test('the first file is encrypted when a recovery code was typed back, by keyboard; its name turns green', async () => {
	await using desktop = await FileDesktop.start(server);
	const { page } = desktop;
	const explorer = await openWith(desktop, 'plan.txt');
	const properties = await openEncryption(desktop, explorer, 'plan.txt');
	assert.deepEqual(await findAccessibilityProblems(page, properties), []);
	await properties.getByRole('checkbox', { name: 'Encrypt the content' }).press('Space');
	await properties.getByRole('button', { name: 'OK', exact: true }).press('Enter');
	const backup = page.getByRole('dialog', { name: 'A way back to encrypted files' });
	await backup.getByRole('button', { name: 'Continue' }).press('Enter');
	const code = await backup.getByRole('status', { name: 'Recovery code' }).textContent();
	const typed = backup.getByRole('textbox', { name: 'Type it back' });
	await typed.fill('0000-0000');
	await typed.press('Enter');
	await backup.getByRole('alert').getByText('This is not the code.').waitFor();
	assert.deepEqual(await findAccessibilityProblems(page, backup), []);
	await typed.fill(code?.toLowerCase() ?? '');
	await typed.press('Enter');
	await backup.getByRole('button', { name: 'Go on' }).press('Enter');
	await isEncrypted(explorer, 'plan.txt');
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme });
		assert.deepEqual(await findAccessibilityProblems(page, explorer.window), []);
	}

	const again = await openEncryption(desktop, explorer, 'plan.txt');
	await again.getByRole('listitem').getByText('Owner (you)').waitFor();
	assert.equal(await again.getByRole('checkbox', { name: 'Encrypt the content' }).isChecked(), true);
	assert.deepEqual(await findAccessibilityProblems(page, again), []);
	await page.keyboard.press('Escape');
	await explorer.press('Enter');
	const notepad = page.getByRole('dialog', { name: /plan\.txt/ });
	await notepad.getByText('secret').waitFor();
	await notepad.press('Alt+F4');
	// The next one needs no other way back.
	await explorer.item('plan.txt').click({ button: 'right' });
	await page.getByRole('menuitem', { name: 'Decrypt' }).click();
	await explorer.window.locator('[aria-description="Encrypted"]').waitFor({ state: 'detached' });
	await explorer.press('Control+z');
	await isEncrypted(explorer, 'plan.txt');
});

test('a backup of the keys is a way back when it was opened once', async () => {
	await using desktop = await FileDesktop.start(server);
	const { page } = desktop;
	const explorer = await openWith(desktop, 'bill.txt');
	await explorer.item('bill.txt').click({ button: 'right' });
	await page.getByRole('menuitem', { name: 'Encrypt' }).click();
	const backup = page.getByRole('dialog', { name: 'A way back to encrypted files' });
	await backup.getByRole('radio', { name: /A backup file/ }).press('Space');
	await backup.getByRole('button', { name: 'Continue' }).click();
	await backup.getByRole('textbox', { name: 'Passphrase', exact: true }).fill('blue sky over the sea');
	await backup.getByRole('textbox', { name: 'The same once more', exact: true }).fill('blue sky over the lake');
	await backup.getByRole('button', { name: 'Save the file' }).click();
	await backup.getByText('The two are not the same.').waitFor();
	await backup.getByRole('textbox', { name: 'The same once more', exact: true }).fill('blue sky over the sea');
	const downloading = page.waitForEvent('download');
	await backup.getByRole('button', { name: 'Save the file' }).click();
	const saved = await downloading;
	assert.equal(saved.suggestedFilename(), 'Keys of Owner.age');
	const path = await saved.path();
	assert.match(await readFile(path, 'latin1'), /^age-encryption\.org\/v1/);
	await backup.getByText('Now open it once').waitFor();
	assert.deepEqual(await findAccessibilityProblems(page, backup), []);
	const choosing = page.waitForEvent('filechooser');
	await backup.getByRole('button', { name: 'Choose the file…' }).click();
	await (await choosing).setFiles(path);
	await backup.getByRole('textbox', { name: 'Passphrase', exact: true }).fill('another one');
	await backup.getByRole('button', { name: 'Open it' }).click();
	await backup.getByText('this is not the passphrase of the backup').waitFor();
	await backup.getByRole('textbox', { name: 'Passphrase', exact: true }).fill('blue sky over the sea');
	await backup.getByRole('button', { name: 'Open it' }).click();
	await backup.getByRole('button', { name: 'Go on' }).click();
	await isEncrypted(explorer, 'bill.txt');
});

test('who wants no way back encrypts nothing', async () => {
	await using desktop = await FileDesktop.start(server);
	const { page } = desktop;
	const explorer = await openWith(desktop, 'note.txt');
	const properties = await openEncryption(desktop, explorer, 'note.txt');
	await properties.getByRole('checkbox', { name: 'Encrypt the content' }).press('Space');
	await properties.getByRole('button', { name: 'Apply' }).click();
	const backup = page.getByRole('dialog', { name: 'A way back to encrypted files' });
	await backup.getByRole('button', { name: 'Not now' }).click();
	await backup.waitFor({ state: 'detached' });
	await properties.getByRole('button', { name: 'Apply', disabled: false }).waitFor();
	assert.equal(await explorer.window.locator('[aria-description="Encrypted"]').count(), 0);
});

test('an administrator makes a recovery agent, who can then open what is encrypted', async () => {
	await using desktop = await FileDesktop.start(server);
	const { page } = desktop;
	await page.keyboard.press('Control+Escape');
	await page.getByRole('dialog', { name: 'Start menu' }).getByRole('combobox').fill('recovery agents');
	await page.getByRole('option', { name: /Recovery agents/ }).click();
	const settings = page.getByRole('dialog', { name: 'Encryption – Settings' });
	await settings.getByText('You have no way back yet.').waitFor();
	assert.deepEqual(await findAccessibilityProblems(page, settings), []);
	await settings.getByRole('button', { name: 'Manage agents…' }).click();
	await page
		.getByRole('dialog', { name: /administer this computer/ })
		.getByRole('button', { name: 'Yes' })
		.click();
	await settings.nth(1).getByRole('button', { name: 'Add an agent…' }).click();
	const add = page.getByRole('dialog', { name: 'Add a recovery agent' });
	await add.getByRole('textbox', { name: 'What the agent is called', exact: true }).fill('The office');
	await add.getByRole('textbox', { name: 'Passphrase of the file', exact: true }).fill('a long passphrase');
	await add.getByRole('textbox', { name: 'The same once more', exact: true }).fill('a long passphrase');
	assert.deepEqual(await findAccessibilityProblems(page, add), []);
	const downloading = page.waitForEvent('download');
	await add.getByRole('button', { name: 'Add', exact: true }).click();
	assert.equal((await downloading).suggestedFilename(), 'Recovery agent The office.age');
	await page.getByRole('button', { name: 'Remove The office' }).waitFor();
	const explorer = await openWith(desktop, 'list.txt');
	await explorer.item('list.txt').click({ button: 'right' });
	await page.getByRole('menuitem', { name: 'Encrypt' }).click();
	const backup = page.getByRole('dialog', { name: 'A way back to encrypted files' });
	await backup.getByRole('button', { name: 'Continue' }).click();
	const code = await backup.getByRole('status', { name: 'Recovery code' }).textContent();
	await backup.getByRole('textbox', { name: 'Type it back' }).fill(code ?? '');
	await backup.getByRole('button', { name: 'Done' }).click();
	await backup.getByRole('button', { name: 'Go on' }).click();
	await isEncrypted(explorer, 'list.txt');
	const properties = await openEncryption(desktop, explorer, 'list.txt');
	await properties.getByRole('listitem').filter({ hasText: 'The office' }).getByText('Recovery agent').waitFor();
});
