/**
 * A process: an identity, a handle table, and what it has used.
 *
 * Invariant: an ended process holds no handle, waits for nothing and is sent nothing.
 */
import type { ExitStatus, ProcessInfo, ProcessStart, ResourceLimits } from '#abi/structures.generated.ts';
import type { Token } from '#security/token.ts';
import type { LeaseMemory } from './file-leases.ts';
import { HandleTable, maximumHandles } from './handle-table.ts';
import type { Namespace } from './namespace.ts';
import type { RunningProgram } from './program-launcher.ts';
import { type EndableWait, Wait, WaitQueue } from './wait.ts';

/** Calls of one process that may wait at a time. */
export const maximumWaits = 4096;

export interface ProcessParts {
	/** Pid of the process that started it; 0 for the system. */
	readonly parent: number;
	readonly token: Token;
	readonly namespace: Namespace;
	readonly limits: ResourceLimits;
	readonly startedTime: number;
}

export class Process {
	readonly start: ProcessStart;
	readonly parent: number;
	readonly token: Token;
	readonly namespace: Namespace;
	readonly startedTime: number;
	readonly limits: ResourceLimits;
	readonly handles: HandleTable;
	/** Other processes that wait for the end of this one. */
	readonly endWaits = new WaitQueue<ExitStatus>();
	title: string;
	state: 'starting' | 'running' | 'exited' = 'starting';
	calls = 0;
	bytesRead = 0;
	bytesWritten = 0;
	heldCalls = 0;
	readonly #callbacks: (() => void)[] = [];
	/** Waits that no handle stands for. */
	readonly #waits = new Set<EndableWait>();
	/** Set once, when its program has been launched. */
	running: RunningProgram | undefined;
	leaseMemory: LeaseMemory | undefined;
	/** Stops the clock of its time limit. */
	stopTimer: (() => void) | undefined;

	constructor(start: ProcessStart, parts: ProcessParts) {
		this.start = start;
		this.parent = parts.parent;
		this.token = parts.token;
		this.namespace = parts.namespace;
		this.limits = parts.limits;
		this.handles = new HandleTable(Math.min(maximumHandles, parts.limits.handles ?? maximumHandles));
		this.startedTime = parts.startedTime;
		this.title = start.program;
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

	/** Lets go of everything it waits for and holds. */
	release(): void {
		this.stopTimer?.();
		for (const callback of this.#callbacks) callback();
		for (const wait of [...this.#waits]) wait.abandon();
		this.handles.closeAll();
	}

	info(): ProcessInfo {
		const { pid, program, arguments: programArguments, workingDirectory } = this.start;
		const { parent, title, state, startedTime, calls, bytesRead, bytesWritten } = this;
		return {
			pid,
			parent,
			program,
			title,
			arguments: programArguments,
			workingDirectory,
			state,
			startedTime,
			calls,
			bytesRead,
			bytesWritten,
			handles: this.handles.size,
		};
	}
}
