/**
 * `vitrine sh`: the shell on a headless system, with the streams of this terminal as its own.
 *
 * On a terminal, and without arguments, the shell is interactive. Its exit status is the shell's.
 */
import { isAtTerminal } from './host-terminal.ts';
import { openNodeVolume } from './open-node-volume.ts';
import { runWithStreams } from './program-streams.ts';
import { startHeadless } from './start-headless.ts';

export async function runShell(options: { volume?: string; shellArguments: readonly string[] }): Promise<number> {
	const headless = startHeadless(await openNodeVolume(options.volume));
	// A script is over before a service has done anything.
	if (options.shellArguments.length === 0 && isAtTerminal()) headless.kernel.services.startAll();
	try {
		return await runWithStreams(headless.system, 'sh', {
			arguments: [...options.shellArguments],
			environment: terminalEnvironment(headless.home),
			workingDirectory: headless.home,
		});
	} finally {
		headless.close();
	}
}

function terminalEnvironment(home: string): string[] {
	return [`HOME=${home}`, `TERM=${process.env.TERM ?? 'dumb'}`];
}
