/**
 * What the scenarios of virtual PCs have in common: starting to the desktop, looking, shutting down.
 */
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { VirtualPc, type VirtualPcOptions } from '../virtual-pc.ts';

export interface ScenarioInput {
	readonly image: string;
	readonly directory: string;
}

export interface Scenario {
	readonly name: string;
	readonly title: string;
	run(input: ScenarioInput): Promise<void>;
}

/** Ample: an emulated PC on a busy machine is a tenth as fast as one on a quiet one. */
export const startTimeoutMs = 1_200_000;

/** Starts, waits for the desktop, takes its picture. */
export async function startToDesktop(options: VirtualPcOptions): Promise<VirtualPc> {
	const pc = await VirtualPc.start(options);
	try {
		await pc.waitFor(/desktop ready \d+x\d+/, startTimeoutMs);
		await waitForStillScreen(pc);
	} catch (error) {
		await pc.screenshot('failed');
		await pc.cutPower();
		throw error;
	}
	return pc;
}

/** The desktop says that it is ready before the emulated card has painted it: two equal pictures in a row are the end. */
export async function waitForStillScreen(pc: VirtualPc, name = 'desktop'): Promise<void> {
	let last = Buffer.alloc(0);
	for (let tries = 0; tries < 60; tries++) {
		const picture = await readFile(await pc.screenshot(name));
		if (picture.equals(last)) return;
		last = picture;
		await wait(3_000);
	}
	throw new Error('The screen does not come to rest.');
}

/** What is where on a screen of 1280 × 720, in parts of its width and height. */
export const at = (x: number, y: number) => [x / 1280, y / 720] as const;
export const startButton = at(32, 696);
const shutDownButton = at(528, 636);
export const shortTimeoutMs = 300_000;

/** Until the keeper has done what the verb names. */
export async function waitForKeeper(pc: VirtualPc, verb: string, timeoutMs: number): Promise<void> {
	const end = await pc.waitFor(new RegExp(`keeper: ${verb.replace('.', '\\.')}( is done|: )`), timeoutMs);
	if (!end.endsWith('is done')) throw new Error(end);
}

/** Starts the PC's end from Start; it must go off by itself, with its data on the disk. */
export async function shutDown(pc: VirtualPc): Promise<void> {
	await pc.click(...startButton);
	await waitForStillScreen(pc);
	await pc.click(...shutDownButton);
	await pc.waitFor(/power: shut-down/, shortTimeoutMs);
	await pc.waitFor(/the data is on the disk/, shortTimeoutMs);
	await pc.waitForOff(shortTimeoutMs);
}
