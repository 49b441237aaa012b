/** Clocks, random bytes and sleep of a guest, the same in a Worker of the browser and of Node. */
import type { WaitingMeter } from '#runtime/waiting-meter.ts';
import type { GuestHost } from '#wasi/guest.ts';

/** What `getRandomValues` gives at once. */
const randomStep = 65_536;
const nothing = new Int32Array(new SharedArrayBuffer(4));

const nanoseconds = (milliseconds: number): bigint => {
	const whole = Math.floor(milliseconds);
	return BigInt(whole) * 1_000_000n + BigInt(Math.round((milliseconds - whole) * 1e6));
};

/** `Date.now()` has whole milliseconds: what it differs by from the steady clock is less than this, until somebody sets it. */
const setByMs = 2;

/** The time of day in nanoseconds since 1970, as fine as the steady clock; follows when the clock is set. */
export function makeRealtime(
	wall: () => number = Date.now,
	steady: () => number = () => performance.now(),
): () => bigint {
	let offset = Number.NaN;
	return () => {
		const [wallMs, steadyMs] = [wall(), steady()];
		if (!(Math.abs(wallMs - offset - steadyMs) < setByMs)) offset = wallMs - steadyMs;
		return nanoseconds(offset + steadyMs);
	};
}

/** Milliseconds since 1970 that never step back, the same in all Workers. */
export const steadyNow = (): number => performance.timeOrigin + performance.now();

export const createGuestHost = (wait: WaitingMeter['wait']): GuestHost => ({
	realtime: makeRealtime(),
	monotonic: () => nanoseconds(performance.now()),
	resolution: 5_000n,
	fillRandom(bytes) {
		for (let start = 0; start < bytes.length; start += randomStep)
			crypto.getRandomValues(bytes.subarray(start, start + randomStep));
	},
	sleep: (milliseconds) => wait(nothing, 0, 0, milliseconds),
});
