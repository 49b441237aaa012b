/** What stands on the screen of a virtual PC, by its own word (`hosts/web/tell-screen.ts`), and finding one's way there by keys. */
import { setTimeout as wait } from 'node:timers/promises';
import type { VirtualPc } from '../virtual-pc.ts';
import { shortTimeoutMs } from './scenario.ts';

const mostTabs = 60;

interface Shown {
	readonly front: string;
	readonly icons: readonly string[];
	readonly focus: string;
}

/** What was told last of the screen (`hosts/web/tell-screen.ts`). */
export function shown(pc: VirtualPc): Shown {
	const line = pc.lines.findLast((text) => text.includes(': shows {'));
	return line === undefined
		? { front: '', icons: [], focus: '' }
		: (JSON.parse(line.slice(line.indexOf('{'))) as Shown);
}

export async function waitUntil(
	pc: VirtualPc,
	what: string,
	isSo: () => boolean,
	timeoutMs = shortTimeoutMs,
): Promise<void> {
	const deadline = Date.now() + timeoutMs;
	while (!isSo()) {
		if (Date.now() > deadline) throw new Error(`${what} did not come; there is ${JSON.stringify(shown(pc))}.`);
		// Reads what was said meanwhile, too.
		await pc.waitFor(/./, shortTimeoutMs);
		await wait(200);
	}
}

/** Goes on with Tab until what is called so has the keyboard. */
export async function focusOn(pc: VirtualPc, name: RegExp): Promise<void> {
	for (let tabs = 0; tabs < mostTabs; tabs++) {
		await waitUntil(pc, 'a pause', () => true);
		if (name.test(shown(pc).focus)) return;
		const before = pc.lines.length;
		await pc.press('tab');
		const deadline = Date.now() + 3_000;
		while (Date.now() < deadline && !pc.lines.slice(before).some((line) => line.includes(': shows {'))) {
			await pc.waitFor(/./, shortTimeoutMs);
			await wait(100);
		}
	}
	await pc.screenshot('lost');
	throw new Error(`Tab does not lead to ${name}; there is ${JSON.stringify(shown(pc))}.`);
}
