/**
 * The sound card's samples, asked for at the pace at which they are played and brought to the rate of the output.
 *
 * v86's Sound Blaster gives samples only when asked (`dac-request-data`), so that the one who plays sets the pace.
 */
import type { V86 } from './v86-types.ts';

const askIntervalMs = 20;
const aheadMs = 100;
const mostAsksAtOnce = 8;

export class SampleStream {
	readonly #machine: V86;
	readonly #port: MessagePort;
	readonly #outputRate: number;
	#rate = 22_050;
	#playedUntilMs = 0;
	#timer: ReturnType<typeof setInterval> | undefined;
	#on = false;

	constructor(machine: V86, port: MessagePort, outputRate: number) {
		this.#machine = machine;
		this.#port = port;
		this.#outputRate = outputRate;
		machine.add_listener('dac-tell-sampling-rate', (rate) => {
			this.#rate = Number(rate) || this.#rate;
		});
		machine.add_listener('dac-enable', () => this.#start());
		machine.add_listener('dac-disable', () => this.#stop());
		machine.add_listener('dac-send-data', (pair) => this.#take(pair as readonly [Float32Array, Float32Array]));
	}

	setOn(on: boolean): void {
		this.#on = on;
	}

	#start(): void {
		this.#timer ??= setInterval(() => this.#ask(), askIntervalMs);
	}

	#stop(): void {
		clearInterval(this.#timer);
		this.#timer = undefined;
	}

	#ask(): void {
		const now = performance.now();
		this.#playedUntilMs = Math.max(this.#playedUntilMs, now);
		for (let asks = 0; asks < mostAsksAtOnce && this.#playedUntilMs < now + aheadMs; asks++) {
			const before = this.#playedUntilMs;
			this.#machine.bus.send('dac-request-data');
			if (this.#playedUntilMs === before) return;
		}
	}

	#take([left, right]: readonly [Float32Array, Float32Array]): void {
		this.#playedUntilMs += (left.length / this.#rate) * 1000;
		if (!this.#on || left.length === 0) return;
		const pair = [this.#resample(left), this.#resample(right)] as const;
		this.#port.postMessage(pair, [pair[0].buffer, pair[1].buffer]);
	}

	#resample(samples: Float32Array): Float32Array<ArrayBuffer> {
		const length = Math.max(1, Math.round((samples.length * this.#outputRate) / this.#rate));
		const resampled = new Float32Array(length);
		const step = samples.length / length;
		for (let index = 0; index < length; index++) {
			const place = index * step;
			const first = Math.floor(place);
			const here = samples[first] ?? 0;
			resampled[index] = here + ((samples[first + 1] ?? here) - here) * (place - first);
		}
		return resampled;
	}
}
