/**
 * The kernel: what its parts are and how they hang together. It never blocks; a call that waits is a held reply.
 *
 * Rules of use:
 * - A host makes one, with a volume, a clock, a launcher and a way to defer work, and attaches the first process.
 * - Everything else happens by system calls, which the gate takes from the connections of processes.
 *
 * Where to look: `gate.ts` for the life of a call, `change-groups.ts` for when a change is durable, `calls/` for what
 * each call does.
 */
import type { ExitStatus, LogEvent, SystemInfo } from '#abi/structures.generated.ts';
import type { Clock } from '#base/ports.ts';
import type { SystemVolume } from '#fs/system-volume.ts';
import type { Token } from '#security/token.ts';
import { createFileCalls } from './calls/file-calls.ts';
import { createHandleCalls } from './calls/handle-calls.ts';
import { createLookCalls } from './calls/look-calls.ts';
import { createPathCalls } from './calls/path-calls.ts';
import { createProcessCalls } from './calls/process-calls.ts';
import { createSystemInformationCalls } from './calls/system-calls.ts';
import { createWatchCalls } from './calls/watch-calls.ts';
import { ChangeGroups } from './change-groups.ts';
import { EventLog } from './event-log.ts';
import { Gate } from './gate.ts';
import { MountTable } from './mount-table.ts';
import { OpenFiles } from './open-file.ts';
import type { Process } from './process.ts';
import { ProcessTable } from './process-table.ts';
import type { ProgramLauncher, RunningProgram } from './program-launcher.ts';
import { WatchRegistry } from './watch.ts';

export interface KernelOptions {
	readonly volume: SystemVolume;
	readonly clock: Clock;
	readonly launcher: ProgramLauncher;
	readonly version: string;
	/** `web` or `node`. */
	readonly host: string;
	/** Calls back after the messages that have already arrived have been delivered. */
	readonly afterArrived: (callback: () => void) => void;
	/** Sees every event of the log as it is written. */
	readonly onLogEvent?: (event: LogEvent) => void;
}

export class Kernel {
	readonly info: SystemInfo;
	readonly clock: Clock;
	readonly volume: SystemVolume;
	readonly log: EventLog;
	readonly mounts: MountTable;
	readonly watches = new WatchRegistry();
	readonly groups: ChangeGroups;
	readonly openFiles: OpenFiles;
	readonly processes: ProcessTable;
	readonly #launcher: ProgramLauncher;
	readonly #gate: Gate;

	constructor(options: KernelOptions) {
		const { volume, clock, version, host } = options;
		this.info = { version, host, startedTime: clock.now() };
		this.clock = clock;
		this.volume = volume;
		this.log = new EventLog(clock, options.onLogEvent);
		this.mounts = new MountTable(volume);
		this.groups = new ChangeGroups({
			afterArrived: options.afterArrived,
			publish: (changes) => this.watches.publish(changes),
			log: this.log,
		});
		this.openFiles = new OpenFiles((fileSystem, inode) => this.groups.release(fileSystem, inode));
		this.processes = new ProcessTable(clock, this.log);
		this.#launcher = options.launcher;
		this.#gate = new Gate({ handlers: this.#createHandlers(), groups: this.groups, log: this.log });
	}

	/** Takes in a process that the host runs itself, such as the desktop. */
	attach(program: string, token: Token, running: RunningProgram): Process {
		const start = { program, arguments: [], environment: [], workingDirectory: '/' };
		const process = this.processes.add(start, 0, token);
		this.#connect(process, running);
		return process;
	}

	/** Starts the program of a process that is in the table already. */
	launch(process: Process): void {
		const running = this.#launcher.launch(process.start, (reason) => {
			this.end(process, { code: 1, reason: `crashed: ${reason}` });
		});
		this.#connect(process, running);
	}

	end(process: Process, status: ExitStatus): void {
		this.processes.end(process, status);
	}

	/** Ends all processes and makes durable what they had changed. The volume stays open. */
	shutDown(): void {
		for (const process of this.processes.all) this.end(process, { code: 143, reason: 'signal' });
		this.groups.commitAll();
	}

	#connect(process: Process, running: RunningProgram): void {
		process.running = running;
		running.connection.onRequest((request) => this.#gate.receive(process, request));
	}

	#createHandlers() {
		return {
			...createProcessCalls(this),
			...createHandleCalls(),
			...createFileCalls(this),
			...createPathCalls(this),
			...createLookCalls(this),
			...createWatchCalls(this),
			...createSystemInformationCalls(this),
		};
	}
}
