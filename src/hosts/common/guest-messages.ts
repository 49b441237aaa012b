/** What the launcher of guests and their Workers say to each other. */
import type { ProcessStart } from '#abi/structures.generated.ts';
import type { Crash, SharedPipe } from '#kernel/program-launcher.ts';

export interface ToGuestWorker {
	readonly start: ProcessStart;
	/** `undefined`: it is the everyday command that `start` names. */
	readonly module: WebAssembly.Module | undefined;
	/** Shared with the kernel: calls (`abi/call-memory.ts`) and files (`abi/file-memory.ts`). */
	readonly memory: SharedArrayBuffer;
	readonly fileMemory: SharedArrayBuffer | undefined;
	readonly pipes: readonly SharedPipe[];
	/** `ResourceLimits.processorPercent`. */
	readonly processorPercent: number | undefined;
}

export type FromGuestWorker = { readonly type: 'idle' } | ({ readonly type: 'crashed' } & Crash);
