/**
 * Installing and making data partitions as a person does it: by the wizard, with the keyboard alone. Then the PC is started anew
 * from what was made.
 */
import { mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { getOutput } from '../../setup/run-command.ts';
import { VirtualPc, type VirtualPcOptions } from '../virtual-pc.ts';
import {
	type Scenario,
	type ScenarioInput,
	shortTimeoutMs,
	shutDown,
	startButton,
	startToDesktop,
	waitForKeeper,
	waitForStillScreen,
} from './scenario.ts';
import { tabTo, waitForFocus, waitForFront } from './screen.ts';

/** Copying twice half a gigabyte on an emulated PC, on a busy machine. */
const longTimeoutMs = 1_800_000;
const startTimeoutMs = 1_200_000;
const passphrase = 'plain words 42';

/** With a picture of what stands there before, where it has a name. */
async function pressOn(pc: VirtualPc, name: RegExp, picture?: string): Promise<void> {
	await tabTo(pc, name);
	if (picture !== undefined) await waitForStillScreen(pc, picture);
	await pc.press('ret');
}

async function openFromStart(pc: VirtualPc, words: string, title: RegExp): Promise<void> {
	await pc.click(...startButton);
	await waitForFocus(pc, /search/i);
	await pc.type(words);
	await wait(2_000);
	await pc.press('ret');
	await waitForFront(pc, title);
}

/** Until the keeper has done it, and the wizard says so. */
async function waitForEnd(pc: VirtualPc, verb: string, title: RegExp): Promise<void> {
	await waitForKeeper(pc, verb, longTimeoutMs);
	await waitForFocus(pc, title);
	await waitForStillScreen(pc, 'done');
}

interface WizardChoices {
	readonly disk: RegExp;
	readonly encrypted: boolean;
	readonly agree: RegExp | undefined;
	readonly go: RegExp;
}

/** From the wizard's first page to its end. */
async function goThrough(pc: VirtualPc, { disk, encrypted, agree, go }: WizardChoices): Promise<void> {
	await tabTo(pc, disk);
	await pc.press('spc');
	await pressOn(pc, /^Next$/, 'choose');
	await tabTo(pc, /^Encrypt my files/);
	if (encrypted) {
		for (const field of [/^Passphrase$/, /^Passphrase once more$/]) {
			await tabTo(pc, field);
			await pc.type(passphrase);
		}
	} else await pc.press('down');
	await pressOn(pc, /^Next$/, 'passphrase');
	if (agree !== undefined) {
		await tabTo(pc, agree);
		await pc.press('spc');
	}
	await pressOn(pc, go, 'confirm');
	await pressOn(pc, /^Yes/);
}

async function makeDisk(input: ScenarioInput, bytes: number): Promise<string> {
	const disk = `${input.directory}.disk`;
	await mkdir(path.dirname(disk), { recursive: true });
	await rm(disk, { force: true });
	await using made = await open(disk, 'w');
	await made.truncate(bytes);
	return disk;
}

/** The image on a stick that is larger than it, and can be written. */
async function makeStick(input: ScenarioInput): Promise<VirtualPcOptions> {
	const stick = `${input.directory}.stick`;
	await mkdir(path.dirname(stick), { recursive: true });
	await getOutput('cp', ['--sparse=always', input.image, stick]);
	await getOutput('truncate', ['-s', '1G', stick]);
	return { ...input, image: stick, medium: 'stick', writesMedium: true };
}

function installs(name: string, title: string, firmware: VirtualPcOptions['firmware'] & string): Scenario {
	return {
		name,
		title,
		run: async (input) => {
			const disk = await makeDisk(input, 4 * 1024 ** 3);
			{
				await using pc = await startToDesktop({ ...input, disk, firmware });
				await openFromStart(pc, 'install vitrine', /^Install Vitrine$/);
				await goThrough(pc, {
					...{ disk: /^Disk vda|vda, virtual/, encrypted: false },
					...{ agree: /^Erase /, go: /^Erase and install$/ },
				});
				await pc.waitFor(/keeper: disk\.install begins/, shortTimeoutMs);
				await pc.screenshot('running');
				await waitForEnd(pc, 'disk.install', /^Vitrine is on /);
				await shutDown(pc);
			}
			const options = { ...input, directory: `${input.directory}-again`, medium: 'none', disk, firmware } as const;
			await using pc = await VirtualPc.start(options);
			await pc.waitFor(/medium \/dev\/vda3/, startTimeoutMs);
			await pc.waitFor(/data kept on \/dev\/vda5/, startTimeoutMs);
			await pc.waitFor(/set-up ready/, startTimeoutMs);
			await pc.screenshot('installed');
			await rm(disk);
		},
	};
}

/** Makes one behind the image, on the stick that the PC was started from. */
async function makeData(options: VirtualPcOptions, encrypted: boolean): Promise<void> {
	await using pc = await startToDesktop(options);
	await openFromStart(pc, 'data partition', /Settings$/);
	await pressOn(pc, /^Make a data partition/);
	await waitForFront(pc, 'Make a data partition');
	await goThrough(pc, { disk: /behind it are free/, encrypted, agree: undefined, go: /^Make the data partition$/ });
	await waitForEnd(pc, 'disk.make-data', /^The data partition is ready$/);
	await shutDown(pc);
}

async function keepsBehindImage(input: ScenarioInput): Promise<void> {
	const options = await makeStick(input);
	await makeData(options, false);
	await using pc = await VirtualPc.start({ ...options, directory: `${input.directory}-again` });
	await pc.waitFor(/data kept on \/dev\/sda4/, startTimeoutMs);
	await pc.waitFor(/set-up ready/, startTimeoutMs);
	await rm(options.image);
}

/** A wrong passphrase opens nothing, the right one does. */
async function unlocks(input: ScenarioInput): Promise<void> {
	const options = await makeStick(input);
	await makeData(options, true);
	await using pc = await VirtualPc.start({ ...options, directory: `${input.directory}-again` });
	await pc.waitFor(/data partition \/dev\/sda4 is locked/, startTimeoutMs);
	await pc.waitFor(/unlock ready/, startTimeoutMs);
	await wait(5_000);
	await pc.screenshot('locked');
	await pc.type('wrong words\n');
	await pc.waitFor(/keeper: data\.unlock: .*passphrase is wrong/, shortTimeoutMs);
	await wait(3_000);
	await pc.screenshot('wrong');
	await pc.type(`${passphrase}\n`);
	await pc.waitFor(/data kept on \/dev\/sda4/, shortTimeoutMs);
	await pc.waitFor(/set-up ready/, startTimeoutMs);
	await pc.screenshot('unlocked');
	await rm(options.image);
}

export const diskScenarios: readonly Scenario[] = [
	installs('install-bios', 'is installed to a disk and starts from it by BIOS', 'bios'),
	installs('install-uefi', 'is installed to a disk and starts from it by UEFI', 'uefi'),
	{ name: 'data-partition', title: 'keeps files behind the image on its stick', run: keepsBehindImage },
	{ name: 'unlock', title: 'opens an encrypted data partition by its passphrase', run: unlocks },
];
