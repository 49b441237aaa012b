/**
 * `vitrine sh`: the shell on a headless system, with the streams of this terminal as its own.
 *
 * On a terminal, and without arguments, the shell is interactive. Its exit status is the shell's. Ctrl+C interrupts what the shell runs; a second one within a second ends it.
 */
import { knownFolders } from '#runtime/known-folders.ts';
import { openNodeVolume } from './open-node-volume.ts';
import { runWithStreams } from './program-streams.ts';
import { startHeadless } from './start-headless.ts';

export async function runShell(options: { volume?: string; shellArguments: readonly string[] }): Promise<number> {
	const headless = startHeadless(await openNodeVolume(options.volume));
	const interactive = options.shellArguments.length === 0 && process.stdin.isTTY && process.stdout.isTTY;
	// A terminal of keys instead of lines: the shell edits its line itself and sees Ctrl+C as a key.
	if (interactive) process.stdin.setRawMode(true);
	// A script is over before a service has done anything.
	if (interactive) headless.kernel.services.startAll();
	try {
		return await runWithStreams(headless.system, 'sh', {
			arguments: interactive ? ['-i'] : [...options.shellArguments],
			environment: terminalEnvironment(),
			workingDirectory: knownFolders.home,
		});
	} finally {
		if (interactive) process.stdin.setRawMode(false);
		headless.close();
	}
}

function terminalEnvironment(): string[] {
	return [
		`HOME=${knownFolders.home}`,
		`TERM=${process.env.TERM ?? 'dumb'}`,
		`LINES=${process.stdout.rows ?? 24}`,
		`COLUMNS=${process.stdout.columns ?? 80}`,
	];
}
