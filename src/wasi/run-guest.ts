/**
 * Runs a program for WASI preview 1 as a process of the system.
 *
 * Rules of use:
 * - In a Worker of its own: the calls stand still until the kernel has answered.
 * - `runGuest` returns the exit code; a trap is thrown as the engine threw it.
 */
import { OsError } from '#abi/errors.ts';
import type { ProcessStart } from '#abi/structures.generated.ts';
import { KeptFiles } from '#runtime/kept-files.ts';
import { PipeEnd } from '#runtime/pipe-end.ts';
import type { WaitingMeter } from '#runtime/waiting-meter.ts';
import type { WaitingSystemCalls } from '#runtime/waiting-system-calls.generated.ts';
import { createClockCalls } from './calls/clock-calls.ts';
import { createDescriptorCalls } from './calls/descriptor-calls.ts';
import { createFileCalls } from './calls/file-calls.ts';
import { createPathCalls } from './calls/path-calls.ts';
import { createPollCalls } from './calls/poll-calls.ts';
import { createProcessCalls, GuestExit } from './calls/process-calls.ts';
import { createSocketCalls } from './calls/socket-calls.ts';
import { Descriptor, Descriptors, NullStream, SharedDescriptor } from './descriptors.ts';
import type { GuestHost, WasiCall } from './guest.ts';
import { GuestMemory } from './guest-memory.ts';
import { openPreopens } from './preopens.ts';
import { directoryBase, errnoOf, fileBase, streamBase, success, WasiError } from './wasi-numbers.ts';

/** Descriptors of directories begin here. */
const firstDirectory = 3;

export interface GuestProgram {
	readonly module: WebAssembly.Module;
	readonly start: ProcessStart;
	/** Standard streams that are pipes, by handle. */
	readonly pipes: readonly { readonly handle: number; readonly memory: SharedArrayBuffer }[];
	/** Shared with the kernel (`abi/file-memory.ts`). */
	readonly fileMemory: SharedArrayBuffer | undefined;
}

export interface GuestSurroundings {
	readonly host: GuestHost;
	readonly meter: WaitingMeter;
}

export function runGuest(
	program: GuestProgram,
	system: WaitingSystemCalls,
	{ host, meter }: GuestSurroundings,
): number {
	const descriptors = new Descriptors(system);
	const open = openHandle(system, program, meter);
	giveStreams(descriptors, program, open);
	const more = givePreopens(system, descriptors, program.start);
	const start = giveMore(descriptors, program.start, { first: more, open });
	const { fileMemory } = program;
	const keptFiles = fileMemory === undefined ? undefined : new KeptFiles(fileMemory, system, host.realtime);
	let memory: GuestMemory | undefined;
	const calls = lazily(
		() => {
			if (memory === undefined) throw new Error('the program called before its memory was there');
			return createCalls({ system, memory, descriptors, keptFiles, start, host, meter });
		},
		{ module: program.module, meter },
	);
	const instance = new WebAssembly.Instance(program.module, { wasi_snapshot_preview1: calls });
	const { memory: exported, _start: main } = instance.exports;
	if (!(exported instanceof WebAssembly.Memory) || typeof main !== 'function')
		throw new OsError('EINVAL', 'the program exports no memory or no _start');
	memory = new GuestMemory(exported, (bytes) => meter.meter.set('memoryBytes', bytes));
	try {
		main();
		return 0;
	} catch (error) {
		if (error instanceof GuestExit) return error.code;
		throw error;
	}
}

function createCalls(guest: Parameters<typeof createFileCalls>[0]): Record<string, WasiCall> {
	return {
		...createProcessCalls(guest),
		...createClockCalls(guest),
		...createDescriptorCalls(guest),
		...createFileCalls(guest),
		...createPathCalls(guest),
		...createPollCalls(guest),
		...createSocketCalls(guest),
	};
}

/** The imports of a module: each call makes an error into its number. The calls are made at the first of them. */
function lazily(
	make: () => Record<string, WasiCall>,
	{ module, meter }: { module: WebAssembly.Module; meter: WaitingMeter },
): Record<string, (...values: never[]) => number> {
	let calls: Record<string, WasiCall> | undefined;
	const imports: Record<string, (...values: never[]) => number> = {};
	for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
		if (from !== 'wasi_snapshot_preview1' || kind !== 'function') continue;
		imports[name] = (...values) => {
			calls ??= make();
			meter.enter();
			return numberOf(calls[name], values);
		};
	}
	return imports;
}

function numberOf(call: WasiCall | undefined, values: never[]): number {
	try {
		if (call === undefined) throw new OsError('ENOSYS');
		call(...values);
		return success;
	} catch (error) {
		if (error instanceof WasiError) return error.errno;
		if (error instanceof OsError) return errnoOf[error.code];
		throw error;
	}
}

/** Descriptors 0 to 2. */
function giveStreams(descriptors: Descriptors, { start }: GuestProgram, open: OpenHandle): void {
	const handles = [start.standardInput, start.standardOutput, start.standardError];
	for (const [number, handle] of handles.entries())
		descriptors.assign(number, handle === undefined ? new NullStream() : open(handle));
}

/** What else was handed over, after the directories; gives the environment that says where. */
function giveMore(
	descriptors: Descriptors,
	start: ProcessStart,
	{ first, open }: { first: number; open: OpenHandle },
): ProcessStart {
	const { descriptors: { handles } = { handles: [] }, environment } = start;
	if (handles.length === 0) return start;
	for (const [place, handle] of handles.entries()) descriptors.assign(first + place, open(handle));
	return { ...start, environment: [...environment, `VITRINE_DESCRIPTORS=${first}-${first + handles.length - 1}`] };
}

type OpenHandle = (handle: number) => Descriptor;

/** The descriptor of a handle that was handed over. */
function openHandle(system: WaitingSystemCalls, { start, pipes }: GuestProgram, { wait }: WaitingMeter): OpenHandle {
	return (handle) => {
		const kind = system.handleKind(handle);
		const parts = { handle, kind, flags: 0 };
		if (kind === 'directory')
			return new Descriptor({ ...parts, base: directoryBase, inheriting: directoryBase | fileBase });
		// A terminal is a device without a position: so programs know it.
		const base = kind === 'file' || kind === 'device' ? fileBase : streamBase;
		const memory = pipes.find((pipe) => pipe.handle === handle)?.memory;
		const pipe = memory === undefined ? undefined : new PipeEnd(memory, start.pid, wait);
		return new SharedDescriptor({ ...parts, base, inheriting: 0n, pipe });
	};
}

/** Gives the number of the descriptor after the last of them. */
function givePreopens(system: WaitingSystemCalls, descriptors: Descriptors, start: ProcessStart): number {
	const inheriting = directoryBase | fileBase;
	const preopens = openPreopens(system, start);
	for (const [place, { name, handle }] of preopens.entries()) {
		const descriptor = new Descriptor({ handle, kind: 'directory', base: directoryBase, inheriting, flags: 0 });
		descriptor.preopen = name;
		descriptors.assign(firstDirectory + place, descriptor);
	}
	return firstDirectory + preopens.length;
}
