/**
 * What `npm run iso:test` does with virtual PCs. Each scenario fails by throwing.
 */
import { readFile, rm, stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { getOutput } from '../setup/run-command.ts';
import { type Picture, readPng } from './read-png.ts';
import { findProgram } from './requirements.ts';
import { diskScenarios } from './scenarios/disks.ts';
import { installedDiskScenarios } from './scenarios/installed-disk.ts';
import {
	type Scenario,
	type ScenarioInput,
	shutDown,
	startToDesktop,
	terminalButton,
	waitForStillScreen,
} from './scenarios/scenario.ts';
import type { VirtualPcOptions } from './virtual-pc.ts';

/** Where the fourth icon of the desktop stands, in dots: the first file that a person puts there. */
const fourthIcon = { left: 16, top: 316, width: 104, height: 80 };

function bootsTo(name: string, title: string, options: Partial<VirtualPcOptions>): Scenario {
	return {
		name,
		title,
		run: async (input) => {
			await using _pc = await startToDesktop({ ...input, ...options });
		},
	};
}

async function shutsDown(input: ScenarioInput): Promise<void> {
	await using pc = await startToDesktop(input);
	await shutDown(pc);
}

/** Keys that close a browser's window or open another: the desktop stays, and is not started anew. */
async function keepsKeys(input: ScenarioInput): Promise<void> {
	await using pc = await startToDesktop(input);
	for (const keys of [
		'ctrl w',
		'ctrl n',
		'ctrl t',
		'ctrl shift n',
		'ctrl p',
		'ctrl o',
		'ctrl s',
		'ctrl u',
		'f1',
		'f11',
		'f12',
	])
		await pc.press(...keys.split(' '));
	await waitForStillScreen(pc);
	if (pc.lines.filter((line) => /graphics driver/.test(line)).length !== 1) throw new Error('A key ended the desktop.');
}

/** A card in the PC and a wire on it; ten idle minutes after the start, no packet may have been there. */
async function keepsSilent(input: ScenarioInput): Promise<void> {
	const packets = `${input.directory}.packets`;
	{
		await using _pc = await startToDesktop({ ...input, packets });
		await wait(600_000);
	}
	const { size } = await stat(packets);
	// A file without a packet is its header (24 bytes).
	if (size !== 24) throw new Error(`Something was sent: ${packets} holds ${size} bytes.`);
}

/** Writes a file to the desktop by key presses; says whether it is there after the next start. */
async function isKept(input: ScenarioInput, disk: string | undefined): Promise<boolean> {
	const options = { ...input, ...(disk === undefined ? {} : { disk }) };
	let before: Picture;
	{
		await using pc = await startToDesktop(options);
		before = readPng(await readFile(await pc.screenshot('before')));
		await pc.click(...terminalButton);
		await waitForStillScreen(pc);
		await pc.type('echo kept > /Users/Owner/Desktop/kept.txt\nexit\n');
		await waitForStillScreen(pc);
		await shutDown(pc);
	}
	await using pc = await startToDesktop({ ...options, directory: `${input.directory}-again` });
	return isDifferent(before, readPng(await readFile(await pc.screenshot('after'))));
}

function isDifferent(one: Picture, other: Picture): boolean {
	let changed = 0;
	for (let y = fourthIcon.top; y < fourthIcon.top + fourthIcon.height; y++)
		for (let x = fourthIcon.left; x < fourthIcon.left + fourthIcon.width; x++) {
			const place = (y * one.width + x) * 4;
			if (one.bgrx.compare(other.bgrx, place, place + 3, place, place + 3) !== 0) changed++;
		}
	return changed > 300;
}

async function forgets(input: ScenarioInput): Promise<void> {
	if (await isKept(input, undefined)) throw new Error('A file outlived a session that was to be forgotten.');
}

async function keeps(input: ScenarioInput): Promise<void> {
	const disk = `${input.directory}.disk`;
	await rm(disk, { force: true });
	await getOutput('truncate', ['-s', '512M', disk]);
	await getOutput(findProgram('mkfs.ext4') ?? 'mkfs.ext4', ['-q', '-F', '-L', 'VITRINE-DATA', disk]);
	if (!(await isKept(input, disk))) throw new Error('A file on the data partition did not outlive its session.');
}

export const scenarios: readonly Scenario[] = [
	bootsTo('bios-disc', 'starts by BIOS from a disc', {}),
	bootsTo('bios-stick', 'starts by BIOS from a stick', { medium: 'stick' }),
	bootsTo('uefi-disc', 'starts by UEFI from a disc', { firmware: 'uefi' }),
	bootsTo('uefi-stick', 'starts by UEFI from a stick', { firmware: 'uefi', medium: 'stick' }),
	bootsTo('secure-boot', 'starts by UEFI with Secure Boot', { firmware: 'secure-boot' }),
	bootsTo('plain-card', 'starts with the plainest graphics card', { card: 'std' }),
	{ name: 'keys', title: 'leaves no key to the browser', run: keepsKeys },
	{ name: 'shut-down', title: 'goes off from Start', run: shutsDown },
	{ name: 'forgets', title: 'forgets without a data partition', run: forgets },
	{ name: 'keeps', title: 'keeps with a data partition', run: keeps },
	{ name: 'silence', title: 'sends nothing in ten idle minutes', run: keepsSilent },
	...installedDiskScenarios,
	...diskScenarios,
];
