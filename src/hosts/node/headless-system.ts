/**
 * The system without a desktop, in Node: a kernel on a volume, and one process for whoever uses it.
 *
 * Rules of use: `close` ends all processes, makes their changes durable and closes the volume.
 */
import type { LogEvent } from '#abi/structures.generated.ts';
import type { SystemVolume } from '#fs/system-volume.ts';
import { Kernel } from '#kernel/kernel.ts';
import { PortConnection } from '#kernel/process-connection.ts';
import type { ProgramLauncher } from '#kernel/program-launcher.ts';
import { System } from '#runtime/system.ts';
import packageDescription from '../../../package.json' with { type: 'json' };
import { ArrivalQueue } from '../common/arrival-queue.ts';
import { hostClock } from '../common/host-clock.ts';
import { portOf } from '../common/message-port.ts';
import { seedFolders } from '../common/seed-folders.ts';
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
		seedFolders(options.volume);
		this.kernel = new Kernel({
			volume: options.volume,
			clock: hostClock,
			launcher: options.launcher ?? new NodeProgramLauncher(),
			version: packageDescription.version,
			host: 'node',
			afterArrived: this.#arrivals.defer,
			onLogEvent: options.onLogEvent,
		});
		const { port1, port2 } = new MessageChannel();
		const connection = new PortConnection(portOf(port1));
		this.kernel.attach('console', { user: 'Owner', integrity: 'system' }, { connection, terminate: () => {} });
		this.system = new System(portOf(port2));
	}

	close(): void {
		this.kernel.shutDown();
		this.system.close();
		this.#arrivals.close();
		this.kernel.volume.close();
	}
}
