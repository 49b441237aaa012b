/** The mouse and the keyboard as the guest's alone: captured pointer, full screen, keys that go up when the focus goes. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { startServer, type TestServer } from '../browser/browser.ts';
import { until } from '../browser/until.ts';
import { FileDesktop } from '../desktop/files-desktop.ts';
import { MachineWindow } from './machine-window.ts';

let server: TestServer;

before(async () => {
	server = await startServer();
});
after(() => server.close());

/** At each key it prints how far the mouse has moved since the last one (INT 33, 0B): across and down, in hexadecimal. */
const motionProgram = Uint8Array.from([
	...[0x31, 0xc0, 0xcd, 0x33], // reset the mouse
	...[0x31, 0xc0, 0xcd, 0x16], // next: wait for a key
	...[0xb8, 0x0b, 0x00, 0xcd, 0x33], // read the motion
	...[0x52, 0x89, 0xcb, 0xe8, 0x0c, 0x00, 0x5b, 0xe8, 0x08, 0x00], // print both
	...[0xb2, 0x0a, 0xb4, 0x02, 0xcd, 0x21, 0xeb, 0xe5], // a new line; next
	...[0xb9, 0x04, 0x00, 0xc1, 0xc3, 0x04, 0x88, 0xda, 0x80, 0xe2, 0x0f], // four digits:
	...[0x80, 0xc2, 0x30, 0x80, 0xfa, 0x39, 0x76, 0x03, 0x80, 0xc2, 0x07],
	...[0xb4, 0x02, 0xcd, 0x21, 0xe2, 0xe7, 0xb2, 0x20, 0xb4, 0x02, 0xcd, 0x21, 0xc3], // and a space
]);

async function openMotion(desktop: FileDesktop): Promise<MachineWindow> {
	const folder = await desktop.hostFolder('MOTION', { 'MOTION.COM': motionProgram });
	await desktop.dropFromHost([folder], desktop.icons, { x: 500, y: 300 });
	await desktop.icon('MOTION').dblclick();
	return await MachineWindow.open(desktop.explorer('MOTION'), 'MOTION.COM');
}

function isCaptured(page: Page): Promise<boolean> {
	return page.evaluate(() => document.pointerLockElement instanceof HTMLCanvasElement);
}

async function motions(machine: MachineWindow): Promise<string[]> {
	return (await machine.text()).split('\n').filter((line) => /^[0-9A-F]{4} [0-9A-F]{4}/.test(line));
}

/** What the guest says of the mouse's motion since it was asked last. */
async function askMotion(machine: MachineWindow): Promise<string> {
	const before = (await motions(machine)).length;
	await machine.type('m');
	await until(
		async () => (await motions(machine)).length > before,
		async () => 'an answer of the guest',
	);
	return (await motions(machine)).at(-1)?.trim() ?? '';
}

test('a captured mouse moves the guest’s by steps, until Ctrl+F10', async () => {
	await using desktop = await FileDesktop.start(server);
	const { page } = desktop;
	const machine = await openMotion(desktop);
	await machine.button('Give the mouse to the machine').click();
	await machine.window.getByText('Keyboard and mouse are the machine’s.').waitFor();
	assert.equal(await isCaptured(page), true);
	await page.mouse.move(500, 400);
	await askMotion(machine);
	await page.mouse.move(550, 420);
	assert.equal(await askMotion(machine), '0032 0014');
	await page.mouse.move(520, 410);
	assert.equal(await askMotion(machine), 'FFE2 FFF6');
	await machine.type('Control+F10');
	await machine.window.getByText('Click the screen to type into the machine.').waitFor();
	assert.equal(await isCaptured(page), false);
	await machine.close('Turn off');
});

interface KeyboardLock {
	keyboard: { lock(codes: readonly string[]): Promise<void>; unlock(): void };
	locks: string[];
}

test('full screen takes the Escape key too, and Ctrl+F10 gives everything back', async () => {
	await using desktop = await FileDesktop.start(server);
	const { page } = desktop;
	const machine = await openMotion(desktop);
	await page.evaluate(() => {
		const { keyboard } = navigator as unknown as KeyboardLock;
		const scope = globalThis as unknown as KeyboardLock;
		const lock = keyboard.lock.bind(keyboard);
		const unlock = keyboard.unlock.bind(keyboard);
		scope.locks = [];
		keyboard.lock = async (codes) => {
			await lock(codes);
			scope.locks.push(...codes);
		};
		keyboard.unlock = () => {
			unlock();
			scope.locks.length = 0;
		};
	});
	const locked = () => page.evaluate(() => (globalThis as unknown as KeyboardLock).locks.join());
	const isFull = () => page.evaluate(() => document.fullscreenElement !== null);
	await machine.button('Full screen').click();
	await until(
		async () => (await locked()) === 'Escape',
		async () => 'the Escape key for the guest',
	);
	assert.equal(await isFull(), true);
	const answers = (await motions(machine)).length;
	await machine.type('Escape');
	await until(
		async () => (await motions(machine)).length > answers,
		async () => 'the guest’s answer to Escape',
	);
	assert.equal(await isFull(), true);
	await machine.type('Control+F10');
	await until(
		async () => !(await isFull()) && (await locked()) === '',
		async () => 'the window as it was',
	);
	await machine.close('Turn off');
});
