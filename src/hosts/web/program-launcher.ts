/**
 * Starts programs in the browser: a window program is handed to the page with a port, a worker program gets a Worker
 * of its own below the kernel's.
 *
 * Invariant: a terminated program can send nothing more: its Worker is ended, or its port is closed.
 */
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
import { GuestLauncher, type GuestLauncherOptions } from '../common/guest-launcher.ts';
import { hostClock } from '../common/host-clock.ts';
import { portOf } from '../common/message-port.ts';
import { workerPrograms } from '../common/worker-programs.ts';
import type { KernelMessage } from './control-messages.ts';
import type { WorkerProgramMessage } from './program-worker.ts';
import { launchScript, scriptProgram } from './script-launcher.ts';

/**
 * Until a Worker that was ended surely runs no more: the browser does not tell. It was seen to take half a millisecond, in
 * an endless loop, too.
 */
const terminationMs = 250;

/** A tab of Chromium has room for 124 memories of WebAssembly: the volume's, these, and some that are not collected yet. */
const maximumPrograms = 80;

export interface WebProgramLauncherOptions {
	readonly windowPrograms: ReadonlySet<string>;
	readonly turns: CallTurns;
	readonly tellPage: (message: KernelMessage, transfer: Transferable[]) => void;
}

export class WebProgramLauncher implements ProgramLauncher {
	readonly #options: WebProgramLauncherOptions;
	readonly #guests: GuestLauncher;
	/** How to report the crash of a process that the page hosts, by pid. */
	readonly #hosted = new Map<number, ReportCrash>();

	constructor(options: WebProgramLauncherOptions) {
		this.#options = options;
		this.#guests = new GuestLauncher({ makeWorker: makeGuestWorker, turns: options.turns, maximumPrograms });
	}

	launch(start: ProcessStart, grants: ProgramGrants, crashed: ReportCrash): RunningProgram {
		if (isEverydayCommand(start.program)) return this.#guests.launchCommand(start, grants, crashed);
		if (this.#options.windowPrograms.has(start.program)) return this.#launchInPage(start, grants.session ?? 0, crashed);
		if (Object.hasOwn(workerPrograms, start.program)) return launchInWorker(start, crashed);
		if (start.program === scriptProgram) return launchScript(start, crashed);
		throw new OsError('ENOENT', `program ${start.program}`);
	}

	launchImage(start: ProcessStart, image: ProgramImage, crashed: ReportCrash): RunningProgram {
		return this.#guests.launch(start, image, crashed);
	}

	/** The page says that a program it hosts has failed. */
	reportCrash(pid: number, reason: string): void {
		this.#hosted.get(pid)?.(reason);
	}

	#launchInPage(start: ProcessStart, session: number, crashed: ReportCrash): RunningProgram {
		const { port1, port2 } = new MessageChannel();
		this.#hosted.set(start.pid, crashed);
		this.#options.tellPage({ type: 'launch', start, session, port: port2 }, [port2]);
		return {
			connection: new PortConnection(portOf(port1)),
			terminate: (status) => {
				this.#hosted.delete(start.pid);
				this.#options.tellPage({ type: 'ended', pid: start.pid, status }, []);
			},
		};
	}
}

const makeGuestWorker: GuestLauncherOptions['makeWorker'] = (told) => {
	const worker = new Worker(new URL('./guest-worker.ts', import.meta.url), { type: 'module', name: 'program' });
	worker.onmessage = (event) => told(event.data);
	worker.onerror = (event) =>
		told({ type: 'crashed', reason: event.message || 'its Worker could not be started', stack: '' });
	return {
		post: (message) => worker.postMessage(message),
		async terminate() {
			worker.terminate();
			await new Promise<void>((resolve) => void hostClock.after(terminationMs, resolve));
		},
	};
};

function launchInWorker(start: ProcessStart, crashed: ReportCrash): RunningProgram {
	const worker = new Worker(new URL('./program-worker.ts', import.meta.url), {
		type: 'module',
		name: `${start.program} (${start.pid})`,
	});
	const { port1, port2 } = new MessageChannel();
	worker.onerror = (event) => crashed(event.message || 'its Worker could not be started');
	worker.onmessage = (event: MessageEvent<{ crashed: string }>) => crashed(event.data.crashed);
	worker.postMessage({ start, port: port2 } satisfies WorkerProgramMessage, [port2]);
	return {
		connection: new PortConnection(portOf(port1)),
		terminate: () => worker.terminate(),
	};
}
