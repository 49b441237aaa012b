/** The turns of processes' calls on this host. */
import { CallTurns } from '#kernel/call-turns.ts';
import { hostClock } from './host-clock.ts';

/** Several times what a process needs between one call and the next. */
const watchMs = 0.05;

/** `defer` runs a callback behind the messages that have arrived. */
export function makeCallTurns(defer: (callback: () => void) => void): CallTurns {
	const isAlone = navigator.hardwareConcurrency < 2;
	return new CallTurns({ defer, now: hostClock.monotonic, watchMs: isAlone ? 0 : watchMs });
}
