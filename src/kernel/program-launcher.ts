/** How the kernel starts a program: the host knows what a program is and where it runs. */
import type { ExitStatus, ProcessStart, ResourceLimits } from '#abi/structures.generated.ts';
import type { ProcessConnection } from './process-connection.ts';

export interface RunningProgram {
	readonly connection: ProcessConnection;
	/** Memory in which the process may keep pages of its files (`abi/file-memory.ts`). */
	readonly fileMemory?: SharedArrayBuffer;
	/** What it has used so far, where it keeps a meter (`abi/process-meter.ts`). */
	usage?(): ProcessUsage;
	/**
	 * The process has ended: stop its Worker, or take its window away. Called once; settles when nothing of it runs any
	 * more and so nothing can be written to memory that it shared.
	 */
	terminate(status: ExitStatus): void | Promise<void>;
}

export interface ProcessUsage {
	/** Microseconds of processor time. */
	readonly processorTimeUs: number;
	readonly memoryBytes: number;
	/** Calls of its program, whoever answered them. */
	readonly calls: number;
	readonly bytesRead: number;
	readonly bytesWritten: number;
}

/** How a program failed. */
export interface Crash {
	/** What happened, in words. */
	readonly reason: string;
	/** Where, as the engine tells it; empty when it does not. */
	readonly stack: string;
}

export type ReportCrash = (reason: string, stack?: string) => void;

/** What a program is given beside its start. */
export interface ProgramGrants {
	readonly limits: ResourceLimits;
	/** Those of its standard streams that are pipes. */
	readonly pipes: readonly SharedPipe[];
	/** Number of the session that it belongs to; absent: none. */
	readonly session?: number | undefined;
}

/** A program for WASI preview 1 that stands in a file. */
export interface ProgramImage extends ProgramGrants {
	/** The same for the same bytes as long as the system runs: what was made of them can be kept under it. */
	readonly key: string;
	read(): Uint8Array<ArrayBuffer>;
}

/** An end of a pipe that a program is given, with memory by which it needs no call to use it. */
export interface SharedPipe {
	readonly handle: number;
	readonly memory: SharedArrayBuffer;
}

export interface ProgramLauncher {
	/**
	 * Starts the program `start.program`; ENOENT when there is none of this name. `crashed` is called when the
	 * program ends by an error of its own instead of `process_exit`.
	 */
	launch(start: ProcessStart, grants: ProgramGrants, crashed: ReportCrash): RunningProgram;
	/** Starts a program that stands in a file, likewise. */
	launchImage(start: ProcessStart, image: ProgramImage, crashed: ReportCrash): RunningProgram;
}
