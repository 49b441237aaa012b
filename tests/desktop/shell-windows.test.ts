/** Windows, taskbar and switcher of the desktop in a real Chromium, by mouse and by keyboard. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { settledBox, startNotepad, startProgram, titleBar, windowNamed } from '../browser/desktop-page.ts';
import { openShellPage, type ShellPage } from './shell-page.ts';

let shell: ShellPage;
let page: Page;

before(async () => {
	shell = await openShellPage();
	page = shell.page;
});

after(() => shell.close());

const screen = { width: 1280, height: 720 };
const workArea = { x: 0, y: 0, width: 1280, height: 672 };

const taskbar = () => page.getByRole('toolbar', { name: 'Taskbar' });
const taskButton = (name: RegExp) => taskbar().getByRole('button', { name });

const focusedWindow = () => page.locator('[data-focused="true"]');

async function boxOf(window: Locator) {
	const box = await settledBox(window);
	return { x: Math.round(box.x), y: Math.round(box.y), width: Math.round(box.width), height: Math.round(box.height) };
}

/** Waits until the window stands there, as it does once the page has drawn. */
async function expectBox(window: Locator, expected: object): Promise<void> {
	const deadline = Date.now() + 30_000;
	for (;;) {
		const box = await boxOf(window);
		try {
			assert.deepEqual(box, expected);
			return;
		} catch (error) {
			if (Date.now() > deadline) throw error;
		}
	}
}

/** Closes the windows from the top down, throwing away what is not saved. */
async function closeAll(): Promise<void> {
	const windows = page.locator('[data-window]:visible');
	while ((await windows.count()) > 0) {
		const before = await windows.count();
		const discard = page.getByRole('alertdialog').getByRole('button', { name: /Don.t save|Discard/i });
		if (await discard.isVisible()) await discard.click();
		else if ((await page.locator('[data-window][data-focused="true"]').count()) === 0)
			await page.keyboard.press('Control+Backquote');
		else await page.keyboard.press('Alt+Shift+KeyQ');
		// A window went, a question came, or a window took the focus.
		await page.waitForFunction((count) => {
			const shown = [...document.querySelectorAll('[data-window]')].filter((window) => window.checkVisibility());
			const focused = document.querySelector('[data-window][data-focused="true"]') !== null;
			return shown.length !== count || focused;
		}, before);
	}
}

/** Presses on the title between the corner icon and the buttons. */
async function grabTitle(window: Locator, fraction = 0.5): Promise<{ x: number; y: number }> {
	const box = await boxOf(titleBar(window));
	const point = { x: box.x + box.width * fraction, y: box.y + box.height / 2 };
	await page.mouse.move(point.x, point.y);
	await page.mouse.down();
	return point;
}

suite('Windows', () => {
	test('the four buttons of the frame do what their names say', async () => {
		const window = await startProgram(page, 'Notepad');
		const before = await boxOf(window);
		await window.getByRole('button', { name: 'Maximize' }).click();
		await expectBox(window, workArea);
		await window.getByRole('button', { name: 'Restore' }).click();
		await expectBox(window, before);
		await window.getByRole('button', { name: 'Minimize' }).click();
		await window.waitFor({ state: 'hidden' });
		await taskButton(/^Notepad/).click();
		await window.waitFor({ state: 'visible' });
		await window.getByRole('button', { name: 'Close', exact: true }).click();
		await window.waitFor({ state: 'detached' });
	});

	test('a double-click on the title maximises and restores, one on the corner icon closes', async () => {
		const window = await startProgram(page, 'Notepad');
		const before = await boxOf(window);
		await titleBar(window).dblclick({ position: { x: 200, y: 18 } });
		await expectBox(window, workArea);
		await titleBar(window).dblclick({ position: { x: 200, y: 18 } });
		await expectBox(window, before);
		await window.getByRole('button', { name: 'System menu' }).dblclick();
		await window.waitFor({ state: 'detached' });
	});

	test('dragging to an edge previews and snaps, dragging away gives the size back under the pointer', async () => {
		const window = await startProgram(page, 'Notepad');
		const before = await boxOf(window);
		await grabTitle(window, 0.25);
		await page.mouse.move(300, 300, { steps: 5 });
		await page.mouse.move(0, 300, { steps: 8 });
		await page.locator('.snap-preview').waitFor();
		await page.mouse.up();
		await expectBox(window, { x: 0, y: 0, width: 640, height: 672 });
		await page.locator('.snap-preview').waitFor({ state: 'detached' });

		const grabbed = await grabTitle(window, 0.5);
		await page.mouse.move(grabbed.x + 200, 250, { steps: 6 });
		await page.mouse.up();
		const after = await boxOf(window);
		assert.equal(after.width, before.width);
		assert.equal(after.height, before.height);
		assert.ok(Math.abs(after.x + after.width / 2 - (grabbed.x + 200)) < 12, 'the pointer keeps its place on the title');

		await grabTitle(window);
		await page.mouse.move(640, 200, { steps: 3 });
		await page.mouse.move(640, 0, { steps: 6 });
		await page.locator('.snap-preview').waitFor();
		await page.mouse.up();
		await expectBox(window, workArea);
		await closeAll();
	});

	test('Escape in the middle of a drag brings the window back', async () => {
		const window = await startProgram(page, 'Notepad');
		const before = await boxOf(window);
		await grabTitle(window);
		await page.mouse.move(200, 400, { steps: 5 });
		await page.keyboard.press('Escape');
		await page.mouse.up();
		await expectBox(window, before);
		await closeAll();
	});

	test('snapping by keyboard walks the halves and goes up and down', async () => {
		const window = await startProgram(page, 'Notepad');
		// A program opens as it was closed.
		if ((await window.getAttribute('data-placement')) === 'maximized') await page.keyboard.press('Alt+Shift+ArrowDown');
		const before = await boxOf(window);
		await page.keyboard.press('Alt+Shift+ArrowRight');
		await expectBox(window, { x: 640, y: 0, width: 640, height: 672 });
		await page.keyboard.press('Alt+Shift+ArrowUp');
		await expectBox(window, { x: 640, y: 0, width: 640, height: 336 });
		await page.keyboard.press('Alt+Shift+ArrowDown');
		await page.keyboard.press('Alt+Shift+ArrowLeft');
		await expectBox(window, before);
		await page.keyboard.press('Alt+Shift+ArrowUp');
		await expectBox(window, workArea);
		await page.keyboard.press('Alt+Shift+ArrowDown');
		await expectBox(window, before);
		await page.keyboard.press('Alt+Shift+ArrowDown');
		await window.waitFor({ state: 'hidden' });
		await closeAllByTaskbar();
	});

	test('edges resize, and no edge makes a window smaller than its least size', async () => {
		const window = await startProgram(page, 'Notepad');
		const before = await boxOf(window);
		await page.mouse.move(before.x + before.width - 3, before.y + before.height - 3);
		await page.mouse.down();
		await page.mouse.move(before.x + before.width + 77, before.y + before.height - 43, { steps: 6 });
		await page.mouse.up();
		await expectBox(window, { ...before, width: before.width + 80, height: before.height - 40 });
		const wide = await boxOf(window);
		await page.mouse.move(wide.x + 2, wide.y + 200);
		await page.mouse.down();
		await page.mouse.move(wide.x + wide.width + 300, wide.y + 200, { steps: 6 });
		await page.mouse.up();
		const least = await boxOf(window);
		assert.ok(least.width >= 200 && least.width < wide.width);
		assert.equal(least.x + least.width, wide.x + wide.width);
		await closeAll();
	});

	test('Move and Size of the system menu work with arrows', async () => {
		const window = await startProgram(page, 'Notepad');
		const before = await boxOf(window);
		await page.keyboard.press('Alt+Shift+Space');
		await page.getByRole('menu').and(page.locator(':focus-within')).waitFor();
		await page.getByRole('menuitem', { name: 'Move' }).press('Enter');
		await page.getByRole('menu').waitFor({ state: 'detached' });
		// A command runs in the first frame after the focus is back from the menu.
		await window.and(page.locator(':focus-within')).waitFor();
		await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
		await page.keyboard.press('ArrowRight');
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('Enter');
		await expectBox(window, { ...before, x: before.x + 24, y: before.y + 24 });
		await closeAll();
	});

	test('a question stands above its window, which cannot be used meanwhile', async () => {
		const window = await startNotepad(page);
		await page.keyboard.type('not saved yet');
		await windowNamed(page, '*Untitled – Notepad').waitFor();
		const other = await startProgram(page, 'Task Manager');
		await page.keyboard.press('Control+Backquote');
		await window.and(focusedWindow()).waitFor();
		await window.getByRole('button', { name: 'Close', exact: true }).click();
		const question = page.getByRole('alertdialog');
		// Its first button takes the focus when it comes.
		await question.getByRole('button', { name: 'Save', exact: true }).and(page.locator(':focus')).waitFor();
		await taskButton(/^Task Manager/).click();
		await other.and(focusedWindow()).waitFor();
		await taskButton(/^Notepad/).click();
		await question.and(focusedWindow()).waitFor();
		await titleBar(window).click({ position: { x: 120, y: 10 } });
		const orders = await page
			.locator('[data-window]')
			.evaluateAll((all) =>
				all.map((element) => [element.getAttribute('role'), Number((element as HTMLElement).style.zIndex)] as const),
			);
		const highest = orders.reduce((best, entry) => (entry[1] > best[1] ? entry : best));
		assert.equal(highest[0], 'alertdialog');
		assert.equal(await window.locator('.window-body').evaluate((body) => (body as HTMLElement).inert), true);
		await page.keyboard.press('Escape');
		await question.waitFor({ state: 'detached' });
		assert.equal(await window.isVisible(), true);
		await window.getByRole('button', { name: 'Close', exact: true }).click();
		await page
			.getByRole('alertdialog')
			.getByRole('button', { name: /Don.t save|Discard/i })
			.click();
		await window.waitFor({ state: 'detached' });
		await closeAll();
	});

	test('every title bar stays in reach when the page becomes small', async () => {
		const window = await startProgram(page, 'Notepad');
		await grabTitle(window);
		await page.mouse.move(1200, 600, { steps: 6 });
		await page.mouse.up();
		await page.setViewportSize({ width: 700, height: 480 });
		await page.waitForFunction(() => innerWidth === 700 && innerHeight === 480);
		const box = await boxOf(titleBar(window));
		assert.ok(box.x < 700 - 100 && box.y >= 0 && box.y + box.height <= 480 - 48);
		await page.setViewportSize(screen);
		await page.waitForFunction(() => innerWidth === 1280 && innerHeight === 720);
		await closeAll();
	});
});

async function closeAllByTaskbar(): Promise<void> {
	await taskButton(/^Notepad/).click({ button: 'right' });
	await page.getByRole('menuitem', { name: /^Close/ }).click();
	await page.locator('[data-window]').first().waitFor({ state: 'detached' });
}

suite('Taskbar', () => {
	test('windows of one program share a button; its previews are live, choose and close', async () => {
		await startNotepad(page);
		await page.keyboard.type('first');
		await windowNamed(page, '*Untitled – Notepad').waitFor();
		await taskButton(/^Notepad/).click({ button: 'middle' });
		await taskButton(/^Notepad, 2 windows/).waitFor();
		await taskButton(/^Notepad/).hover();
		const previews = page.getByRole('dialog', { name: 'Windows of Notepad' });
		await previews.waitFor();
		await previews
			.getByRole('button', { name: /^Close / })
			.nth(1)
			.waitFor();
		await previews.locator('.live-preview').first().filter({ hasText: 'first' }).waitFor();

		// What changes in the window changes in its preview.
		await page.keyboard.press('Control+Backquote');
		await taskButton(/^Notepad/).hover();
		await previews.waitFor();
		await previews
			.getByRole('button', { name: /^Close / })
			.nth(1)
			.click();
		await taskButton(/^Notepad, running/).waitFor();
		await page.mouse.move(640, 300);
		await previews.waitFor({ state: 'detached' });
		await closeAll();
	});

	test('a preview follows its window', async () => {
		await startNotepad(page);
		await page.keyboard.type('one');
		await taskButton(/^Notepad/).hover();
		const picture = page.getByRole('dialog', { name: 'Windows of Notepad' }).locator('.live-preview');
		await picture.waitFor();
		await page.keyboard.type(' two three');
		await page.waitForFunction(() => document.querySelector('.live-preview')?.textContent?.includes('two three'));
		await page.mouse.move(640, 300);
		await closeAll();
	});

	test('show desktop hides all and brings the same set back', async () => {
		const notepad = await startProgram(page, 'Notepad');
		const tasks = await startProgram(page, 'Task Manager');
		await page.getByRole('button', { name: 'Show the desktop' }).click();
		await notepad.waitFor({ state: 'hidden' });
		await tasks.waitFor({ state: 'hidden' });
		await page.getByRole('button', { name: 'Show the desktop' }).click();
		await notepad.waitFor();
		await tasks.waitFor();
		await tasks.and(focusedWindow()).waitFor();
		await closeAll();
	});

	test('pins stay, and are undone by the menu', async () => {
		const window = await startProgram(page, 'Task Manager');
		await taskButton(/^Task Manager/).click({ button: 'right' });
		await page.getByRole('menuitem', { name: 'Pin to taskbar' }).click();
		await page.getByRole('menu').waitFor({ state: 'detached' });
		await window.getByRole('button', { name: 'Close', exact: true }).click();
		await window.waitFor({ state: 'detached' });
		await taskButton(/^Task Manager$/).click({ button: 'right' });
		await page.getByRole('menuitem', { name: 'Unpin from taskbar' }).click();
		await taskButton(/^Task Manager$/).waitFor({ state: 'detached' });
	});
});

suite('Keyboard', () => {
	test('holding a key shows the windows in the order of use; letting go takes one', async () => {
		const notepad = await startProgram(page, 'Notepad');
		const tasks = await startProgram(page, 'Task Manager');
		await page.keyboard.down('Control');
		await page.keyboard.press('Backquote');
		const switcher = page.getByRole('listbox', { name: 'Windows' });
		await switcher.waitFor();
		await switcher.getByRole('option', { selected: true }).filter({ hasText: 'Notepad' }).waitFor();
		await page.keyboard.up('Control');
		await switcher.waitFor({ state: 'detached' });
		await notepad.and(focusedWindow()).waitFor();
		await page.keyboard.press('Control+Backquote');
		await tasks.and(focusedWindow()).waitFor();
		await closeAll();
	});

	test('F6 walks icons, window, taskbar and notification area', async () => {
		const window = await startNotepad(page);
		const places: string[] = [];
		for (let press = 0; press < 4; press++) {
			await page.keyboard.press('F6');
			places.push(
				await page.evaluate(() => {
					const part = document.activeElement?.closest('[role="toolbar"], [role="listbox"], [data-window]');
					return part?.getAttribute('aria-label') ?? 'window';
				}),
			);
		}
		assert.deepEqual(places, ['Taskbar', 'Notification area', 'Desktop', 'window']);
		await window.getByRole('button', { name: 'Close', exact: true }).click();
		await window.waitFor({ state: 'detached' });
	});

	test('the taskbar can be worked with arrows alone', async () => {
		await page.keyboard.press('F6');
		const start = page.getByRole('button', { name: 'Start', exact: true });
		await start.focus();
		await page.keyboard.press('ArrowRight');
		await page.keyboard.press('ArrowRight');
		await taskButton(/^Notepad/)
			.and(page.locator(':focus'))
			.waitFor();
		await page.keyboard.press('Enter');
		await windowNamed(page, /Notepad/).waitFor();
		await closeAll();
	});

	test('the calendar goes by days and months', async () => {
		await page.getByRole('button', { name: /^Clock/ }).click();
		const calendar = page.getByRole('dialog', { name: 'Calendar' });
		await calendar.waitFor();
		const month = calendar.locator('[aria-live]');
		const before = await month.textContent();
		assert.ok(before);
		await calendar.getByRole('grid').locator('[tabindex="0"]').focus();
		await page.keyboard.press('PageDown');
		await month.filter({ hasNotText: before }).waitFor();
		await page.keyboard.press('PageUp');
		await month.filter({ hasText: before }).waitFor();
		await page.keyboard.press('Escape');
		await calendar.waitFor({ state: 'detached' });
	});
});
