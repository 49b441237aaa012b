/**
 * A folder of the volume as drive C: read once when the machine starts, and written back as the guest changes it.
 *
 * Rules of use:
 * - `load` gives what to put into the engine; `save` is called with what stands there now, as often as one likes.
 * - One `save` at a time. It may fail half-way (the disk is full): what was not saved is still different and is tried again.
 *
 * Invariants:
 * - New content is on the volume before an old name goes, so that a rename in the guest loses nothing at any moment.
 * - A file is replaced in one step; its spelling on the volume stays, whatever DOS makes of it.
 * - Only names that were loaded or that the guest made are ever removed.
 */
import { joinPath } from '#base/path.ts';
import type { System } from '#runtime/system.ts';
import { MachineError } from '../machine.ts';
import { ensureDone, listTree, readWholeFile, type TreeEntry, writeWholeFile } from '../volume-files.ts';
import { takeDosName } from './dos-names.ts';

export const mostFiles = 10_000;
export const mostBytes = 256 * 1024 * 1024;
const readsAtOnce = 24;

/** As the engine takes and tells it: DOS path with `/`, bytes or null for a directory, milliseconds since 1970. */
export type PutEntry = readonly [path: string, bytes: Uint8Array<ArrayBuffer> | null, modifiedTime: number];
/** Size -1 stands for a directory. */
export type ScanEntry = readonly [path: string, size: number, modifiedTime: number];

export interface SaveReport {
	readonly changes: readonly string[];
	readonly savedBytes: number;
}

interface KnownEntry {
	readonly size: number;
	readonly modifiedTime: number;
}

export class DriveFolder {
	readonly #system: System;
	readonly #root: string;
	/** Real path below the root by DOS path. */
	readonly #realPaths = new Map<string, string>();
	/** What is on the volume, as the engine would tell it. */
	readonly #known = new Map<string, KnownEntry>();

	constructor(system: System, root: string) {
		this.#system = system;
		this.#root = root;
	}

	/** The DOS path, with `\`, of a file below the folder. */
	findDosPath(realPath: string): string | undefined {
		for (const [dosPath, real] of this.#realPaths) if (real === realPath) return dosPath.replaceAll('/', '\\');
		return undefined;
	}

	async load(onProgress: (fraction: number) => void): Promise<PutEntry[]> {
		const entries = await this.#list();
		const total = entries.reduce((sum, entry) => sum + entry.size, 0);
		const named = nameForDos(entries);
		const put: PutEntry[] = [];
		let done = 0;
		for (let at = 0; at < named.length; at += readsAtOnce) {
			const group = named.slice(at, at + readsAtOnce);
			put.push(...(await Promise.all(group.map((entry) => this.#read(entry)))));
			done += group.reduce((sum, { entry }) => sum + entry.size, 0);
			onProgress(total === 0 ? 1 : done / total);
		}
		return put;
	}

	async #list(): Promise<TreeEntry[]> {
		const entries: TreeEntry[] = [];
		let bytes = 0;
		for await (const entry of listTree(this.#system, this.#root, mostFiles + 1)) {
			entries.push(entry);
			bytes += entry.size;
			if (bytes > mostBytes || entries.length > mostFiles) throw tooLarge(this.#root);
		}
		return entries;
	}

	async #read({ entry, dosPath }: NamedEntry): Promise<PutEntry> {
		this.#realPaths.set(dosPath, entry.path);
		if (entry.kind === 'directory') {
			this.#known.set(dosPath, { size: -1, modifiedTime: 0 });
			return [dosPath, null, 0];
		}
		const bytes = await readWholeFile(this.#system, joinPath(this.#root, entry.path), entry.size);
		const modifiedTime = Math.floor(entry.modifiedTime);
		this.#known.set(dosPath, { size: bytes.length, modifiedTime });
		return [dosPath, bytes, modifiedTime];
	}

	/** Whether the volume differs from what the engine tells. */
	differsFrom(entries: readonly ScanEntry[]): boolean {
		return entries.length !== this.#known.size || entries.some((entry) => this.#isChanged(entry));
	}

	#isChanged([path, size, modifiedTime]: ScanEntry): boolean {
		const known = this.#known.get(path);
		if (known === undefined) return true;
		return size !== known.size || (size >= 0 && modifiedTime !== known.modifiedTime);
	}

	/** Brings the volume to what the engine tells; `read` gives a file's bytes, or null when it is gone by now. */
	async save(
		entries: readonly ScanEntry[],
		read: (path: string) => Promise<Uint8Array<ArrayBuffer> | null>,
	): Promise<SaveReport> {
		const changes: string[] = [];
		let savedBytes = 0;
		const changed = entries.filter((entry) => this.#isChanged(entry));
		// Scans name a directory before what it holds, so parents are made first.
		for (const entry of changed) {
			const bytes = entry[1] < 0 ? undefined : await read(entry[0]);
			if (bytes === null) continue;
			const real = this.#realPath(entry[0]);
			await this.#write(real, bytes);
			this.#known.set(entry[0], { size: bytes === undefined ? -1 : bytes.length, modifiedTime: entry[2] });
			changes.push(real);
			savedBytes += bytes?.length ?? 0;
		}
		changes.push(...(await this.#removeGone(new Set(entries.map(([path]) => path)))));
		return { changes, savedBytes };
	}

	async #write(real: string, bytes: Uint8Array<ArrayBuffer> | undefined): Promise<void> {
		const path = joinPath(this.#root, real);
		if (bytes === undefined) await ensureDone(this.#system.pathMakeDirectory(path), 'EEXIST');
		else await writeWholeFile(this.#system, path, bytes);
	}

	async #removeGone(present: ReadonlySet<string>): Promise<string[]> {
		const gone = [...this.#known.keys()].filter((path) => !present.has(path));
		// Longest first: what a directory held goes before the directory.
		gone.sort((left, right) => right.length - left.length);
		const removed: string[] = [];
		for (const dosPath of gone) {
			const real = this.#realPath(dosPath);
			const path = joinPath(this.#root, real);
			if (this.#known.get(dosPath)?.size === -1) {
				await ensureDone(this.#system.pathRemoveDirectory(path), 'ENOENT', 'ENOTEMPTY');
			} else await ensureDone(this.#system.pathUnlink(path), 'ENOENT');
			this.#known.delete(dosPath);
			this.#realPaths.delete(dosPath);
			removed.push(`${real} (deleted)`);
		}
		return removed;
	}

	/** A name that the guest made is used as it is, below the real path of its folder. */
	#realPath(dosPath: string): string {
		const known = this.#realPaths.get(dosPath);
		if (known !== undefined) return known;
		const slash = dosPath.lastIndexOf('/');
		const real = slash < 0 ? dosPath : `${this.#realPath(dosPath.slice(0, slash))}/${dosPath.slice(slash + 1)}`;
		this.#realPaths.set(dosPath, real);
		return real;
	}
}

interface NamedEntry {
	readonly entry: TreeEntry;
	readonly dosPath: string;
}

/** Gives every entry its DOS path. */
function nameForDos(entries: readonly TreeEntry[]): NamedEntry[] {
	const taken = new Map<string, Set<string>>();
	const dosFolders = new Map([['', '']]);
	return entries.map((entry) => {
		const slash = entry.path.lastIndexOf('/');
		const folder = slash < 0 ? '' : entry.path.slice(0, slash);
		const names = taken.get(folder) ?? new Set<string>();
		taken.set(folder, names);
		const dosName = takeDosName(entry.path.slice(slash + 1), names);
		const dosFolder = dosFolders.get(folder) ?? '';
		const dosPath = dosFolder === '' ? dosName : `${dosFolder}/${dosName}`;
		if (entry.kind === 'directory') dosFolders.set(entry.path, dosPath);
		return { entry, dosPath };
	});
}

function tooLarge(root: string): MachineError {
	return new MachineError(
		`The folder ${root} is too large to be drive C: it may hold at most 10,000 files and 256 MB. Put the program into a folder of its own.`,
	);
}
