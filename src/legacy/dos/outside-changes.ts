/**
 * Notices files of the volume that somebody else changed while a guest has its own copy of them, so that writing the
 * guest's copy back loses nothing.
 *
 * Rules of use: `noteSeen` what was read, `keepBeside` before a file is written, `noteWritten` after it.
 *
 * Invariant: one version of each path is kept aside, the first; two guests that write the same file for ever do not fill
 * the disk with each other's.
 */
import { OsError } from '#abi/errors.ts';
import { baseName, directoryName, joinPath } from '#base/path.ts';
import type { System } from '#runtime/system.ts';

interface Version {
	readonly size: number;
	readonly modifiedTime: number;
}

const attempts = 100;

export class OutsideChanges {
	readonly #system: System;
	readonly #seen = new Map<string, Version>();
	readonly #kept = new Set<string>();

	constructor(system: System) {
		this.#system = system;
	}

	noteSeen(path: string, { size, modifiedTime }: Version): void {
		this.#seen.set(path, { size, modifiedTime });
	}

	async noteWritten(path: string): Promise<void> {
		const version = await this.#find(path);
		if (version !== undefined) this.noteSeen(path, version);
	}

	/** Whether another file stands at `path` than the one that was seen last. */
	async isChanged(path: string): Promise<boolean> {
		const version = await this.#find(path);
		const seen = this.#seen.get(path);
		if (version === undefined) return false;
		return version.size !== seen?.size || version.modifiedTime !== seen.modifiedTime;
	}

	/** Renames somebody else's file out of the way; returns its path now, or `undefined` when there is none to keep. */
	async keepBeside(path: string): Promise<string | undefined> {
		if (this.#kept.has(path) || !(await this.isChanged(path))) return undefined;
		const free = await this.#moveBeside(path);
		this.#kept.add(path);
		return free;
	}

	async #moveBeside(path: string): Promise<string> {
		for (let number = 1; ; number++) {
			const beside = besideOf(path, number);
			try {
				await this.#system.pathRename(path, beside, false);
				return beside;
			} catch (error) {
				if (!(error instanceof OsError) || error.code !== 'EEXIST' || number >= attempts) throw error;
			}
		}
	}

	async #find(path: string): Promise<Version | undefined> {
		try {
			const stat = await this.#system.pathStat(path);
			return stat.kind === 'file' ? stat : undefined;
		} catch (error) {
			if (error instanceof OsError && error.code === 'ENOENT') return undefined;
			throw error;
		}
	}
}

/** `a (from outside).txt`, `a (from outside 2).txt`… */
function besideOf(path: string, number: number): string {
	const name = baseName(path);
	const dot = name.lastIndexOf('.');
	const end = dot > 0 ? dot : name.length;
	const mark = number === 1 ? 'from outside' : `from outside ${number}`;
	return joinPath(directoryName(path), `${name.slice(0, end)} (${mark})${name.slice(end)}`);
}
