/** Judges a run of frame times: whether what is on the screen is too much for this machine. */

/** A frame longer than this stood still for another reason, for instance a hidden tab. */
const pauseMs = 500;

export class FrameTimes {
	readonly #limitMs: number;
	readonly #spanMs: number;
	#times: number[] = [];
	#last: number | undefined;

	/** Too slow means: over `spanMs` of motion the middle frame takes longer than `limitMs`. */
	constructor(limitMs: number, spanMs: number) {
		this.#limitMs = limitMs;
		this.#spanMs = spanMs;
	}

	/** Takes the time of a frame; `true` when the span is full and was too slow. */
	add(timeMs: number): boolean {
		const frameMs = this.#last === undefined ? 0 : timeMs - this.#last;
		this.#last = timeMs;
		if (frameMs <= 0 || frameMs > pauseMs) return false;
		this.#times.push(frameMs);
		const total = this.#times.reduce((sum, time) => sum + time, 0);
		if (total < this.#spanMs) return false;
		const slow = this.medianMs > this.#limitMs;
		this.#times = [];
		return slow;
	}

	/** Motion has ended; what comes next is another one. */
	rest(): void {
		this.#last = undefined;
	}

	get medianMs(): number {
		const sorted = [...this.#times].sort((one, other) => one - other);
		return sorted[Math.floor(sorted.length / 2)] ?? 0;
	}
}
