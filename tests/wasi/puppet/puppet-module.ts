/**
 * A program for WASI preview 1 that does what it is told: a test says which function it is to call with which values.
 *
 * Commands come in on standard input, `commandBytes` each: the number of the function as a 32-bit integer, and after 8
 * bytes its arguments, 8 bytes each. Three numbers after the functions' mean: write memory to standard output, fill
 * memory from standard input, grow the memory. Each is answered by 4 bytes on standard output: the function's result.
 *
 * Invariant: where commands lie is set anew for each, so it does no harm when a call writes over it.
 */
import {
	type Code,
	call,
	choose,
	endless,
	type GuestCall,
	growMemoryBy,
	guestCalls,
	guestModule,
	i32,
	isZero,
	leave,
	load,
	load64,
	signatures,
	store,
	when,
} from '../../contract/cases/guest-module.ts';

export const commandBytes = 88;
export const initialPages = 2;
export const extraCommands = {
	peek: guestCalls.length,
	poke: guestCalls.length + 1,
	grow: guestCalls.length + 2,
} as const;

const vectorAt = 16;
const lengthAt = 32;
const resultAt = 48;
const commandAt = 64;
const [first, second] = [load(commandAt + 8), load(commandAt + 16)];

export function makePuppetModule(): Uint8Array<ArrayBuffer> {
	const cases = [
		...guestCalls.map(callWithArguments),
		store(resultAt, transfer('fd_write', 1, first, second)),
		store(resultAt, transfer('fd_read', 0, first, second)),
		store(resultAt, growMemoryBy(first)),
	];
	const body = endless(
		when(transfer('fd_read', 0, i32(commandAt), i32(commandBytes)), leave),
		when(isZero(load(lengthAt)), leave),
		choose(load(commandAt), cases),
		when(transfer('fd_write', 1, i32(resultAt), i32(4)), leave),
	);
	return guestModule({ body, memoryPages: initialPages });
}

function callWithArguments(name: GuestCall): Code {
	const values = [...signatures[name]].map((letter, index) =>
		(letter === 'i' ? load : load64)(commandAt + 8 + index * 8),
	);
	// What never returns has no result either.
	return name === 'proc_exit' ? call(name, ...values) : store(resultAt, call(name, ...values));
}

/** Reads or writes one run of memory; leaves the errno. */
function transfer(name: 'fd_read' | 'fd_write', descriptor: number, place: Code, length: Code): Code {
	const values = [descriptor, vectorAt, 1, lengthAt].map(i32);
	return [store(vectorAt, place), store(vectorAt + 4, length), call(name, ...values)];
}
