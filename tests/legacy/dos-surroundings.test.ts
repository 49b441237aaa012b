/** What a DOS program finds around it: the day, the code page, the letters of the person's keyboard, the shape of a monitor. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer, type TestServer } from '../browser/browser.ts';
import { type ExplorerWindow, FileDesktop } from '../desktop/files-desktop.ts';
import { MachineWindow } from './machine-window.ts';

let server: TestServer;

before(async () => {
	server = await startServer();
});
after(() => server.close());

async function openFolder(desktop: FileDesktop, files: Record<string, string | Uint8Array>): Promise<ExplorerWindow> {
	const folder = await desktop.hostFolder('OLD', files);
	await desktop.dropFromHost([folder], desktop.icons, { x: 500, y: 300 });
	await desktop.icon('OLD').dblclick();
	return desktop.explorer('OLD');
}

function dosDay(date: Date): string {
	return date.toLocaleDateString('en-US', { year: 'numeric', month: '2-digit', day: '2-digit' });
}

test('a DOS program knows which day it is', async () => {
	await using desktop = await FileDesktop.start(server);
	const explorer = await openFolder(desktop, { 'DAY.BAT': '@date /t\r\n@echo asked\r\n' });
	const before = dosDay(new Date());
	const machine = await MachineWindow.open(explorer, 'DAY.BAT');
	await machine.shows('asked');
	const text = await machine.text();
	assert.ok(text.includes(before) || text.includes(dosDay(new Date())), text);
	await machine.close();
});

/** Prints the active code page (INT 21, 6601) as four hexadecimal digits, then each key that is typed; a full stop ends it. */
const codePageProgram = Uint8Array.from([
	...[0xb8, 0x01, 0x66, 0xcd, 0x21], // mov ax, 6601; int 21
	...[0xb9, 0x04, 0x00], // mov cx, 4
	...[0xc1, 0xc3, 0x04, 0x88, 0xda, 0x80, 0xe2, 0x0f], // rol bx, 4; mov dl, bl; and dl, 15
	...[0x80, 0xc2, 0x30, 0x80, 0xfa, 0x3a, 0x72, 0x03, 0x80, 0xc2, 0x07], // to a digit
	...[0xb4, 0x02, 0xcd, 0x21, 0xe2, 0xe7], // int 21; loop
	...[0xb4, 0x08, 0xcd, 0x21, 0x3c, 0x2e, 0x74, 0x08], // next: key; full stop ends
	...[0x88, 0xc2, 0xb4, 0x02, 0xcd, 0x21, 0xeb, 0xf0], // int 21; jmp next
	...[0xb2, 0x0a, 0xb4, 0x02, 0xcd, 0x21, 0xc3], // a new line; ret
]);

interface Layouts {
	keyboard: { getLayoutMap(): Promise<ReadonlyMap<string, string>> };
}

test('frames are drawn as in the ROM, and a German keyboard gives its own letters', async () => {
	await using desktop = await FileDesktop.start(server);
	await desktop.page.evaluate(() => {
		const german = { KeyY: 'z', KeyZ: 'y', Semicolon: 'ö', Quote: 'ä', BracketLeft: 'ü', Minus: 'ß' };
		(navigator as unknown as Layouts).keyboard.getLayoutMap = async () => new Map(Object.entries(german));
	});
	const machine = await MachineWindow.open(await openFolder(desktop, { 'PAGE.COM': codePageProgram }), 'PAGE.COM');
	await machine.type('KeyZ', 'KeyY', 'Shift+Digit7', 'Slash', 'Period');
	// 437 in hexadecimal, and what stands on these keys in Germany.
	await machine.shows('01B5yz/-');
	await machine.close();
});

/** Goes to the graphics of 320 by 200 and waits for a key. */
const graphicsProgram = Uint8Array.from([0xb8, 0x13, 0x00, 0xcd, 0x10, 0x31, 0xc0, 0xcd, 0x16, 0xc3]);

test('a picture of 320 by 200 fills the window in the shape of a monitor of its time', async () => {
	await using desktop = await FileDesktop.start(server);
	const machine = await MachineWindow.open(await openFolder(desktop, { 'VGA.COM': graphicsProgram }), 'VGA.COM');
	await machine.hasSize('320 × 200');
	const shown = await machine.screen.boundingBox();
	assert.deepEqual([shown?.width, shown?.height], [640, 480]);
	await machine.close();
});
