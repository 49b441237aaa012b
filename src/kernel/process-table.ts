/**
 * All processes: starting, ending, stopping, and who waits to hear of it.
 *
 * Invariants:
 * - A pid is never used twice.
 * - An ended process leaves the table at once. Its status is kept for its parent until that has asked, has ended, or has let
 *   `keptStatuses` later children end: so no process can push out what another has still to ask for.
 * - A process whose parent has ended belongs to the system (parent 0); nothing of its end is kept.
 * - The last `systemReserve` places are for what the system itself starts, so that a program that starts processes without
 *   end does not keep Task Manager from being opened.
 */
import { OsError } from '#abi/errors.ts';
import type { ChildEvent, ExitStatus, ProcessStart } from '#abi/structures.generated.ts';
import type { Clock, Log } from '#base/ports.ts';
import { Process, type ProcessParts } from './process.ts';
import type { Wait } from './wait.ts';

export const maximumProcesses = 512;
export const systemReserve = 16;
const keptStatuses = 256;

/** Which children a parent wants to hear of. */
export interface ChildFilter {
	/** Of this group only; 0: all. */
	readonly group: number;
	/** Also of those that were stopped or went on. */
	readonly stops: boolean;
}

interface EndedProcess {
	readonly parent: Process;
	readonly group: number;
	readonly status: ExitStatus;
}

type NewProcess = Omit<ProcessStart, 'pid' | 'group' | 'session'>;

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

	childrenOf(parent: Process): Process[] {
		return this.all.filter((process) => process.parent === parent.pid);
	}

	/** The processes of a group; ESRCH when there is none. */
	inGroup(group: number): Process[] {
		const processes = this.all.filter((process) => process.start.group === group);
		if (processes.length === 0) throw new OsError('ESRCH', `group ${group}`);
		return processes;
	}

	/** A new process, not launched yet; EAGAIN when there are too many. */
	add(start: NewProcess, parts: Omit<ProcessParts, 'startedTime'>): Process {
		const { starter, quota, group, newSession } = parts;
		const room = maximumProcesses - (starter === undefined || starter.token.integrity === 'system' ? 0 : systemReserve);
		if (this.#processes.size >= room) throw new OsError('EAGAIN', 'too many processes');
		const pid = this.#nextPid;
		const groups = this.#groupOf(pid, starter, { group, newSession });
		quota?.admit();
		this.#nextPid++;
		const process = new Process({ pid, ...groups, ...start }, { ...parts, startedTime: this.#clock.now() });
		if (quota !== undefined) process.whenReleased(() => quota.leave());
		this.#processes.set(pid, process);
		return process;
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
		// Until its Worker is gone it must not take what comes for others: it stands still at its next step.
		if (status.reason !== 'exited') process.running?.connection.setStopped(true);
		this.#processes.delete(process.pid);
		process.release();
		this.#orphan(process);
		this.#keepStatus(process, status);
		process.endWaits.resolveAll(status);
		this.#tellParent(process);
		this.#logEnd(process, status);
		void process.terminate(status);
		process.running?.connection.close();
	}

	/** Lets a process stand still, or go on. */
	setStopped(process: Process, stopped: boolean): void {
		if ((process.state === 'stopped') === stopped) return;
		process.state = stopped ? 'stopped' : 'running';
		process.running?.connection.setStopped(stopped);
		process.untoldStop = stopped ? 'stopped' : 'continued';
		this.#tellParent(process);
	}

	/** The status of an ended process; its parent is told once. */
	takeStatus(pid: number, asker: Process): ExitStatus | undefined {
		const ended = this.#ended.get(pid);
		if (ended?.parent === asker) this.#forget(pid, asker);
		return ended?.status;
	}

	/** Something that has happened to a child and has not been told yet. */
	takeChildEvent(parent: Process, filter: ChildFilter): ChildEvent | undefined {
		const fits = (group: number): boolean => filter.group === 0 || filter.group === group;
		for (const pid of parent.endedChildren) {
			const { group, status } = this.#ended.get(pid) as EndedProcess;
			if (!fits(group)) continue;
			this.#forget(pid, parent);
			return { pid, group, kind: 'ended', status };
		}
		if (!filter.stops) return undefined;
		for (const child of this.childrenOf(parent)) {
			const { untoldStop } = child;
			if (untoldStop === undefined || !fits(child.start.group)) continue;
			child.untoldStop = undefined;
			return { pid: child.pid, group: child.start.group, kind: untoldStop };
		}
		return undefined;
	}

	/** Whether anything can still happen that the filter lets through. */
	hasChild(parent: Process, { group }: ChildFilter): boolean {
		return this.childrenOf(parent).some((child) => group === 0 || child.start.group === group);
	}

	/** Resolves `wait` by the next event that the filter lets through. */
	admitChildWait(parent: Process, filter: ChildFilter, wait: Wait<ChildEvent | undefined>): void {
		const waiting = { filter, wait };
		parent.childWaits.add(waiting);
		wait.whenOver(() => parent.childWaits.delete(waiting));
	}

	/** ESRCH when there is no such group in the session of the starter. */
	#groupOf(
		pid: number,
		starter: Process | undefined,
		{ group, newSession }: Pick<ProcessParts, 'group' | 'newSession'>,
	) {
		if (starter === undefined || newSession === true) return { group: pid, session: pid };
		const { session } = starter.start;
		if (group === 0) return { group: pid, session };
		if (group !== undefined && !this.#isJoinable(group, starter)) throw new OsError('ESRCH', `group ${group}`);
		return { group: group ?? starter.start.group, session };
	}

	/** A group lives as long as one of it does, or one that has ended and whose parent, the starter, has not asked yet. */
	#isJoinable(group: number, starter: Process): boolean {
		const { session } = starter.start;
		return (
			this.all.some(({ start }) => start.group === group && start.session === session) ||
			[...starter.endedChildren].some((pid) => this.#ended.get(pid)?.group === group)
		);
	}

	#orphan(process: Process): void {
		for (const pid of process.endedChildren) this.#ended.delete(pid);
		for (const child of this.childrenOf(process)) child.parent = 0;
	}

	#keepStatus(process: Process, status: ExitStatus): void {
		const parent = this.#processes.get(process.parent);
		if (parent === undefined) return;
		this.#ended.set(process.pid, { parent, group: process.start.group, status });
		parent.endedChildren.add(process.pid);
		const [oldest] = parent.endedChildren;
		if (parent.endedChildren.size > keptStatuses && oldest !== undefined) this.#forget(oldest, parent);
	}

	#forget(pid: number, parent: Process): void {
		this.#ended.delete(pid);
		parent.endedChildren.delete(pid);
	}

	/** Answers those calls of the parent that wait for what there is to tell now, or that nothing will be told any more. */
	#tellParent(child: Process): void {
		const parent = this.#processes.get(child.parent);
		if (parent === undefined) return;
		for (const { filter, wait } of [...parent.childWaits]) {
			const event = this.takeChildEvent(parent, filter);
			if (event !== undefined) wait.resolve(event);
			else if (!this.hasChild(parent, filter)) wait.reject(new OsError('ECHILD'));
		}
	}

	#logEnd(process: Process, status: ExitStatus): void {
		this.#log.write('debug', 'kernel', `${process.label} ended: ${status.reason}, code ${status.code}`);
	}
}
