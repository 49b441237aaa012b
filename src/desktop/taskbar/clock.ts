/** The wall clock for what is shown: tells when a new minute has begun, and seconds to those who ask for them. */

function makeClock(periodMs: number) {
	const subscribe = (listener: () => void): (() => void) => {
		let timer = 0;
		// A little after the turn, so that the new value is certain to hold.
		const arm = () => {
			timer = setTimeout(tick, periodMs - (Date.now() % periodMs) + 5) as unknown as number;
		};
		const tick = () => {
			listener();
			arm();
		};
		arm();
		return () => clearTimeout(timer);
	};
	return subscribe;
}

export const wallClock = {
	subscribe: makeClock(60_000),
	/** Minutes since 1970; the same number until the next minute. */
	currentMinute: () => Math.floor(Date.now() / 60_000),
	subscribeSeconds: makeClock(1_000),
	currentSecond: () => Math.floor(Date.now() / 1_000),
};
