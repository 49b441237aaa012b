/**
 * What a contract case is given: a running system, a folder of its own, and ways to start processes.
 *
 * Rules of use:
 * - A case uses system calls only, so that it proves the same on every host and on every volume.
 * - It throws when the system does not do what its title says. Processes it has left running are ended after it.
 */
import type { Port } from '#abi/messages.ts';
import type { ExitStatus, ProcessStart, SpawnOptions } from '#abi/structures.generated.ts';
import type { System } from '#runtime/system.ts';

/** A process whose program is the case itself. */
export interface TestProcess {
	readonly pid: number;
	readonly start: ProcessStart;
	readonly system: System;
	readonly ended: Promise<ExitStatus>;
	/** As if its program had vanished with its port, without a word. */
	dropPort(): void;
}

/** A process that speaks to the gate without the client. */
export interface RawProcess {
	readonly pid: number;
	readonly port: Port;
	readonly ended: Promise<ExitStatus>;
}

export interface Machine {
	/** A process of an administrator, which starts the others. */
	readonly system: System;
	/** A part of the system: in a page the desktop, elsewhere the same as `system`. */
	readonly systemPid: number;
	/** An empty folder for this case. */
	readonly folder: string;
	start(options?: Partial<SpawnOptions>): Promise<TestProcess>;
	startRaw(): Promise<RawProcess>;
}

export interface ContractCase {
	readonly title: string;
	readonly run: (machine: Machine) => Promise<void>;
}
