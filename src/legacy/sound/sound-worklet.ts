/**
 * Plays samples as they arrive, in the audio thread: one queue a machine, mono or stereo.
 *
 * Message in: a port, on which chunks come, each `Float32Array` (mono) or `[left, right]` of one length.
 *
 * Invariants:
 * - Never more than `longestQueue` samples wait: when the guest is ahead the oldest go, so sound never lags the picture.
 * - No memory is taken while playing but what arrives.
 */

type Chunk = Float32Array | readonly [left: Float32Array, right: Float32Array];

interface WorkletScope {
	registerProcessor(name: string, processor: unknown): void;
	readonly AudioWorkletProcessor: new () => { readonly port: MessagePort };
}

const scope = globalThis as unknown as WorkletScope;
const longestQueue = 8_192;

class SampleQueueProcessor extends scope.AudioWorkletProcessor {
	#chunks: (readonly [Float32Array, Float32Array])[] = [];
	#waiting = 0;
	#offset = 0;

	constructor() {
		super();
		this.port.onmessage = ({ data }: MessageEvent<MessagePort>) => {
			data.onmessage = (event: MessageEvent<Chunk>) => this.#push(event.data);
		};
	}

	#push(chunk: Chunk): void {
		const pair = chunk instanceof Float32Array ? ([chunk, chunk] as const) : chunk;
		this.#chunks.push(pair);
		this.#waiting += pair[0].length;
		while (this.#waiting > longestQueue && this.#chunks.length > 1) this.#dropFirst();
	}

	#dropFirst(): void {
		const first = this.#chunks.shift();
		this.#waiting -= (first?.[0].length ?? 0) - this.#offset;
		this.#offset = 0;
	}

	process(_inputs: unknown, [output]: readonly (readonly Float32Array[])[]): boolean {
		const [left, right] = output ?? [];
		if (left === undefined || right === undefined) return true;
		for (let at = 0; at < left.length; ) {
			const first = this.#chunks[0];
			if (first === undefined) break;
			const count = Math.min(left.length - at, first[0].length - this.#offset);
			left.set(first[0].subarray(this.#offset, this.#offset + count), at);
			right.set(first[1].subarray(this.#offset, this.#offset + count), at);
			at += count;
			this.#offset += count;
			this.#waiting -= count;
			if (this.#offset < first[0].length) continue;
			this.#chunks.shift();
			this.#offset = 0;
		}
		return true;
	}
}

scope.registerProcessor('vitrine-samples', SampleQueueProcessor);
