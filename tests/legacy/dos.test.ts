/** The main job: a person double-clicks an old DOS program and uses it in its own window. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeSamples } from '../../samples/build.ts';
import { startServer, type TestServer } from '../browser/browser.ts';
import { settledBox, startNotepad } from '../browser/desktop-page.ts';
import { until } from '../browser/until.ts';
import { FileDesktop } from '../desktop/files-desktop.ts';
import { makeProgram } from '../fuzz/sample-images.ts';
import { MachineWindow, openLathe, openSampleFolder } from './machine-window.ts';

let server: TestServer;

before(async () => {
	server = await startServer();
});
after(() => server.close());

async function sample(file: string): Promise<Uint8Array> {
	const found = (await makeSamples()).find((candidate) => candidate.file === file);
	assert.ok(found);
	return found.bytes;
}

test('the sample runs from the desktop: keys reach it, and what it writes is in its folder', async () => {
	await using desktop = await FileDesktop.start(server);
	const explorer = await openSampleFolder(desktop);
	const machine = await openLathe(explorer);
	await machine.type('1');
	await machine.hasSize('320 × 200');
	await machine.type('Escape');
	await machine.hasSize('640 × 400');
	await machine.type('3');
	await explorer.item('JOB.NC').waitFor();
	await explorer.item('LATHE.DAT').waitFor();
	await machine.window.getByRole('button', { name: '2 files saved' }).waitFor();
	await machine.type('5');
	await machine.shows('LATHE has ended');
	await machine.close();
});

test('a program’s folder is dropped from the host, and its program does what it did', async () => {
	await using desktop = await FileDesktop.start(server);
	const folder = await desktop.hostFolder('OLDLATHE', {
		'Turning program.com': await sample('lathe.com'),
		'start here.bat': '@echo hello > greeting.txt\r\n@type greeting.txt\r\n@del note.txt\r\n',
		'note.txt': 'to be deleted',
	});
	await desktop.dropFromHost([folder], desktop.icons, { x: 500, y: 300 });
	await desktop.icon('OLDLATHE').dblclick();
	const explorer = desktop.explorer('OLDLATHE');
	const batch = await MachineWindow.open(explorer, 'start here.bat');
	await batch.shows('hello');
	await explorer.item('GREETING.TXT').waitFor();
	await explorer.item('note.txt').waitFor({ state: 'detached' });
	await batch.close();
	const machine = await openLathe(explorer, 'Turning program.com');
	await machine.type('3');
	await explorer.item('JOB.NC').waitFor();
	await machine.close('Turn off');
});

test('the mouse is the guest’s: a click on its menu opens what was clicked', async () => {
	await using desktop = await FileDesktop.start(server);
	const machine = await openLathe(await openSampleFolder(desktop));
	const box = await settledBox(machine.screen);
	// Row 9 of 25, in the middle: the first entry of the menu.
	await desktop.page.mouse.move(box.x + box.width / 2, box.y + (box.height * 9.5) / 25, { steps: 5 });
	await desktop.page.mouse.down();
	await until(
		async () => (await machine.size()) === '320 × 200',
		async () => `graphics; it is ${await machine.size()}`,
	);
	await desktop.page.mouse.up();
	await machine.type('Escape');
	await machine.hasSize('640 × 400');
	await machine.close('Turn off');
});

test('pause holds the guest, resume lets it go on, and the speed changes while it runs', async () => {
	await using desktop = await FileDesktop.start(server);
	// Counts up in the first letter of the screen: mov ax, 0xb800; mov es, ax; xor di, di; inc word [es:di]; and again.
	const endless = Uint8Array.of(0xb8, 0x00, 0xb8, 0x8e, 0xc0, 0x31, 0xff, 0x26, 0xff, 0x05, 0xeb, 0xfb);
	const folder = await desktop.hostFolder('ENDLESS', { 'again.com': endless });
	await desktop.dropFromHost([folder], desktop.icons, { x: 500, y: 300 });
	await desktop.icon('ENDLESS').dblclick();
	const machine = await MachineWindow.open(desktop.explorer('ENDLESS'), 'again.com');
	const picture = () => machine.screen.evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
	/** Whether the picture is another one a little later. */
	const moves = async () => {
		const before = await picture();
		await new Promise((resolve) => setTimeout(resolve, 600));
		return (await picture()) !== before;
	};
	await until(moves, async () => 'a picture that moves');
	await machine.button('Pause').click();
	await machine.window.getByRole('heading', { name: 'Paused' }).waitFor();
	await until(
		async () => !(await moves()),
		async () => 'a picture that stands still',
	);
	await machine.button('Resume').last().click();
	await until(moves, async () => 'a picture that moves after Resume');
	await machine.choose('Speed', '486, 66 MHz');
	await machine.button('Speed').click();
	await desktop.page.getByRole('menuitemcheckbox', { name: '486, 66 MHz', checked: true }).click();
	await machine.close();
});

test('the keyboard is the guest’s until Ctrl+F10, and other windows stay alive', async () => {
	await using desktop = await FileDesktop.start(server);
	const machine = await openLathe(await openSampleFolder(desktop));
	await machine.type('1');
	await machine.hasSize('320 × 200');
	await machine.type('Control+F10');
	const toolbar = machine.window.getByRole('toolbar', { name: 'Machine' });
	await toolbar.and(desktop.page.locator(':focus-within')).waitFor();
	await machine.type('Escape');
	assert.equal(await machine.size(), '320 × 200');
	await desktop.page.getByRole('button', { name: 'Start', exact: true }).click();
	await desktop.page.keyboard.press('Escape');
	await machine.close('Turn off');
});

test('a program that writes without end leaves the desktop alive, and what it writes is told', async () => {
	await using desktop = await FileDesktop.start(server);
	const endless = '@echo off\r\n:again\r\necho and again\r\ngoto again\r\n';
	const folder = await desktop.hostFolder('ENDLESS', { 'again.bat': endless });
	await desktop.dropFromHost([folder], desktop.icons, { x: 500, y: 300 });
	await desktop.icon('ENDLESS').dblclick();
	await desktop.explorer('ENDLESS').item('again.bat').dblclick();
	const machine = new MachineWindow(desktop.page, 'again.bat');
	await machine.shows('and again\nand again');
	await startNotepad(desktop.page);
	await desktop.page.keyboard.type('alive');
	await desktop.page.locator('.cm-line').filter({ hasText: 'alive' }).waitFor();
	// Notepad stands above it.
	await machine.button('Close').first().dispatchEvent('click');
	await machine.window.waitFor({ state: 'detached' });
});

test('a program that fails takes only its machine with it, and its files are safe', async () => {
	await using desktop = await FileDesktop.start(server);
	// Writes X.TXT, then enters protected mode without any of what that needs.
	const crash = Uint8Array.from([
		...[0xb4, 0x3c, 0x31, 0xc9, 0xba, 0x22, 0x01, 0xcd, 0x21, 0x93, 0xb4, 0x40, 0xb1, 0x05, 0xcd, 0x21],
		...[0xb4, 0x3e, 0xcd, 0x21, 0xfa, 0x0f, 0x01, 0x1e, 0x28, 0x01, 0x0f, 0x20, 0xc0, 0x40, 0x0f, 0x22],
		...[0xc0, 0xcc],
		...new TextEncoder().encode('X.TXT\0'),
		...[0, 0, 0, 0, 0, 0],
	]);
	const folder = await desktop.hostFolder('CRASH', { 'CRASH.COM': crash });
	await desktop.dropFromHost([folder], desktop.icons, { x: 500, y: 300 });
	await desktop.icon('CRASH').dblclick();
	const explorer = desktop.explorer('CRASH');
	await explorer.item('CRASH.COM').dblclick();
	const machine = new MachineWindow(desktop.page, 'CRASH.COM');
	await machine.window.getByRole('heading', { name: 'The machine has crashed' }).waitFor();
	await machine.window.getByText('The DOS engine stopped').waitFor();
	await explorer.item('X.TXT').waitFor();
	await machine.button('Restart').last().click();
	await machine.window.getByRole('heading', { name: 'The machine has crashed' }).waitFor();
	await machine.close();
});

test('a program for Windows gets a plain sentence', async () => {
	await using desktop = await FileDesktop.start(server);
	const folder = await desktop.hostFolder('WIN', { 'SETUP.EXE': makeProgram('PE') });
	await desktop.dropFromHost([folder], desktop.icons, { x: 500, y: 300 });
	await desktop.icon('WIN').dblclick();
	await desktop.explorer('WIN').item('SETUP.EXE').dblclick();
	const { window } = new MachineWindow(desktop.page, 'SETUP.EXE');
	await window.getByText('This is a 32-bit Windows program. Vitrine cannot run these yet.').waitFor();
	await window.getByRole('button', { name: 'Close', exact: true }).last().click();
	await window.waitFor({ state: 'detached' });
});

test('the machine asks nobody but its own host, and its Worker could ask nobody', async () => {
	await using desktop = await FileDesktop.start(server);
	const origin = new URL(desktop.page.url()).origin;
	const addresses: string[] = [];
	desktop.page.context().on('request', (request) => addresses.push(request.url()));
	const machine = await openLathe(await openSampleFolder(desktop));
	await machine.type('3');
	await machine.window.getByRole('button', { name: '2 files saved' }).waitFor();
	const engine = desktop.page.workers().find((worker) => worker.url().includes('/engines/dosbox/'));
	assert.ok(engine);
	const ways = await engine.evaluate(() =>
		['fetch', 'XMLHttpRequest', 'WebSocket', 'WebTransport', 'EventSource', 'Worker', 'indexedDB', 'caches'].filter(
			(name) => (globalThis as unknown as Record<string, unknown>)[name] !== undefined,
		),
	);
	assert.deepEqual(ways, []);
	assert.deepEqual(
		addresses.filter((address) => !address.startsWith(origin)),
		[],
	);
	assert.ok(addresses.some((address) => address.includes('/engines/dosbox/')));
	await machine.close('Turn off');
});
