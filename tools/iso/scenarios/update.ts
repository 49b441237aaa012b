/**
 * An installed PC gets a newer version from a stick and keeps it; a version that cannot start makes way for it again by
 * itself. And the power is cut while one is written.
 */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { makeInstalledDisk } from '../make-installed-disk.ts';
import { isoCacheDirectory } from '../stage.ts';
import { VirtualPc, type VirtualPcOptions } from '../virtual-pc.ts';
import { type Scenario, type ScenarioInput, shortTimeoutMs, startTimeoutMs, waitForKeeper } from './scenario.ts';
import { approve, openTerminal } from './screen.ts';
import { makeUpdateImages } from './update-images.ts';

/** Writing and checking half a gigabyte takes an emulated PC minutes. */
const installTimeoutMs = 1_200_000;

class InstalledPc {
	readonly #input: ScenarioInput;
	readonly #disk: string;
	#starts = 0;

	constructor(input: ScenarioInput, disk: string) {
		this.#input = input;
		this.#disk = disk;
	}

	options(stick?: string): VirtualPcOptions {
		const directory = path.join(this.#input.directory, `start-${++this.#starts}`);
		return { ...this.#input, directory, medium: 'none', disk: this.#disk, ...(stick !== undefined && { stick }) };
	}

	/** To the desktop, from the slot that is expected. */
	async start(partition: string, stick?: string): Promise<VirtualPc> {
		const pc = await VirtualPc.start(this.options(stick));
		try {
			await pc.waitFor(/desktop ready/, startTimeoutMs);
			await pc.waitFor(new RegExp(`medium /dev/${partition}$`), shortTimeoutMs);
			return pc;
		} catch (error) {
			await pc.screenshot('failed');
			await pc.cutPower();
			throw error;
		}
	}
}

/** As a person does in the Terminal, with their yes on the secure desktop. */
async function beginInstall(pc: VirtualPc): Promise<void> {
	await openTerminal(pc);
	await pc.type('elevate update install sda:u.iso\n');
	await approve(pc);
	await pc.waitFor(/update\.install begins/, shortTimeoutMs);
}

async function install(pc: VirtualPc): Promise<void> {
	await beginInstall(pc);
	await waitForKeeper(pc, 'update.install', installTimeoutMs);
}

async function updates(input: ScenarioInput): Promise<void> {
	const { first, goodStick, brokenStick } = await makeUpdateImages(path.join(isoCacheDirectory, 'update-images'));
	const disk = `${input.directory}.disk`;
	await makeInstalledDisk(disk, first);
	const installed = new InstalledPc(input, disk);
	{
		await using pc = await installed.start('vda3', goodStick);
		await install(pc);
	}
	{
		await using pc = await installed.start('vda4', brokenStick);
		await pc.waitFor(/this version is kept/, shortTimeoutMs);
		// Half an update is none, and the version beside it is not offered any more.
		await beginInstall(pc);
		await wait(20_000);
	}
	{
		await using pc = await installed.start('vda4', brokenStick);
		await install(pc);
	}
	{
		// The trial of what cannot start: it goes off by itself, without a key being pressed.
		await using pc = await VirtualPc.start(installed.options());
		await pc.waitFor(/medium \/dev\/vda3$/, startTimeoutMs);
		await pc.waitFor(/(stopped|refused): /, shortTimeoutMs);
		await pc.waitForOff(shortTimeoutMs);
	}
	await using _pc = await installed.start('vda4');
	await rm(disk);
}

export const updateScenarios: readonly Scenario[] = [
	{ name: 'update', title: 'takes an update from a stick, and goes back from one that fails', run: updates },
];
