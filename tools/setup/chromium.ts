/**
 * Finds the Chromium that the tests, the benchmarks and the screenshots drive, and installs the distribution's where
 * that can be done without asking.
 */
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { say } from './progress.ts';
import { runCommand } from './run-command.ts';

const programNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Path of a Chromium; installs it as root, else fails with the sentence that says how. */
export async function ensureChromium(): Promise<string> {
	const found = await findChromium();
	if (found !== undefined) return found;
	if (process.getuid?.() !== 0)
		throw new Error(
			'The tests drive a real Chromium, and none is installed. Install it (sudo apt-get install chromium), ' +
				'or set VITRINE_CHROMIUM to the path of one; then run this again.',
		);
	say('Installing Chromium from the distribution, for the tests… this takes a minute or two, once.');
	await runCommand('apt-get', ['update', '-q']);
	const environment = { DEBIAN_FRONTEND: 'noninteractive' };
	const installed = await runCommand(
		'apt-get',
		['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-liberation'],
		{ environment },
	);
	const path = await findChromium();
	if (path === undefined) throw new Error(`Chromium could not be installed:\n${installed.output.slice(-2_000)}`);
	return path;
}

/** `VITRINE_CHROMIUM`, else the first on the path. */
export async function findChromium(): Promise<string | undefined> {
	const chosen = process.env.VITRINE_CHROMIUM;
	if (chosen !== undefined && chosen !== '') return chosen;
	const directories = (process.env.PATH ?? '').split(path.delimiter);
	for (const name of programNames)
		for (const directory of directories) {
			const candidate = path.join(directory, name);
			if (await isExecutable(candidate)) return candidate;
		}
	return undefined;
}

function isExecutable(file: string): Promise<boolean> {
	return access(file, constants.X_OK).then(
		() => true,
		() => false,
	);
}
