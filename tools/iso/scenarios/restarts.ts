/** Chromium dies, as anything does once: it comes back by itself, with the session that stood on the screen. */
import { say } from '../../setup/progress.ts';
import { type Scenario, type ScenarioInput, startTimeoutMs, startToDesktop } from './scenario.ts';
import { openByName, openTerminal, waitForIcon, waitForScreen, waitForScreenAfter } from './screen.ts';

/** From its end until its successor has been started, on the slowest PC. */
const mostSeconds = 2;

/** What the desktop's script says when it starts Chromium. */
const starting = /graphics driver:/;

async function comesBack(input: ScenarioInput): Promise<void> {
	await using pc = await startToDesktop(input);
	await openByName(pc, 'notepad');
	const { windows } = await waitForScreen(pc, 'Notepad', ({ front }) => front.includes('Notepad'));
	await openTerminal(pc);
	await pc.type('echo kept > Desktop/kept.txt\n');
	await waitForIcon(pc, 'kept.txt');
	const before = pc.lines.length;
	const ended = Date.now();
	await pc.say('end-browser');
	await pc.waitFor(starting, startTimeoutMs, before);
	const seconds = (Date.now() - ended) / 1_000;
	await waitForScreenAfter(
		pc,
		before,
		'the file and the windows are there again',
		(screen) =>
			[...windows, 'Terminal'].every((title) => screen.windows.includes(title)) && screen.icons.includes('kept.txt'),
	);
	const whole = (Date.now() - ended) / 1_000;
	say(`Chromium was started again after ${seconds} s; its windows stood again after ${whole} s.`);
	await pc.screenshot('again');
	if (seconds > mostSeconds) throw new Error(`Chromium was started again only after ${seconds} s.`);
}

export const restartScenarios: readonly Scenario[] = [
	{ name: 'restarts', title: 'comes back with its windows when the browser dies', run: comesBack },
];
