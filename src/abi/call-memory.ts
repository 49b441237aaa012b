/**
 * The memory that a waiting process shares with the kernel: one call at a time, without messages.
 *
 * | Word | Written by | Meaning |
 * |---|---|---|
 * | 0 request | process | counts requests and the parts of them; the kernel waits for it to change |
 * | 1 reply | kernel | the last request that was answered; the process waits for it to change |
 * | 2 call | process | number of the system call; 0: the next part of what does not fit in one |
 * | 3 length | both | bytes of the whole message, arguments or result |
 * | 4 error | kernel | number of the error; 0 when the call succeeded |
 * | 8 pause | kernel | 1: the process stands still at its next call, answered by the kernel or not, until this is 0 |
 * | 10 to 31 | process | what it uses (`process-meter.ts`) |
 *
 * The rest is the area in which arguments go one way and results the other. A message that is longer than the area goes
 * in parts: the side that has it puts one part there, the other takes it and asks for the next by another request with
 * call 0, or answers it.
 *
 * Invariant: the kernel copies what it reads before it looks at it; the process may change the memory at any time.
 */
export const callWords = { request: 0, reply: 1, call: 2, length: 3, error: 4, pause: 8 } as const;

export const callAreaOffset = 128;
export const defaultCallMemoryBytes = 256 * 1024;

/** Longest message: what the contract allows for `bytes`, and room for the rest of the call. */
export const maximumMessageBytes = 68 * 1024 * 1024;

export class CallMemory {
	readonly words: Int32Array<SharedArrayBuffer>;
	readonly area: Uint8Array<SharedArrayBuffer>;

	constructor(buffer: SharedArrayBuffer) {
		this.words = new Int32Array(buffer, 0, callAreaOffset / 4);
		this.area = new Uint8Array(buffer, callAreaOffset);
	}
}
