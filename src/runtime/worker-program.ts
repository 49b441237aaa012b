/**
 * The contract between a program that runs in a Worker of its own and the host that starts it.
 *
 * Rules of use:
 * - A worker program's `program.ts` has a `WorkerProgram` as default export.
 * - Its promise gives the exit code, 0 to 255; a rejection is a crash and is logged.
 * - A signal that is delivered ends a program that does not listen (`system.onSignal`).
 */
import { OsError } from '#abi/errors.ts';
import type { Port } from '#abi/messages.ts';
import { signalExitCode } from '#abi/signals.ts';
import type { ProcessStart } from '#abi/structures.generated.ts';
import { System } from './system.ts';

export type WorkerProgram = (system: System, start: ProcessStart) => Promise<number>;

export type LoadWorkerProgram = () => Promise<{ default: WorkerProgram }>;

/**
 * Runs a program to its end over `port`. Rejects when the program crashes; the host then reports that to the kernel.
 */
export async function runWorkerProgram(port: Port, start: ProcessStart, load: LoadWorkerProgram): Promise<void> {
	const system = new System(port);
	const exit = (code: number): void => {
		// The kernel ends the process, so this call is answered only by its cancellation.
		system.processExit(code & 0xff).catch((error: unknown) => {
			if (!(error instanceof OsError)) throw error;
		});
	};
	system.onSignal((signal) => {
		if (!system.handlesSignals) exit(signalExitCode(signal));
	});
	const { default: program } = await load();
	exit(await program(system, start));
}
