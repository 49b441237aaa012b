/** Start, search, session, the second tab and shutting down, in a real Chromium; and what axe finds on all of it. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import type { Page } from 'playwright-core';
import { launchBrowser, startServer, type TestServer } from '../browser/browser.ts';
import {
	desktopIcon,
	openDesktop,
	settledBox,
	startButton,
	startMenu,
	startNotepad,
	startProgram,
	waitForDesktop,
	waitUntilKept,
	windowNamed,
} from '../browser/desktop-page.ts';
import { ProcessorWaits } from '../browser/processor-waits.ts';
import { findAccessibilityProblems } from './accessibility.ts';

let server: TestServer;
let directory: string;

before(async () => {
	server = await startServer();
	directory = await mkdtemp(path.join(tmpdir(), 'vitrine-shell-'));
});

after(async () => {
	await server.close();
	await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});

/** Requests to any other origin, from now on. */
function watchForeignRequests(page: Page): string[] {
	const foreign: string[] = [];
	page.on('request', (request) => {
		const url = request.url();
		if (!url.startsWith(server.url) && !/^(blob|data):/.test(url)) foreign.push(url);
	});
	return foreign;
}

suite('Start', () => {
	test('finds programs, settings and files as one types, without any request', async () => {
		await using browser = await launchBrowser();
		const page = await browser.newPage();
		const foreign = watchForeignRequests(page);
		await openDesktop(page, server.url);
		// The first start fetches the samples a moment later.
		await desktopIcon(page, 'Samples').waitFor();
		const requests: string[] = [];
		await startButton(page).click();
		const search = startMenu(page).getByRole('combobox');
		await search.and(page.locator(':focus')).waitFor();
		await startMenu(page).locator('img').last().waitFor();
		page.on('request', (request) => requests.push(request.url()));

		await search.fill('note');
		const first = startMenu(page).getByRole('option').first();
		await first.and(startMenu(page).getByRole('option', { name: 'Notepad', selected: true })).waitFor();
		await search.fill('wallpaper');
		await startMenu(page)
			.getByRole('group', { name: /^Settings \(\d+\)$/ })
			.waitFor();
		await search.fill('docum');
		await startMenu(page)
			.getByRole('group', { name: /^Files \(\d+\+?\)$/ })
			.getByRole('option', { name: /Documents/ })
			.first()
			.waitFor();
		await search.fill('zzzznothing');
		await startMenu(page).getByText('Nothing here is called').waitFor();
		assert.deepEqual(
			requests.filter((url) => !/\/(assets|samples)\//.test(url)),
			[],
		);

		await search.press('Escape');
		await startMenu(page).getByRole('option', { name: 'Notepad' }).first().waitFor();
		assert.equal(await search.inputValue(), '');
		await search.press('Escape');
		await startMenu(page).waitFor({ state: 'detached' });
		assert.deepEqual(foreign, []);
	});

	test('the first results stand within a tenth of a second', async () => {
		await using browser = await launchBrowser();
		const page = await browser.newPage();
		await openDesktop(page, server.url);
		await startButton(page).click();
		await startMenu(page).getByRole('combobox').waitFor();
		const waits = await ProcessorWaits.begin(browser);
		const times = await page.evaluate(async () => {
			const input = document.querySelector<HTMLInputElement>('.start-search-input');
			const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
			const measured: number[] = [];
			for (const words of ['n', 'no', 'not', 'd', 'do', 'doc', 's', 'se', 'set']) {
				const begun = performance.now();
				setValue?.call(input, words);
				input?.dispatchEvent(new Event('input', { bubbles: true }));
				await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
				measured.push(performance.now() - begun);
			}
			return measured;
		});
		const average = (times.reduce((sum, time) => sum + time, 0) - (await waits.since())) / times.length;
		assert.ok(average <= 100, `${average.toFixed(0)} ms`);
	});

	test('arrows choose, Enter opens, and keys alone reach the folders and the power buttons', async () => {
		await using browser = await launchBrowser();
		const page = await browser.newPage();
		await openDesktop(page, server.url);
		const focusedSearch = startMenu(page).getByRole('combobox').and(page.locator(':focus'));
		await page.keyboard.press('Alt+Home');
		await focusedSearch.waitFor();
		await page.keyboard.press('ArrowRight');
		const chosen = startMenu(page).getByRole('option', { selected: true });
		const title = (await chosen.textContent()) ?? '';
		await page.keyboard.press('Enter');
		await windowNamed(page, new RegExp(title)).and(page.locator(':focus-within')).waitFor();
		await page.keyboard.press('Alt+Home');
		await focusedSearch.waitFor();
		const reached = new Set<string>();
		for (let press = 0; press < 12; press++) {
			await page.keyboard.press('Tab');
			reached.add((await page.evaluate(() => document.activeElement?.textContent ?? '')) || 'unnamed');
		}
		assert.ok(reached.has('Documents') && reached.has('Shut down'), [...reached].join(', '));
	});
});

suite('Session', () => {
	test('after the whole browser was killed, windows, bounds and arguments are back', async () => {
		const profileDirectory = path.join(directory, 'session');
		const bounds = { x: 200, y: 90, width: 0, height: 0 };
		{
			const browser = await launchBrowser({ profileDirectory });
			const page = await browser.newPage();
			await openDesktop(page, server.url);
			await startProgram(page, 'Task Manager');
			await page.keyboard.press('Alt+Shift+ArrowRight');
			await windowNamed(page, 'Task Manager').and(page.locator('[data-placement="right"]')).waitFor();
			const notepad = await startProgram(page, 'Notepad');
			const box = await settledBox(notepad);
			await page.mouse.move(box.x + 300, box.y + 18);
			await page.mouse.down();
			await page.mouse.move(bounds.x + 300, bounds.y + 18, { steps: 5 });
			await page.mouse.up();
			Object.assign(bounds, await settledBox(notepad));
			await waitUntilKept(page);
			await browser.kill();
		}
		await using browser = await launchBrowser({ profileDirectory });
		const page = await browser.newPage();
		await openDesktop(page, server.url);
		const notepad = windowNamed(page, /Notepad/);
		await notepad.waitFor();
		assert.deepEqual(await settledBox(notepad), bounds);
		const tasks = windowNamed(page, /Task Manager/);
		await tasks.waitFor();
		assert.equal(await tasks.getAttribute('data-placement'), 'right');
		assert.equal(await page.locator('[data-window]').count(), 2);
	});

	test('a chosen theme is there from the first paint of the next start', async () => {
		await using browser = await launchBrowser({ colorScheme: 'light' });
		const page = await browser.newPage();
		await openDesktop(page, server.url);
		const settings = await startProgram(page, 'Settings');
		await settings
			.locator('label')
			.filter({ hasText: /^Dark$/ })
			.click();
		await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
		await waitUntilKept(page);
		await page.reload({ waitUntil: 'commit' });
		await page.waitForSelector('.first-taskbar, .taskbar', { state: 'attached' });
		assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
		await waitForDesktop(page);
		assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
	});
});

suite('One desktop at a time', () => {
	test('a second tab says so within a second and can take over', async () => {
		await using browser = await launchBrowser();
		const first = await browser.newPage();
		await openDesktop(first, server.url);
		const second = await browser.context.newPage();
		const waits = await ProcessorWaits.begin(browser);
		await second.goto(server.url);
		const begun = performance.now();
		await second.getByRole('heading', { name: 'Vitrine is already open' }).waitFor();
		const took = performance.now() - begun - (await waits.since());
		assert.ok(took < 1_000, `${took} ms`);
		await second.getByRole('button', { name: 'Use it here' }).click();
		await waitForDesktop(second);
		await first.getByRole('heading', { name: 'Vitrine is now open in another tab' }).waitFor();
		await first.getByRole('button', { name: 'Use it here again' }).click();
		await second.getByRole('heading', { name: 'Vitrine is now open in another tab' }).waitFor();
		await waitForDesktop(first);
	});
});

suite('A volume that is damaged', () => {
	test('is said so, and what is stored can be saved as it is', async () => {
		await using browser = await launchBrowser();
		const page = await browser.newPage();
		await openDesktop(page, server.url);
		await desktopIcon(page, 'Samples').waitFor();
		await page.goto(`${server.url}build.json`);
		const damaged = await page.evaluate(async () => {
			const root = await navigator.storage.getDirectory();
			const volume = await root.getDirectoryHandle('volume');
			const names: string[] = [];
			for await (const handle of (volume as unknown as { values(): AsyncIterable<FileSystemFileHandle> }).values()) {
				names.push(handle.name);
				if (handle.name !== 'volume' && handle.name !== 'log') continue;
				const { size } = await handle.getFile();
				const writer = await handle.createWritable();
				await writer.write(new Uint8Array(size).fill(0x5a));
				await writer.close();
			}
			return names.sort();
		});
		// The person's choice of a folder is the browser's own dialog.
		await page.addInitScript(() => {
			Object.defineProperty(window, 'showDirectoryPicker', {
				value: async () => (await navigator.storage.getDirectory()).getDirectoryHandle('chosen', { create: true }),
			});
		});
		await page.goto(server.url);
		await page.getByRole('heading', { name: 'Vitrine could not start' }).waitFor();
		await page.getByRole('button', { name: 'Save the stored files…' }).click();
		await page.getByText(`${damaged.length} files have been saved.`).waitFor();
		const same = await page.evaluate(async (names) => {
			const root = await navigator.storage.getDirectory();
			const [from, to] = [await root.getDirectoryHandle('volume'), await root.getDirectoryHandle('chosen')];
			for (const name of names) {
				const [one, other] = await Promise.all(
					[from, to].map(async (folder) => (await folder.getFileHandle(name)).getFile()),
				);
				if (one?.size !== other?.size) return `${name} has another size`;
			}
			const copy = await (await (await to.getFileHandle('volume')).getFile()).bytes();
			return copy.every((byte) => byte === 0x5a) ? 'the same' : 'other bytes';
		}, damaged);
		assert.equal(same, 'the same');
	});
});

suite('A program that fails', () => {
	test('leaves a window that says so, its process has ended, and the desktop goes on', async () => {
		await using browser = await launchBrowser();
		const page = await browser.newPage();
		await openDesktop(page, server.url);
		const broken = 'export default { Component() { throw new Error("planted"); }, size: { width: 480, height: 320 } }';
		await page.route('**/assets/program-*.js', (route) =>
			route.fulfill({ contentType: 'text/javascript', body: broken }),
		);
		await startButton(page).click();
		await startMenu(page).getByRole('combobox').fill('Help');
		await page.keyboard.press('Enter');
		const window = windowNamed(page, 'Help');
		await window.getByRole('heading', { name: 'Help has stopped working' }).waitFor();
		assert.match((await window.locator('pre').textContent()) ?? '', /planted/);
		await page.unroute('**/assets/program-*.js');
		const tasks = await startProgram(page, 'Task Manager');
		await tasks.getByRole('row', { name: /Task Manager/ }).waitFor();
		await tasks.getByText('help', { exact: true }).waitFor({ state: 'detached' });
		await tasks.getByRole('button', { name: 'Close', exact: true }).click();
		await window.getByRole('button', { name: 'Close the window' }).click();
		await window.waitFor({ state: 'detached' });
	});
});

suite('Shutting down', () => {
	test('asks the program with unsaved changes by name, then says that the tab may be closed', async () => {
		await using browser = await launchBrowser();
		const page = await browser.newPage();
		await openDesktop(page, server.url);
		await startNotepad(page);
		await page.keyboard.type('unsaved');
		await windowNamed(page, '*Untitled – Notepad').waitFor();
		await startButton(page).click();
		await startMenu(page).getByRole('button', { name: 'Shut down' }).click();
		const question = page.getByRole('alertdialog');
		await question.getByRole('button', { name: 'Cancel' }).click();
		await question.waitFor({ state: 'detached' });
		assert.equal(await windowNamed(page, /Notepad/).isVisible(), true);
		await startButton(page).click();
		await startMenu(page).getByRole('button', { name: 'Shut down' }).click();
		await question.getByRole('button', { name: /Don.t save/ }).click();
		await page.getByRole('heading', { name: 'It is safe to close this tab' }).waitFor();
		await page.getByRole('button', { name: 'Start Vitrine again' }).click();
		await waitForDesktop(page);
		await windowNamed(page, /Notepad/).waitFor();
	});
});

for (const colorScheme of ['light', 'dark'] as const) {
	suite(`Accessibility, ${colorScheme}`, () => {
		test('axe finds nothing serious on the desktop, in Start, the flyouts and a window', async () => {
			await using browser = await launchBrowser({ colorScheme });
			const page = await browser.newPage();
			await page.emulateMedia({ reducedMotion: 'reduce', colorScheme });
			await openDesktop(page, server.url);
			const whole = page.locator('html');
			const problems = await findAccessibilityProblems(page, whole);
			await startButton(page).click();
			await startMenu(page).waitFor();
			problems.push(...(await findAccessibilityProblems(page, startMenu(page))));
			await startMenu(page).getByRole('combobox').fill('s');
			problems.push(...(await findAccessibilityProblems(page, startMenu(page))));
			await page.keyboard.press('Escape');
			await page.keyboard.press('Escape');
			await startMenu(page).waitFor({ state: 'detached' });
			for (const [button, name] of [
				[/^Clock/, 'Calendar'],
				[/^Sound/, 'Sound'],
				[/^Storage/, 'Storage and network'],
			] as const) {
				await page.getByRole('button', { name: button }).click();
				const flyout = page.getByRole('dialog', { name });
				await flyout.waitFor();
				problems.push(...(await findAccessibilityProblems(page, flyout)));
				await page.keyboard.press('Escape');
				await flyout.waitFor({ state: 'detached' });
			}
			await startProgram(page, 'Notepad');
			await page
				.getByRole('toolbar', { name: 'Taskbar' })
				.getByRole('button', { name: /^Notepad/ })
				.hover();
			await page.getByRole('dialog', { name: 'Windows of Notepad' }).waitFor();
			problems.push(...(await findAccessibilityProblems(page, whole)));
			await page.keyboard.down('Control');
			await page.keyboard.press('Backquote');
			await page.getByRole('listbox', { name: 'Windows' }).waitFor();
			problems.push(...(await findAccessibilityProblems(page, whole)));
			await page.keyboard.up('Control');
			assert.deepEqual([...new Set(problems)], []);
		});
	});
}
