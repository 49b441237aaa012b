/**
 * All processes: starting, ending, waiting for the end.
 *
 * Invariants:
 * - A pid is never used twice.
 * - An ended process leaves the table at once; its status is kept for `process_wait` until its parent has asked,
 *   or until `keptStatuses` later processes have ended.
 */
import { OsError } from '#abi/errors.ts';
import type { ExitStatus, ProcessStart } from '#abi/structures.generated.ts';
import type { Clock, Log } from '#base/ports.ts';
import { Process, type ProcessParts } from './process.ts';

export const maximumProcesses = 512;
const keptStatuses = 256;

export interface EndedProcess {
	readonly parent: number;
	readonly status: ExitStatus;
}

export class ProcessTable {
	readonly #clock: Clock;
	readonly #log: Log;
	readonly #processes = new Map<number, Process>();
	readonly #ended = new Map<number, EndedProcess>();
	#nextPid = 1;

	constructor(clock: Clock, log: Log) {
		this.#clock = clock;
		this.#log = log;
	}

	get all(): Process[] {
		return [...this.#processes.values()];
	}

	get(pid: number): Process {
		const process = this.#processes.get(pid);
		if (process === undefined) throw new OsError('ESRCH', `process ${pid}`);
		return process;
	}

	findEnded(pid: number): EndedProcess | undefined {
		return this.#ended.get(pid);
	}

	forgetEnded(pid: number): void {
		this.#ended.delete(pid);
	}

	/** A new process, not launched yet; EAGAIN when there are too many. */
	add(start: Omit<ProcessStart, 'pid'>, parts: Omit<ProcessParts, 'startedTime'>): Process {
		if (this.#processes.size >= maximumProcesses) throw new OsError('EAGAIN', 'too many processes');
		const pid = this.#nextPid++;
		const process = new Process({ pid, ...start }, { ...parts, startedTime: this.#clock.now() });
		this.#processes.set(pid, process);
		return process;
	}

	/** EAGAIN when one more below `parent` is more than it, or one above it, may have alive. */
	requireRoomBelow(parent: Process): void {
		for (let at: Process | undefined = parent; at !== undefined; at = this.#processes.get(at.parent)) {
			const { processes } = at.limits;
			if (processes !== undefined && this.#countBelow(at) >= processes)
				throw new OsError('EAGAIN', 'too many processes');
		}
	}

	/** Living processes that `ancestor` has started, directly or not, and itself. */
	#countBelow(ancestor: Process): number {
		let count = 0;
		for (const process of this.#processes.values())
			for (let at: Process | undefined = process; at !== undefined; at = this.#processes.get(at.parent))
				if (at === ancestor) count++;
		return count;
	}

	/** Takes back a process that could not be launched: as if it had never been. */
	discard(process: Process): void {
		this.#processes.delete(process.pid);
		process.state = 'exited';
		process.release();
	}

	/** Ends a process and releases all it held. */
	end(process: Process, status: ExitStatus): void {
		if (process.state === 'exited') return;
		process.state = 'exited';
		this.#processes.delete(process.pid);
		process.release();
		this.#keepStatus(process, status);
		process.endWaits.resolveAll(status);
		this.#logEnd(process, status);
		process.running?.terminate(status);
		process.running?.connection.close();
	}

	#keepStatus(process: Process, status: ExitStatus): void {
		this.#ended.set(process.pid, { parent: process.parent, status });
		const oldest = this.#ended.keys().next().value;
		if (this.#ended.size > keptStatuses && oldest !== undefined) this.#ended.delete(oldest);
	}

	#logEnd(process: Process, status: ExitStatus): void {
		const crashed = status.reason.startsWith('crashed');
		const level = crashed ? 'error' : 'debug';
		this.#log.write(level, 'kernel', `${process.label} ended: ${status.reason}, code ${status.code}`);
	}
}
