/**
 * A machine that runs an old program or starts from a disk image, whatever engine does the work.
 *
 * Rules of use:
 * - `start` is called once, with the canvas that the machine then owns; a restart after a crash takes a new machine.
 * - Input goes in by the key's place on the keyboard (`KeyboardEvent.code`); which letter it gives is the guest's affair.
 * - `dispose` ends the machine at once and loses what is not on the volume yet; `stop` writes it first.
 * - No machine has a network. There is nothing to switch on.
 *
 * | State | From | Meaning |
 * |---|---|---|
 * | starting | – | loading the engine and the files |
 * | running | starting, paused | the guest runs |
 * | paused | running | the guest stands still; nothing is lost |
 * | stopped | any | ended by itself or by `stop`; everything it wrote is on the volume, or the person chose otherwise |
 * | crashed | any | the engine or the guest failed; `message` says what happened |
 */
import type { Disposable } from '#base/disposable.ts';
import type { Event } from '#base/emitter.ts';

export type MachineState =
	| { readonly kind: 'starting'; readonly what: string; readonly fraction: number | undefined }
	| { readonly kind: 'running' }
	| { readonly kind: 'paused' }
	| { readonly kind: 'stopped' }
	| { readonly kind: 'crashed'; readonly message: string };

export interface ScreenSize {
	readonly width: number;
	readonly height: number;
	/** Width divided by height of the whole picture as a monitor of the time showed it. */
	readonly aspectRatio: number;
}

export interface SpeedChoice {
	readonly id: string;
	readonly label: string;
}

/** What has become of the guest's writes. */
export interface WriteReport {
	/** Paths or descriptions of what the guest changed, newest last. */
	readonly changes: readonly string[];
	/** What could not be written to the volume, in a sentence; `undefined` when all is well. */
	readonly problem: string | undefined;
	/** Bytes changed that only the machine has so far. */
	readonly pendingBytes: number;
}

export type PointerButton = 'left' | 'middle' | 'right';

export interface Machine extends Disposable {
	/** Speeds it can be set to while it runs; empty when it has one speed. */
	readonly speeds: readonly SpeedChoice[];
	/** `automatic`: what the guest writes goes to the volume; `ask`: the person decides at power-off. */
	readonly keeping: 'automatic' | 'ask';
	readonly state: MachineState;
	readonly onState: Event<MachineState>;
	readonly onScreenSize: Event<ScreenSize>;
	/** The first picture has been drawn. */
	readonly onFirstFrame: Event<void>;
	/** Text on the screen, line by line, where the machine knows it. */
	readonly onText: Event<readonly string[]>;
	readonly onWrites: Event<WriteReport>;
	/** The name of the program that runs in the guest, where the machine knows it; `undefined` at a prompt. */
	readonly onProgram: Event<string | undefined>;

	start(canvas: HTMLCanvasElement): Promise<void>;
	/** What `onProgram` would tell now; asks the guest. Never answers when the engine hangs. */
	runningProgram(): Promise<string | undefined>;
	pause(): void;
	resume(): void;
	/** Like the button on the case: the guest starts anew. */
	reset(): Promise<void>;
	/** Ends the machine after writing what the guest has changed (`keeping: 'automatic'`). */
	stop(): Promise<void>;
	/** Writes the guest's changes to the volume now; resolves when they are durable. */
	keepChanges(): Promise<void>;
	setSpeed(id: string): Promise<boolean>;
	setSound(on: boolean): void;
	/** 0 to 1; how loud it is when sound is on. */
	setVolume(gain: number): void;
	/** `false` when the guest has no such key. */
	sendKey(code: string, pressed: boolean): boolean;
	/** Position on the screen, 0 to 1 each way. */
	movePointerTo(x: number, y: number): void;
	/** Movement in pixels of the guest's screen. */
	movePointerBy(x: number, y: number): void;
	pressButton(button: PointerButton, pressed: boolean): void;
	turnWheel(steps: number): void;
	/** The picture as it is, as PNG. */
	screenshot(): Promise<Uint8Array<ArrayBuffer>>;
}

/** Why a machine cannot run something, in a sentence for a person. */
export class MachineError extends Error {
	constructor(message: string, options?: ErrorOptions) {
		super(message, options);
		this.name = 'MachineError';
	}
}
