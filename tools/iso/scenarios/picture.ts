/**
 * A picture on any PC: with each graphics card of QEMU, by its driver and without any, by each firmware; and keyboard and
 * mouse in both.
 *
 * What there must be is a desktop: a screen of many colours that a click on Start changes, and a key press again.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { type Picture, readPng } from '../read-png.ts';
import type { VirtualPc, VirtualPcOptions } from '../virtual-pc.ts';
import { type Scenario, shortTimeoutMs, startToDesktop } from './scenario.ts';

const cards = ['std', 'virtio', 'vmware', 'cirrus', 'qxl'] as const;

function showsPicture(name: string, title: string, options: Partial<VirtualPcOptions>, way?: RegExp): Scenario {
	return {
		name,
		title,
		run: async (input) => {
			await using pc = await startToDesktop({ ...input, ...options });
			if (way !== undefined) await pc.waitFor(way, shortTimeoutMs);
			const desktop = await look(pc, 'desktop');
			assert.ok(countColours(desktop) > 256, 'What is on the screen is no desktop.');
			// Start is in the lower left corner, whatever the size of the screen.
			await pc.click(32 / desktop.width, 1 - 24 / desktop.height);
			const menu = await waitForChange(pc, desktop, 'start-menu');
			await pc.press('esc');
			await waitForChange(pc, menu, 'start-menu-closed');
		},
	};
}

async function look(pc: VirtualPc, name: string): Promise<Picture> {
	return readPng(await readFile(await pc.screenshot(name)));
}

/** More than one dot in fifty: neither the pointer nor the clock is that large. */
async function waitForChange(pc: VirtualPc, before: Picture, name: string): Promise<Picture> {
	for (let tries = 0; tries < 60; tries++) {
		const now = await look(pc, name);
		if (countDifferences(before, now) > (now.width * now.height) / 50) return now;
		await wait(1_000);
	}
	throw new Error(`The screen did not change: ${name}.`);
}

function countDifferences(one: Picture, other: Picture): number {
	let different = 0;
	for (let place = 0; place < one.bgrx.length; place += 4)
		if (one.bgrx.readUInt32LE(place) !== other.bgrx.readUInt32LE(place)) different++;
	return different;
}

function countColours({ bgrx }: Picture): number {
	const colours = new Set<number>();
	for (let place = 0; place < bgrx.length; place += 4) colours.add(bgrx.readUInt32LE(place));
	return colours.size;
}

const byFirmware = /picture by firmware/;

export const pictureScenarios: readonly Scenario[] = [
	...cards.map((card) => showsPicture(`card-${card}`, `has a picture with the card ${card}`, { card })),
	...cards.map((card) =>
		showsPicture(`safe-${card}`, `has one with ${card} and safe graphics`, { card, entry: 'safe' }, byFirmware),
	),
	...(['uefi', 'secure-boot'] as const).map((firmware) =>
		showsPicture(
			`safe-${firmware}`,
			`has one by ${firmware} with safe graphics`,
			{ firmware, card: 'std', entry: 'safe' },
			byFirmware,
		),
	),
];
