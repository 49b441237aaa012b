/** What the calls of WASI work on: one guest, its memory, its descriptors, and the system it runs in. */
import type { ProcessStart } from '#abi/structures.generated.ts';
import type { KeptFiles } from '#runtime/kept-files.ts';
import type { WaitingMeter } from '#runtime/waiting-meter.ts';
import type { WaitingSystemCalls } from '#runtime/waiting-system-calls.generated.ts';
import type { Descriptors } from './descriptors.ts';
import type { GuestMemory } from './guest-memory.ts';

/** What the process has of its host, without asking the kernel. */
export interface GuestHost {
	/** Nanoseconds since 1970-01-01T00:00Z. */
	realtime(): bigint;
	/** Nanoseconds since an arbitrary start; never steps back. */
	monotonic(): bigint;
	/** Nanoseconds between two steps of the clocks. */
	readonly resolution: bigint;
	fillRandom(bytes: Uint8Array<ArrayBuffer>): void;
	/** Stands still for so long. */
	sleep(milliseconds: number): void;
}

export interface Guest {
	readonly system: WaitingSystemCalls;
	readonly memory: GuestMemory;
	readonly descriptors: Descriptors;
	/** Where pages of files are kept; `undefined`: nowhere. */
	readonly keptFiles: KeptFiles | undefined;
	readonly start: ProcessStart;
	readonly host: GuestHost;
	/** Where it is counted what the guest uses. */
	readonly meter: WaitingMeter;
}

/** A call of WASI: it returns when it has succeeded, and throws `WasiError` or `OsError` when it has not. */
export type WasiCall = (...values: never[]) => void;
