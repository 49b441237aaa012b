/** The PC speaker: one square tone at a time. */
import type { Disposable } from '#base/disposable.ts';
import type { SoundOutput } from './sound-output.ts';

const loudness = 0.06;
const highestHertz = 20_000;

export class SpeakerTone implements Disposable {
	readonly #output: SoundOutput;
	#hertz = 0;
	#oscillator: OscillatorNode | undefined;
	#gain: GainNode | undefined;

	constructor(output: SoundOutput) {
		this.#output = output;
	}

	/** 0 is silence. */
	setPitch(hertz: number): void {
		this.#hertz = Math.min(hertz, highestHertz);
		this.refresh();
	}

	/** Takes account of sound that was switched on since. */
	refresh(): void {
		const { context, destination } = this.#output;
		if (context === undefined || destination === undefined) return;
		if (this.#oscillator === undefined) this.#make(context, destination);
		if (this.#hertz > 0) this.#oscillator?.frequency.setValueAtTime(this.#hertz, context.currentTime);
		this.#gain?.gain.setValueAtTime(this.#hertz > 0 ? loudness : 0, context.currentTime);
	}

	#make(context: AudioContext, destination: AudioNode): void {
		this.#gain = new GainNode(context, { gain: 0 });
		this.#oscillator = new OscillatorNode(context, { type: 'square' });
		this.#oscillator.connect(this.#gain).connect(destination);
		this.#oscillator.start();
	}

	dispose(): void {
		this.#oscillator?.stop();
		this.#oscillator = undefined;
		this.#gain = undefined;
	}
}
