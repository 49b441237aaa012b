/** Properties in a real Chromium: tabs, permissions, and what they come to; by keyboard where a keyboard is named. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { startServer, type TestServer } from '../browser/browser.ts';
import { findAccessibilityProblems } from './accessibility.ts';
import { type ExplorerWindow, FileDesktop } from './files-desktop.ts';

let server: TestServer;

before(async () => {
	server = await startServer();
});
after(() => server.close());

/** Opens the properties of the item that has the focus in Explorer, at the tab Security. */
async function openSecurity(desktop: FileDesktop, explorer: ExplorerWindow, name: string): Promise<Locator> {
	await explorer.item(name).click();
	await explorer.press('Alt+Enter');
	const properties = desktop.page.getByRole('dialog', { name: `Properties of ${name}`, exact: true });
	await properties.getByRole('tab', { name: 'Security' }).click();
	await properties.getByText('Who may do what').waitFor();
	return properties;
}

async function choose(desktop: FileDesktop, dialog: Locator, label: string, option: string): Promise<void> {
	await dialog.getByRole('button', { name: label }).click();
	await desktop.page.getByRole('option', { name: option, exact: true }).click();
}

test('an entry is added by the keyboard alone, stays, and undo takes it back', async () => {
	await using desktop = await FileDesktop.start(server);
	const { page } = desktop;
	page.setDefaultTimeout(20_000);
	const explorer = await desktop.openFolder('/Users/Owner/Documents');
	await explorer.newFolder('plans');
	await explorer.press('p', 'Alt+Enter');
	const properties = page.getByRole('dialog', { name: 'Properties of plans' });
	const focused = properties.locator(':focus');
	await properties.getByRole('button', { name: 'OK' }).and(page.locator(':focus')).waitFor();
	// From OK round to the tabs, then to Security, and into its page.
	await properties.getByRole('tab', { name: 'General' }).press('ArrowRight');
	await properties.getByRole('tab', { name: 'Security', selected: true }).waitFor();
	await properties.getByRole('option', { name: /^Owner \(you\): Everything/ }).waitFor();
	await properties.getByRole('button', { name: 'Add…' }).press('Enter');
	const add = properties.getByRole('dialog', { name: 'Add to who may do what' });
	await add
		.getByRole('button', { name: /^All users/ })
		.and(focused)
		.waitFor();
	await page.keyboard.press('ArrowDown');
	await page.getByRole('option', { name: 'All users', exact: true }).press('Enter');
	await add.getByRole('button', { name: 'Add', exact: true }).press('Enter');
	const entry = properties.getByRole('option', { name: 'All users: Read and run' });
	await entry.getByText('Set here').waitFor();
	await properties.getByRole('button', { name: 'OK' }).press('Enter');
	await properties.waitFor({ state: 'detached' });

	const again = await openSecurity(desktop, explorer, 'plans');
	await again.getByRole('option', { name: 'All users: Read and run' }).waitFor();
	await page.keyboard.press('Escape');
	await again.waitFor({ state: 'detached' });
	await explorer.press('Control+z');
	const undone = await openSecurity(desktop, explorer, 'plans');
	await undone.getByRole('option', { name: /^Owner \(you\)/ }).waitFor();
	assert.equal(await undone.getByRole('option', { name: /^All users/ }).count(), 0);
});

test('who would lock themselves out is told, asked, and can go back', async () => {
	await using desktop = await FileDesktop.start(server);
	const explorer = await desktop.openFolder('/Users/Owner/Documents');
	await explorer.newFolder('mine');
	const properties = await openSecurity(desktop, explorer, 'mine');
	await properties.getByRole('checkbox', { name: 'Takes what the folder “Documents” hands down' }).press('Space');
	await properties.getByRole('button', { name: 'Remove them' }).click();
	await properties.getByRole('alert').getByText('You could no longer open it or change it yourself.').waitFor();
	await properties.getByText('Nobody may open or change it. Its owner may change these permissions.').waitFor();
	await properties.getByRole('button', { name: 'OK', exact: true }).click();
	const question = properties.getByRole('dialog', { name: 'You would lock yourself out' });
	assert.deepEqual(await findAccessibilityProblems(desktop.page, properties), []);
	await question.getByRole('button', { name: 'Go back' }).press('Enter');
	await properties.getByRole('button', { name: 'Undo' }).click();
	await properties.getByRole('option', { name: /^Owner \(you\): Everything/ }).waitFor();
	assert.equal(await properties.getByRole('alert').count(), 0);
});

test('what somebody may do is told with the reason, also before it is stored', async () => {
	await using desktop = await FileDesktop.start(server);
	const explorer = await desktop.openFolder('/');
	const properties = await openSecurity(desktop, explorer, 'System');
	const deed = (words: string) => properties.getByRole('row', { name: new RegExp(`^${words}`) });
	await deed('List what is in it').getByText('allowed to All users').waitFor();
	await deed('Make files in it').getByText('nothing allows making files').waitFor();
	await properties.getByText('you will be asked for an administrator’s agreement').waitFor();
	await choose(desktop, properties, 'Who', 'Owner, as administrator');
	await deed('Make files in it').getByText('allowed to Administrators').waitFor();
	await properties.getByRole('option', { name: /^All users/ }).click();
	await choose(desktop, properties, 'Do what', 'Read and change');
	await choose(desktop, properties, 'Who', 'Owner (you)');
	await deed('Make files in it').getByText('allowed to All users').waitFor();
	assert.deepEqual(await findAccessibilityProblems(desktop.page, properties), []);
});

test('what a person may not change an administrator changes, when they agree', async () => {
	await using desktop = await FileDesktop.start(server);
	const { page } = desktop;
	const explorer = await desktop.openFolder('/');
	const properties = await openSecurity(desktop, explorer, 'Programs');
	await properties.getByRole('option', { name: /^All users/ }).click();
	await choose(desktop, properties, 'Do what', 'Read and run');
	await properties.getByRole('button', { name: 'Apply' }).click();
	await properties.getByRole('button', { name: 'Change anyway' }).click();
	const question = page.getByRole('dialog', { name: 'Do you want to let this program administer this computer?' });
	await question.getByText('change who may do what with “Programs”').waitFor();
	await question.getByText('allow=users:run:all').waitFor();
	await question.getByRole('button', { name: 'Yes' }).click();
	await properties.getByRole('button', { name: 'Apply', disabled: true }).waitFor();
	await properties.getByRole('option', { name: 'All users: Read and run' }).waitFor();
	await properties.getByRole('button', { name: 'Cancel' }).click();
	await openSecurity(desktop, explorer, 'Programs');
	await properties.getByRole('option', { name: 'All users: Read and run' }).waitFor();
});

test('who has shut themselves out becomes the owner again, when an administrator agrees', async () => {
	await using desktop = await FileDesktop.start(server);
	const { page } = desktop;
	const explorer = await desktop.openFolder('/Users/Owner/Documents');
	await explorer.newFolder('lost');
	const properties = await openSecurity(desktop, explorer, 'lost');
	const agree = async (): Promise<void> => {
		const question = page.getByRole('dialog', { name: 'Do you want to let this program administer this computer?' });
		await question.getByRole('button', { name: 'Yes' }).click();
	};
	await properties.getByRole('checkbox', { name: /^Takes what the folder/ }).press('Space');
	await properties.getByRole('button', { name: 'Remove them' }).click();
	await properties.getByRole('button', { name: 'Change owner…' }).click();
	const owners = properties.getByRole('dialog', { name: 'Change the owner' });
	await choose(desktop, owners, 'New owner', 'Administrators');
	await owners.getByRole('button', { name: 'Choose' }).click();
	await properties.getByRole('alert').getByText('Only an administrator could let you in again').waitFor();
	await properties.getByRole('button', { name: 'OK', exact: true }).click();
	await properties.getByRole('button', { name: 'Change anyway' }).click();
	await agree();
	await properties.waitFor({ state: 'detached' });

	await explorer.press('Alt+Enter');
	await properties.getByRole('tab', { name: 'Security' }).click();
	await properties.getByText('You may not see who may do what here.').waitFor();
	assert.deepEqual(await findAccessibilityProblems(page, properties), []);
	await properties.getByRole('button', { name: 'Become its owner…' }).click();
	await agree();
	await properties.getByText('Who may do what').waitFor();
	await properties.getByText('Owner (you)').first().waitFor();
});
