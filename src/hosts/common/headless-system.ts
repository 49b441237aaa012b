/**
 * The system without a desktop: a kernel on a volume, and one process for whoever uses it.
 *
 * Rules of use: `close` ends all processes, makes their changes durable and closes the volume.
 */
import { OsError } from '#abi/errors.ts';
import type { LogEvent } from '#abi/structures.generated.ts';
import type { AccountRecord } from '#accounts/account-record.ts';
import type { SystemVolume } from '#fs/system-volume.ts';
import type { CallTurns } from '#kernel/call-turns.ts';
import { Kernel } from '#kernel/kernel.ts';
import type { ProgramLauncher } from '#kernel/program-launcher.ts';
import type { ServiceDefinition } from '#kernel/services/service-definition.ts';
import { ensureFirstAccount } from '#kernel/sessions/first-account.ts';
import type { System } from '#runtime/system.ts';
import { consoleToken } from '#security/token.ts';
import packageDescription from '../../../package.json' with { type: 'json' };
import { ArrivalQueue } from './arrival-queue.ts';
import { attachProcess } from './attach-process.ts';
import { hostClock } from './host-clock.ts';
import { hostRandom } from './host-random.ts';
import { makeCallTurns } from './make-call-turns.ts';
import { logUnsecured, secureVolume } from './secure-volume.ts';
import { logMissingFolders, seedFolders } from './seed-folders.ts';
import { services, settingDefinitions } from './services.ts';

export interface HeadlessOptions {
	readonly volume: SystemVolume;
	/** Makes what starts programs. */
	readonly makeLauncher: (turns: CallTurns) => ProgramLauncher;
	/** `web` or `node`. */
	readonly host: string;
	/** Those of the system when absent. They are started by `kernel.services.startAll`. */
	readonly services?: readonly ServiceDefinition[];
	readonly onLogEvent?: (event: LogEvent) => void;
}

export class HeadlessSystem {
	/** The first process: it acts for an administrator, who may do everything here. Nobody could ask who is at the console. */
	readonly system: System;
	readonly kernel: Kernel;
	/** Folder of the files of whom the first process acts for. */
	readonly home: string;
	readonly #arrivals = new ArrivalQueue();

	constructor(options: HeadlessOptions) {
		const missingFolders = seedFolders(options.volume);
		const turns = makeCallTurns(this.#arrivals.defer);
		const { machine, problem } = secureVolume(options.volume, hostRandom);
		this.kernel = new Kernel({
			machine,
			isUnsecured: problem !== undefined,
			volume: options.volume,
			clock: hostClock,
			random: hostRandom,
			launcher: options.makeLauncher(turns),
			version: packageDescription.version,
			host: options.host,
			afterArrived: turns.defer,
			settings: settingDefinitions,
			services: options.services ?? services,
			onLogEvent: options.onLogEvent,
		});
		if (missingFolders !== undefined) logMissingFolders(this.kernel.log, missingFolders);
		if (problem !== undefined) logUnsecured(this.kernel.log, problem);
		ensureFirstAccount(this.kernel, 'automatic');
		const session = this.kernel.sessions.enter(firstAdministrator(this.kernel));
		this.home = session.home;
		this.system = attachProcess(this.kernel, 'console', consoleToken(session.token.elevated ?? session.token), session);
	}

	close(): void {
		this.kernel.shutDown();
		this.#arrivals.close();
		this.kernel.volume.close();
	}
}

/** Who sits at the console has the computer's files in hand anyway. */
function firstAdministrator({ accounts }: Kernel): AccountRecord {
	const found = accounts.book.all.find(({ kind, enabled }) => kind === 'administrator' && enabled);
	if (found === undefined) throw new OsError('ENOENT', 'no account can administer this computer');
	return found;
}
