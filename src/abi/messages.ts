/**
 * The messages between a process and the kernel, over any port that keeps order (`MessagePort`, `parentPort`).
 *
 * | From | Message | Meaning |
 * |---|---|---|
 * | process | `[id, call, ...arguments]` | system call number `call`; `id` is chosen by the process, above 0 |
 * | kernel | `[id, 0, result]` | the call succeeded |
 * | kernel | `[id, errno, detail]` | the call failed |
 * | kernel | `[0, signal]` | a signal is delivered, one that `asks` (`signals.ts`) |
 *
 * Invariant: every request gets exactly one reply, in any order, unless the process ends first.
 */
import type { Signal } from './structures.generated.ts';

export type RequestMessage = readonly [id: number, call: number, ...callArguments: unknown[]];
export type ReplyMessage = readonly [id: number, errno: number, resultOrDetail: unknown];
export type SignalMessage = readonly [id: 0, signal: Signal];

/** The part of a `MessagePort` that both hosts have. */
export interface Port {
	send(message: unknown, transfer?: readonly ArrayBufferLike[]): void;
	onMessage(listener: (message: unknown) => void): void;
	close(): void;
}
