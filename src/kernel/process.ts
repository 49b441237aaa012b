/**
 * A process: an identity, a handle table, and what it has used.
 *
 * Invariant: an ended process holds no handle, waits for nothing and is sent nothing.
 */
import type {
	ChildEvent,
	ExitStatus,
	ProcessInfo,
	ProcessStart,
	ProcessState,
	ResourceLimits,
} from '#abi/structures.generated.ts';
import { baseName } from '#base/path.ts';
import type { Token } from '#security/token.ts';
import type { LeaseMemory } from './file-leases.ts';
import { HandleTable, maximumHandles } from './handle-table.ts';
import type { Namespace } from './namespace.ts';
import type { ProcessQuota } from './process-quota.ts';
import type { ChildFilter } from './process-table.ts';
import type { RunningProgram } from './program-launcher.ts';
import type { LogonSession } from './sessions/logon-session.ts';
import type { Terminal } from './terminal.ts';
import { type EndableWait, Wait, WaitQueue } from './wait.ts';

/** Calls of one process that may wait at a time. */
export const maximumWaits = 4096;

export interface ProcessParts {
	/** The process that starts it; `undefined`: the system. */
	readonly starter: Process | undefined;
	readonly token: Token;
	readonly namespace: Namespace;
	readonly limits: ResourceLimits;
	/** Counts it among the processes that may be alive at a time. */
	readonly quota?: ProcessQuota | undefined;
	/** As in `SpawnOptions`. */
	readonly group?: number | undefined;
	readonly newSession?: boolean | undefined;
	readonly startedTime: number;
	/** Whose work it is part of, when nothing else says so: that of the starter. */
	readonly logon?: LogonSession | undefined;
}

/** A call of a parent that waits for what happens to its children. */
export interface ChildWait {
	readonly filter: ChildFilter;
	readonly wait: Wait<ChildEvent | undefined>;
}

export class Process {
	readonly start: ProcessStart;
	/** Pid of the process that started it; 0 when that has ended, or was the system. */
	parent: number;
	readonly token: Token;
	readonly namespace: Namespace;
	/** Whose work it is part of; `undefined` for the system's own. */
	readonly logon: LogonSession | undefined;
	readonly startedTime: number;
	readonly limits: ResourceLimits;
	readonly quota: ProcessQuota | undefined;
	readonly handles: HandleTable;
	/** Other processes that wait for the end of this one. */
	readonly endWaits = new WaitQueue<ExitStatus>();
	/** Children that have ended and whose status it has not asked for, oldest first. */
	readonly endedChildren = new Set<number>();
	readonly childWaits = new Set<ChildWait>();
	/** It was stopped, or went on, and its parent has not been told. */
	untoldStop: 'stopped' | 'continued' | undefined;
	title: string;
	state: ProcessState = 'starting';
	calls = 0;
	bytesRead = 0;
	bytesWritten = 0;
	heldCalls = 0;
	readonly #callbacks: (() => void)[] = [];
	readonly #goneCallbacks: (() => void)[] = [];
	/** Waits that no handle stands for. */
	readonly #waits = new Set<EndableWait>();
	/** Set once, when its program has been launched. */
	running: RunningProgram | undefined;
	leaseMemory: LeaseMemory | undefined;
	/** That of its standard streams, or its parent's. */
	terminal: Terminal | undefined;

	constructor(start: ProcessStart, parts: ProcessParts) {
		this.start = start;
		this.parent = parts.starter?.pid ?? 0;
		this.quota = parts.quota;
		this.token = parts.token;
		this.logon = parts.logon ?? parts.starter?.logon;
		this.namespace = parts.namespace;
		this.limits = parts.limits;
		this.handles = new HandleTable(Math.min(maximumHandles, parts.limits.handles ?? maximumHandles));
		this.startedTime = parts.startedTime;
		this.title = baseName(start.program);
	}

	get pid(): number {
		return this.start.pid;
	}

	/** Name for the log. */
	get label(): string {
		return `${this.start.program} (${this.pid})`;
	}

	/** Makes a wait that is abandoned when the process ends. */
	wait<T>(): Wait<T> {
		const wait = new Wait<T>();
		this.#waits.add(wait);
		wait.whenOver(() => this.#waits.delete(wait));
		return wait;
	}

	/** Calls back when the process lets go of everything. */
	whenReleased(callback: () => void): void {
		this.#callbacks.push(callback);
	}

	/** Calls back when nothing of its program runs any more: until then it may still touch memory that it shared. */
	whenGone(callback: () => void): void {
		this.#goneCallbacks.push(callback);
	}

	/** Ends its program, which may run on for a moment after the process has ended. */
	async terminate(status: ExitStatus): Promise<void> {
		await this.running?.terminate(status);
		for (const callback of this.#goneCallbacks) callback();
	}

	/** Lets go of everything it waits for and holds. */
	release(): void {
		for (const callback of this.#callbacks) callback();
		for (const wait of [...this.#waits]) wait.abandon();
		this.handles.closeAll();
	}

	info(): ProcessInfo {
		const { pid, group, session, program, arguments: programArguments, workingDirectory } = this.start;
		const { parent, title, state, startedTime, calls, bytesRead, bytesWritten } = this;
		const usage = this.running?.usage?.();
		return {
			pid,
			parent,
			group,
			session,
			user: this.token.user,
			program,
			title,
			arguments: programArguments,
			workingDirectory,
			state,
			startedTime,
			calls,
			bytesRead,
			bytesWritten,
			...usage,
			crossings: calls,
			handles: this.handles.size,
		};
	}
}
