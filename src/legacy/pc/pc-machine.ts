/**
 * A PC that starts from a disk or disc image of the volume, in v86.
 *
 * Rules of use: as `Machine` says. `keeping` is `ask`: the image stays as it is until `keepChanges` is called.
 *
 * Invariants:
 * - The image is read in blocks, as the guest wants them: its size costs no memory.
 * - `keepChanges` makes a changed copy and puts it in the image's place in one step (`KeptImage`); whatever happens, the
 *   image is the old one or the new one.
 */
import { Emitter } from '#base/emitter.ts';
import type { DriveKind } from '#media/verdict.ts';
import type { System } from '#runtime/system.ts';
import { type Machine, MachineError, type PointerButton, type SpeedChoice } from '../machine.ts';
import { MachineEvents } from '../machine-events.ts';
import { SoundOutput } from '../sound/sound-output.ts';
import { SpeakerTone } from '../sound/speaker-tone.ts';
import { VolumeByteSource } from '../volume-byte-source.ts';
import { KeptImage } from './kept-image.ts';
import type { FromPc, ToPc } from './pc-messages.ts';
import workerAddress from './pc-worker.ts?worker&url';
import { findScanCodes } from './scan-codes.ts';

const soundRate = 44_100;
/** In the Worker's address, tells v86 to pace itself by the browser's scheduler instead of by a Worker of its own. */
const schedulingMark = '#use-scheduling-api';

const speeds: readonly SpeedChoice[] = [
	{ id: 'steady', label: 'Steady' },
	{ id: 'compiled', label: 'Compiled, for long calculations' },
];

export interface PcMachineOptions {
	readonly system: System;
	/** The image's path on the volume. */
	readonly image: string;
	readonly drive: DriveKind;
	readonly memoryMegabytes: number;
	/** Where v86 and the BIOS stand, with a `/` at the end. */
	readonly engineDirectory: string;
}

export class PcMachine implements Machine {
	readonly speeds = speeds;
	readonly keeping = 'ask';
	readonly #events = new MachineEvents();
	readonly onState = this.#events.state.event;
	readonly onScreenSize = this.#events.screenSize.event;
	readonly onFirstFrame = this.#events.firstFrame.event;
	readonly onText = this.#events.text.event;
	readonly onWrites = this.#events.writes.event;
	readonly onProgram = this.#events.program.event;

	readonly #options: PcMachineOptions;
	readonly #sound = new SoundOutput(soundRate);
	readonly #speaker = new SpeakerTone(this.#sound);
	readonly #answers = new Emitter<FromPc>();
	readonly #buttons = { left: false, middle: false, right: false };
	#worker: Worker | undefined;
	#source: VolumeByteSource | undefined;
	#image: KeptImage | undefined;
	#nextId = 1;
	#keptBytes = 0;
	#changedBytes = 0;
	#disposed = false;

	constructor(options: PcMachineOptions) {
		this.#options = options;
	}

	get state() {
		return this.#events.current;
	}

	async start(canvas: HTMLCanvasElement): Promise<void> {
		this.#events.enter({ kind: 'starting', what: 'Starting the PC', fraction: undefined });
		try {
			const { system, image, drive, memoryMegabytes, engineDirectory } = this.#options;
			this.#image = await KeptImage.open(system, image);
			this.#source = await VolumeByteSource.open(system, image);
			if (this.#disposed) return;
			const offscreen = canvas.transferControlToOffscreen();
			this.#worker = new Worker(`${workerAddress}${schedulingMark}`, { type: 'module', name: 'pc' });
			this.#worker.onmessage = (event: MessageEvent<FromPc>) => this.#receive(event.data);
			this.#worker.onerror = (event) => {
				event.preventDefault();
				this.#crash(event.message);
			};
			const start = {
				engineDirectory: new URL(engineDirectory, location.href).href,
				drive,
				memoryMegabytes,
				imageSize: this.#source.size,
				canvas: offscreen,
				soundPort: this.#sound.guestPort,
				soundRate,
			};
			this.#worker.postMessage({ type: 'start', start } satisfies ToPc, [offscreen, this.#sound.guestPort]);
		} catch (error) {
			this.#crash(error instanceof Error ? error.message : String(error));
		}
	}

	/** A PC's programs are its own affair. */
	runningProgram(): Promise<undefined> {
		return Promise.resolve(undefined);
	}

	#send(message: ToPc): void {
		this.#worker?.postMessage(message);
	}

	#receive(message: FromPc): void {
		if (this.#disposed || this.#events.ended) return;
		switch (message.type) {
			case 'running':
				this.#events.enter({ kind: 'running' });
				break;
			case 'block-wanted':
				void this.#sendBlock(message.id, message.at, message.length);
				break;
			case 'screen-size':
				this.#events.screenSize.fire(message.size);
				break;
			case 'first-frame':
				this.#events.firstFrame.fire();
				break;
			case 'text':
				this.#events.text.fire(message.lines);
				break;
			case 'changed':
				this.#changedBytes = message.bytes;
				this.#reportWrites(undefined);
				break;
			case 'speaker':
				this.#speaker.setPitch(message.hertz);
				break;
			case 'crashed':
				this.#crash(message.message);
				break;
			default:
				this.#answers.fire(message);
		}
	}

	async #sendBlock(id: number, at: number, length: number): Promise<void> {
		const bytes = await this.#source?.read(at, length).catch(() => undefined);
		this.#worker?.postMessage({ type: 'block', id, bytes } satisfies ToPc, bytes === undefined ? [] : [bytes.buffer]);
	}

	#reportWrites(problem: string | undefined): void {
		const changed = Math.max(0, this.#changedBytes - this.#keptBytes);
		const changes = this.#changedBytes === 0 ? [] : [`${Math.ceil(this.#changedBytes / 512)} sectors of the image`];
		this.#events.writes.fire({ changes, problem, pendingBytes: changed });
	}

	#crash(message: string): void {
		if (this.#disposed) return;
		this.#events.enter({ kind: 'crashed', message });
		this.#release();
	}

	pause(): void {
		if (this.state.kind !== 'running') return;
		this.#send({ type: 'run', on: false });
		this.#speaker.setPitch(0);
		this.#events.enter({ kind: 'paused' });
	}

	resume(): void {
		if (this.state.kind !== 'paused') return;
		this.#send({ type: 'run', on: true });
		this.#events.enter({ kind: 'running' });
	}

	async reset(): Promise<void> {
		this.resume();
		this.#send({ type: 'reset' });
	}

	async stop(): Promise<void> {
		this.#events.enter({ kind: 'stopped' });
		this.dispose();
	}

	async keepChanges(): Promise<void> {
		if (this.#options.drive === 'disc' || this.#worker === undefined || this.#image === undefined) return;
		const { runs } = await this.#request('collected', { type: 'collect', id: this.#nextId++ });
		if (runs.length === 0) return;
		await this.#image.keep(runs);
		this.#keptBytes = this.#changedBytes;
		this.#reportWrites(undefined);
	}

	#request<T extends FromPc['type']>(type: T, message: ToPc & { id: number }): Promise<Extract<FromPc, { type: T }>> {
		return new Promise((resolve) => {
			const listening = this.#answers.event((answer) => {
				if (answer.type !== type || !('id' in answer) || answer.id !== message.id) return;
				listening.dispose();
				resolve(answer as Extract<FromPc, { type: T }>);
			});
			this.#send(message);
		});
	}

	async setSpeed(id: string): Promise<boolean> {
		this.#send({ type: 'compile', on: id === 'compiled' });
		return true;
	}

	setSound(on: boolean): void {
		void this.#sound.setOn(on).then(() => this.#speaker.refresh());
		this.#send({ type: 'sound', on });
	}

	setVolume(gain: number): void {
		this.#sound.setGain(gain);
	}

	sendKey(code: string, pressed: boolean): boolean {
		const codes = findScanCodes(code, pressed);
		if (codes === undefined) return false;
		void this.#sound.resume();
		this.#send({ type: 'keys', codes });
		return true;
	}

	movePointerTo(x: number, y: number): void {
		this.#send({ type: 'pointer-to', x, y });
	}

	movePointerBy(x: number, y: number): void {
		this.#send({ type: 'pointer-by', x, y });
	}

	pressButton(button: PointerButton, pressed: boolean): void {
		void this.#sound.resume();
		this.#buttons[button] = pressed;
		this.#send({ type: 'buttons', ...this.#buttons });
	}

	turnWheel(steps: number): void {
		this.#send({ type: 'wheel', steps });
	}

	async screenshot(): Promise<Uint8Array<ArrayBuffer>> {
		if (this.#worker === undefined) throw new MachineError('The machine has no picture yet.');
		return (await this.#request('picture-made', { type: 'picture', id: this.#nextId++ })).bytes;
	}

	#release(): void {
		this.#worker?.terminate();
		this.#worker = undefined;
		this.#speaker.dispose();
		this.#sound.dispose();
		// The process may have ended, and its handles with it.
		this.#source?.close().catch(() => undefined);
		this.#source = undefined;
	}

	dispose(): void {
		if (this.#disposed) return;
		this.#disposed = true;
		this.#release();
		this.#answers.dispose();
		this.#events.dispose();
	}
}
