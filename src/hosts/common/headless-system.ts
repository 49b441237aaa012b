/**
 * The system without a desktop: a kernel on a volume, and one process for whoever uses it.
 *
 * Rules of use: `close` ends all processes, makes their changes durable and closes the volume.
 */
import type { LogEvent } from '#abi/structures.generated.ts';
import type { SystemVolume } from '#fs/system-volume.ts';
import type { CallTurns } from '#kernel/call-turns.ts';
import { Kernel } from '#kernel/kernel.ts';
import type { ProgramLauncher } from '#kernel/program-launcher.ts';
import type { ServiceDefinition } from '#kernel/services/service-definition.ts';
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
	/** The first process: it acts for the owner, who may do everything here. Nobody could ask whoever is at the console. */
	readonly system: System;
	readonly kernel: Kernel;
	readonly #arrivals = new ArrivalQueue();

	constructor(options: HeadlessOptions) {
		const missingFolders = seedFolders(options.volume);
		const turns = makeCallTurns(this.#arrivals.defer);
		const { owner, problem } = secureVolume(options.volume, hostRandom);
		this.kernel = new Kernel({
			accountName: owner.nameOf,
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
		this.system = attachProcess(this.kernel, 'console', consoleToken(owner.elevated));
	}

	close(): void {
		this.kernel.shutDown();
		this.#arrivals.close();
		this.kernel.volume.close();
	}
}
