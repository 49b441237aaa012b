/**
 * The settings of a PC by a person's own keys, and what each really does: to the keyboard, the clock, the screen, the sound
 * card and the wire.
 */
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { countSent } from '../packets.ts';
import { readPng } from '../read-png.ts';
import type { VirtualPc } from '../virtual-pc.ts';
import { type Scenario, type ScenarioInput, shortTimeoutMs, startToDesktop } from './scenario.ts';
import { approve, openTerminal, tabTo, waitForFocus, waitForFront, waitForIcon } from './screen.ts';

/** Runs a command that needs an administrator, and says yes on the secure desktop. */
export async function elevate(pc: VirtualPc, command: string): Promise<void> {
	await pc.type(`elevate ${command}\n`);
	await approve(pc);
}

async function changesClock(pc: VirtualPc): Promise<void> {
	await elevate(pc, 'pc time-zone Asia/Tokyo');
	// At noon of Greenwich the evening has begun there.
	await pc.type('touch zone$(date +%H)\n');
	await waitForIcon(pc, 'zone21');
	await elevate(pc, 'pc time 2031-05-06T03:04Z');
	await pc.type('touch year$(date +%Y-%H)\n');
	await waitForIcon(pc, 'year2031-12');
}

async function changesNetwork(pc: VirtualPc, packets: string): Promise<void> {
	const countAll = async () => countSent(await readFile(packets));
	if ((await countAll()) > 0) throw new Error('Something was sent before the network was opened.');
	await elevate(pc, 'pc network open');
	await pc.waitFor(/address 10\.0\.2\./, shortTimeoutMs);
	await elevate(pc, 'pc network closed');
	await pc.waitFor(/the network is closed/, shortTimeoutMs);
	const before = await countAll();
	if (before === 0) throw new Error('The network was opened, and nothing was sent.');
	await wait(20_000);
	if ((await countAll()) !== before) throw new Error('Something was sent after the network was closed.');
}

async function changesSound(pc: VirtualPc, sound: string): Promise<void> {
	await pc.type('start settings screen-sound\n');
	await waitForFront(pc, /^Screen and sound/);
	await tabTo(pc, /Play a sound/);
	await pc.press('spc');
	const deadline = Date.now() + shortTimeoutMs;
	while (!(await hasSound(sound))) {
		if (Date.now() > deadline) throw new Error('The sound card played nothing.');
		await wait(1_000);
	}
}

/** Whether a recording holds a sample that can be heard. */
async function hasSound(file: string): Promise<boolean> {
	const bytes = await readFile(file).catch(() => Buffer.alloc(0));
	for (let place = 44; place + 1 < bytes.length; place += 2) if (Math.abs(bytes.readInt16LE(place)) > 500) return true;
	return false;
}

async function changesScreen(pc: VirtualPc): Promise<void> {
	const width = async () => readPng(await readFile(await pc.screenshot('screen'))).width;
	const before = await width();
	await tabTo(pc, /Size of /);
	await pc.press('ret');
	await pc.press('down');
	await pc.press('ret');
	await waitForFocus(pc, /^Keep it$/);
	const after = await width();
	if (after === before) throw new Error(`The screen still has ${before} columns.`);
	await pc.press('esc');
	await waitForFocus(pc, /^(?!Keep it$)/);
	const deadline = Date.now() + shortTimeoutMs;
	while ((await width()) !== before) {
		if (Date.now() > deadline) throw new Error('The screen does not go back.');
		await wait(1_000);
	}
}

async function changesKeyboard(pc: VirtualPc): Promise<void> {
	await openTerminal(pc);
	await pc.type('cd Desktop\n');
	await elevate(pc, 'pc keyboard de us; touch set');
	await waitForIcon(pc, 'set');
	// The keyboards went away and came again; the compositor says nothing when it has taken them.
	await wait(10_000);
	// On a German keyboard Y and Z have changed places.
	await pc.type('touch yz\n');
	await waitForIcon(pc, 'zy');
	await pc.press('meta_l', 'spc');
	await pc.type('touch yzy\n');
	await waitForIcon(pc, 'yzy');
}

async function changesThePc(input: ScenarioInput): Promise<void> {
	const packets = `${input.directory}.packets`;
	const sound = `${input.directory}.wav`;
	await using pc = await startToDesktop({ ...input, packets, sound });
	await openTerminal(pc);
	await pc.type('cd Desktop\n');
	await changesClock(pc);
	await changesNetwork(pc, packets);
	await changesSound(pc, sound);
	await changesScreen(pc);
	await changesKeyboard(pc);
}

export const settingsScenarios: readonly Scenario[] = [
	{ name: 'settings', title: 'changes the PC by its settings', run: changesThePc },
];
