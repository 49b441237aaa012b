/**
 * `npm run screenshots`: plays the story of the README in a real Chromium and keeps its pictures in `docs/screenshots`.
 *
 * Every picture is what the script sees: nothing is drawn, cut or put together afterwards.
 */
import { mkdir } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { launchBrowser, startServer } from '../tests/browser/browser.ts';
import {
	desktopIcon,
	gridItem,
	openDesktop,
	startButton,
	startMenu,
	startProgram,
	windowNamed,
} from '../tests/browser/desktop-page.ts';
import { fromRoot } from './setup/paths.ts';
import { say } from './setup/progress.ts';

const directory = fromRoot('docs', 'screenshots');
const viewport = { width: 1440, height: 900 };
/** Long enough for an animation, a picture that fades in, a guest that draws. */
const settleMs = 900;

async function take(page: Page, name: string): Promise<void> {
	await page.waitForTimeout(settleMs);
	await page.screenshot({ path: `${directory}/${name}.png` });
	say(`docs/screenshots/${name}.png`);
}

async function closeAll(page: Page): Promise<void> {
	const windows = page.locator('[data-window]');
	while ((await windows.count()) > 0) {
		const before = await windows.count();
		await windows.last().getByRole('button', { name: 'Close', exact: true }).click();
		await page.waitForFunction((count) => document.querySelectorAll('[data-window]').length < count, before);
	}
}

async function openSamples(page: Page): Promise<Locator> {
	await desktopIcon(page, 'Samples').dblclick();
	const window = windowNamed(page, 'Samples');
	await window.waitFor();
	return window;
}

async function moveWindow(page: Page, window: Locator, to: { x: number; y: number }): Promise<void> {
	const box = await window.locator('header').first().boundingBox();
	if (box === null) throw new Error('The window has no title bar.');
	await page.mouse.move(box.x + 120, box.y + 12);
	await page.mouse.down();
	await page.mouse.move(to.x + 120, to.y + 12, { steps: 8 });
	await page.mouse.up();
}

async function showDesktop(page: Page): Promise<void> {
	await take(page, 'desktop');
	await startButton(page).click();
	await startMenu(page).getByRole('combobox').fill('lathe');
	await take(page, 'start');
	await page.keyboard.press('Escape');
	await page.keyboard.press('Escape');
}

async function showOldSoftware(page: Page): Promise<void> {
	const samples = await openSamples(page);
	await take(page, 'explorer');
	await gridItem(samples, 'LATHE').dblclick();
	const lathe = windowNamed(page, 'LATHE');
	await gridItem(lathe, 'LATHE.COM').dblclick();
	const machine = windowNamed(page, /LATHE\.COM/);
	await machine.waitFor();
	await page.waitForTimeout(3_000);
	await take(page, 'dos-program');
	await closeAll(page);
	await gridItem(await openSamples(page), 'Sample floppy.img').dblclick();
	await windowNamed(page, /Sample floppy/).waitFor();
	await page.waitForTimeout(8_000);
	await take(page, 'floppy');
	await closeAll(page);
}

async function showPrograms(page: Page, name: string): Promise<void> {
	const notepad = await startProgram(page, 'Notepad');
	await notepad.getByRole('textbox').first().click();
	await page.keyboard.type(
		'Lathe 2, tool offsets after the service\n\nX  -0.012\nZ  +0.004\n\nRun LATHE.COM and enter both.\n',
	);
	await moveWindow(page, notepad, { x: 150, y: 36 });
	const terminal = await startProgram(page, 'Terminal');
	await page.waitForTimeout(1_200);
	await page.keyboard.type('ls /Programs/Samples\n');
	await moveWindow(page, terminal, { x: 600, y: 110 });
	const tasks = await startProgram(page, 'Task Manager');
	await moveWindow(page, tasks, { x: 330, y: 280 });
	await page.waitForTimeout(settleMs);
	const dismiss = page.getByRole('button', { name: 'Dismiss' });
	while ((await dismiss.count()) > 0) await dismiss.first().click();
	await take(page, name);
}

async function play(url: string, colorScheme: 'light' | 'dark', story: (page: Page) => Promise<void>): Promise<void> {
	await using browser = await launchBrowser({ viewport, colorScheme });
	const page = await browser.newPage();
	await openDesktop(page, url);
	await story(page);
}

await mkdir(directory, { recursive: true });
await using server = await startServer();
await play(server.url, 'light', async (page) => {
	await showDesktop(page);
	await showOldSoftware(page);
	await showPrograms(page, 'programs');
});
await play(server.url, 'dark', (page) => showPrograms(page, 'dark'));
