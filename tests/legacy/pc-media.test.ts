/** Floppies of odd sizes, and what a person reads when a guest asks for more than the PC has. */
import { after, before, test } from 'node:test';
import { startServer, type TestServer } from '../browser/browser.ts';
import { type ExplorerWindow, FileDesktop } from '../desktop/files-desktop.ts';
import { MachineWindow } from './machine-window.ts';

let server: TestServer;

before(async () => {
	server = await startServer();
});
after(() => server.close());

async function openFolder(desktop: FileDesktop, files: Record<string, Uint8Array>): Promise<ExplorerWindow> {
	const folder = await desktop.hostFolder('DISKS', files);
	await desktop.dropFromHost([folder], desktop.icons, { x: 500, y: 300 });
	await desktop.icon('DISKS').dblclick();
	return desktop.explorer('DISKS');
}

/** A boot sector of this code; the rest of it is zero. */
function bootSector(code: readonly number[]): Uint8Array {
	const sector = new Uint8Array(512);
	sector.set(code);
	sector.set([0x55, 0xaa], 510);
	return sector;
}

/** Reads the first sector of the second track and writes it to the screen up to its zero. */
const showSecondTrack = bootSector([
	...[0x31, 0xc0, 0x8e, 0xd8, 0x8e, 0xc0, 0xb8, 0x03, 0x00, 0xcd, 0x10], // segments 0, text mode
	...[0xb8, 0x01, 0x02, 0xbb, 0x00, 0x7e, 0xb9, 0x01, 0x00, 0xba, 0x00, 0x01, 0xcd, 0x13], // head 1, track 0, sector 1
	...[0xbe, 0x00, 0x7e, 0xac, 0x84, 0xc0, 0x74, 0x09, 0xb4, 0x0e, 0xbb, 0x07, 0x00, 0xcd, 0x10, 0xeb, 0xf2],
	...[0xf4, 0xeb, 0xfd], // wait
]);

test('a floppy of 640 KB has eight sectors a track, as its system expects', async () => {
	await using desktop = await FileDesktop.start(server);
	const image = new Uint8Array(640 * 1024);
	image.set(showSecondTrack);
	image.set(new TextEncoder().encode('The ninth sector\0'), 8 * 512);
	const machine = await MachineWindow.open(await openFolder(desktop, { 'old.img': image }), 'old.img');
	await machine.shows('The ninth sector');
	await machine.close();
});

test('an image that was cut off after its last file is still the floppy that its boot sector tells', async () => {
	await using desktop = await FileDesktop.start(server);
	const image = new Uint8Array(100 * 512);
	image.set(showSecondTrack);
	const view = new DataView(image.buffer);
	// Past the parameters of FAT that follow, the code goes on.
	image.copyWithin(0x40, 0, 0x30);
	image.set([0xeb, 0x3e, 0x90]);
	view.setUint16(0x0b, 512, true);
	image.set([1, 1, 0, 2, 224, 0], 0x0d);
	view.setUint16(0x13, 2880, true);
	image.set([0xf0, 9, 0, 18, 0, 2, 0], 0x15);
	image.set(new TextEncoder().encode('The nineteenth sector\0'), 18 * 512);
	const machine = await MachineWindow.open(await openFolder(desktop, { 'short.img': image }), 'short.img');
	await machine.shows('The nineteenth sector');
	await machine.close();
});
