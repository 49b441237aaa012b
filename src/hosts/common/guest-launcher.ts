/**
 * Starts programs for WASI, each in a Worker of its own: how is the same in the browser and in Node, but for the Worker.
 *
 * Rules of use: the host gives a way to make a Worker that runs `serveGuests`.
 *
 * Invariants:
 * - A Worker runs one program at a time. It is used again only when its program came to its own end: then nothing is left
 *   in it but code of ours. One that was killed or has crashed is ended.
 * - `maximumPrograms` run at a time: more would not be refused by an engine that is out of room, but end the whole tab.
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
import type {
	ProcessUsage,
	ProgramGrants,
	ProgramImage,
	ReportCrash,
	RunningProgram,
} from '#kernel/program-launcher.ts';
import { limitMemory } from '#wasi/memory-limit.ts';
import { whyNotRunnable } from '#wasi/module-check.ts';
import { steadyNow } from './guest-host.ts';
import type { FromGuestWorker, ToGuestWorker } from './guest-messages.ts';
import { hostClock } from './host-clock.ts';

const parkedWorkers = 2;
export const keptWorkers = 8;
const quietMs = 100;
const keptModules = 32;
/** Memories of ended programs that may wait to be collected beside those of the running ones. */
const uncollectedMemories = 24;

export interface GuestWorker {
	post(message: ToGuestWorker): void;
	/** Settles when nothing runs in it any more. */
	terminate(): Promise<void>;
}

export interface GuestLauncherOptions {
	/** Makes a Worker; `told` hears what it says, an error of the Worker itself included. */
	readonly makeWorker: (told: (message: FromGuestWorker) => void) => GuestWorker;
	readonly turns: CallTurns;
	/** How many programs may run at a time. */
	readonly maximumPrograms: number;
}

interface Slot {
	readonly worker: GuestWorker;
	/** Memories of programs that its engine may not have collected yet, the running one's included. */
	memories: number;
	/** The program that runs in it; `undefined`: parked. */
	run: { crashed: ReportCrash; over: boolean } | undefined;
}

export class GuestLauncher {
	readonly #options: GuestLauncherOptions;
	#parked: Slot[] = [];
	readonly #slots = new Set<Slot>();
	/** Workers that were told to end, until they have. */
	readonly #leaving = new Map<Slot, Promise<void>>();
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
		return this.#run(start, image, { module: this.#compile(image), crashed });
	}

	/** Starts an everyday command, whose code the Worker has itself. */
	launchCommand(start: ProcessStart, grants: ProgramGrants, crashed: ReportCrash): RunningProgram {
		return this.#run(start, grants, { module: undefined, crashed });
	}

	#run(
		start: ProcessStart,
		{ limits, pipes }: ProgramGrants,
		{ module, crashed }: { module: Promise<WebAssembly.Module> | undefined; crashed: ReportCrash },
	): RunningProgram {
		this.#requireRoom();
		const slot = this.#parked.pop() ?? this.#makeSlot();
		const run = { crashed, over: false };
		slot.run = run;
		slot.memories++;
		const memory = new SharedArrayBuffer(defaultCallMemoryBytes);
		const fileMemory = module === undefined ? undefined : new SharedArrayBuffer(fileMemoryBytes);
		if (fileMemory !== undefined) prepareFileMemory(fileMemory);
		const { processorPercent } = limits;
		Promise.all([module, this.#untilRoom()]).then(
			([compiled]) => {
				if (run.over) return;
				slot.worker.post({ start, module: compiled, memory, fileMemory, pipes, processorPercent });
			},
			(error: unknown) => crashed(whyNotStarted(error)),
		);
		if (this.#parked.length === 0) this.#prepareLater();
		return {
			connection: new MemoryConnection(memory, this.#options.turns),
			...(fileMemory === undefined ? {} : { fileMemory }),
			usage: () => usageOf(memory, fileMemory),
			terminate: async (status) => {
				run.over = true;
				// A program that ended itself is on its way out of the Worker, which then says that it is idle.
				if (status.reason !== 'exited') await this.#retire(slot);
			},
		};
	}

	close(): void {
		this.#cancelPreparing?.();
		for (const slot of this.#parked) void this.#retire(slot);
	}

	/** EAGAIN when as many programs run as may. */
	#requireRoom(): void {
		const { maximumPrograms } = this.#options;
		if (this.#running >= maximumPrograms) throw new OsError('EAGAIN', `${maximumPrograms} programs run already`);
	}

	get #running(): number {
		return [...this.#slots].filter(({ run }) => run !== undefined).length;
	}

	/** Memories of ended programs in Workers that stay: they go when the engine collects them. */
	get #uncollected(): number {
		return countMemories(this.#slots) - this.#running;
	}

	/** Until Workers that were told to end have made room for the memory of one more program. */
	async #untilRoom(): Promise<void> {
		const room = this.#options.maximumPrograms + uncollectedMemories;
		while (this.#leaving.size > 0 && countMemories(this.#slots) + countMemories(this.#leaving.keys()) > room)
			await Promise.race(this.#leaving.values());
	}

	async #retire(slot: Slot): Promise<void> {
		this.#slots.delete(slot);
		this.#parked = this.#parked.filter((parked) => parked !== slot);
		const ending = this.#leaving.get(slot) ?? slot.worker.terminate();
		this.#leaving.set(slot, ending);
		await ending;
		this.#leaving.delete(slot);
	}

	/** The next program will want a Worker as well. */
	#prepareLater(): void {
		this.#cancelPreparing?.();
		this.#cancelPreparing = hostClock.after(quietMs, () => this.prepare());
	}

	#makeSlot(): Slot {
		const worker = this.#options.makeWorker((message) => this.#hear(slot, message));
		const slot: Slot = { worker, memories: 0, run: undefined };
		this.#slots.add(slot);
		return slot;
	}

	#hear(slot: Slot, message: FromGuestWorker): void {
		if (message.type === 'crashed') {
			void this.#retire(slot);
			slot.run?.crashed(message.reason, message.stack);
			return;
		}
		slot.run = undefined;
		if (this.#parked.length < keptWorkers && this.#uncollected <= uncollectedMemories) this.#parked.push(slot);
		else void this.#retire(slot);
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

function countMemories(slots: Iterable<Slot>): number {
	let count = 0;
	for (const { memories } of slots) count += memories;
	return count;
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

function usageOf(callMemory: SharedArrayBuffer, fileMemory: SharedArrayBuffer | undefined): ProcessUsage {
	const meter = new ProcessMeter(callMemory);
	return {
		processorTimeUs: Math.round(meter.processorMs(steadyNow()) * 1000),
		memoryBytes:
			meter.read('memoryBytes') +
			callMemory.byteLength +
			(fileMemory === undefined ? 0 : new FileMemory(fileMemory).usedBytes),
		calls: meter.read('calls'),
		bytesRead: meter.read('bytesRead'),
		bytesWritten: meter.read('bytesWritten'),
	};
}
