/**
 * Where a machine's sound goes: samples from a port to the loudspeakers, through an audio thread of its own.
 *
 * Rules of use:
 * - `guestPort` goes to the engine; samples sent there are played when sound is on.
 * - A browser lets sound start only after the person has done something: `resume` is called on every key and click in
 *   the machine's screen and costs nothing once sound runs.
 */
import type { Disposable } from '#base/disposable.ts';
import workletAddress from './sound-worklet.ts?worker&url';

export class SoundOutput implements Disposable {
	readonly guestPort: MessagePort;
	readonly #playerPort: MessagePort;
	readonly #sampleRate: number;
	#context: AudioContext | undefined;
	#volume: GainNode | undefined;
	#gain = 1;
	#on = false;
	#starting = false;
	#disposed = false;

	constructor(sampleRate: number) {
		const channel = new MessageChannel();
		this.guestPort = channel.port1;
		this.#playerPort = channel.port2;
		this.#sampleRate = sampleRate;
	}

	/** Whether samples are heard now. */
	get running(): boolean {
		return this.#on && this.#context?.state === 'running';
	}

	get context(): AudioContext | undefined {
		return this.#context;
	}

	/** What makes sound is connected to this; there as soon as `context` is. */
	get destination(): AudioNode | undefined {
		return this.#volume;
	}

	/** 0 to 1. */
	setGain(gain: number): void {
		this.#gain = gain;
		this.#volume?.gain.setValueAtTime(gain, this.#context?.currentTime ?? 0);
	}

	async setOn(on: boolean): Promise<void> {
		this.#on = on && !this.#disposed;
		if (this.#on) await this.resume();
		else await this.#context?.suspend();
	}

	async resume(): Promise<void> {
		if (!this.#on || this.running || this.#starting) return;
		this.#starting = true;
		try {
			this.#context ??= await this.#open();
			if (this.#disposed) {
				await this.#context.close();
				return;
			}
			// Before the person's first gesture this promise stays open, so nobody may wait for it.
			void this.#context.resume();
		} finally {
			this.#starting = false;
		}
	}

	async #open(): Promise<AudioContext> {
		const context = new AudioContext({ sampleRate: this.#sampleRate, latencyHint: 'interactive' });
		await context.audioWorklet.addModule(workletAddress);
		const player = new AudioWorkletNode(context, 'vitrine-samples', {
			numberOfInputs: 0,
			numberOfOutputs: 1,
			outputChannelCount: [2],
		});
		this.#volume = new GainNode(context, { gain: this.#gain });
		player.connect(this.#volume).connect(context.destination);
		player.port.postMessage(this.#playerPort, [this.#playerPort]);
		return context;
	}

	dispose(): void {
		if (this.#disposed) return;
		this.#disposed = true;
		this.#on = false;
		this.#playerPort.close();
		void this.#context?.close();
	}
}
