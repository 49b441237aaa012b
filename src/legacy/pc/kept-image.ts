/**
 * An image file that gets what a guest has changed, in one step, and only while it is still the image that the guest
 * was started from: sectors of one file system laid over another one would destroy both.
 *
 * Rules of use: `open` before the guest reads; `keep` as often as one likes, each time with all that has changed since.
 *
 * Invariant: whatever happens, the file at `path` is the old image or the new one.
 */

import { rights } from '#abi/rights.ts';
import type { Stat } from '#abi/structures.generated.ts';
import type { System } from '#runtime/system.ts';
import { MachineError } from '../machine.ts';
import { ensureDone } from '../volume-files.ts';
import type { ChangedRun } from './pc-messages.ts';

export class KeptImage {
	readonly #system: System;
	readonly #path: string;
	/** The image as this guest knows it. */
	#known: Stat;

	private constructor(system: System, path: string, known: Stat) {
		this.#system = system;
		this.#path = path;
		this.#known = known;
	}

	static async open(system: System, path: string): Promise<KeptImage> {
		return new KeptImage(system, path, await system.pathStat(path));
	}

	async keep(runs: readonly ChangedRun[]): Promise<void> {
		await this.#requireUnchanged();
		const copy = `${this.#path}.keeping`;
		await ensureDone(this.#system.pathUnlink(copy), 'ENOENT');
		try {
			await this.#system.pathCopy(this.#path, copy);
			await this.#write(copy, runs);
			await this.#system.pathSetAttributes(copy, this.#known.attributes);
			await this.#system.pathRename(copy, this.#path, true);
		} catch (error) {
			await ensureDone(this.#system.pathUnlink(copy), 'ENOENT');
			throw error;
		}
		this.#known = await this.#system.pathStat(this.#path);
	}

	async #requireUnchanged(): Promise<void> {
		const { inode, size, modifiedTime } = await this.#system.pathStat(this.#path);
		const known = this.#known;
		if (inode === known.inode && size === known.size && modifiedTime === known.modifiedTime) return;
		throw new MachineError(
			'The image was changed by another program or another machine since this machine was started.',
		);
	}

	async #write(path: string, runs: readonly ChangedRun[]): Promise<void> {
		const handle = await this.#system.fileOpen(path, 'open', rights.read | rights.write);
		try {
			// All at once: the kernel commits calls that wait together in one step.
			await Promise.all(runs.map((run) => this.#system.fileWrite(handle, run.at, run.bytes)));
		} finally {
			await this.#system.handleClose(handle);
		}
	}
}
