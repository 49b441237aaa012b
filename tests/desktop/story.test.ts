/**
 * The story of the README in a real Chromium: an old DOS program of the host computer, used in its own window while
 * another stays alive; then the whole browser is killed, and next time everything is where it was. Once by mouse, once
 * by keyboard alone; and nothing is asked of any other origin meanwhile, by the browser's own network log.
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { netLogSwitch, readForeignRequests } from '../../bench/foreign-requests.ts';
import { makeSamples } from '../../samples/build.ts';
import { launchBrowser, startServer, type TestServer } from '../browser/browser.ts';
import {
	desktopIcon,
	openDesktop,
	startButton,
	startMenu,
	startNotepad,
	startProgram,
	windowNamed,
} from '../browser/desktop-page.ts';
import { MachineWindow, openLathe } from '../legacy/machine-window.ts';
import { FileDesktop } from './files-desktop.ts';

let server: TestServer;
let directory: string;

before(async () => {
	server = await startServer();
	directory = await mkdtemp(path.join(tmpdir(), 'vitrine-story-'));
});

after(async () => {
	await server.close();
	await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});

async function oldProgram(): Promise<Uint8Array> {
	const lathe = (await makeSamples()).find(({ file }) => file === 'lathe.com');
	assert.ok(lathe);
	return lathe.bytes;
}

suite('The story', { timeout: 900_000 }, () => {
	test('goes by mouse, and everything is there again after the whole browser was killed', async () => {
		const profileDirectory = path.join(directory, 'mouse');
		const desktop = await FileDesktop.start(server, { profileDirectory });
		const { page } = desktop;
		const folder = await desktop.hostFolder('OLDLATHE', { 'PROGRAM.COM': await oldProgram() });
		await desktop.dropFromHost([folder], desktop.icons, { x: 700, y: 300 });
		await desktop.icon('OLDLATHE').dblclick();
		const explorer = desktop.explorer('OLDLATHE');
		const machine = await openLathe(explorer, 'PROGRAM.COM');
		await machine.type('3');
		await explorer.item('JOB.NC').waitFor();

		const notepad = await startNotepad(page);
		await page.keyboard.type('still alive');
		await notepad.getByText('still alive').waitFor();
		assert.equal(await machine.size(), '640 × 400');
		assert.deepEqual(desktop.errors, []);
		await desktop.kill();

		const again = await launchBrowser({ profileDirectory });
		const nextPage = await again.newPage();
		await openDesktop(nextPage, server.url);
		await desktopIcon(nextPage, 'OLDLATHE').dblclick();
		const found = windowNamed(nextPage, 'OLDLATHE').last();
		await found.getByRole('grid').getByRole('gridcell', { name: 'JOB.NC' }).first().waitFor();
		await again.close();
	});

	test('asks nobody for anything, from the first request to the last', async () => {
		const netLog = path.join(directory, 'net.json');
		const browser = await launchBrowser({ extraArguments: [netLogSwitch(netLog)] });
		const page = await browser.newPage();
		await openDesktop(page, server.url);
		for (const title of ['Explorer', 'Notepad', 'Pictures', 'Terminal', 'Task Manager', 'Settings', 'Help'])
			await startProgram(page, title);
		await startButton(page).click();
		await startMenu(page).getByRole('combobox').pressSequentially('weather in Paris');
		await page.keyboard.press('Escape');
		await browser.close();
		const { own, foreign } = await readForeignRequests(netLog, server.url);
		assert.ok(own > 20, `the log should hold the page's own requests; it holds ${own}`);
		assert.deepEqual(foreign, []);
	});

	test('goes by keyboard alone', async () => {
		await using desktop = await FileDesktop.start(server);
		const { page } = desktop;
		const { keyboard } = page;
		const isAmongIcons = () => desktop.icons.evaluate((list) => list.contains(document.activeElement));
		for (let presses = 0; presses < 10 && !(await isAmongIcons()); presses++) await keyboard.press('F6');
		assert.ok(await isAmongIcons());
		// The samples come a moment after the first start.
		await desktopIcon(page, 'Samples').waitFor();
		await keyboard.type('sam');
		await keyboard.press('Enter');
		const samples = desktop.explorer('Samples');
		await samples.item('LATHE').waitFor();
		await samples.window.and(page.locator(':focus-within')).waitFor();
		await keyboard.type('lathe');
		await keyboard.press('Enter');
		await desktop.explorer('LATHE').item('LATHE.COM').waitFor();
		await desktop.explorer('LATHE').window.and(page.locator(':focus-within')).waitFor();
		await keyboard.type('lathe.com');
		await keyboard.press('Enter');
		const machine = new MachineWindow(page, 'LATHE.COM');
		await machine.screen.and(page.locator(':visible')).waitFor();
		await machine.hasColour();
		await machine.takesKeys();
		await machine.type('3');
		await machine.window.getByRole('button', { name: '2 files saved' }).waitFor();
		await keyboard.press('Control+F10');
		await machine.window.getByRole('toolbar', { name: 'Machine' }).and(page.locator(':focus-within')).waitFor();
		await keyboard.press('Alt+Shift+KeyQ');
		await page.getByRole('button', { name: 'Turn off', exact: true }).and(page.locator(':focus')).waitFor();
		await keyboard.press('Enter');
		await machine.window.waitFor({ state: 'detached' });
		await keyboard.press('Alt+Home');
		await startMenu(page).getByRole('combobox').and(page.locator(':focus')).waitFor();
		await keyboard.type('task');
		await startMenu(page).getByRole('option', { name: 'Task Manager', selected: true }).waitFor();
		await keyboard.press('Enter');
		await windowNamed(page, 'Task Manager').waitFor();
		assert.deepEqual(desktop.errors, []);
	});
});
