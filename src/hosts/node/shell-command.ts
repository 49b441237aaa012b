/**
 * `vitrine sh`: the shell on a headless system, with the streams of this terminal as its own.
 *
 * On a terminal, and without arguments, the shell is interactive. Its exit status is the shell's. Without a name it acts for
 * the first administrator, whose encrypted files open only when that takes no password.
 */
import type { HeadlessSystem, Person } from '../common/headless-system.ts';
import { askPassword } from './ask-password.ts';
import { isAtTerminal } from './host-terminal.ts';
import { openNodeVolume } from './open-node-volume.ts';
import { runWithStreams } from './program-streams.ts';
import { startHeadless } from './start-headless.ts';

export interface ShellOptions {
	readonly volume?: string | undefined;
	/** Name of the account that logs on. */
	readonly user?: string | undefined;
	/** Its first line is the password. */
	readonly passwordFile?: string | undefined;
	readonly shellArguments: readonly string[];
}

export async function runShell(options: ShellOptions): Promise<number> {
	const headless = startHeadless(await openNodeVolume(options.volume));
	// A script is over before a service has done anything.
	if (options.shellArguments.length === 0 && isAtTerminal()) headless.kernel.services.startAll();
	try {
		const { system, home } = await enter(headless, options);
		return await runWithStreams(system, 'sh', {
			arguments: [...options.shellArguments],
			environment: terminalEnvironment(home),
			workingDirectory: home,
		});
	} finally {
		headless.close();
	}
}

async function enter(headless: HeadlessSystem, { user, passwordFile }: ShellOptions): Promise<Person> {
	if (user !== undefined) return headless.logOn(user, () => askPassword(user, passwordFile));
	await headless.openKeys();
	return headless;
}

function terminalEnvironment(home: string): string[] {
	return [`HOME=${home}`, `TERM=${process.env.TERM ?? 'dumb'}`];
}
