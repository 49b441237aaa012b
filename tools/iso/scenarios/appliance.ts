/** A PC that shows one old program alone: it starts by itself, no key leads out of it, what it writes is kept, an administrator leaves. */
import { setTimeout as wait } from 'node:timers/promises';
import { VirtualPc, type VirtualPcOptions } from '../virtual-pc.ts';
import { makeDataDisk } from './persistence.ts';
import { type Scenario, type ScenarioInput, shutDown, startTimeoutMs } from './scenario.ts';
import { approve, openTerminal, setUpByKeys, waitForFocus, waitForIcon, waitForScreen } from './screen.ts';
import { elevate } from './settings.ts';

const folder = '/Programs/Samples/LATHE';
const screenOfLathe = 'Screen of LATHE.COM. Control F10 leaves it.';

const chords = [
	...[['alt', 'f4'], ['alt', 'tab'], ['meta_l'], ['ctrl', 'alt', 'delete'], ['ctrl', 'shift', 'esc'], ['print']],
	...[
		['meta_l', 'l'],
		['meta_l', 'e'],
		['alt', 'home'],
		['ctrl', 'esc'],
		['ctrl', 'f10'],
	],
];

async function setUp(pc: VirtualPc): Promise<void> {
	await pc.waitFor(/set-up ready/, startTimeoutMs);
	await setUpByKeys(pc, 'ann');
	await waitForIcon(pc, 'Samples');
	await openTerminal(pc);
	// The samples come one after the other, after the desktop.
	await pc.type(`until [ -f ${folder}/LATHE.COM ]; do sleep 1; done; touch Desktop/there\n`);
	await waitForIcon(pc, 'there');
	await elevate(pc, `pc appliance set ${folder}/LATHE.COM ann ${folder}`);
	await pc.type('touch Desktop/set\n');
	await waitForIcon(pc, 'set');
}

async function startAlone(options: VirtualPcOptions): Promise<VirtualPc> {
	const pc = await VirtualPc.start(options);
	await pc.waitFor(/desktop ready/, startTimeoutMs);
	await waitForFocus(pc, screenOfLathe);
	return pc;
}

/** Nothing outside the program's screen says what is in it: its menu is asked again and again, and takes 3 when it has started. */
async function saveJob(pc: VirtualPc): Promise<void> {
	for (let times = 0; times < 20; times++) {
		await pc.press('3');
		await wait(3_000);
	}
	await pc.screenshot('saved');
}

async function showsOneProgram(input: ScenarioInput): Promise<void> {
	const disk = `${input.directory}.disk`;
	await makeDataDisk(disk);
	{
		await using pc = await VirtualPc.start({ ...input, disk });
		await setUp(pc);
		await shutDown(pc);
	}
	{
		await using pc = await startAlone({ ...input, disk, directory: `${input.directory}-alone` });
		for (const chord of chords) await pc.press(...chord);
		const alone = await waitForScreen(pc, 'the program alone', ({ focus }) => focus === screenOfLathe);
		if (alone.windows.join() !== 'LATHE.COM' || alone.icons.length > 0)
			throw new Error(`A key led out of the program: ${alone.windows.join(', ')}`);
		await saveJob(pc);
		await pc.cutPower();
	}
	await using pc = await startAlone({ ...input, disk, directory: `${input.directory}-again` });
	await pc.press('ctrl', 'alt', 'shift', 'a');
	await approve(pc);
	await waitForIcon(pc, 'there');
	// The one that was open when the PC went off comes back.
	await waitForScreen(pc, 'the terminal', ({ windows }) => windows.includes('Terminal'));
	await openTerminal(pc);
	await pc.type(`cp ${folder}/JOB.NC Desktop/job.txt\n`);
	await waitForIcon(pc, 'job.txt');
}

export const applianceScenarios: readonly Scenario[] = [
	{ name: 'appliance', title: 'shows one program alone', run: showsOneProgram },
];
