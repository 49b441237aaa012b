/**
 * A folder of the volume as drive C: read once when the machine starts, and written back as the guest changes it.
 *
 * Rules of use:
 * - `load` gives what to put into the engine; `save` is called with what stands there now, as often as one likes.
 * - One `save` at a time. It may fail for some files (the disk is full, a file is read-only): the others are saved all
 *   the same, what was not saved is still different and is tried again.
 *
 * Invariants:
 * - New content is on the volume before an old name goes, so that a rename in the guest loses nothing at any moment.
 * - A file is replaced in one step; its spelling on the volume stays, whatever DOS makes of it.
 * - Only names that were loaded or that the guest made are ever removed, and only while the volume's file is the one
 *   that the guest has seen.
 * - What somebody else wrote under a name that the guest now writes is kept beside it, once for each name.
 * - The engine's names are not trusted: none leads out of the folder.
 */
import { OsError } from '#abi/errors.ts';
import { findNameProblem, joinPath } from '#base/path.ts';
import type { System } from '#runtime/system.ts';
import { MachineError } from '../machine.ts';
import { ensureDone, listTree, readWholeFile, type TreeEntry, writeWholeFile } from '../volume-files.ts';
import { DosNames } from './dos-names.ts';
import { OutsideChanges } from './outside-changes.ts';

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
	/** Real path below the root by DOS path; also of what is gone, which may come back: then it is spelt as before. */
	readonly #realPaths = new Map<string, string>();
	/** What is on the volume, as the engine would tell it. */
	readonly #known = new Map<string, KnownEntry>();
	readonly #outside: OutsideChanges;

	constructor(system: System, root: string) {
		this.#system = system;
		this.#outside = new OutsideChanges(system);
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
		const path = joinPath(this.#root, entry.path);
		const bytes = await readWholeFile(this.#system, path, entry.size);
		this.#outside.noteSeen(path, entry);
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
		const failures: OsError[] = [];
		let savedBytes = 0;
		// Scans name a directory before what it holds, so parents are made first.
		for (const entry of entries.filter((each) => this.#isChanged(each))) {
			try {
				const saved = await this.#saveEntry(entry, read);
				if (saved === undefined) continue;
				changes.push(...saved.changes);
				savedBytes += saved.savedBytes;
			} catch (error) {
				if (!(error instanceof OsError)) throw error;
				failures.push(error);
			}
		}
		if (failures[0] !== undefined) throw failures[0];
		changes.push(...(await this.#removeGone(new Set(entries.map(([path]) => path)))));
		return { changes, savedBytes };
	}

	/** `undefined` when the file is gone by now. */
	async #saveEntry(
		[dosPath, size, modifiedTime]: ScanEntry,
		read: (path: string) => Promise<Uint8Array<ArrayBuffer> | null>,
	): Promise<SaveReport | undefined> {
		const bytes = size < 0 ? undefined : await read(dosPath);
		if (bytes === null) return undefined;
		const real = this.#realPath(dosPath);
		const keptBeside = await this.#write(real, bytes);
		this.#known.set(dosPath, { size: bytes === undefined ? -1 : bytes.length, modifiedTime });
		return { changes: keptBeside === undefined ? [real] : [keptBeside, real], savedBytes: bytes?.length ?? 0 };
	}

	/** Returns under which name somebody else's file is kept, if there was one. */
	async #write(real: string, bytes: Uint8Array<ArrayBuffer> | undefined): Promise<string | undefined> {
		const path = joinPath(this.#root, real);
		if (bytes === undefined) {
			await ensureDone(this.#system.pathMakeDirectory(path), 'EEXIST');
			return undefined;
		}
		const keptBeside = await this.#outside.keepBeside(path);
		await writeWholeFile(this.#system, path, bytes);
		await this.#outside.noteWritten(path);
		return keptBeside === undefined ? undefined : `${keptBeside.slice(this.#root.length + 1)} (changed from outside)`;
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
			} else if (!(await this.#outside.isChanged(path))) await ensureDone(this.#system.pathUnlink(path), 'ENOENT');
			this.#known.delete(dosPath);
			removed.push(`${real} (deleted)`);
		}
		return removed;
	}

	/** A name that the guest made is used as it is, below the real path of its folder. */
	#realPath(dosPath: string): string {
		const known = this.#realPaths.get(dosPath);
		if (known !== undefined) return known;
		const slash = dosPath.lastIndexOf('/');
		const name = dosPath.slice(slash + 1);
		if (findNameProblem(name) !== undefined) throw new OsError('EINVAL', dosPath);
		const real = slash < 0 ? name : `${this.#realPath(dosPath.slice(0, slash))}/${name}`;
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
	const taken = new Map<string, DosNames>();
	const dosFolders = new Map([['', '']]);
	return entries.map((entry) => {
		const slash = entry.path.lastIndexOf('/');
		const folder = slash < 0 ? '' : entry.path.slice(0, slash);
		const names = taken.get(folder) ?? new DosNames();
		taken.set(folder, names);
		const dosName = names.take(entry.path.slice(slash + 1));
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
