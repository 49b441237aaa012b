/**
 * The system without a desktop, in Node: a kernel on a volume, and one process for whoever uses it.
 *
 * Rules of use: `close` ends all processes, makes their changes durable and closes the volume.
 */
import type { LogEvent } from '#abi/structures.generated.ts';
import type { SystemVolume } from '#fs/system-volume.ts';
import { Kernel } from '#kernel/kernel.ts';
import type { ProgramLauncher } from '#kernel/program-launcher.ts';
import type { System } from '#runtime/system.ts';
import packageDescription from '../../../package.json' with { type: 'json' };
import { ArrivalQueue } from '../common/arrival-queue.ts';
import { attachProcess, systemToken } from '../common/attach-process.ts';
import { hostClock } from '../common/host-clock.ts';
import { logMissingFolders, seedFolders } from '../common/seed-folders.ts';
import { NodeProgramLauncher } from './program-launcher.ts';

export interface HeadlessOptions {
	readonly volume: SystemVolume;
	readonly launcher?: ProgramLauncher;
	readonly onLogEvent?: (event: LogEvent) => void;
}

export class HeadlessSystem {
	/** The first process, with the rights of the system. */
	readonly system: System;
	readonly kernel: Kernel;
	readonly #arrivals = new ArrivalQueue();

	constructor(options: HeadlessOptions) {
		const missingFolders = seedFolders(options.volume);
		this.kernel = new Kernel({
			volume: options.volume,
			clock: hostClock,
			launcher: options.launcher ?? new NodeProgramLauncher(),
			version: packageDescription.version,
			host: 'node',
			afterArrived: this.#arrivals.defer,
			onLogEvent: options.onLogEvent,
		});
		if (missingFolders !== undefined) logMissingFolders(this.kernel.log, missingFolders);
		this.system = attachProcess(this.kernel, 'console', systemToken);
	}

	close(): void {
		this.kernel.shutDown();
		this.#arrivals.close();
		this.kernel.volume.close();
	}
}
