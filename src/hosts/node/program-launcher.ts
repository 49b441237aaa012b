/**
 * Starts programs in Node, each in a thread of its own. There is no page, so there are no window programs.
 *
 * Invariant: a terminated program can send nothing more: its thread is ended and its port closed.
 */
import { Worker } from 'node:worker_threads';
import { OsError } from '#abi/errors.ts';
import type { ProcessStart } from '#abi/structures.generated.ts';
import type { CallTurns } from '#kernel/call-turns.ts';
import { PortConnection } from '#kernel/process-connection.ts';
import type {
	ProgramGrants,
	ProgramImage,
	ProgramLauncher,
	ReportCrash,
	RunningProgram,
} from '#kernel/program-launcher.ts';
import { isEverydayCommand } from '#runtime/everyday-commands.ts';
import { describeCrash } from '../common/describe-crash.ts';
import { GuestLauncher, type GuestLauncherOptions } from '../common/guest-launcher.ts';
import { portOf } from '../common/message-port.ts';
import { workerPrograms } from '../common/worker-programs.ts';

/** More than the kernel's own limit: each is a thread with a stack. */
const maximumPrograms = 512;

export class NodeProgramLauncher implements ProgramLauncher {
	readonly #guests: GuestLauncher;

	constructor(turns: CallTurns) {
		this.#guests = new GuestLauncher({ makeWorker: makeGuestWorker, turns, maximumPrograms });
	}

	launch(start: ProcessStart, grants: ProgramGrants, crashed: ReportCrash): RunningProgram {
		if (isEverydayCommand(start.program)) return this.#guests.launchCommand(start, grants, crashed);
		if (start.program === 'js')
			throw new OsError('ENOTSUP', 'Node cannot keep a program in JavaScript from the network');
		if (!Object.hasOwn(workerPrograms, start.program)) throw new OsError('ENOENT', `program ${start.program}`);
		const { port1, port2 } = new MessageChannel();
		const worker = new Worker(new URL('./program-worker.ts', import.meta.url), {
			workerData: { start, port: port2 },
			transferList: [port2 as never],
			name: `${start.program} (${start.pid})`,
		});
		worker.on('error', (error) => {
			const { reason, stack } = describeCrash(error);
			crashed(reason, stack);
		});
		worker.on('exit', (code) => crashed(`its thread ended with code ${code}`));
		return {
			connection: new PortConnection(portOf(port1)),
			terminate: async () => void (await worker.terminate()),
		};
	}

	launchImage(start: ProcessStart, image: ProgramImage, crashed: ReportCrash): RunningProgram {
		return this.#guests.launch(start, image, crashed);
	}

	close(): void {
		this.#guests.close();
	}
}

export const makeGuestWorker: GuestLauncherOptions['makeWorker'] = (told) => {
	const worker = new Worker(new URL('./guest-worker.ts', import.meta.url), { name: 'program' });
	worker.on('message', told);
	worker.on('error', (error) => told({ type: 'crashed', ...describeCrash(error) }));
	// A parked thread keeps nobody from ending.
	worker.unref();
	return { post: (message) => worker.postMessage(message), terminate: async () => void (await worker.terminate()) };
};
