/** The first programs in a real Chromium, used as a person uses them: by their names, by mouse and by keyboard. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { launchBrowser, startServer, type TestBrowser, type TestServer } from '../browser/browser.ts';
import { openDesktop, settledBox, startNotepad, startProgram, windowNamed } from '../browser/desktop-page.ts';
import { ProcessorWaits } from '../browser/processor-waits.ts';
import { until } from '../browser/until.ts';
import { findAccessibilityProblems } from './accessibility.ts';

let server: TestServer;
let browser: TestBrowser;
let page: Page;
const errors: string[] = [];

before(async () => {
	server = await startServer();
	browser = await launchBrowser();
	page = await browser.newPage();
	page.on('pageerror', (error) => errors.push(String(error)));
	await openDesktop(page, server.url);
});

afterEach(async () => {
	for (let ids = await windowIds(); ids.length > 0; ids = await windowIds())
		await closeWindow(page.locator(`[data-window="${ids.at(-1)}"]`));
	assert.deepEqual(errors.splice(0), []);
});

after(async () => {
	await browser?.close();
	await server?.close();
});

function windowIds(): Promise<(string | null)[]> {
	return page.locator('[data-window]').evaluateAll((all) => all.map((window) => window.getAttribute('data-window')));
}

/** Closes a window whatever it asks, also one that stands behind others. */
async function closeWindow(window: Locator): Promise<void> {
	if ((await window.count()) === 0) return;
	await window.getByRole('button', { name: 'Close', exact: true }).dispatchEvent('click');
	const answer = page.getByRole('button', { name: /^(Don’t save|Stop and close)$/ });
	const asked = answer.waitFor().then(
		() => true,
		() => false,
	);
	if (await Promise.race([window.waitFor({ state: 'detached' }).then(() => false), asked])) await answer.click();
	await window.waitFor({ state: 'detached' });
}

async function expectAccessible(window: Locator): Promise<void> {
	assert.deepEqual(await findAccessibilityProblems(page, window), []);
}

const screenOf = (terminal: Locator) => terminal.locator('.xterm-rows');

/** Waits until the terminal shows a text. */
async function expectOnScreen(terminal: Locator, text: string | RegExp): Promise<void> {
	await screenOf(terminal).filter({ hasText: text }).waitFor();
}

async function openTerminal(): Promise<Locator> {
	const terminal = await startProgram(page, 'Terminal');
	await expectOnScreen(terminal, '~ $');
	await terminal.getByRole('textbox').and(page.locator(':focus')).waitFor();
	return terminal;
}

let runs = 0;

/** Runs a command on a cleared screen and waits until it has ended. */
async function run(terminal: Locator, command: string): Promise<void> {
	runs++;
	// The quotes keep the command line itself from looking like its output.
	await page.keyboard.type(`clear; ${command}; echo en''d-${runs}\n`);
	await expectOnScreen(terminal, `end-${runs}`);
}

/** Runs a command in a terminal of its own, which ends with it: what the command opens takes the keyboard. */
async function runOnce(command: string): Promise<void> {
	const terminal = await openTerminal();
	await page.keyboard.type(`${command}; exit\n`);
	await terminal.waitFor({ state: 'detached' });
}

describe('Terminal', () => {
	test('runs a pipeline over the files of the volume', async () => {
		const terminal = await openTerminal();
		await run(terminal, 'printf "b\\na\\nb\\n" > list.txt; sort list.txt | uniq -c');
		await expectOnScreen(terminal, /1 a\s*2 b/);
		await run(terminal, 'ls; rm list.txt');
		await expectOnScreen(terminal, /Desktop\/.*Documents\/.*list\.txt/);
		await expectAccessible(terminal);
	});

	test('what is entered before the shell runs is not lost', async () => {
		await page.evaluate(() => {
			const enter = ({ target }: FocusEvent) => {
				if (!(target instanceof HTMLTextAreaElement)) return;
				document.removeEventListener('focusin', enter);
				const clipboardData = new DataTransfer();
				clipboardData.setData('text/plain', "echo ear''ly\n");
				// In the very moment in which the screen takes the keyboard, which is before its shell is started.
				target.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
			};
			document.addEventListener('focusin', enter);
		});
		const terminal = await startProgram(page, 'Terminal');
		await expectOnScreen(terminal, 'early');
	});

	test('Ctrl+C stops a command, arrows bring it back, Tab completes', async () => {
		const terminal = await openTerminal();
		await page.keyboard.type('clear\nsleep 600\n');
		await expectOnScreen(terminal, 'sleep 600');
		await page.keyboard.press('Control+c');
		await expectOnScreen(terminal, '^C');
		await page.keyboard.type('echo $?');
		await page.keyboard.press('Enter');
		await expectOnScreen(terminal, '130');
		await page.keyboard.press('ArrowUp');
		await page.keyboard.press('ArrowUp');
		await expectOnScreen(terminal, /sleep 600.*sleep 600/);
		await page.keyboard.press('Control+u');
		await page.keyboard.type('cd Docu');
		await page.keyboard.press('Tab');
		await page.keyboard.press('Enter');
		await expectOnScreen(terminal, '~/Documents $');
	});

	test('asks before it closes while a command runs', async () => {
		const terminal = await openTerminal();
		await page.keyboard.type('sleep 600\n');
		await expectOnScreen(terminal, 'sleep 600');
		await terminal.getByRole('button', { name: 'Close', exact: true }).click();
		await page.getByRole('button', { name: 'Cancel' }).click();
		// The keyboard is the terminal's again.
		await terminal.getByRole('textbox').and(page.locator(':focus')).waitFor();
		await page.keyboard.type('typed ahead');
		await expectOnScreen(terminal, 'typed ahead');
		await terminal.getByRole('button', { name: 'Close', exact: true }).click();
		await page.getByRole('button', { name: 'Stop and close' }).click();
		await terminal.waitFor({ state: 'detached' });
		const manager = await startProgram(page, 'Task Manager');
		await manager.getByRole('row', { name: /Task Manager/ }).waitFor();
		// The shell has ended with its terminal.
		await manager.getByRole('row', { name: /Shell/ }).waitFor({ state: 'detached' });
	});

	test('shows an endless output, and stops it', async () => {
		const terminal = await openTerminal();
		await page.keyboard.type('while true; do echo endless; done\n');
		await expectOnScreen(terminal, /endless\s*endless\s*endless/);
		await page.keyboard.press('Control+c');
		await page.keyboard.type('clear; echo sto""pped\n');
		await expectOnScreen(terminal, /^\s*stopped/);
	});

	test('tells the shell its size', async () => {
		const terminal = await openTerminal();
		await run(terminal, 'echo "columns:$COLUMNS"');
		const before = Number(/columns:(\d+)/.exec((await screenOf(terminal).textContent()) ?? '')?.[1]);
		await terminal.getByRole('button', { name: 'Maximize' }).click();
		await run(terminal, 'while [ $COLUMNS -le 100 ]; do true; done; echo "columns:$COLUMNS"');
		const after = Number(/columns:(\d+)/.exec((await screenOf(terminal).textContent()) ?? '')?.[1]);
		assert.ok(after > before, `${before} columns, then ${after}`);
	});

	test('takes the path of a file that is dropped on it', async () => {
		const terminal = await openTerminal();
		const drag = await page.evaluateHandle(() => {
			const content = new DataTransfer();
			content.setData('application/x-vitrine-files', '["/Users/Owner/two words.txt"]');
			return content;
		});
		await terminal.locator('.xterm-screen').dispatchEvent('drop', { dataTransfer: drag });
		await expectOnScreen(terminal, "'/Users/Owner/two words.txt'");
	});

	test('copies and pastes by keys and by its menu', async () => {
		const terminal = await openTerminal();
		await page.evaluate(() => navigator.clipboard.writeText('echo pasted-text'));
		await page.keyboard.press('Control+Shift+v');
		await expectOnScreen(terminal, 'echo pasted-text');
		await page.keyboard.press('Enter');
		await expectOnScreen(terminal, /echo pasted-text\s*pasted-text/);
		await terminal.locator('.xterm-screen').click({ button: 'right', position: { x: 60, y: 120 } });
		const menu = await settledBox(page.getByRole('menu'));
		const screen = await settledBox(terminal.locator('.xterm-screen'));
		assert.ok(Math.abs(menu.x - screen.x - 60) < 8, 'the menu is at the pointer');
		await page.getByRole('menuitem', { name: 'Select all' }).click();
		await page.keyboard.press('Control+Shift+c');
		await page.waitForFunction(async () => (await navigator.clipboard.readText()).includes('\npasted-text'));
	});
});

async function saveAs(name: string): Promise<void> {
	const field = page.getByRole('dialog', { name: 'Save as' }).getByRole('textbox').first();
	await field.fill(name);
	await field.press('Enter');
}

const textOf = (notepad: Locator) => notepad.getByRole('textbox', { name: 'Text' });

describe('Notepad', () => {
	test('writes a new file, keeps what it says, and asks before losing text', async () => {
		const notepad = await startNotepad(page);
		await page.keyboard.type('first line\nsecond line');
		await windowNamed(page, '*Untitled – Notepad').waitFor();
		await expectAccessible(notepad);
		await notepad.getByRole('button', { name: 'Close', exact: true }).click();
		await page.getByRole('button', { name: 'Cancel' }).click();
		await textOf(notepad).and(page.locator(':focus')).waitFor();
		await page.keyboard.press('Control+s');
		await saveAs('note.txt');
		await windowNamed(page, 'note.txt – Notepad').waitFor();
		await closeWindow(notepad);
		const terminal = await openTerminal();
		await run(terminal, 'wc -lc Documents/note.txt; rm Documents/note.txt');
		// CRLF between the lines, as old programs expect.
		await expectOnScreen(terminal, /1 +23 Documents/);
	});

	test('finds, replaces and goes to a line by keyboard', async () => {
		const notepad = await startNotepad(page);
		await page.keyboard.type('one two one\nthree one');
		await page.keyboard.press('Control+h');
		await page.getByRole('textbox', { name: 'Find' }).fill('one');
		await page.getByRole('textbox', { name: 'Find' }).press('Enter');
		await notepad.getByText('1 of 3').waitFor();
		await expectAccessible(notepad);
		await page.getByRole('textbox', { name: 'Replace with' }).fill('1');
		await page.getByRole('button', { name: 'Replace all' }).click();
		await expectLines(notepad, ['1 two 1', 'three 1']);
		await page.getByRole('textbox', { name: 'Find' }).press('Escape');
		await page.keyboard.press('Control+g');
		await page.getByRole('textbox', { name: /Line number/ }).fill('2');
		await page.getByRole('textbox', { name: /Line number/ }).press('Enter');
		await notepad.getByText('Line 2, column 1').waitFor();
		await textOf(notepad).and(page.locator(':focus')).waitFor();
		await page.keyboard.press('Control+z');
		await expectLines(notepad, ['one two one', 'three one']);
	});

	test('has its menus on the keyboard', async () => {
		const notepad = await startNotepad(page);
		await page.keyboard.press('F10');
		for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
		await notepad.getByText('110 %').waitFor();
		await page.keyboard.press('Control+0');
		await notepad.getByText('110 %').waitFor({ state: 'detached' });
	});

	test('reads a code page, refuses to destroy what it cannot write, and saves the rest unharmed', async () => {
		const notepad = await startNotepad(page);
		await page.keyboard.insertText('╔═╗ Grüße');
		await notepad.getByRole('button', { name: 'UTF-8' }).click();
		await page.getByRole('menuitemcheckbox', { name: 'CP437 (DOS, US)' }).click();
		await page.getByRole('menu').waitFor({ state: 'detached' });
		await notepad.getByRole('button', { name: 'CP437 (DOS, US)' }).waitFor();
		await page.keyboard.press('Control+s');
		await saveAs('dos.nfo');
		await windowNamed(page, 'dos.nfo – Notepad').waitFor();
		await notepad.getByText('9 bytes').waitFor();
		await textOf(notepad).click();
		await page.keyboard.press('Control+End');
		await page.keyboard.insertText('漢');
		await page.keyboard.press('Control+s');
		await page.getByText('CP437 (DOS, US) has no character “漢”').waitFor();
		await page.getByRole('button', { name: 'Cancel' }).click();
		await closeWindow(notepad);
		await runOnce('open Documents/dos.nfo');
		const again = windowNamed(page, 'dos.nfo – Notepad');
		await expectLines(again, ['╔═╗ Grüße']);
		await again.getByRole('button', { name: 'CP437 (DOS, US)' }).click();
		await page.getByRole('menuitemcheckbox', { name: 'Windows-1252 (Western)' }).click();
		await again.getByText('ÉÍ» Gr').waitFor();
	});

	test('opens a file that is dropped on it', async () => {
		await runOnce('echo dropped-text > Documents/dropped.txt');
		const notepad = await startNotepad(page);
		const drag = await page.evaluateHandle(() => {
			const content = new DataTransfer();
			content.setData('application/x-vitrine-files', '["/Users/Owner/Documents/dropped.txt"]');
			return content;
		});
		await textOf(notepad).dispatchEvent('drop', { dataTransfer: drag });
		await notepad.getByText('dropped-text').waitFor();
		await windowNamed(page, 'dropped.txt – Notepad').waitFor();
	});

	test('keeps encoding and line ends of a file of the host that is dropped on it', async () => {
		const notepad = await startProgram(page, 'Notepad');
		const drag = await page.evaluateHandle(() => {
			const content = new DataTransfer();
			content.items.add(new File([new Uint8Array([0xc9, 0xcd, 0xbb, 10, 0x81, 10])], 'frame.nfo'));
			return content;
		});
		await textOf(notepad).dispatchEvent('drop', { dataTransfer: drag });
		await windowNamed(page, '*frame.nfo – Notepad').waitFor();
		await expectLines(notepad, ['╔═╗', 'ü', '']);
		await notepad.getByRole('button', { name: 'CP437 (DOS, US)' }).waitFor();
		await notepad.getByRole('button', { name: 'LF', exact: true }).waitFor();
		await textOf(notepad).click();
		await page.keyboard.press('Control+z');
		await expectLines(notepad, ['╔═╗', 'ü', '']);
	});

	test('tells that another program has changed the file', async () => {
		await runOnce('echo before > Documents/shared.txt; open Documents/shared.txt');
		const notepad = windowNamed(page, 'shared.txt – Notepad');
		await notepad.getByText('before').waitFor();
		await runOnce('sleep 0.1; echo after > Documents/shared.txt');
		await notepad.getByText('Another program has changed this file.').waitFor();
		await notepad.getByRole('button', { name: 'Reload' }).click();
		await notepad.getByText('after').waitFor();
	});

	test('does not give up what was typed to a reload without a question', async () => {
		await runOnce('echo before > Documents/both.txt; open Documents/both.txt');
		const notepad = windowNamed(page, 'both.txt – Notepad');
		await notepad.getByText('before').waitFor();
		await textOf(notepad).pressSequentially('typed ');
		const changed = windowNamed(page, '*both.txt – Notepad');
		await changed.waitFor();
		await runOnce('sleep 0.1; echo after > Documents/both.txt');
		await changed.getByRole('button', { name: 'Reload' }).click();
		await page.getByText('Give up your changes to both.txt?').waitFor();
		await page.getByRole('button', { name: 'Cancel' }).click();
		await changed.getByText('typed before').waitFor();
		await changed.getByRole('button', { name: 'Reload' }).click();
		await page
			.getByText('Give up your changes to both.txt?')
			.locator('xpath=ancestor::*[@role="alertdialog" or @role="dialog"][1]')
			.getByRole('button', { name: 'Reload' })
			.click();
		await notepad.getByText('after').waitFor();
	});
});

/** Waits until the editor shows exactly these lines. */
async function expectLines(notepad: Locator, lines: readonly string[]): Promise<void> {
	const shown = () => notepad.locator('.cm-line').allTextContents();
	await until(
		async () => (await shown()).join('\n') === lines.join('\n'),
		async () => `${lines.join('\n')}\nin place of:\n${(await shown()).join('\n')}`,
	);
}

describe('Pictures', () => {
	const svg = (shape: string) => `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200">${shape}</svg>`;

	test('shows the pictures of a folder one after the other, and says what is wrong with a broken one', async () => {
		const circle = svg('<script>document.title="run"</script><circle cx="200" cy="100" r="80" fill="teal"/>');
		await runOnce(
			`cd Pictures; echo '${circle}' > 1.svg; echo '${svg('<rect width="50" height="50"/>')}' > 2.svg; echo junk > 10.png; open 1.svg`,
		);
		const pictures = page.locator('[data-window]').filter({ has: page.getByLabel('Picture viewer') });
		await pictures.getByRole('img', { name: '1.svg' }).waitFor();
		assert.equal(await page.title(), 'Vitrine', 'a script in a picture never runs');
		await pictures.getByText('1 of 3').waitFor();
		await pictures.getByText('400 × 200').waitFor();
		await expectAccessible(pictures);
		await page.keyboard.press('ArrowRight');
		await pictures.getByRole('img', { name: '2.svg' }).waitFor();
		await page.keyboard.press('+');
		await pictures.getByText('150 %').waitFor();
		await page.keyboard.press('0');
		await pictures.getByText('100 %').waitFor();
		await page.keyboard.press('i');
		await pictures.getByText('SVG drawing').waitFor();
		await page.keyboard.press('ArrowRight');
		await pictures.getByText('10.png cannot be shown').waitFor();
		await expectAccessible(pictures);
		await page.keyboard.press('ArrowRight');
		await pictures.getByRole('img', { name: '1.svg' }).waitFor();
	});

	test('says what to do when nothing is open', async () => {
		const pictures = await startProgram(page, 'Pictures');
		await pictures.getByText('No picture is open').waitFor();
		await expectAccessible(pictures);
	});

	test('refuses the head of a huge picture that has no body', async () => {
		// The head of a bitmap of 32,608 × 32,608 points, and nothing else.
		const fields = [0x36, 0, 0x36, 40, 0x7f60, 0x7f60, 0x18_0001, 0, 0, 0, 0, 0, 0];
		const head = [0x42, 0x4d, ...fields.flatMap((field) => [0, 8, 16, 24].map((shift) => (field >> shift) & 255))];
		const format = head.map((byte) => `\\x${byte.toString(16)}`).join('');
		await runOnce(`cd Pictures; printf '${format}' > huge.bmp; open huge.bmp`);
		await page.getByText('huge.bmp cannot be shown').waitFor();
	});
});

describe('Task Manager', () => {
	const rowOf = (manager: Locator, name: string | RegExp) => manager.getByRole('row', { name });

	test('lists real processes and ends one', async () => {
		const notepad = await startProgram(page, 'Notepad');
		const manager = await startProgram(page, 'Task Manager');
		const row = rowOf(manager, /Notepad/);
		await row.click();
		await expectAccessible(manager);
		await page.keyboard.press('Delete');
		const end = page.getByRole('alertdialog', { name: 'End task' }).getByRole('button', { name: 'End task' });
		await end.waitFor();
		const waits = await ProcessorWaits.begin(browser);
		const started = performance.now();
		await end.click();
		await notepad.waitFor({ state: 'detached' });
		assert.ok(performance.now() - started - (await waits.since()) < 2000, 'ended within two seconds');
		await row.waitFor({ state: 'detached' });
	});

	test('ends a program that does not answer', async () => {
		const terminal = await openTerminal();
		// Its Worker is busy from now on: it neither reads a signal nor ends.
		await page.keyboard.type('grep "^(a+)+$" -\n');
		await page.keyboard.type(`${'a'.repeat(60)}!\n`);
		const manager = await startProgram(page, 'Task Manager');
		const row = rowOf(manager, /Shell/);
		await row.click();
		await manager.getByRole('button', { name: 'End task' }).click();
		await page.getByRole('alertdialog', { name: 'End task' }).getByRole('button', { name: 'End task' }).click();
		// How soon is held by `tests/programs/end-task.test.ts`; here the busy Worker slows the browser itself.
		await row.waitFor({ state: 'detached' });
		await terminal.waitFor({ state: 'detached' });
	});

	test('draws what it measures', async () => {
		const manager = await startProgram(page, 'Task Manager');
		await manager.getByRole('tab', { name: 'Performance' }).click();
		await manager.getByText(/\d+ a second/).waitFor();
		await manager.getByRole('figure', { name: /System volume/ }).waitFor();
		await expectAccessible(manager);
	});

	test('shows the services, and what the chosen one is for', async () => {
		const manager = await startProgram(page, 'Task Manager');
		await manager.getByRole('tab', { name: 'Services' }).click();
		await manager.getByRole('row', { name: /Maintenance/ }).click();
		await manager.getByText(/Reads the whole volume once a month/).waitFor();
		await expectAccessible(manager);
	});

	test('sorts by a column', async () => {
		const manager = await startProgram(page, 'Task Manager');
		const column = manager.getByRole('columnheader', { name: 'PID' });
		await column.click();
		await manager.locator('[aria-sort="ascending"]').and(column).waitFor();
		const cells = manager.getByRole('row').locator('td:nth-child(3), [role=gridcell]:nth-child(3)');
		const ascending = (await cells.allTextContents()).map(Number);
		assert.ok(ascending.length > 1);
		assert.deepEqual(
			ascending,
			[...ascending].sort((a, b) => a - b),
		);
	});
});

describe('Event Viewer', () => {
	test('shows events as they are written, finds them, and tells all of one', async () => {
		await openTerminal();
		await page.keyboard.type('sleep 2; log write warning the cable is loose; log write error the fuse has blown\n');
		const viewer = await startProgram(page, 'Event Viewer');
		const row = (name: string | RegExp) => viewer.getByRole('option', { name });
		await row(/Warning .* the cable is loose/).waitFor();
		await viewer.getByRole('searchbox', { name: 'Find in events' }).fill('FUSE');
		await row(/the cable is loose/).waitFor({ state: 'detached' });
		await row(/Error .* the fuse has blown/).click();
		await viewer.getByRole('region', { name: 'Details' }).getByText('Applications').waitFor();
		await expectAccessible(viewer);
		await viewer.getByRole('searchbox', { name: 'Find in events' }).fill('no event has these words');
		await viewer.getByText('No event passes the filter.').waitFor();
	});

	test('walks a long list by keys and shows a hundred of its rows at most', async () => {
		const terminal = await openTerminal();
		const digits = '0 1 2 3 4 5 6 7 8 9';
		const loops = `for a in 0 1 2; do for b in ${digits}; do for c in ${digits}; do log write inf entry-$a$b$c; done; done; done`;
		await page.keyboard.type(`${loops}; echo wri""tten\n`);
		await expectOnScreen(terminal, 'written');
		const viewer = await startProgram(page, 'Event Viewer');
		const list = viewer.getByRole('listbox', { name: 'Events' });
		await viewer.getByRole('searchbox', { name: 'Find in events' }).fill('entry-');
		await viewer.getByText('300 events').waitFor();
		await list.focus();
		await page.keyboard.press('End');
		await list.getByRole('option', { name: /entry-000$/, selected: true }).waitFor();
		assert.ok((await list.getByRole('option').count()) < 100);
		await page.keyboard.press('Home');
		await list.getByRole('option', { name: /entry-299$/, selected: true }).waitFor();
	});
});

describe('Settings', () => {
	test('changes a setting that a part of the system defines, and goes back to its default', async () => {
		const settings = await startProgram(page, 'Settings');
		await settings.getByRole('button', { name: 'Management', exact: true }).click();
		const size = settings.getByRole('textbox', { name: 'Size of the text in terminals' });
		await size.fill('99');
		await settings.getByText('From 8 to 32').waitFor();
		await size.fill('18');
		await size.press('Enter');
		const back = settings.getByRole('button', { name: 'Default for “Size of the text in terminals”' });
		await back.and(page.locator(':enabled')).waitFor();
		await expectAccessible(settings);
		await back.click();
		await back.and(page.locator(':disabled')).waitFor();
		assert.equal(await size.inputValue(), '14');
	});

	test('finds a setting by another word and changes the theme at once', async () => {
		const settings = await startProgram(page, 'Settings');
		await settings.getByRole('searchbox', { name: 'Find a setting' }).fill('night');
		await settings.getByRole('button', { name: 'Theme Appearance' }).click();
		await settings
			.locator('label')
			.filter({ hasText: /^Dark$/ })
			.click();
		await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
		await expectAccessible(settings);
		await settings
			.locator('label')
			.filter({ hasText: /^Light$/ })
			.click();
		await page.waitForFunction(() => document.documentElement.dataset.theme === 'light');
		await expectAccessible(settings);
	});

	test('opens a page by its name and checks the volume', async () => {
		await runOnce('start settings storage');
		const settings = windowNamed(page, 'Storage – Settings');
		await settings.getByRole('button', { name: 'Check the volume now' }).click();
		await settings.getByText('All is well.').waitFor();
		await expectAccessible(settings);
	});

	test('tells every key, and what it stands on', async () => {
		const settings = await startProgram(page, 'Settings');
		await settings.getByRole('button', { name: 'Keyboard' }).click();
		await settings.getByRole('textbox', { name: 'Filter the keys' }).fill('start');
		await settings.getByText('Open Start').waitFor();
		await expectAccessible(settings);
		await settings.getByRole('button', { name: 'About Vitrine' }).click();
		await settings.getByRole('button', { name: 'Show all licences' }).click();
		await settings.getByRole('region', { name: 'Licences' }).getByText('GPL-2.0').first().waitFor();
		await expectAccessible(settings);
	});
});

describe('Help', () => {
	test('is searched by words and read by keyboard', async () => {
		const help = await startProgram(page, 'Help');
		await help.getByRole('heading', { name: 'Getting an old program in' }).waitFor();
		await expectAccessible(help);
		await help.getByRole('searchbox', { name: 'Search Help' }).fill('backup');
		await help.getByRole('button', { name: 'Where your files are' }).waitFor();
		await page.keyboard.press('Tab');
		await page.keyboard.press('Enter');
		await help.getByRole('heading', { name: 'Where your files are' }).waitFor();
		await help.getByRole('searchbox', { name: 'Search Help' }).fill('xyzzy');
		await help.getByText('Nothing in Help has').waitFor();
	});
});
