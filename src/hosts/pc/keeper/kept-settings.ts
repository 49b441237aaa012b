/**
 * The settings of the PC as files: `FOLDER/NAME`, a line of text each. They stand on the data partition, where there is
 * one, because they are needed before the first program of the desktop runs, and belong to the PC and not to a volume.
 *
 * Rules of use: `distro/root/usr/lib/vitrine/apply-settings` reads the same files at the start and brings them into force.
 *
 * Invariants: a file holds the old line or the new one, whenever the power goes; `write` resolves when it is on the disk.
 */
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';

/** Where the settings of the running PC are. */
export const settingsFolder = '/data/settings';

export class KeptSettings {
	readonly #folder: string;

	constructor(folder: string) {
		this.#folder = folder;
	}

	/** The line of a setting; `undefined` when nobody chose one. */
	async find(name: string): Promise<string | undefined> {
		try {
			return (await readFile(path.join(this.#folder, name), 'utf8')).split('\n', 1)[0];
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
			throw error;
		}
	}

	async write(name: string, line: string): Promise<void> {
		await mkdir(this.#folder, { recursive: true });
		const target = path.join(this.#folder, name);
		const written = await open(`${target}.new`, 'w', 0o644);
		try {
			await written.writeFile(`${line}\n`);
			await written.sync();
		} finally {
			await written.close();
		}
		await rename(`${target}.new`, target);
		await syncFolder(this.#folder);
	}
}

/** A name is on the disk when its folder is. */
async function syncFolder(folder: string): Promise<void> {
	const opened = await open(folder, 'r');
	try {
		await opened.sync();
	} finally {
		await opened.close();
	}
}
