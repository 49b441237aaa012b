/**
 * Signals: the number that POSIX gives each, and what becomes of a program that gets it.
 *
 * | Effect | Meaning |
 * |---|---|
 * | `asks` | delivered to a program that listens, which may refuse; one that does not listen, or cannot, is ended |
 * | `ends` | the process is ended at once, whatever its program does |
 * | `stops` | the process stands still from its next call on, until `continue` |
 * | `continues` | the process goes on |
 *
 * Programs for WASI cannot listen: preview 1 has no way to. They learn of a pipe without readers by EPIPE, and of the end of a
 * child not at all, for they cannot start one.
 */
import type { Signal } from './structures.generated.ts';

export type SignalEffect = 'asks' | 'ends' | 'stops' | 'continues';

export const signalTable: Readonly<Record<Signal, { readonly number: number; readonly effect: SignalEffect }>> = {
	hangup: { number: 1, effect: 'asks' },
	interrupt: { number: 2, effect: 'asks' },
	quit: { number: 3, effect: 'asks' },
	abort: { number: 6, effect: 'ends' },
	kill: { number: 9, effect: 'ends' },
	pipe: { number: 13, effect: 'ends' },
	terminate: { number: 15, effect: 'asks' },
	continue: { number: 18, effect: 'continues' },
	stop: { number: 19, effect: 'stops' },
};

/** Exit code of a process that a signal has ended. */
export function signalExitCode(signal: Signal): number {
	return 128 + signalTable[signal].number;
}
