/**
 * What a double-click does: a folder opens in Explorer, a file in the program for its extension, else in the one that
 * its bytes call for; where nothing is known, the person chooses.
 */
import { OsError } from '#abi/errors.ts';
import { baseName, extensionName } from '#base/path.ts';
import type { System } from '#runtime/system.ts';
import type { DesktopModel } from '../desktop-model.ts';
import { openMessageBox } from './message-box-window.ts';
import { openOpenWith } from './open-with-window.ts';

export type FileVerdict = 'machine' | 'text' | 'picture' | 'unknown';
export type RecogniseFile = (system: System, path: string) => Promise<FileVerdict>;

const programForVerdict: Record<Exclude<FileVerdict, 'unknown'>, string> = {
	machine: 'machine',
	text: 'notepad',
	picture: 'pictures',
};

export class FileOpener {
	readonly #desktop: DesktopModel;

	constructor(desktop: DesktopModel) {
		this.#desktop = desktop;
	}

	/** Opens what stands at `path`; a failure is told in a message box above `ownerId`. */
	async open(path: string, ownerId?: string): Promise<void> {
		try {
			await this.#open(path, ownerId);
		} catch (error) {
			if (!(error instanceof OsError)) throw error;
			await openMessageBox(
				this.#desktop.windows,
				{
					title: baseName(path),
					kind: 'error',
					message: `“${baseName(path)}” could not be opened.`,
					detail: error.message,
					buttons: ['OK'],
				},
				ownerId,
			);
		}
	}

	async openWith(programName: string, path: string): Promise<void> {
		await this.#desktop.processes.start(programName, [path]);
		this.#desktop.session.addRecent(programName, path);
	}

	/** Lets the person choose a program for a file. */
	async chooseProgram(path: string, ownerId?: string): Promise<void> {
		const chosen = await openOpenWith(this.#desktop, path, ownerId);
		if (chosen !== undefined) await this.openWith(chosen, path);
	}

	async #open(path: string, ownerId: string | undefined): Promise<void> {
		const system = await this.#desktop.ready;
		const { kind } = await system.pathStat(path);
		if (kind === 'directory') {
			await this.openWith('explorer', path);
			return;
		}
		const program = await this.findProgram(path);
		if (program === undefined) await this.chooseProgram(path, ownerId);
		else await this.openWith(program, path);
	}

	/** The name of the program that opens a file; `undefined` when only a person could say. */
	async findProgram(path: string): Promise<string | undefined> {
		return this.#desktop.programs.findForExtension(extensionName(path))?.name ?? (await this.#recognise(path));
	}

	async #recognise(path: string): Promise<string | undefined> {
		const verdict = await this.#desktop.host.recognise(await this.#desktop.ready, path);
		if (verdict === 'unknown') return undefined;
		return this.#desktop.programs.find(programForVerdict[verdict])?.name;
	}
}
