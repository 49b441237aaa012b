/** What a person leaves behind: with a data partition it is there at the next start, without one it is not. */
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { getOutput } from '../../setup/run-command.ts';
import { findProgram } from '../requirements.ts';
import { VirtualPc } from '../virtual-pc.ts';
import { type Scenario, type ScenarioInput, shutDown, startTimeoutMs } from './scenario.ts';
import { openByName, openTerminal, setUpByKeys, waitForFocus, waitForIcon, waitForScreen } from './screen.ts';

const password = 'secret';
const diskMegabytes = 1024;

/** A disk with nothing but an empty data partition, which needs no table of partitions. */
export async function makeDataDisk(disk: string): Promise<void> {
	await mkdir(path.dirname(disk), { recursive: true });
	await rm(disk, { force: true });
	await getOutput('truncate', ['-s', `${diskMegabytes}M`, disk]);
	await getOutput(findProgram('mkfs.ext4') ?? 'mkfs.ext4', ['-q', '-F', '-L', 'VITRINE-DATA', disk]);
}

/** By keys: a file in the terminal, and one that a DOS program writes. */
async function leaveFiles(pc: VirtualPc): Promise<void> {
	await openTerminal(pc);
	await pc.type('echo kept > Desktop/kept.txt\n');
	await waitForIcon(pc, 'kept.txt');
	// Goes on in its window until the DOS program has saved its job.
	const job = '/Programs/Samples/LATHE/JOB.NC';
	await pc.type(`until [ -f ${job} ]; do sleep 1; done; cp ${job} Desktop/job.txt\n`);
	await openByName(pc, 'lathe.com');
	await waitForFocus(pc, 'Screen of LATHE.COM. Control F10 leaves it.');
	await pc.waitUntil(
		async (lines) => {
			if (lines.some((line) => line.includes('"job.txt"'))) return true;
			// Its menu answers when it has started: 3 saves the job.
			await pc.press('3');
			return undefined;
		},
		'the DOS program has written its file',
		startTimeoutMs,
	);
	await pc.press('ctrl', 'f10');
	await pc.press('alt', 'f4');
	await waitForFocus(pc, 'Turn off');
	await pc.press('ret');
	await waitForScreen(pc, 'the DOS program is off', ({ windows }) => !windows.includes('LATHE.COM'));
}

async function keeps(input: ScenarioInput): Promise<void> {
	const disk = `${input.directory}.disk`;
	await makeDataDisk(disk);
	{
		await using pc = await VirtualPc.start({ ...input, disk });
		await pc.waitFor(/set-up ready/, startTimeoutMs);
		await setUpByKeys(pc, 'ann', password);
		await leaveFiles(pc);
		await shutDown(pc);
	}
	await using pc = await VirtualPc.start({ ...input, disk, directory: `${input.directory}-again` });
	await pc.waitFor(/logon ready/, startTimeoutMs);
	await waitForFocus(pc, 'Password');
	await pc.type(`${password}\n`);
	for (const name of ['kept.txt', 'job.txt']) await waitForIcon(pc, name);
}

async function forgets(input: ScenarioInput): Promise<void> {
	{
		await using pc = await VirtualPc.start(input);
		await pc.waitFor(/desktop ready/, startTimeoutMs);
		await openTerminal(pc);
		await pc.type('echo kept > Desktop/kept.txt\n');
		await waitForIcon(pc, 'kept.txt');
		await shutDown(pc);
	}
	await using pc = await VirtualPc.start({ ...input, directory: `${input.directory}-again` });
	await pc.waitFor(/desktop ready/, startTimeoutMs);
	const { icons } = await waitForScreen(pc, 'the samples', ({ icons }) => icons.includes('Samples'));
	if (icons.includes('kept.txt')) throw new Error('A file outlived a session that was to be forgotten.');
}

/** The plug is pulled so long after a file stands on the desktop: at once, in the middle of what is written later, and after it. */
const cutsAfterMs = [0, 2_000, 12_000, 500];

async function outlivesCuts(input: ScenarioInput): Promise<void> {
	const disk = `${input.directory}.disk`;
	await makeDataDisk(disk);
	const left: string[] = [];
	for (const [round, afterMs] of [...cutsAfterMs, 0].entries()) {
		await using pc = await VirtualPc.start({ ...input, disk, directory: `${input.directory}-${round}` });
		if (round === 0) await setUpByKeys(pc, 'ann');
		for (const name of left) await waitForIcon(pc, name);
		if (round === cutsAfterMs.length) return;
		const name = `round${round}.txt`;
		await openTerminal(pc);
		await pc.type(`echo ${round} > Desktop/${name}\n`);
		await waitForIcon(pc, name);
		left.push(name);
		await wait(afterMs);
		await pc.cutPower();
	}
}

export const persistenceScenarios: readonly Scenario[] = [
	{ name: 'forgets', title: 'forgets without a data partition', run: forgets },
	{ name: 'power-cut', title: 'keeps what it showed before its plug was pulled', run: outlivesCuts },
	{ name: 'keeps', title: 'keeps with a data partition, behind a password', run: keeps },
];
