/** Several people at one computer: switching, logging off, a guest; each desktop lives on behind the others. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { TestServer } from '../browser/browser.ts';
import {
	desktopIcon,
	startButton,
	startMenu,
	startNotepad,
	startProgram,
	windowNamed,
} from '../browser/desktop-page.ts';
import { findAccessibilityProblems } from './accessibility.ts';
import {
	addPerson,
	choosePerson,
	choosePower,
	logonScreen,
	managePeople,
	openWatchedPage,
	setUp,
	uncovered,
	type WatchedPage,
} from './logon-page.ts';

let watched: WatchedPage;
let server: TestServer;
let page: Page;

before(async () => {
	watched = await openWatchedPage();
	({ server, page } = watched);
	await setUp(page, server.url, 'Anna');
	const managing = await managePeople(page);
	await addPerson(managing, 'Bert');
	await managing.getByRole('switch', { name: 'Guest' }).click({ force: true });
	await managing.getByRole('switch', { name: 'Guest' }).and(page.locator(':checked')).waitFor({ state: 'attached' });
});
after(() => watched.close());

const run = async (command: string): Promise<void> => {
	await page.keyboard.type(command);
	await page.keyboard.press('Enter');
};

suite('Several people', () => {
	test('switch, and the programs of the one who is away go on', async () => {
		const terminal = await startProgram(page, 'Terminal');
		await terminal.locator('.xterm-rows').filter({ hasText: '$' }).waitFor();
		await run('sleep 3; echo away > /Users/Anna/Documents/proof.txt; echo finis"hed"');
		await startNotepad(page);
		await page.keyboard.type('a letter of Anna');
		await choosePower(page, 'Switch user');
		await choosePerson(page, 'Guest');
		await page.keyboard.press('Escape');
		await choosePerson(page, 'Bert');
		await page.keyboard.press('Enter');
		await uncovered(page);
		await desktopIcon(page, 'Recycle Bin').and(page.locator(':visible')).waitFor();
		assert.equal(await page.locator('[data-window]:visible').count(), 0);
		await startNotepad(page);
		await page.keyboard.type('a letter of Bert');
		await page.keyboard.press('Alt+Shift+KeyL');
		await logonScreen(page).getByText('Locked').waitFor();
		await logonScreen(page).getByRole('button', { name: 'Switch user' }).click();
		await choosePerson(page, 'Anna');
		await page.keyboard.press('Enter');
		await uncovered(page);
		await page.locator('[data-window]:visible').getByText('a letter of Anna').waitFor();
		await page.locator('[data-window]:visible .xterm-rows').filter({ hasText: 'finished' }).waitFor();
		assert.equal(await page.locator('[data-window]:visible').getByText('a letter of Bert').count(), 0);
	});

	test('see nothing of each other’s folders, from the desktop either', async () => {
		await choosePower(page, 'Switch user');
		await choosePerson(page, 'Bert');
		await page.keyboard.press('Enter');
		await uncovered(page);
		const terminal = await startProgram(page, 'Terminal');
		const rows = terminal.locator('.xterm-rows');
		await rows.filter({ hasText: '$' }).waitFor();
		await run('pwd; cat /Users/Anna/Documents/proof.txt; echo do"ne"');
		await rows.filter({ hasText: 'done' }).waitFor();
		const said = (await rows.textContent()) ?? '';
		assert.match(said, /\/Users\/Bert/);
		assert.match(said, /Access is denied/);
		assert.doesNotMatch(said, /^away/m);
	});

	test('a standard user is asked for an administrator, and a refusal changes nothing', async () => {
		const settings = await startProgram(page, 'Settings');
		await settings.getByRole('button', { name: 'People', exact: true }).click();
		await settings.getByRole('button', { name: 'Manage people…' }).click();
		const question = page.getByRole('dialog', { name: /administer this computer/ });
		await question.getByText('An administrator of this computer must agree.').waitFor();
		await question.getByRole('radio', { name: 'Anna' }).waitFor();
		await question.getByRole('button', { name: 'No' }).click();
		await question.waitFor({ state: 'detached' });
		assert.equal(await settings.getByRole('button', { name: 'Add a person…' }).count(), 0);
	});

	test('logging off asks about unsaved text, and Cancel stays', async () => {
		await choosePower(page, 'Log off');
		const box = page.getByRole('alertdialog').and(page.locator(':visible'));
		await box.getByRole('button', { name: 'Cancel' }).click();
		await box.waitFor({ state: 'detached' });
		await page.locator('[data-window]:visible').getByText('a letter of Bert').waitFor();
		await choosePower(page, 'Log off');
		await box.getByRole('button', { name: /don’t save|discard/i }).click();
		await logonScreen(page).getByRole('heading', { name: 'Who is using this computer?' }).waitFor();
		assert.equal(await page.getByText('a letter of Bert').count(), 0);
		assert.equal(
			await logonScreen(page)
				.getByRole('button', { name: /^Anna.*Logged on/ })
				.count(),
			1,
		);
		assert.equal(
			await logonScreen(page)
				.getByRole('button', { name: /^Bert.*Logged on/ })
				.count(),
			0,
		);
	});

	test('a guest works, and leaves nothing', async () => {
		await choosePerson(page, 'Guest');
		await page.keyboard.press('Enter');
		await uncovered(page);
		const terminal = await startProgram(page, 'Terminal');
		const rows = terminal.locator('.xterm-rows');
		await rows.filter({ hasText: '$' }).waitFor();
		await run('echo secret > ~/Desktop/left.txt; ls ~/Desktop; echo do"ne"');
		await rows.filter({ hasText: /left\.txt.*done/s }).waitFor();
		await choosePower(page, 'Log off');
		await choosePerson(page, 'Guest');
		await page.keyboard.press('Enter');
		await uncovered(page);
		await desktopIcon(page, 'Recycle Bin').and(page.locator(':visible')).waitFor();
		assert.equal(await desktopIcon(page, 'left.txt').and(page.locator(':visible')).count(), 0);
		assert.equal(await page.locator('[data-window]:visible').count(), 0);
		await choosePower(page, 'Log off');
		await logonScreen(page).waitFor();
	});

	for (const colorScheme of ['light', 'dark'] as const)
		test(`axe finds nothing serious on who may log on, ${colorScheme}`, async () => {
			await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			assert.deepEqual(await findAccessibilityProblems(page, logonScreen(page)), []);
		});

	test('shutting down from here says who is still logged on; Escape stays', async () => {
		await logonScreen(page).getByRole('button', { name: 'Shut down' }).click();
		await page.getByRole('alertdialog').getByText('Anna is still logged on.').waitFor();
		await page.keyboard.press('Escape');
		await page.getByRole('alertdialog').waitFor({ state: 'detached' });
		await choosePerson(page, 'Anna');
		await page.keyboard.press('Enter');
		await uncovered(page);
		await windowNamed(page, /Notepad/)
			.and(page.locator(':visible'))
			.waitFor();
		await startButton(page).and(page.locator(':visible')).click();
		await startMenu(page).waitFor();
	});
});
