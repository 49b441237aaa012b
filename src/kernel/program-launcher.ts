/** How the kernel starts a program: the host knows what a program is and where it runs. */
import type { ExitStatus, ProcessStart } from '#abi/structures.generated.ts';
import type { ProcessConnection } from './process-connection.ts';

export interface RunningProgram {
	readonly connection: ProcessConnection;
	/** The process has ended: stop its Worker, or take its window away. Called once. */
	terminate(status: ExitStatus): void;
}

export interface ProgramLauncher {
	/**
	 * Starts the program `start.program`; ENOENT when there is none of this name. `crashed` is called when the
	 * program ends by an error of its own instead of `process_exit`.
	 */
	launch(start: ProcessStart, crashed: (reason: string) => void): RunningProgram;
}
