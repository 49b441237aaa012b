/** PCs that start from images: floppy, hard disk and disc, in a window, with nothing but what the image holds. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer, type TestServer } from '../browser/browser.ts';
import { until } from '../browser/until.ts';
import { FileDesktop } from '../desktop/files-desktop.ts';
import { makeDisc } from '../fuzz/sample-images.ts';
import { MachineWindow } from './machine-window.ts';

let server: TestServer;

before(async () => {
	server = await startServer();
});
after(() => server.close());

/**
 * A boot sector that writes `text`, then the letter X into the second sector of the first hard disk, then waits.
 * It is built here, so that no disk image of anybody has to be in the tree.
 */
function bootSector(text: string): Uint8Array<ArrayBuffer> {
	const sector = new Uint8Array(512);
	const message = 0x60;
	sector.set([
		...[0xea, 0x05, 0x7c, 0x00, 0x00], // jmp 0:0x7c05
		...[0x31, 0xc0, 0x8e, 0xd8, 0x8e, 0xc0], // xor ax, ax; mov ds, ax; mov es, ax
		...[0xb8, 0x03, 0x00, 0xcd, 0x10], // text mode
		...[0xbe, message, 0x7c], // mov si, message
		...[0xac, 0x84, 0xc0, 0x74, 0x09, 0xb4, 0x0e, 0xbb, 0x07, 0x00, 0xcd, 0x10, 0xeb, 0xf2], // print until 0
		...[0xc6, 0x06, 0x00, 0x7e, 0x58], // mov byte [0x7e00], 'X'
		...[0xb8, 0x01, 0x03, 0xbb, 0x00, 0x7e, 0xb9, 0x02, 0x00, 0xba, 0x80, 0x00, 0xcd, 0x13], // write one sector
		...[0xf4, 0xeb, 0xfd], // wait
	]);
	sector.set(new TextEncoder().encode(`${text}\0`), message);
	sector.set([0x55, 0xaa], 510);
	return sector;
}

function hardDisk(text: string): Uint8Array {
	const bytes = new Uint8Array(4 * 1024 * 1024);
	bytes.set(bootSector(text));
	const view = new DataView(bytes.buffer);
	view.setUint8(0x1be, 0x80);
	view.setUint8(0x1be + 4, 0x06);
	view.setUint32(0x1be + 8, 63, true);
	view.setUint32(0x1be + 12, 8000, true);
	return bytes;
}

async function openHost(desktop: FileDesktop, files: Readonly<Record<string, Uint8Array>>) {
	const folder = await desktop.hostFolder('IMAGES', files);
	await desktop.dropFromHost([folder], desktop.icons, { x: 500, y: 300 });
	await desktop.icon('IMAGES').dblclick();
	return desktop.explorer('IMAGES');
}

test('the sample floppy starts: text, typing, graphics, restart', async () => {
	await using desktop = await FileDesktop.start(server);
	await desktop.icon('Samples').dblclick();
	const machine = await MachineWindow.open(desktop.explorer('Samples'), 'Sample floppy.img');
	await machine.shows('This PC has started from a floppy image.');
	await machine.hasSize('720 × 400');
	await machine.shows('Type here:');
	await machine.takesKeys();
	await machine.type('h', 'e', 'l', 'l', 'o');
	await machine.shows('        hello');
	await machine.type('F1');
	await machine.hasSize('320 × 200');
	await machine.type('Space');
	await machine.shows('Type here:');
	await machine.button('Restart').click();
	await machine.shows('This PC has started from a floppy image.');
	await machine.close();
});

test('a disc starts by El Torito', async () => {
	await using desktop = await FileDesktop.start(server);
	const boot = new Uint8Array(2048);
	boot.set(bootSector('Started from a disc of our own'));
	const explorer = await openHost(desktop, { 'disc.iso': makeDisc(boot) });
	const machine = await MachineWindow.open(explorer, 'disc.iso');
	await machine.shows('Started from a disc of our own');
	await machine.close();
});

test('a hard disk stays as it was when changes are discarded, and has them when they are kept', async () => {
	await using desktop = await FileDesktop.start(server);
	const explorer = await openHost(desktop, { 'disk.img': hardDisk('Started from a hard disk') });
	const first = await MachineWindow.open(explorer, 'disk.img');
	await first.shows('Started from a hard disk');
	await first.button('Changes not kept').waitFor();
	await first.close('Discard');
	const second = await MachineWindow.open(explorer, 'disk.img');
	await second.button('Changes not kept').click();
	await desktop.page.getByRole('menuitem', { name: 'Keep changes in the image' }).click();
	await second.button('No changes').waitFor();
	await second.close();
	const download = desktop.page.waitForEvent('download');
	await explorer.item('disk.img').click();
	await explorer.window.getByRole('button', { name: 'Save to your computer…' }).click();
	const chunks: Buffer[] = [];
	for await (const chunk of await (await download).createReadStream()) chunks.push(chunk as Buffer);
	const kept = Buffer.concat(chunks);
	assert.equal(kept.length, 4 * 1024 * 1024);
	assert.equal(kept[512], 'X'.charCodeAt(0));
	assert.equal(kept.subarray(0, 512).compare(Buffer.from(hardDisk('Started from a hard disk').subarray(0, 512))), 0);
});

test('an image that nothing starts from says so, and a damaged one is no dead window', async () => {
	await using desktop = await FileDesktop.start(server);
	const damaged = makeDisc(undefined).subarray(0, 17 * 2048);
	const explorer = await openHost(desktop, { 'data.iso': makeDisc(undefined), 'torn.iso': damaged });
	await explorer.item('data.iso').dblclick();
	const disc = new MachineWindow(desktop.page, 'data.iso');
	await disc.window.getByText('This is a CD image. A PC cannot start from it.').waitFor();
	await disc.window.getByText('TESTDISC').waitFor();
	await disc.window.getByRole('list', { name: 'Files on it' }).getByText('SUB/INNER.TXT').waitFor();
	await disc.button('Close').last().click();
	await explorer.item('torn.iso').dblclick();
	const torn = new MachineWindow(desktop.page, 'torn.iso');
	await torn.window.getByText('It is damaged or incomplete.').waitFor();
	await torn.button('Close').last().click();
});

test('the PC’s Worker has no way to a network, and the machine no network card', async () => {
	await using desktop = await FileDesktop.start(server);
	const origin = new URL(desktop.page.url()).origin;
	const foreign: string[] = [];
	desktop.page.context().on('request', (request) => {
		if (!request.url().startsWith(origin)) foreign.push(request.url());
	});
	await desktop.icon('Samples').dblclick();
	const machine = await MachineWindow.open(desktop.explorer('Samples'), 'Sample floppy.img');
	await machine.shows('This PC has started');
	const pc = desktop.page.workers().find((worker) => worker.url().includes('pc-worker'));
	assert.ok(pc);
	const ways = await pc.evaluate(() =>
		['fetch', 'XMLHttpRequest', 'WebSocket', 'WebTransport', 'EventSource', 'Worker', 'indexedDB', 'caches'].filter(
			(name) => (globalThis as unknown as Record<string, unknown>)[name] !== undefined,
		),
	);
	assert.deepEqual(ways, []);
	assert.equal(await pc.evaluate(() => navigator.storage === undefined), true, 'nor to the files of the volume');
	assert.deepEqual(foreign, []);
	await machine.close();
});

test('a PC that is paused stands still, and its Worker ends with its window', async () => {
	await using desktop = await FileDesktop.start(server);
	await desktop.icon('Samples').dblclick();
	const machine = await MachineWindow.open(desktop.explorer('Samples'), 'Sample floppy.img');
	await machine.shows('Type here:');
	await machine.button('Pause').click();
	await machine.window.getByRole('heading', { name: 'Paused' }).waitFor();
	await machine.button('Resume').last().click();
	await machine.window.getByRole('heading', { name: 'Paused' }).waitFor({ state: 'detached' });
	await machine.takesKeys();
	await machine.type('o', 'k');
	await machine.shows('        ok');
	await desktop.page.keyboard.press('Control+F10');
	await until(
		async () => desktop.page.workers().some((worker) => worker.url().includes('pc-worker')),
		async () => 'a Worker of the PC',
	);
	await machine.close();
	await until(
		async () => !desktop.page.workers().some((worker) => worker.url().includes('pc-worker')),
		async () => 'no Worker of the PC after its window has closed',
	);
});
