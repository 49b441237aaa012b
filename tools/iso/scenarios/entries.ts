/** Entries of the start menu beside the first, and what is seen between the menu and the desktop. */
import { readFile, rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { type Picture, readPng } from '../read-png.ts';
import { VirtualPc } from '../virtual-pc.ts';
import { type Scenario, type ScenarioInput, shortTimeoutMs, startTimeoutMs, startToDesktop } from './scenario.ts';
import { openByName, openTerminal, waitForIcon, waitForScreen } from './screen.ts';
import { showsLettersAlone, showsText } from './shows-text.ts';

/** Programs that were not opened before still start when there is no disc any more. */
async function startsFromMemory(input: ScenarioInput): Promise<void> {
	await using pc = await startToDesktop({ ...input, entry: 'memory' });
	await pc.takeOutDisc();
	await openTerminal(pc);
	await pc.type('echo there > Desktop/there.txt\n');
	await waitForIcon(pc, 'there.txt');
	await openByName(pc, 'task manager');
	await waitForScreen(pc, 'Task Manager', ({ front }) => front.includes('Task Manager'));
	await pc.screenshot('without-disc');
}

function testsMemory(name: string, title: string, firmware: 'bios' | 'uefi'): Scenario {
	return {
		name,
		title,
		run: async (input) => {
			await using pc = await VirtualPc.start({ ...input, firmware, card: 'std', entry: 'test' });
			const began = await pc.waitUntil(() => lookForTest(pc), 'the memory test', shortTimeoutMs);
			// Its clock and its patterns go on.
			const goesOn = async () =>
				(await readFile(await pc.screenshot('test-goes-on'))).equals(began) ? undefined : true;
			await pc.waitUntil(goesOn, 'the memory test goes on', shortTimeoutMs);
		},
	};
}

/** Memtest86+ is the only thing on the medium that is blue: a fifth of the screen at least is #0000AA. */
async function lookForTest(pc: VirtualPc): Promise<Buffer | undefined> {
	const file = await readFile(await pc.screenshot('test'));
	const { width, height, bgrx } = readPng(file);
	let blue = 0;
	for (let place = 0; place < bgrx.length; place += 4) {
		const isBlue = Math.abs((bgrx[place] ?? 0) - 0xaa) < 8 && (bgrx[place + 1] ?? 0) < 8 && (bgrx[place + 2] ?? 0) < 8;
		if (isBlue) blue++;
	}
	return blue > (width * height) / 5 ? file : undefined;
}

const lookEveryMs = 500;

/** A picture every half a second, from the menu's first to the desktop: none is a console's. The pictures that differ are kept. */
async function showsNoText(input: ScenarioInput): Promise<void> {
	await using pc = await VirtualPc.start(input);
	let [last, seen, isPastFirmware] = [Buffer.alloc(0), 0, false];
	const deadline = Date.now() + startTimeoutMs;
	while ((await pc.findLine(/desktop ready/)) === undefined) {
		if (Date.now() > deadline || !pc.isOn) throw new Error('The desktop did not come.');
		await wait(lookEveryMs);
		const file = await pc.screenshot(String(seen).padStart(3, '0'));
		const bytes = await readFile(file);
		if (bytes.equals(last)) {
			await rm(file);
			continue;
		}
		last = bytes;
		seen++;
		const picture: Picture = readPng(bytes);
		// Until the loader takes it, the screen is the firmware's, which shows letters.
		isPastFirmware ||= !showsLettersAlone(picture);
		if (isPastFirmware && showsText(picture)) throw new Error(`There is text on the way to the desktop: ${file}`);
	}
	if (!isPastFirmware || seen < 3) throw new Error(`Only ${seen} pictures were seen.`);
}

export const entryScenarios: readonly Scenario[] = [
	{ name: 'no-text', title: 'shows no text between the start menu and the desktop', run: showsNoText },
	{ name: 'copied', title: 'goes on from memory when the disc is taken out', run: startsFromMemory },
	testsMemory('memory-test-bios', 'tests the memory by BIOS', 'bios'),
	testsMemory('memory-test-uefi', 'tests the memory by UEFI', 'uefi'),
];
