/**
 * Starts worker programs in Node, each in a thread of its own. There is no page, so there are no window programs.
 *
 * Invariant: a terminated program can send nothing more: its thread is ended and its port closed.
 */
import { Worker } from 'node:worker_threads';
import { OsError } from '#abi/errors.ts';
import type { ProcessStart } from '#abi/structures.generated.ts';
import { PortConnection } from '#kernel/process-connection.ts';
import type { ProgramLauncher, RunningProgram } from '#kernel/program-launcher.ts';
import { portOf } from '../common/message-port.ts';
import { workerPrograms } from '../common/worker-programs.ts';

export class NodeProgramLauncher implements ProgramLauncher {
	launch(start: ProcessStart, crashed: (reason: string) => void): RunningProgram {
		if (!Object.hasOwn(workerPrograms, start.program)) throw new OsError('ENOENT', `program ${start.program}`);
		const { port1, port2 } = new MessageChannel();
		const worker = new Worker(new URL('./program-worker.ts', import.meta.url), {
			workerData: { start, port: port2 },
			transferList: [port2 as never],
			name: `${start.program} (${start.pid})`,
		});
		worker.on('error', (error) => crashed(error instanceof Error ? (error.stack ?? error.message) : String(error)));
		worker.on('exit', (code) => crashed(`its thread ended with code ${code}`));
		return {
			connection: new PortConnection(portOf(port1)),
			terminate: () => void worker.terminate(),
		};
	}
}
