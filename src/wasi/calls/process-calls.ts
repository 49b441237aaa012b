/** Arguments, environment, random bytes and the end of the guest: `args_*`, `environ_*`, `random_get`, `proc_*`, `sched_yield`. */
import type { Signal } from '#abi/structures.generated.ts';
import type { Guest } from '../guest.ts';
import { errno, WasiError } from '../wasi-numbers.ts';

const encoder = new TextEncoder();

/** By number of preview 1: what the system knows, and what becomes of the others. */
const raisedSignals: readonly (Signal | 'ends' | 'ignored')[] = [
	...(['ignored', 'hangup', 'interrupt', 'quit', 'ends', 'ends', 'abort', 'ends'] as const),
	...(['ends', 'kill', 'ends', 'ends', 'ends', 'pipe', 'ends', 'terminate'] as const),
	...(['ignored', 'continue', 'stop', 'stop', 'stop', 'stop', 'ignored', 'ends'] as const),
	...(['ends', 'ends', 'ends', 'ignored', 'ends', 'ends', 'ends'] as const),
];

/** Unwinds the guest when it ends itself. */
export class GuestExit {
	readonly code: number;

	constructor(code: number) {
		this.code = code;
	}
}

export function createProcessCalls(guest: Guest) {
	const { memory, start, host } = guest;
	const programArguments = [start.program, ...start.arguments].map(terminated);
	const environment = start.environment.map(terminated);
	const putSizes = (strings: readonly Uint8Array[], count: number, bytes: number): void => {
		memory.setU32(count, strings.length);
		memory.setU32(
			bytes,
			strings.reduce((sum, text) => sum + text.length, 0),
		);
	};
	const putStrings = (strings: readonly Uint8Array[], pointers: number, bytes: number): void => {
		let at = bytes >>> 0;
		for (const [index, text] of strings.entries()) {
			memory.setU32((pointers >>> 0) + index * 4, at);
			memory.bytes(at, text.length).set(text);
			at += text.length;
		}
	};
	return {
		args_sizes_get: (count: number, bytes: number) => putSizes(programArguments, count, bytes),
		args_get: (pointers: number, bytes: number) => putStrings(programArguments, pointers, bytes),
		environ_sizes_get: (count: number, bytes: number) => putSizes(environment, count, bytes),
		environ_get: (pointers: number, bytes: number) => putStrings(environment, pointers, bytes),
		random_get: (place: number, length: number) => host.fillRandom(memory.bytes(place, length >>> 0)),
		proc_exit(code: number) {
			throw new GuestExit(code >>> 0);
		},
		proc_raise: (signal: number) => raise(guest, signal),
		sched_yield: () => host.sleep(0),
	};
}

/** The default action of a signal of POSIX, for a program of preview 1 has no way to ask for another. */
function raise({ system, start }: Guest, signal: number): void {
	const known = raisedSignals[signal];
	if (known === undefined) throw new WasiError(errno.inval);
	if (known === 'ends') throw new GuestExit(128 + signal);
	if (known !== 'ignored') system.processKill(start.pid, known);
}

function terminated(text: string): Uint8Array {
	return encoder.encode(`${text}\0`);
}
