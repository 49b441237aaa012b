/**
 * What stands on a virtual PC's screen, as the PC itself says it on its serial line (`src/hosts/web/tell-screen.ts`), and
 * what a person does with their keys.
 *
 * Rules of use: every deed waits for what the person would see before the next; nothing waits for time.
 */
import type { ScreenReport } from '../../../src/hosts/common/machine-contract.ts';
import type { VirtualPc } from '../virtual-pc.ts';

/** Ample, as everything about an emulated PC on a busy machine. */
const patienceMs = 600_000;

/** Waits until the screen is such; `what` says what was waited for when it does not come. */
export async function waitForScreen(
	pc: VirtualPc,
	what: string,
	isSo: (screen: ScreenReport) => boolean,
	timeoutMs = patienceMs,
): Promise<ScreenReport> {
	return pc.waitUntil((lines) => lastScreen(lines, isSo), what, timeoutMs);
}

function lastScreen(lines: readonly string[], isSo: (screen: ScreenReport) => boolean): ScreenReport | undefined {
	const said = lines.findLast((line) => line.includes(': shows {'));
	if (said === undefined) return undefined;
	const screen = JSON.parse(said.slice(said.indexOf('{'))) as ScreenReport;
	return isSo(screen) ? screen : undefined;
}

/** A name as a whole, or a pattern in it. */
type Name = string | RegExp;
const matches = (name: Name, text: string): boolean => (typeof name === 'string' ? name === text : name.test(text));

export const waitForFocus = (pc: VirtualPc, name: Name) =>
	waitForScreen(pc, `${name} has the keyboard`, ({ focus }) => matches(name, focus));

export const waitForFront = (pc: VirtualPc, title: Name) =>
	waitForScreen(pc, `the window ${title} is in front`, ({ front }) => matches(title, front));

export const waitForIcon = (pc: VirtualPc, name: string) =>
	waitForScreen(pc, `the icon ${name} is there`, ({ icons }) => icons.includes(name));

/** Starts a program, or opens a file, by Start, its name and Enter. */
export async function openByName(pc: VirtualPc, name: string): Promise<void> {
	await pc.press('meta_l');
	await waitForFocus(pc, 'Search programs, settings and files');
	await pc.type(name);
	await pc.press('ret');
}

/** Opens one more terminal; what is typed now arrives in it. */
export async function openTerminal(pc: VirtualPc): Promise<void> {
	const count = ({ windows }: ScreenReport) => windows.filter((title) => title === 'Terminal').length;
	const before = count(await waitForScreen(pc, 'a screen', () => true));
	await openByName(pc, 'terminal');
	await waitForScreen(
		pc,
		'one more terminal has the keyboard',
		(screen) => count(screen) > before && screen.focus === 'Terminal input',
	);
}

/** Begins with what is said from now on. */
export async function waitForScreenAfter(
	pc: VirtualPc,
	from: number,
	what: string,
	isSo: (screen: ScreenReport) => boolean,
): Promise<ScreenReport> {
	return pc.waitUntil((lines) => lastScreen(lines.slice(from), isSo), what, patienceMs);
}

/** After this long a key that shows nothing did nothing: Tab where there is one part alone. */
const keyPatienceMs = 10_000;
const mostTabs = 60;

/** Goes on by Tab until the part of this name has the keyboard. */
export async function tabTo(pc: VirtualPc, name: Name): Promise<void> {
	for (let tabs = 0; tabs < mostTabs; tabs++) {
		const before = pc.lines.length;
		const hasKeyboard = await pc.waitUntil(
			(lines) => lastScreen(lines, ({ focus }) => matches(name, focus)) !== undefined,
			'the screen is told',
			patienceMs,
		);
		if (hasKeyboard) return;
		await pc.press('tab');
		const deadline = Date.now() + keyPatienceMs;
		await pc.waitUntil(
			(lines) => lastScreen(lines.slice(before), () => true) !== undefined || Date.now() > deadline || undefined,
			'Tab moves',
			patienceMs,
		);
	}
	await pc.screenshot('lost');
	throw new Error(`Tab does not lead to ${name}.`);
}

/** Says yes on the secure desktop. Its Yes takes no answer at first; until then Tab leads back to No. */
export async function approve(pc: VirtualPc): Promise<void> {
	await waitForFocus(pc, 'No');
	await tabTo(pc, 'Yes');
	await pc.press('ret');
	await waitForScreen(pc, 'the desktop is back', ({ focus }) => focus !== 'Yes' && focus !== 'No');
}

/** The set-up of a new system by keys; with a password, past its recovery code, to the desktop. */
export async function setUpByKeys(pc: VirtualPc, name: string, password = ''): Promise<void> {
	await waitForFocus(pc, 'Your name');
	await pc.type(name);
	if (password !== '') {
		await tabTo(pc, 'Password (optional)');
		await pc.type(password);
		await tabTo(pc, 'The same once more');
		await pc.type(password);
	}
	await pc.press('ret');
	if (password !== '') {
		await waitForScreen(pc, 'the recovery code', ({ screen }) => screen === 'recovery');
		await tabTo(pc, 'Later');
		await pc.press('ret');
	}
	await waitForScreen(pc, 'the desktop', ({ screen }) => screen === 'desktop');
	await waitForIcon(pc, 'Samples');
}
