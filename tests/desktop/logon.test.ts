/** Set-up, logging on, locking and coming back, by keyboard alone; what is wrong is refused, and the way back works. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { TestServer } from '../browser/browser.ts';
import { startNotepad, waitForDesktop, waitUntilKept } from '../browser/desktop-page.ts';
import { findAccessibilityProblems } from './accessibility.ts';
import { logonScreen, openWatchedPage, passwordField, setUpScreen, uncovered, type WatchedPage } from './logon-page.ts';

const password = 'correct horse';
let watched: WatchedPage;
let server: TestServer;
let page: Page;
let code = '';

before(async () => {
	watched = await openWatchedPage();
	({ server, page } = watched);
});
after(() => watched.close());

const type = async (text: string): Promise<void> => {
	await page.keyboard.type(text);
	await page.keyboard.press('Enter');
};

suite('One person with a password, by keyboard alone', () => {
	test('is asked who they are at the first start, and for the same password twice', async () => {
		await page.goto(server.url);
		await setUpScreen(page).getByLabel('Your name').and(page.locator(':focus')).waitFor();
		assert.deepEqual(await findAccessibilityProblems(page, setUpScreen(page)), []);
		await page.keyboard.type('Änne');
		await page.keyboard.press('Tab');
		await page.keyboard.type(password);
		await page.keyboard.press('Tab');
		await page.keyboard.press('Tab');
		await type('something else');
		await setUpScreen(page).getByText('The two are not the same.').waitFor();
		await page.keyboard.press('Control+A');
		await page.keyboard.type(password);
		await page.keyboard.press('Tab');
		await page.keyboard.press('Tab');
		await type('on four legs');
	});

	test('is given a recovery code, which must be typed back rightly', async () => {
		const screen = page.getByRole('dialog', { name: 'Recovery code' });
		await screen.getByLabel('Type it back').and(page.locator(':focus')).waitFor();
		code = (await screen.getByLabel('Recovery code').textContent()) ?? '';
		assert.match(code, /^[0-9A-Z]{4}(-[0-9A-Z]{4})+$/);
		assert.deepEqual(await findAccessibilityProblems(page, screen), []);
		await type(code.replace(/.$/, (last) => (last === '0' ? '1' : '0')));
		await screen.getByRole('alert').filter({ hasText: /\S/ }).waitFor();
		await page.keyboard.press('Control+A');
		await type(code.toLowerCase());
		await uncovered(page);
		await waitForDesktop(page);
	});

	/** Starts anew, and types before a script of the desktop has arrived. */
	const typeEarly = async (text: string): Promise<void> => {
		const arrive = Promise.withResolvers<void>();
		await page.route('**/assets/*.js', async (route) => {
			await arrive.promise;
			await route.continue();
		});
		await page.reload({ waitUntil: 'commit' });
		await page.locator('#first-name').filter({ hasText: 'Änne' }).waitFor();
		await page.getByLabel('Password', { exact: true }).and(page.locator(':focus')).waitFor();
		await page.keyboard.type(text);
		arrive.resolve();
	};

	test('comes in by what was typed and entered before any script of the desktop was there', async () => {
		await startNotepad(page);
		await waitUntilKept(page);
		await typeEarly(`${password}\nand more`);
		await uncovered(page);
		await waitForDesktop(page);
		await page.unroute('**/assets/*.js');
	});

	test('finds name and field painted before any script of the desktop is there, and what was typed is kept', async () => {
		await typeEarly('typed early');
		await logonScreen(page).getByRole('heading', { name: 'Änne' }).waitFor();
		await page.unroute('**/assets/*.js');
		await passwordField(page).and(page.locator(':focus')).waitFor();
		assert.equal(await passwordField(page).inputValue(), 'typed early');
		await page.keyboard.press('Control+A');
		await page.keyboard.press('Delete');
		assert.equal(await page.locator('.session-desktop').count(), 0, 'no desktop stands before somebody is let in');
	});

	test('cannot get around the screen: no key of the desktop works, and Tab stays', async () => {
		for (const key of ['Meta', 'Control+Escape', 'Alt+Home', 'Alt+Shift+Escape', 'Alt+Shift+KeyE', 'Escape', 'Escape'])
			await page.keyboard.press(key);
		assert.equal(await logonScreen(page).count(), 1);
		assert.equal(await page.locator('[data-window], .start-menu').count(), 0);
		for (let step = 0; step < 8; step++) {
			await page.keyboard.press('Tab');
			assert.ok(await page.evaluate(() => document.activeElement?.closest('dialog.logon') !== null));
		}
		await passwordField(page).focus();
	});

	test('is told of Caps Lock and of a wrong password, with the hint, and comes in by the right one', async () => {
		await passwordField(page).dispatchEvent('keydown', { key: 'CapsLock', modifierCapsLock: true, bubbles: true });
		await logonScreen(page).getByText('Caps Lock is on.').waitFor();
		await type('wrong');
		await logonScreen(page).getByText('That is not the password of this account.').waitFor();
		await logonScreen(page).getByText('Hint: on four legs').waitFor();
		await passwordField(page).and(page.locator(':focus')).waitFor();
		assert.equal(await passwordField(page).inputValue(), '');
		assert.equal(await logonScreen(page).getByText('Caps Lock is on.').count(), 0);
		await type(password);
		await uncovered(page);
		await page.locator('[data-window]').filter({ hasText: 'Notepad' }).waitFor();
	});

	test('locks by a key at once, and finds everything as it was', async () => {
		const notepad = await startNotepad(page);
		await page.keyboard.type('not saved yet');
		await page.keyboard.press('Alt+Shift+KeyL');
		await logonScreen(page).getByText('Locked').waitFor();
		assert.equal(await page.getByText('not saved yet').and(page.locator(':visible')).count(), 0);
		await type(password);
		await uncovered(page);
		await page.keyboard.type(', and goes on');
		await notepad.getByText('not saved yet, and goes on').waitFor();
	});

	test('comes back by the recovery code when the password is lost, and chooses another', async () => {
		await page.keyboard.press('Alt+Shift+KeyL');
		await logonScreen(page).getByRole('button', { name: 'Forgot the password?' }).press('Enter');
		await logonScreen(page).getByLabel('Recovery code', { exact: true }).and(page.locator(':focus')).waitFor();
		await type(code);
		await logonScreen(page).getByLabel('New password', { exact: true }).and(page.locator(':focus')).waitFor();
		await page.keyboard.type('another pony');
		await page.keyboard.press('Tab');
		await page.keyboard.press('Tab');
		await type('another pony');
		await uncovered(page);
		await page.getByText('not saved yet, and goes on').and(page.locator(':visible')).waitFor();
		await page.keyboard.press('Alt+Shift+KeyL');
		await type('another pony');
		await uncovered(page);
	});

	test('waits after several wrong passwords, and is told how long; the right one is not looked at meanwhile', async () => {
		await page.keyboard.press('Alt+Shift+KeyL');
		const wait = logonScreen(page).getByText(/Try again in \d+:\d\d\./);
		for (let attempt = 0; attempt < 12 && !(await wait.isVisible()); attempt++) {
			await passwordField(page).and(page.locator(':focus')).or(wait).first().waitFor();
			if (await wait.isVisible()) break;
			await type(`wrong ${attempt}`);
			await logonScreen(page).getByRole('alert').filter({ hasText: /\S/ }).waitFor();
		}
		await wait.waitFor();
		assert.equal(await passwordField(page).isDisabled(), true);
		assert.deepEqual(await findAccessibilityProblems(page, logonScreen(page)), []);
	});
});
