/** How the kernel starts a program: the host knows what a program is and where it runs. */
import type { ExitStatus, ProcessStart } from '#abi/structures.generated.ts';
import type { ProcessConnection } from './process-connection.ts';

export interface RunningProgram {
	readonly connection: ProcessConnection;
	/** Memory in which the process may keep pages of its files (`abi/file-memory.ts`). */
	readonly fileMemory?: SharedArrayBuffer;
	/** The process has ended: stop its Worker, or take its window away. Called once. */
	terminate(status: ExitStatus): void;
}

/** A program for WASI preview 1 that stands in a file. */
export interface ProgramImage {
	/** The same for the same bytes as long as the system runs: what was made of them can be kept under it. */
	readonly key: string;
	read(): Uint8Array<ArrayBuffer>;
	/** Most bytes of memory that it may have. */
	readonly memoryLimit?: number | undefined;
	/** Those of its standard streams that are pipes. */
	readonly pipes: readonly SharedPipe[];
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
	launch(start: ProcessStart, crashed: (reason: string) => void): RunningProgram;
	/** Starts a program that stands in a file, likewise. */
	launchImage(start: ProcessStart, image: ProgramImage, crashed: (reason: string) => void): RunningProgram;
}
