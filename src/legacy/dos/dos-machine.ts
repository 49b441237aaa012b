/**
 * A DOS program in DOSBox: the program's folder is drive C:, and what it writes there is on the volume within a second.
 *
 * Rules of use: as `Machine` says. `keeping` is automatic: there is nothing to ask, the volume follows the guest.
 *
 * Invariants:
 * - The guest is looked at every `scanIntervalMs`; a change is written then, so a closed tab loses at most that.
 * - At the end (of the guest, or by `stop`) the last look comes after the guest's last instruction.
 */
import { OsError } from '#abi/errors.ts';
import { baseName, directoryName } from '#base/path.ts';
import type { System } from '#runtime/system.ts';
import { detectDosKeyboard } from '../keyboard-layout.ts';
import { type Machine, MachineError, type PointerButton, type ScreenSize } from '../machine.ts';
import { MachineEvents } from '../machine-events.ts';
import { canvasPicture, ScreenPainter } from '../screen-painter.ts';
import { SoundOutput } from '../sound/sound-output.ts';
import { withinTime } from '../within-time.ts';
import { findDosKey } from './dos-keys.ts';
import { dosSpeeds, findDosSpeed } from './dos-speeds.ts';
import { dosboxConfiguration, firstCommand, soundRate } from './dosbox-configuration.ts';
import { DosboxEngine } from './dosbox-engine.ts';
import { DriveFolder } from './drive-folder.ts';

const scanIntervalMs = 500;
const lastSaveLimitMs = 10_000;
const rememberedLines = 25;
/** Bytes a second that saving may cost: a file that grows without end is not written anew twice a second. */
const savedBytesPerMs = 20_000;

export interface DosMachineOptions {
	readonly system: System;
	/** The program's path on the volume. */
	readonly program: string;
	/** Where the DOSBox component stands, with a `/` at the end. */
	readonly engineDirectory: string;
	readonly closeAtEnd: boolean;
}

export class DosMachine implements Machine {
	readonly speeds = dosSpeeds;
	readonly keeping = 'automatic';
	readonly #events = new MachineEvents();
	readonly onState = this.#events.state.event;
	readonly onScreenSize = this.#events.screenSize.event;
	readonly onFirstFrame = this.#events.firstFrame.event;
	readonly onText = this.#events.text.event;
	readonly onWrites = this.#events.writes.event;
	readonly onProgram = this.#events.program.event;

	readonly #options: DosMachineOptions;
	readonly #folder: DriveFolder;
	readonly #sound = new SoundOutput(soundRate);
	#engine: DosboxEngine | undefined;
	#painter: ScreenPainter | undefined;
	#canvas: HTMLCanvasElement | undefined;
	#timer: ReturnType<typeof setTimeout> | undefined;
	/** The last of the saves that were asked for: each waits for the one before it. */
	#saving: Promise<void> = Promise.resolve();
	#nextSaveTime = 0;
	/** What was written, the newest last. */
	readonly #changes = new Set<string>();
	#hasProblem = false;
	#text = '';
	#disposed = false;

	constructor(options: DosMachineOptions) {
		this.#options = options;
		this.#folder = new DriveFolder(options.system, directoryName(options.program));
	}

	get state() {
		return this.#events.current;
	}

	async start(canvas: HTMLCanvasElement): Promise<void> {
		this.#canvas = canvas;
		this.#painter = new ScreenPainter(canvas, () => this.#events.firstFrame.fire());
		try {
			this.#events.enter({ kind: 'starting', what: 'Reading the program’s folder', fraction: undefined });
			const [engine, files, keyboard] = await Promise.all([
				DosboxEngine.open(this.#options.engineDirectory, this.#sound.guestPort),
				this.#folder.load((fraction) => this.#showLoading(fraction)),
				detectDosKeyboard(),
			]);
			this.#attach(engine);
			const program = this.#folder.findDosPath(baseName(this.#options.program));
			if (program === undefined) throw new MachineError('The program is no longer in its folder.');
			const { closeAtEnd } = this.#options;
			await engine.run(dosboxConfiguration({ program, keyboard, closeAtEnd, today: new Date() }), files);
			this.#events.enter({ kind: 'running' });
			this.#scheduleScan();
		} catch (error) {
			this.#crash(describe(error));
		}
	}

	#showLoading(fraction: number): void {
		this.#events.enter({ kind: 'starting', what: 'Reading the program’s folder', fraction });
	}

	#attach(engine: DosboxEngine): void {
		if (this.#disposed) {
			engine.dispose();
			throw new MachineError('The machine was turned off.');
		}
		this.#engine = engine;
		engine.frameSize.event(({ width, height }) => this.#setSize(width, height));
		engine.frame.event((lines) => {
			for (const line of lines) this.#painter?.drawLines(line.start, line.heapu8);
		});
		engine.command.event((line) => {
			if (line === firstCommand) this.#showGuest();
		});
		engine.output.event((text) => this.#addText(text));
		engine.exit.event(() => void this.#finish());
		engine.failure.event((message) => void this.#crashWithFiles(message));
	}

	#setSize(width: number, height: number): void {
		this.#painter?.setSize(width, height);
		const size: ScreenSize = { width, height, aspectRatio: 4 / 3 };
		this.#events.screenSize.fire(size);
	}

	/** From here on, what appears is the person's program and no longer the engine's own start. */
	#showGuest(): void {
		this.#text = '';
		this.#events.text.fire([]);
		this.#painter?.show();
	}

	#addText(text: string): void {
		// Colours and cursor movements of ANSI.SYS say nothing to who listens.
		// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence begins with the control character
		const plain = text.replaceAll(/\u001b\[[0-9;]*[A-Za-z]/g, '').replaceAll('\r', '');
		const lines = (this.#text + plain).split('\n').slice(-rememberedLines);
		this.#text = lines.join('\n');
		this.#events.text.fire(lines);
	}

	pause(): void {
		if (this.state.kind !== 'running') return;
		this.#engine?.pause();
		this.#events.enter({ kind: 'paused' });
	}

	resume(): void {
		if (this.state.kind !== 'paused') return;
		this.#engine?.resume();
		this.#events.enter({ kind: 'running' });
	}

	/** DOS itself starts anew only with a new engine, which the owner makes; the guest's files are safe by then. */
	async reset(): Promise<void> {
		await this.stop();
	}

	async stop(): Promise<void> {
		if (!this.#events.ended && this.#engine !== undefined) {
			this.#engine.pause();
			await this.#keepInTime();
		}
		this.#events.enter({ kind: 'stopped' });
		this.dispose();
	}

	async #finish(): Promise<void> {
		await this.keepChanges();
		this.#events.enter({ kind: 'stopped' });
	}

	/** A guest that has failed leaves its files behind in the engine: they are written before the engine goes. */
	async #crashWithFiles(message: string): Promise<void> {
		if (this.#disposed || this.#events.ended) return;
		const cause = message.replace(/^Backend crashed, cause: /, '');
		this.#events.enter({ kind: 'crashed', message: `The DOS engine stopped: ${cause}.` });
		await this.#keepInTime();
		this.#crash(message);
	}

	#crash(message: string): void {
		if (this.#disposed) return;
		this.#events.enter({ kind: 'crashed', message });
		this.#painter?.dispose();
		clearTimeout(this.#timer);
		this.#engine?.dispose();
		this.#sound.dispose();
	}

	#scheduleScan(): void {
		if (this.#disposed || this.#events.ended) return;
		this.#timer = setTimeout(async () => {
			await this.#look();
			this.#scheduleScan();
		}, scanIntervalMs);
	}

	async runningProgram(): Promise<string | undefined> {
		const program = await this.#engine?.runningProgram();
		return program === 'DOSBOX' || program === '' ? undefined : program;
	}

	async #look(): Promise<void> {
		try {
			this.#events.program.fire(await this.runningProgram());
			if (performance.now() >= this.#nextSaveTime) await this.keepChanges();
		} catch (error) {
			// The engine failed while it was asked; that is told as a crash.
			if (!(error instanceof MachineError)) throw error;
		}
	}

	/** An engine that hangs answers no more; what it had not told until then is lost, and the window still closes. */
	async #keepInTime(): Promise<void> {
		await withinTime(this.keepChanges(), lastSaveLimitMs, undefined);
	}

	/** Never fails: what could not be saved is told by `onWrites`, and tried again at the next look. */
	keepChanges(): Promise<void> {
		this.#saving = this.#saving.catch(() => undefined).then(() => this.#save());
		return this.#saving;
	}

	async #save(): Promise<void> {
		const engine = this.#engine;
		if (engine === undefined || this.#disposed) return;
		const entries = await engine.scan();
		if (!this.#hasProblem && !this.#folder.differsFrom(entries)) return;
		try {
			const report = await this.#folder.save(entries, (path) => engine.read(path));
			this.#nextSaveTime = performance.now() + report.savedBytes / savedBytesPerMs;
			for (const change of report.changes) {
				this.#changes.delete(change);
				this.#changes.add(change);
			}
			this.#hasProblem = false;
			this.#events.writes.fire({ changes: [...this.#changes], problem: undefined, pendingBytes: 0 });
		} catch (error) {
			if (!(error instanceof OsError) || error.code === 'ECANCELED') return;
			this.#hasProblem = true;
			const problem = `What the program wrote could not be saved: ${error.message}`;
			this.#events.writes.fire({ changes: [...this.#changes], problem, pendingBytes: 1 });
		}
	}

	async setSpeed(id: string): Promise<boolean> {
		const speed = findDosSpeed(id);
		if (speed === undefined || this.#engine === undefined || this.#events.ended) return false;
		return await this.#engine.setSpeed(speed.cycles);
	}

	setSound(on: boolean): void {
		void this.#sound.setOn(on);
		this.#engine?.setSound(on);
	}

	setVolume(gain: number): void {
		this.#sound.setGain(gain);
	}

	sendKey(code: string, pressed: boolean): boolean {
		const key = findDosKey(code);
		if (key === undefined || this.#engine === undefined) return false;
		void this.#sound.resume();
		this.#engine.sendKey(key, pressed);
		return true;
	}

	movePointerTo(x: number, y: number): void {
		this.#engine?.movePointer(x, y, false);
	}

	movePointerBy(x: number, y: number): void {
		this.#engine?.movePointer(x, y, true);
	}

	pressButton(button: PointerButton, pressed: boolean): void {
		void this.#sound.resume();
		this.#engine?.pressButton(button, pressed);
	}

	turnWheel(): void {
		// Mice of DOS had no wheel.
	}

	async screenshot(): Promise<Uint8Array<ArrayBuffer>> {
		if (this.#canvas === undefined) throw new MachineError('The machine has no picture yet.');
		return await canvasPicture(this.#canvas);
	}

	dispose(): void {
		if (this.#disposed) return;
		this.#disposed = true;
		clearTimeout(this.#timer);
		this.#painter?.dispose();
		this.#engine?.dispose();
		this.#sound.dispose();
		this.#events.dispose();
	}
}

function describe(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
