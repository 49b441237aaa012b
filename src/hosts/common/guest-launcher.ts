/**
 * Starts programs for WASI, each in a Worker of its own: how is the same in the browser and in Node, but for the Worker.
 *
 * Rules of use: the host gives a way to make a Worker that runs `serveGuests`.
 *
 * Invariants:
 * - A Worker runs one program at a time. It is used again only when its program came to its own end: then nothing is left
 *   in it but code of ours. One that was killed or has crashed is ended.
 * - What two programs share is nothing: each gets memory of its own.
 * - `parkedWorkers` stand ready, so that a program does not wait for a Worker to start.
 */
import { defaultCallMemoryBytes } from '#abi/call-memory.ts';
import { fileMemoryBytes, prepareFileMemory } from '#abi/file-memory.ts';
import type { ProcessStart } from '#abi/structures.generated.ts';
import { isWithin } from '#base/path.ts';
import { MemoryConnection } from '#kernel/memory-connection.ts';
import type { ProgramImage, RunningProgram } from '#kernel/program-launcher.ts';
import { limitMemory } from '#wasi/memory-limit.ts';
import type { FromGuestWorker, ToGuestWorker } from './guest-messages.ts';

const parkedWorkers = 2;
const keptModules = 32;

export interface GuestWorker {
	post(message: ToGuestWorker): void;
	terminate(): void;
}

export interface GuestLauncherOptions {
	/** Makes a Worker; `told` hears what it says, an error of the Worker itself included. */
	readonly makeWorker: (told: (message: FromGuestWorker) => void) => GuestWorker;
	readonly defer: (callback: () => void) => void;
}

interface Slot {
	readonly worker: GuestWorker;
	/** The program that runs in it; `undefined`: parked. */
	run: { crashed: (reason: string) => void; over: boolean } | undefined;
}

export class GuestLauncher {
	readonly #options: GuestLauncherOptions;
	readonly #parked: Slot[] = [];
	readonly #modules = new Map<string, Promise<WebAssembly.Module>>();

	constructor(options: GuestLauncherOptions) {
		this.#options = options;
	}

	/** Makes Workers ready before the first program needs one. */
	prepare(): void {
		while (this.#parked.length < parkedWorkers) this.#parked.push(this.#makeSlot());
	}

	launch(start: ProcessStart, image: ProgramImage, crashed: (reason: string) => void): RunningProgram {
		const slot = this.#parked.pop() ?? this.#makeSlot();
		const run = { crashed, over: false };
		slot.run = run;
		const memory = new SharedArrayBuffer(defaultCallMemoryBytes);
		const fileMemory = new SharedArrayBuffer(fileMemoryBytes);
		prepareFileMemory(fileMemory);
		const preopens: [name: string, path: string][] = start.mounts.map((path) => [path, path]);
		// What a program names without a `/` at its start is seen from its working directory.
		if (start.mounts.some((path) => isWithin(start.workingDirectory, path)))
			preopens.push(['.', start.workingDirectory]);
		this.#compile(image).then(
			(module) => {
				if (!run.over) slot.worker.post({ start, module, memory, fileMemory, preopens, pipes: image.pipes });
			},
			(error: unknown) => crashed(`it cannot be compiled: ${error instanceof Error ? error.message : error}`),
		);
		// The next program will want one as well.
		this.#options.defer(() => this.prepare());
		return {
			connection: new MemoryConnection(memory, this.#options.defer),
			fileMemory,
			terminate: (status) => {
				run.over = true;
				// A program that ended itself is on its way out of the Worker, which then says that it is idle.
				if (status.reason !== 'exited') slot.worker.terminate();
			},
		};
	}

	close(): void {
		for (const { worker } of this.#parked) worker.terminate();
		this.#parked.length = 0;
	}

	#makeSlot(): Slot {
		const slot: Slot = { worker: this.#options.makeWorker((message) => this.#hear(slot, message)), run: undefined };
		return slot;
	}

	#hear(slot: Slot, message: FromGuestWorker): void {
		if (message.type === 'crashed') {
			slot.worker.terminate();
			slot.run?.crashed(message.reason);
			return;
		}
		slot.run = undefined;
		if (this.#parked.length < parkedWorkers) this.#parked.push(slot);
		else slot.worker.terminate();
	}

	#compile(image: ProgramImage): Promise<WebAssembly.Module> {
		const { memoryLimit } = image;
		const key = `${image.key} ${memoryLimit ?? ''}`;
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

async function compile({ memoryLimit, read }: ProgramImage): Promise<WebAssembly.Module> {
	const bytes = read();
	return await WebAssembly.compile(memoryLimit === undefined ? bytes : limitMemory(bytes, memoryLimit));
}
