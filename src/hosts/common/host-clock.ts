/** The clock and the queue of the JavaScript engine, the same in a Worker and in Node. */
import type { Clock } from '#base/ports.ts';

/** Timers take at most this; a longer delay is set again when it has passed. */
const maximumTimerMs = 2 ** 31 - 1;

export const hostClock: Clock = {
	now: () => Date.now(),
	monotonic: () => performance.now(),
	after(delayMs, callback) {
		let timer: ReturnType<typeof setTimeout>;
		const arm = (restMs: number): void => {
			const stepMs = Math.min(restMs, maximumTimerMs);
			timer = setTimeout(() => (restMs > stepMs ? arm(restMs - stepMs) : callback()), stepMs);
		};
		arm(delayMs);
		return () => clearTimeout(timer);
	},
};
