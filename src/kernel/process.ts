/**
 * A process: an identity, a handle table, and what it has used.
 *
 * Invariant: an ended process holds no handle, waits for nothing and is sent nothing.
 */
import type { ExitStatus, ProcessInfo, ProcessStart } from '#abi/structures.generated.ts';
import type { Token } from '#security/token.ts';
import { HandleTable } from './handle-table.ts';
import type { RunningProgram } from './program-launcher.ts';
import { type EndableWait, Wait, WaitQueue } from './wait.ts';

/** Calls of one process that may wait at a time. */
export const maximumWaits = 4096;

export class Process {
	readonly start: ProcessStart;
	readonly parent: number;
	readonly token: Token;
	readonly startedTime: number;
	readonly handles = new HandleTable();
	/** Other processes that wait for the end of this one. */
	readonly endWaits = new WaitQueue<ExitStatus>();
	title: string;
	state: 'starting' | 'running' | 'exited' = 'starting';
	calls = 0;
	bytesRead = 0;
	bytesWritten = 0;
	heldCalls = 0;
	/** Waits that no handle stands for. */
	readonly #waits = new Set<EndableWait>();
	/** Set once, when its program has been launched. */
	running: RunningProgram | undefined;

	constructor(start: ProcessStart, parts: { parent: number; token: Token; startedTime: number }) {
		this.start = start;
		this.parent = parts.parent;
		this.token = parts.token;
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

	/** Lets go of everything it waits for and holds. */
	release(): void {
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
