/**
 * What `npm run iso:test` does with virtual PCs. Each scenario fails by throwing.
 */
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { VirtualPc, type VirtualPcOptions } from './virtual-pc.ts';

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
const startTimeoutMs = 1_200_000;

/** Starts, waits for the desktop, takes its picture. */
async function startToDesktop(options: VirtualPcOptions): Promise<VirtualPc> {
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
async function waitForStillScreen(pc: VirtualPc): Promise<void> {
	let last = Buffer.alloc(0);
	for (let tries = 0; tries < 60; tries++) {
		const picture = await readFile(await pc.screenshot('desktop'));
		if (picture.equals(last)) return;
		last = picture;
		await wait(3_000);
	}
	throw new Error('The screen does not come to rest.');
}

function bootsTo(name: string, title: string, options: Partial<VirtualPcOptions>): Scenario {
	return {
		name,
		title,
		run: async (input) => {
			await using _pc = await startToDesktop({ ...input, ...options });
		},
	};
}

export const scenarios: readonly Scenario[] = [
	bootsTo('bios-disc', 'starts by BIOS from a disc', {}),
	bootsTo('bios-stick', 'starts by BIOS from a stick', { medium: 'stick' }),
	bootsTo('uefi-disc', 'starts by UEFI from a disc', { firmware: 'uefi' }),
	bootsTo('uefi-stick', 'starts by UEFI from a stick', { firmware: 'uefi', medium: 'stick' }),
];
