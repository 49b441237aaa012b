/** Nothing is sent: a network card in the PC, a wire on it, and every packet on the wire recorded. */
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { fromRoot } from '../../setup/paths.ts';
import { countSent } from '../packets.ts';
import type { VirtualPc } from '../virtual-pc.ts';
import { type Scenario, type ScenarioInput, startToDesktop } from './scenario.ts';
import { openByName, waitForScreen } from './screen.ts';

const idleMs = 600_000;
const oldProgram = 'LATHE.COM';

/** Every program that Start shows, by its title, as the page itself lists them. */
async function readProgramTitles(): Promise<string[]> {
	const list = await readFile(fromRoot('src', 'hosts', 'web', 'programs.ts'), 'utf8');
	const programs = [...list.matchAll(/\btitle: '(.+)',[^}]*?\bshowInStart: (true|false)/g)];
	const titles = programs.filter(([, , isShown]) => isShown === 'true').map(([, title]) => title as string);
	if (titles.length < 5) throw new Error(`Only ${titles.length} programs were found in the list.`);
	return titles;
}

/** Opens every program beside the ones before it, an old one last. */
async function tour(pc: VirtualPc): Promise<void> {
	let open = 0;
	for (const title of [...(await readProgramTitles()), oldProgram]) {
		await openByName(pc, title.toLowerCase());
		const { windows } = await waitForScreen(pc, `${title} is open`, ({ windows }) => windows.length > open);
		open = windows.length;
	}
	await waitForScreen(pc, `${oldProgram} has its screen`, ({ windows }) => windows.includes(oldProgram));
	await pc.screenshot('tour');
}

async function keepsSilent(input: ScenarioInput): Promise<void> {
	const packets = `${input.directory}.packets`;
	{
		await using pc = await startToDesktop({ ...input, packets });
		await tour(pc);
		await wait(idleMs);
	}
	const sent = countSent(await readFile(packets));
	if (sent > 0) throw new Error(`${sent} packets were sent: they are in ${packets}.`);
}

export const silenceScenarios: readonly Scenario[] = [
	{ name: 'silence', title: 'sends nothing while every program is open, nor in ten idle minutes', run: keepsSilent },
];
