/** What a person relies on without thinking of it: where the focus is, what a held key does, many windows, glass that fits. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Page } from 'playwright-core';
import { startButton, startMenu, startProgram, windowNamed } from '../browser/desktop-page.ts';
import { openShellPage, type ShellPage } from './shell-page.ts';

let shell: ShellPage;
let page: Page;
const screen = { width: 1280, height: 720 };

before(async () => {
	shell = await openShellPage();
	page = shell.page;
});

after(() => shell.close());

const taskButton = (name: RegExp) => page.getByRole('toolbar', { name: 'Taskbar' }).getByRole('button', { name });

/** Closes windows that have nothing to save. */
async function closeAll(): Promise<void> {
	const windows = page.locator('[data-window]');
	for (let count = await windows.count(); count > 0; count--) {
		await windows.last().getByRole('button', { name: 'Close', exact: true }).click();
		await page.waitForFunction((left) => document.querySelectorAll('[data-window]').length < left, count);
	}
}

suite('A desktop to rely on', () => {
	test('a held key closes one window, and on the empty desktop it asks before it shuts down', async () => {
		await startProgram(page, 'Notepad');
		await startProgram(page, 'Help');
		await page.keyboard.down('Alt');
		await page.keyboard.down('Shift');
		for (let press = 0; press < 5; press++) await page.keyboard.down('KeyQ');
		await page.keyboard.up('KeyQ');
		await windowNamed(page, 'Help').waitFor({ state: 'detached' });
		assert.equal(await windowNamed(page, /Notepad/).isVisible(), true);
		await page.keyboard.press('KeyQ');
		await windowNamed(page, /Notepad/).waitFor({ state: 'detached' });
		await page.keyboard.press('KeyQ');
		await page.keyboard.up('Shift');
		await page.keyboard.up('Alt');
		const question = page.getByRole('alertdialog', { name: 'Shut down' });
		await question.getByRole('button', { name: 'Cancel' }).click();
		await question.waitFor({ state: 'detached' });
	});

	test('where the last window was closed or minimised, the icons have the focus', async () => {
		const icons = page.getByRole('listbox', { name: 'Desktop', exact: true });
		const hasFocus = () => page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Desktop');
		const window = await startProgram(page, 'Notepad');
		await page.keyboard.press('Alt+Shift+ArrowDown');
		await window.waitFor({ state: 'hidden' });
		await hasFocus();
		await page.keyboard.press('Alt+Shift+ArrowUp');
		await window.waitFor();
		await page.keyboard.press('Alt+Shift+KeyQ');
		await window.waitFor({ state: 'detached' });
		await hasFocus();
		await page.keyboard.press('End');
		assert.equal(await icons.getByRole('option', { selected: true }).count(), 1);
	});

	test('a double Enter in Start opens one program and writes nothing into the window behind', async () => {
		const notepad = await startProgram(page, 'Notepad');
		await page.keyboard.press('Alt+Home');
		await startMenu(page).getByRole('combobox').fill('help');
		await page.keyboard.press('Enter');
		await page.keyboard.press('Enter');
		await windowNamed(page, 'Help').waitFor();
		assert.equal(await page.locator('[data-window]').count(), 2);
		await notepad.getByText('Line 1, column 1').waitFor();
		await closeAll();
	});

	test('a press on a title bar or between the buttons of the taskbar leaves the caret in the text', async () => {
		const notepad = await startProgram(page, 'Notepad');
		const text = notepad.getByRole('textbox', { name: 'Text' });
		await page.keyboard.type('one ');
		await notepad.locator('header').click({ position: { x: 300, y: 14 } });
		await page.keyboard.type('two ');
		await page.getByRole('contentinfo').click({ position: { x: 700, y: 24 } });
		await page.keyboard.type('three');
		await text.getByText('one two three').waitFor();
		await page.keyboard.press('Alt+Shift+KeyQ');
		await page
			.getByRole('alertdialog')
			.getByRole('button', { name: /Don.t save/ })
			.click();
		await notepad.waitFor({ state: 'detached' });
	});

	test('all of Start can be reached on a screen of half the size, as with the page at 200 %', async () => {
		await page.setViewportSize({ width: 512, height: 320 });
		await startButton(page).click();
		const menu = await startMenu(page).boundingBox();
		const power = await startMenu(page).getByRole('button', { name: 'Shut down' }).boundingBox();
		assert.ok(menu !== null && power !== null);
		assert.ok(menu.y >= 0 && power.y + power.height <= menu.y + menu.height);
		await startMenu(page).getByRole('button', { name: 'Help' }).click();
		const help = windowNamed(page, 'Help');
		await help.waitFor();
		const box = await help.boundingBox();
		assert.ok(box !== null && box.x >= 0 && box.width <= 512 && box.y + box.height <= 320 - 48);
		await closeAll();
		await page.setViewportSize(screen);
	});

	test('more windows than have room for pictures are a list of titles', async () => {
		await page.setViewportSize({ width: 700, height: 480 });
		await startProgram(page, 'Help');
		const help = taskButton(/^Help/);
		for (let count = 2; count <= 4; count++) {
			await help.click({ button: 'middle' });
			await taskButton(new RegExp(`^Help, ${count} windows`)).waitFor();
		}
		await help.press('ArrowUp');
		const previews = page.getByRole('dialog', { name: 'Windows of Help' });
		await previews.waitFor();
		assert.equal(await previews.locator('.live-preview').count(), 0);
		const box = await previews.boundingBox();
		assert.ok(box !== null && box.x >= 0 && box.x + box.width <= 700);
		for (let press = 0; press < 8; press++) await page.keyboard.press('Tab');
		assert.equal(await previews.evaluate((panel) => panel.contains(document.activeElement)), true);
		await page.keyboard.press('Escape');
		await previews.waitFor({ state: 'detached' });
		await help.click({ button: 'right' });
		await page.getByRole('menuitem', { name: 'Close all windows' }).click();
		await page.locator('[data-window]').first().waitFor({ state: 'detached' });
		await page.setViewportSize(screen);
	});

	test('the blurred wallpaper lies over the wallpaper behind every surface of layered glass', async () => {
		await page.evaluate(() => document.documentElement.setAttribute('data-glass', 'layered'));
		await page.keyboard.press('Alt+Home');
		// A surface that has just opened may still be rising.
		const expectFitting = () =>
			page.waitForFunction(() => {
				const all = document.querySelectorAll('.glass-picture');
				const own = [...all].filter((picture) => picture.closest('.live-preview') === null);
				const pictures = own.map((picture) => {
					const { x, y, width, height } = picture.getBoundingClientRect();
					return [x, y, width, height].map(Math.round).join(' ');
				});
				return pictures.length >= 2 && pictures.every((bounds) => bounds === '0 0 1280 720');
			});
		await page.locator('.start-menu').waitFor();
		await expectFitting();
		await page.keyboard.press('Escape');
		await page.getByRole('button', { name: /^Clock/ }).click();
		await page.locator('.flyout').waitFor();
		await expectFitting();
		await page.keyboard.press('Escape');
		await startProgram(page, 'Help');
		await taskButton(/^Help/).hover();
		await page.locator('.task-previews').waitFor();
		await expectFitting();
		await page.keyboard.down('Control');
		await page.keyboard.press('Backquote');
		await page.locator('.switcher').waitFor();
		await expectFitting();
		await page.keyboard.press('Escape');
		await page.keyboard.up('Control');
		await page.mouse.move(640, 300);
		await closeAll();
	});

	test('Enter right behind the words opens the file that they name, never one of the words before', async () => {
		await startButton(page).click();
		const search = startMenu(page).getByRole('combobox');
		await search.fill('documents');
		await startMenu(page)
			.getByRole('option', { name: /Documents/ })
			.first()
			.waitFor();
		await search.fill('downloads');
		await search.press('Enter');
		await windowNamed(page, 'Downloads').waitFor();
		await startButton(page).click();
		await search.fill('zzzznothing');
		await search.press('Enter');
		await startMenu(page).getByText('Nothing here is called').waitFor();
		await page.keyboard.press('Escape');
		await page.keyboard.press('Escape');
		await closeAll();
	});
});
