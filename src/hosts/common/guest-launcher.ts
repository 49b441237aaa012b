/**
 * Starts programs for WASI, each in a Worker of its own: how is the same in the browser and in Node, but for the Worker.
 *
 * Rules of use: the host gives a way to make a Worker that runs `serveGuests`.
 *
 * Invariants:
 * - A Worker runs one program at a time. It is used again only when its program came to its own end: then nothing is left
 *   in it but code of ours. One that was killed or has crashed is ended.
 * - What two programs share is nothing: each gets memory of its own.
 * - `parkedWorkers` stand ready, so that a program does not wait for a Worker to start. They are made in a quiet moment: to
 *   start one takes a processor for longer than many a program runs. Up to `keptWorkers` are kept once they were needed.
 */
import { defaultCallMemoryBytes } from '#abi/call-memory.ts';
import { OsError } from '#abi/errors.ts';
import { FileMemory, fileMemoryBytes, prepareFileMemory } from '#abi/file-memory.ts';
import { ProcessMeter } from '#abi/process-meter.ts';
import type { ProcessStart } from '#abi/structures.generated.ts';
import type { CallTurns } from '#kernel/call-turns.ts';
import { MemoryConnection } from '#kernel/memory-connection.ts';
import type { ProcessUsage, ProgramImage, ReportCrash, RunningProgram } from '#kernel/program-launcher.ts';
import { limitMemory } from '#wasi/memory-limit.ts';
import { whyNotRunnable } from '#wasi/module-check.ts';
import { steadyNow } from './guest-host.ts';
import type { FromGuestWorker, ToGuestWorker } from './guest-messages.ts';
import { hostClock } from './host-clock.ts';

const parkedWorkers = 2;
export const keptWorkers = 8;
const quietMs = 100;
const keptModules = 32;

export interface GuestWorker {
	post(message: ToGuestWorker): void;
	/** Settles when nothing runs in it any more. */
	terminate(): Promise<void>;
}

export interface GuestLauncherOptions {
	/** Makes a Worker; `told` hears what it says, an error of the Worker itself included. */
	readonly makeWorker: (told: (message: FromGuestWorker) => void) => GuestWorker;
	readonly turns: CallTurns;
}

interface Slot {
	readonly worker: GuestWorker;
	/** The program that runs in it; `undefined`: parked. */
	run: { crashed: ReportCrash; over: boolean } | undefined;
}

export class GuestLauncher {
	readonly #options: GuestLauncherOptions;
	#parked: Slot[] = [];
	readonly #modules = new Map<string, Promise<WebAssembly.Module>>();
	#cancelPreparing: (() => void) | undefined;

	constructor(options: GuestLauncherOptions) {
		this.#options = options;
	}

	/** Makes Workers ready before the first program needs one. */
	prepare(): void {
		while (this.#parked.length < parkedWorkers) this.#parked.push(this.#makeSlot());
	}

	launch(start: ProcessStart, image: ProgramImage, crashed: ReportCrash): RunningProgram {
		const slot = this.#parked.pop() ?? this.#makeSlot();
		const run = { crashed, over: false };
		slot.run = run;
		const memory = new SharedArrayBuffer(defaultCallMemoryBytes);
		const fileMemory = new SharedArrayBuffer(fileMemoryBytes);
		prepareFileMemory(fileMemory);
		this.#compile(image).then(
			(module) => {
				if (run.over) return;
				const { processorPercent } = image.limits;
				slot.worker.post({ start, module, memory, fileMemory, pipes: image.pipes, processorPercent });
			},
			(error: unknown) => crashed(whyNotStarted(error)),
		);
		if (this.#parked.length === 0) this.#prepareLater();
		return {
			connection: new MemoryConnection(memory, this.#options.turns),
			fileMemory,
			usage: () => usageOf(memory, fileMemory),
			terminate: async (status) => {
				run.over = true;
				// A program that ended itself is on its way out of the Worker, which then says that it is idle.
				if (status.reason !== 'exited') await slot.worker.terminate();
			},
		};
	}

	close(): void {
		this.#cancelPreparing?.();
		for (const { worker } of this.#parked) void worker.terminate();
		this.#parked = [];
	}

	/** The next program will want a Worker as well. */
	#prepareLater(): void {
		this.#cancelPreparing?.();
		this.#cancelPreparing = hostClock.after(quietMs, () => this.prepare());
	}

	#makeSlot(): Slot {
		const slot: Slot = { worker: this.#options.makeWorker((message) => this.#hear(slot, message)), run: undefined };
		return slot;
	}

	#hear(slot: Slot, message: FromGuestWorker): void {
		if (message.type === 'crashed') {
			void slot.worker.terminate();
			this.#parked = this.#parked.filter((parked) => parked !== slot);
			slot.run?.crashed(message.reason, message.stack);
			return;
		}
		slot.run = undefined;
		if (this.#parked.length < keptWorkers) this.#parked.push(slot);
		else void slot.worker.terminate();
	}

	#compile(image: ProgramImage): Promise<WebAssembly.Module> {
		const { memoryBytes } = image.limits;
		const key = `${image.key} ${memoryBytes ?? ''}`;
		const known = this.#modules.get(key);
		if (known !== undefined) return known;
		const compiling = compile(image);
		this.#modules.set(key, compiling);
		compiling.catch(() => this.#modules.delete(key));
		const oldest = this.#modules.keys().next().value;
		if (this.#modules.size > keptModules && oldest !== undefined) this.#modules.delete(oldest);
		return compiling;
	}
}

async function compile({ limits, read }: ProgramImage): Promise<WebAssembly.Module> {
	const bytes = read();
	const { memoryBytes } = limits;
	const limited = memoryBytes === undefined ? bytes : limitMemory(bytes, memoryBytes);
	const module = await WebAssembly.compile(limited).catch((error: unknown) => {
		const words = error instanceof Error ? error.message : String(error);
		throw new OsError('ENOEXEC', `it cannot be compiled: ${words}`, { cause: error });
	});
	const reason = whyNotRunnable(module);
	if (reason !== undefined) throw new OsError('ENOEXEC', reason);
	return module;
}

function whyNotStarted(error: unknown): string {
	const message = error instanceof Error ? error.message : String(error);
	return error instanceof WebAssembly.CompileError ? `it cannot be compiled: ${message}` : message;
}

function usageOf(callMemory: SharedArrayBuffer, fileMemory: SharedArrayBuffer): ProcessUsage {
	const meter = new ProcessMeter(callMemory);
	return {
		processorTimeUs: Math.round(meter.processorMs(steadyNow()) * 1000),
		memoryBytes: meter.read('memoryBytes') + callMemory.byteLength + new FileMemory(fileMemory).usedBytes,
		calls: meter.read('calls'),
		bytesRead: meter.read('bytesRead'),
		bytesWritten: meter.read('bytesWritten'),
	};
}
