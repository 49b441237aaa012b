/**
 * One run of the machine program: recognises the file, makes the machine, and keeps what the window shows of it.
 *
 * Rules of use:
 * - `view` is replaced, never changed in place; `subscribe` tells when (for `useSyncExternalStore`).
 * - A screen is given with `attach` for each `run`: after a restart the canvas is a new one.
 * - `dispose` ends the machine at once; `close` first writes what the guest has changed.
 */
import { OsError } from '#abi/errors.ts';
import { baseName } from '#base/path.ts';
import { createMachine, prepareMachine } from '#legacy/create-machine.ts';
import { type ImageListing, listImage } from '#legacy/list-image.ts';
import { type Machine, MachineError, type MachineState, type ScreenSize, type WriteReport } from '#legacy/machine.ts';
import { recognisePath } from '#legacy/recognise-path.ts';
import { withinTime } from '#legacy/within-time.ts';
import type { Verdict } from '#media/verdict.ts';
import type { System } from '#runtime/system.ts';
import type { KnownFolders } from '#runtime/window-program.ts';
import { defaultSettings, loadSettings, type MachineSettings, saveSettings } from './machine-settings.ts';

export interface SessionView {
	readonly phase: 'recognising' | 'cannot-run' | 'machine' | 'failed';
	readonly name: string;
	readonly verdict: Verdict | undefined;
	/** What is on an image that no PC starts from. */
	readonly listing: ImageListing | undefined;
	/** Why the file could not be looked at. */
	readonly failure: string | undefined;
	/** Counts machines: 1 for the first, one more for each restart. */
	readonly run: number;
	readonly machine: Machine | undefined;
	readonly state: MachineState;
	readonly screenSize: ScreenSize | undefined;
	readonly hasPicture: boolean;
	/** The guest has run: what goes wrong from then on is a crash of its own, however soon. */
	readonly hasRun: boolean;
	readonly text: readonly string[];
	readonly writes: WriteReport;
	/** What runs in the guest, where the machine tells; `undefined` at a prompt. */
	readonly program: string | undefined;
	readonly speed: string;
	readonly settings: MachineSettings;
}

const listedEntries = 500;
const answerLimitMs = 1000;
const starting: MachineState = { kind: 'starting', what: 'Starting', fraction: undefined };
const nothingWritten: WriteReport = { changes: [], problem: undefined, pendingBytes: 0 };

export class MachineSession {
	readonly #system: System;
	readonly #folders: KnownFolders;
	readonly #path: string;
	readonly #engines: string;
	readonly #listeners = new Set<() => void>();
	#view: SessionView;
	#gain = 1;
	#disposed = false;
	#used = false;

	constructor(system: System, folders: KnownFolders, path: string, engines: string) {
		this.#system = system;
		this.#folders = folders;
		this.#path = path;
		this.#engines = engines;
		this.#view = {
			phase: 'recognising',
			name: baseName(path),
			verdict: undefined,
			listing: undefined,
			failure: undefined,
			run: 0,
			machine: undefined,
			state: starting,
			screenSize: undefined,
			hasPicture: false,
			hasRun: false,
			text: [],
			writes: nothingWritten,
			program: undefined,
			speed: '',
			settings: defaultSettings,
		};
	}

	get view(): SessionView {
		return this.#view;
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	};

	/**
	 * The program in which the person has done something that closing could lose. The guest is asked: what the view
	 * says is half a second old. A guest that does not answer counts as busy.
	 */
	async programInUse(): Promise<string | undefined> {
		const { state, machine, program, name } = this.#view;
		if (!this.#used || machine === undefined || (state.kind !== 'running' && state.kind !== 'paused')) return undefined;
		try {
			return await withinTime(machine.runningProgram(), answerLimitMs, program ?? name);
		} catch (error) {
			// It crashed while it was asked: nothing of it is left to lose.
			if (error instanceof MachineError) return undefined;
			throw error;
		}
	}

	/** Whether the machine answers in time; one that does not run has nothing to answer. */
	async answers(): Promise<boolean> {
		const { state, machine } = this.#view;
		if (machine === undefined || state.kind !== 'running') return true;
		const silent = '\0';
		try {
			return (await withinTime(machine.runningProgram(), answerLimitMs, silent)) !== silent;
		} catch (error) {
			if (error instanceof MachineError) return false;
			throw error;
		}
	}

	#change(parts: Partial<SessionView>): void {
		if (this.#disposed) return;
		this.#view = { ...this.#view, ...parts };
		for (const listener of this.#listeners) listener();
	}

	async open(): Promise<void> {
		prepareMachine(this.#path, this.#engines);
		try {
			const [verdict, settings] = await Promise.all([
				recognisePath(this.#system, this.#path),
				loadSettings(this.#system, this.#folders),
			]);
			this.#change({ verdict, settings });
			if (verdict.machine === undefined) await this.#showWhatItIs(verdict);
			else await this.#makeMachine();
		} catch (error) {
			this.#change({ phase: 'failed', failure: describe(error) });
		}
	}

	async #showWhatItIs(verdict: Verdict): Promise<void> {
		this.#change({ phase: 'cannot-run' });
		if (verdict.kind !== 'disc') return;
		this.#change({ listing: await listImage(this.#system, this.#path, listedEntries) });
	}

	async #makeMachine(): Promise<void> {
		const choice = this.#view.verdict?.machine;
		if (choice === undefined) return;
		const machine = await createMachine({
			system: this.#system,
			path: this.#path,
			choice,
			engines: this.#engines,
			closeAtEnd: this.#view.settings.closeAtEnd,
		});
		if (this.#disposed) {
			machine.dispose();
			return;
		}
		this.#listen(machine);
		this.#used = false;
		this.#change({
			phase: 'machine',
			run: this.#view.run + 1,
			machine,
			state: starting,
			hasPicture: false,
			hasRun: false,
			text: [],
			writes: nothingWritten,
			program: undefined,
			speed: machine.speeds[0]?.id ?? '',
		});
	}

	#listen(machine: Machine): void {
		const mine = (parts: Partial<SessionView>) => {
			if (this.#view.machine === machine) this.#change(parts);
		};
		machine.onState((state) => mine(state.kind === 'running' ? { state, hasRun: true } : { state }));
		machine.onScreenSize((screenSize) => mine({ screenSize }));
		machine.onFirstFrame(() => mine({ hasPicture: true }));
		machine.onText((text) => mine({ text }));
		machine.onWrites((writes) => mine({ writes }));
		machine.onProgram((program) => mine({ program }));
	}

	/** Gives the machine of this run its screen; it starts. */
	async attach(canvas: HTMLCanvasElement): Promise<void> {
		const { machine, settings } = this.#view;
		if (machine === undefined) return;
		machine.setVolume(this.#gain);
		await machine.start(canvas);
		if (machine.state.kind === 'running' || machine.state.kind === 'starting') machine.setSound(settings.sound);
	}

	/** How loud this run and those after it are, 0 to 1. */
	setVolume(gain: number): void {
		this.#gain = gain;
		this.#view.machine?.setVolume(gain);
	}

	noteUse(): void {
		this.#used = true;
	}

	/** Turns the machine off and on again; what the guest has written to the volume stays. */
	async restart(): Promise<void> {
		const old = this.#view.machine;
		await old?.stop();
		await this.#makeMachine();
	}

	/** A PC starts anew in place; a DOS machine is made anew. */
	async reset(): Promise<void> {
		const { machine } = this.#view;
		if (machine?.keeping === 'ask') await machine.reset();
		else await this.restart();
	}

	togglePause(): void {
		const { machine, state } = this.#view;
		if (state.kind === 'paused') machine?.resume();
		else machine?.pause();
	}

	async setSpeed(id: string): Promise<void> {
		if (await this.#view.machine?.setSpeed(id)) this.#change({ speed: id });
	}

	async changeSettings(parts: Partial<MachineSettings>): Promise<void> {
		const settings = { ...this.#view.settings, ...parts };
		this.#change({ settings });
		if (parts.sound !== undefined) this.#view.machine?.setSound(parts.sound);
		await saveSettings(this.#system, settings);
	}

	/** `undefined` when the changes are on the volume; otherwise what went wrong. */
	async keepChanges(): Promise<string | undefined> {
		try {
			await this.#view.machine?.keepChanges();
			return undefined;
		} catch (error) {
			return describe(error);
		}
	}

	/** Turns the machine off; a DOS machine first writes what the guest has changed. */
	async close(): Promise<void> {
		await this.#view.machine?.stop();
	}

	dispose(): void {
		this.#disposed = true;
		this.#view.machine?.dispose();
		this.#listeners.clear();
	}
}

export function describe(error: unknown): string {
	if (error instanceof OsError && error.code === 'ENOENT') return 'The file is no longer there.';
	return error instanceof Error ? error.message : String(error);
}
