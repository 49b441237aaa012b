/**
 * The desktop of a PC that is an appliance (ADR 0037): one program fills the screen, and is started again when it ends.
 *
 * Rules of use: a desktop has one from its beginning, or none. `begin` when its system is there.
 *
 * Invariants:
 * - No window opens but those of the program that it has started, and what they own.
 * - It is left by an administrator alone: the system itself decides who is one, on the secure desktop.
 */
import { OsError } from '#abi/errors.ts';
import type { Disposable } from '#base/disposable.ts';
import { baseName } from '#base/path.ts';
import { runOrElevate } from '#runtime/elevated-command.ts';
import type { DesktopModel } from '../desktop-model.ts';
import { openMessageBox } from '../shell/message-box-window.ts';
import { Watchdog } from './watchdog.ts';

export interface ApplianceHost {
	/** Path of the file that is opened, or name of a program. */
	readonly start: string;
	/** An administrator has left: what stands now ends, and the PC is an ordinary one. */
	leave(): Promise<void>;
}

export class ApplianceModel implements Disposable {
	readonly watchdog: Watchdog;
	readonly #desktop: DesktopModel;
	readonly #host: ApplianceHost;
	#crash: string | undefined;
	#isLeaving = false;

	constructor(desktop: DesktopModel, host: ApplianceHost) {
		this.#desktop = desktop;
		this.#host = host;
		this.watchdog = new Watchdog(() => this.#run(), desktop.host.clock);
	}

	/** What a person calls it. */
	get title(): string {
		const { start } = this.#host;
		return this.#desktop.programs.find(start)?.title ?? baseName(start);
	}

	begin(): void {
		void this.watchdog.begin();
	}

	dispose(): void {
		this.watchdog.dispose();
	}

	/** The program that runs has failed; its window is about to close. */
	noteCrash(reason: string): void {
		this.#crash = reason;
	}

	/** Asks for an administrator, and leaves when there is one. */
	async leave(): Promise<void> {
		if (this.#isLeaving) return;
		this.#isLeaving = true;
		try {
			const system = await this.#desktop.ready;
			const reason = 'leave the program that this PC shows by itself, until the PC is started again';
			const action = () => system.pcLeaveAppliance();
			if (await runOrElevate(system, { action, command: 'pc appliance leave', reason })) await this.#host.leave();
		} catch (error) {
			const detail = error instanceof Error ? error.message : String(error);
			const message = 'This PC goes on with its program.';
			const { windows } = this.#desktop;
			void openMessageBox(windows, { title: 'Not left', kind: 'error', message, detail, buttons: ['OK'] });
		} finally {
			this.#isLeaving = false;
		}
	}

	/** Resolves when the window of the program has closed. */
	async #run(): Promise<void> {
		this.#crash = undefined;
		const { windows, processes } = this.#desktop;
		const [program, ...rest] = await this.#findProgram();
		const id = await processes.startAt(program, rest, { placement: 'maximized' });
		if (id === undefined) throw new Error('It ended before it had a window.');
		await new Promise<void>((resolve) => {
			const look = () => {
				if (windows.find(id) !== undefined) return;
				stop();
				resolve();
			};
			const stop = windows.subscribe(look);
			look();
		});
		if (this.#crash !== undefined) throw new Error(this.#crash);
	}

	async #findProgram(): Promise<[string, ...string[]]> {
		const { start } = this.#host;
		if (!start.startsWith('/')) return [start];
		const program = await this.#desktop.opener.findProgram(start);
		if (program === undefined) throw new OsError('ENOEXEC', start);
		return [program, start];
	}
}
