/** Previous versions in Properties, in a real Chromium: listed, compared, restored, taken back, and deleted files. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { startServer, type TestServer } from '../browser/browser.ts';
import { startProgram } from '../browser/desktop-page.ts';
import { findAccessibilityProblems } from './accessibility.ts';
import { type ExplorerWindow, FileDesktop } from './files-desktop.ts';

let server: TestServer;

before(async () => {
	server = await startServer();
});
after(() => server.close());

/** Runs commands in a terminal that ends with them. */
async function run({ page }: FileDesktop, commands: string): Promise<void> {
	const terminal = await startProgram(page, 'Terminal');
	await terminal.locator('.xterm-rows').filter({ hasText: '~ $' }).waitFor();
	await terminal.getByRole('textbox').and(page.locator(':focus')).waitFor();
	await page.keyboard.type(`${commands}; exit\n`);
	await terminal.waitFor({ state: 'detached' });
}

async function openVersions({ page }: FileDesktop, explorer: ExplorerWindow, name: string): Promise<Locator> {
	await explorer.item(name).click({ button: 'right' });
	await page.getByRole('menuitem', { name: 'Previous versions' }).click();
	const properties = page.getByRole('dialog', { name: `Properties of ${name}`, exact: true });
	await properties.getByRole('tab', { name: 'Previous versions', selected: true }).waitFor();
	return properties;
}

test('a file’s older content is compared, restored and taken back; what a program deleted comes back', async () => {
	await using desktop = await FileDesktop.start(server);
	const { page } = desktop;
	page.setDefaultTimeout(30_000);
	// What a file held for less than ten seconds is not kept.
	await run(
		desktop,
		'mkdir Documents/work; cd Documents/work; printf "one\\ntwo\\n" > plan.txt; echo gone > lost.txt; sleep 11; printf "one\\nthree\\n" > plan.txt; rm lost.txt',
	);
	const explorer = await desktop.openFolder('/Users/Owner/Documents/work');
	const properties = await openVersions(desktop, explorer, 'plan.txt');
	const versions = properties.getByRole('listbox', { name: 'Previous versions' });
	await versions.getByRole('option', { name: /^Until .*, 8 \w+, Then it was changed$/ }).waitFor();
	assert.deepEqual(await findAccessibilityProblems(page, properties), []);

	await properties.getByRole('button', { name: 'Compare…' }).click();
	const compared = properties.getByRole('dialog', { name: 'What has changed since' });
	await compared.getByText('before: two').waitFor();
	await compared.getByText('now: three').waitFor();
	assert.deepEqual(await findAccessibilityProblems(page, compared), []);
	await page.keyboard.press('Escape');

	await properties.getByRole('button', { name: 'Restore' }).click();
	await versions.getByRole('option', { name: /Then an older version was restored$/ }).waitFor();
	await properties.getByRole('status').filter({ hasText: '“plan.txt” is again as it was' }).waitFor();
	await properties.getByRole('button', { name: 'Save a copy' }).click();
	await properties.getByRole('status').filter({ hasText: 'Saved as “plan (' }).waitFor();
	await explorer.window
		.locator('.file-label')
		.getByText(/^plan \(/)
		.waitFor();
	await properties.getByRole('button', { name: 'Cancel' }).click();

	await explorer.press('Control+z', 'Control+z');
	await page.getByRole('dialog', { name: 'work', exact: true }).getByRole('grid', { name: 'work' }).waitFor();
	const again = await openVersions(desktop, explorer, 'plan.txt');
	assert.ok((await again.getByRole('option').count()) >= 2);
	await again.getByRole('button', { name: 'Cancel' }).click();

	const documents = await explorer.goTo('/Users/Owner/Documents');
	const folder = await openVersions(desktop, documents, 'work');
	await folder.getByRole('option', { name: /^lost\.txt, Until .* Then it was deleted$/ }).click();
	await folder.getByRole('button', { name: 'Restore' }).click();
	await folder.getByRole('status').filter({ hasText: '“lost.txt” is again' }).waitFor();
	await folder.getByRole('button', { name: 'Cancel' }).click();
	const work = await documents.goTo('/Users/Owner/Documents/work');
	await work.item('lost.txt').waitFor();
});
