/**
 * Everything the desktop does to files on a person's behalf: copy, move, delete, restore, make, rename; each
 * undoable but deleting for good.
 *
 * Rules of use:
 * - What may take long returns a `Transfer` at once; it is in the queue, shows progress and can be cancelled.
 * - What is one step (rename, new folder) returns a promise and throws `OsError`.
 * - One item that fails is reported on its transfer; the others go on.
 *
 * Invariant: every step that was done is recorded for undo, also when the transfer was cancelled half-way.
 */
import { OsError } from '#abi/errors.ts';
import type { PreviousVersion } from '#abi/structures.generated.ts';
import { baseName, directoryName, extensionName, joinPath } from '#base/path.ts';
import type { System } from '#runtime/system.ts';
import type { EncryptionWish } from '../encryption/encryption-job.ts';
import { forEachBounded } from './bounded.ts';
import { formatCount } from './format.ts';
import { freeName } from './name-order.ts';
import { refuseNeededFolder } from './needed-folders.ts';
import { placeName } from './place-name.ts';
import { Placement, type PlacementServices } from './placement.ts';
import type { RecycleBin } from './recycle-bin.ts';
import { Relocation } from './relocation.ts';
import { ensureDirectory, type Staging } from './staging.ts';
import type { Transfer } from './transfer.ts';
import type { TransferQueue } from './transfer-queue.ts';
import type { UndoHistory, UndoRecord, UndoStep } from './undo-history.ts';
import { takeBack } from './undo-steps.ts';

/** Many, because the steps of one item wait for each other and those of others share their commits. */
const callsUnderWay = 128;

const encryptionWords: Readonly<Record<EncryptionWish['change'], readonly [doing: string, done: string]>> = {
	encrypt: ['Encrypting', 'Encryption'],
	decrypt: ['Decrypting', 'Decryption'],
	renew: ['Encrypting anew', 'New encryption'],
};

export interface FileOperationsParts {
	readonly system: System;
	readonly queue: TransferQueue;
	readonly recycleBin: RecycleBin;
	readonly history: UndoHistory;
	readonly staging: Staging;
}

export class FileOperations {
	readonly #parts: FileOperationsParts;
	/** The newest operation that can be undone when it has ended. */
	#latest: Transfer | undefined;

	constructor(parts: FileOperationsParts) {
		this.#parts = parts;
	}

	copy(sources: readonly string[], directory: string): Transfer {
		const what = describePaths(sources);
		return this.#start(`Copying ${what} to ${placeName(directory)}`, `Copy of ${what}`, (services) =>
			new Relocation(services, this.#parts.staging).copy(sources, directory),
		);
	}

	move(named: readonly string[], directory: string): Transfer {
		const sources = outermost(named);
		const what = describePaths(sources);
		return this.#start(`Moving ${what} to ${placeName(directory)}`, `Move of ${what}`, (services) =>
			new Relocation(services, this.#parts.staging).move(sources, directory),
		);
	}

	recycle(named: readonly string[]): Transfer {
		const paths = outermost(named);
		const what = describePaths(paths);
		return this.#start(`Deleting ${what}`, `Deletion of ${what}`, async ({ transfer, steps, recycleBin }) => {
			transfer.expect(paths.length, 0);
			transfer.counted = true;
			await this.#eachPath(paths, transfer, async (path) => {
				steps.push({ kind: 'recycled', path, item: await recycleBin.add(path) });
			});
		});
	}

	/** Deletes without the Recycle Bin: not undoable. Ask first. */
	deleteForGood(named: readonly string[]): Transfer {
		const paths = outermost(named);
		const what = describePaths(paths);
		return this.#start(`Deleting ${what} for good`, '', async ({ transfer, system }) => {
			transfer.expect(paths.length, 0);
			transfer.counted = true;
			await this.#eachPath(paths, transfer, async (path) => {
				refuseNeededFolder(path);
				await system.pathErase(path);
			});
		});
	}

	/** Puts items of the Recycle Bin back where they were. */
	restore(ids: readonly string[]): Transfer {
		const what = formatCount(ids.length, 'item');
		return this.#start(`Restoring ${what}`, `Restoring of ${what}`, async (services) => {
			services.transfer.expect(ids.length, 0);
			services.transfer.counted = true;
			await this.#eachPath(ids, services.transfer, (id) => this.#restoreItem(id, services));
		});
	}

	/** Deletes items of the Recycle Bin for good; all when `ids` is absent. Ask first. */
	emptyRecycleBin(ids?: readonly string[]): Transfer {
		return this.#start('Emptying the Recycle Bin', '', async ({ transfer, recycleBin }) => {
			const doomed = ids ?? (await recycleBin.list()).map(({ id }) => id);
			transfer.expect(doomed.length, 0);
			transfer.counted = true;
			await this.#eachPath(doomed, transfer, (id) => recycleBin.remove(id));
		});
	}

	/** Makes a folder with the first free name; returns its path. */
	async makeFolder(directory: string, name = 'New folder'): Promise<string> {
		const path = await this.#takeFreeName(directory, name, false, (candidate) =>
			this.#parts.system.pathMakeDirectory(candidate),
		);
		this.#parts.history.record({ title: 'New folder', steps: [{ kind: 'appeared', path }] });
		return path;
	}

	/** Makes a file with the first free name; returns its path. */
	async makeFile(directory: string, name: string, content = new Uint8Array()): Promise<string> {
		const path = await this.#takeFreeName(directory, name, true, (candidate) =>
			this.#parts.system.pathWrite(candidate, content, 'create-new'),
		);
		this.#parts.history.record({ title: 'New file', steps: [{ kind: 'appeared', path }] });
		return path;
	}

	/** Gives another name; returns the new path. Fails with EEXIST when it is taken. */
	async rename(path: string, name: string): Promise<string> {
		const to = joinPath(directoryName(path), name);
		if (to === path) return path;
		refuseNeededFolder(path);
		await this.#parts.system.pathRename(path, to, false);
		this.#parts.history.record({
			title: `Renaming of “${baseName(path)}”`,
			steps: [{ kind: 'moved', from: path, to }],
		});
		return to;
	}

	/** Names many after one: `x (1).txt`, `x (2).txt`… Each keeps its own extension; a name that is taken is passed over. */
	renameMany(paths: readonly string[], stem: string): Transfer {
		const what = formatCount(paths.length, 'item');
		return this.#start(`Renaming ${what}`, `Renaming of ${what}`, async ({ transfer, steps }) => {
			transfer.expect(paths.length, 0);
			transfer.counted = true;
			let number = 1;
			for (const path of paths) {
				await transfer.checkpoint();
				try {
					number = await this.#renameNumbered(path, { stem, number, steps });
				} catch (error) {
					transfer.settleFailure(path, error);
				}
				transfer.advance(1, 0);
			}
		});
	}

	/** Sets and clears attribute bits; with `below` also of all that is in folders. */
	setAttributes(paths: readonly string[], change: { set: number; clear: number; below: boolean }): Transfer {
		const what = describePaths(paths);
		return this.#start(`Changing ${what}`, `Change of properties of ${what}`, async (services) => {
			services.transfer.counted = true;
			await this.#eachPath(paths, services.transfer, (path) => this.#setAttributesOf(path, change, services));
		});
	}

	/** Encrypts, decrypts or gives a new key; with `below` also to all that is in folders. */
	changeEncryption(paths: readonly string[], wish: EncryptionWish): Transfer {
		const what = describePaths(paths);
		const [doing, done] = encryptionWords[wish.change];
		return this.#start(`${doing} ${what}`, `${done} of ${what}`, async (services) => {
			const { changeEncryption } = await import('../encryption/encryption-job.ts');
			await changeEncryption(services, outermost(paths), wish);
		});
	}

	/** Does something to every encrypted file at and below the paths. */
	forEachEncrypted(title: string, paths: readonly string[], task: (path: string) => Promise<unknown>): Transfer {
		return this.#start(title, '', async (services) => {
			const { forEachEncrypted } = await import('../encryption/encryption-job.ts');
			await forEachEncrypted(services, outermost(paths), task);
		});
	}

	/** Makes a file hold what a version of it holds, or gives a deleted one its name again. */
	async restoreVersion(path: string, version: number): Promise<void> {
		const held = await this.#parts.system.versionRestore(path, version);
		const step: UndoStep = held === 0 ? { kind: 'appeared', path } : { kind: 'version-restored', path, held };
		this.#parts.history.record({ title: `Restoring of ${describePaths([path])}`, steps: [step] });
	}

	/** Copies a version beside its file, under a name that tells its date; returns the name. */
	async copyVersion({ path, version }: { path: string; version: PreviousVersion }): Promise<string> {
		const { system, history } = this.#parts;
		const extension = extensionName(path);
		const stem = baseName(path).slice(0, baseName(path).length - extension.length);
		const date = new Date(version.keptTime).toISOString().slice(0, 16).replace('T', ' ').replace(':', '.');
		for (let number = 1; ; number++) {
			const name = `${stem} (${date}${number === 1 ? '' : `, ${number}`})${extension}`;
			const target = joinPath(directoryName(path), name);
			try {
				await system.pathCopy(version.path, target);
			} catch (error) {
				if (error instanceof OsError && error.code === 'EEXIST') continue;
				throw error;
			}
			history.record({
				title: `Copy of a version of ${describePaths([path])}`,
				steps: [{ kind: 'appeared', path: target }],
			});
			return name;
		}
	}

	/** Notes that permissions were changed, for undo. */
	recordPermissions(steps: readonly Extract<UndoStep, { kind: 'permissions-set' }>[]): void {
		const what = describePaths(steps.map(({ path }) => path));
		this.#parts.history.record({ title: `Change of permissions of ${what}`, steps });
	}

	/**
	 * Takes back the last operation; `undefined` when there is none. One that is still under way is awaited first: what
	 * was done before it is not what the person means.
	 */
	undo(): Transfer | undefined {
		const { history, queue } = this.#parts;
		const latest = this.#latest;
		const note = (undone: UndoRecord) => history.noteUndone(undone);
		if (latest === undefined || latest.ended) return this.#replay('Undoing', history.takeUndo(), note);
		const before = history.nextUndo;
		return queue.start(`Undoing: ${latest.title}`, async (transfer) => {
			await latest.finished;
			const isRecorded = history.nextUndo !== before;
			if (isRecorded) await this.#takeBack(transfer, history.takeUndo(), note);
		});
	}

	redo(): Transfer | undefined {
		const { history } = this.#parts;
		return this.#replay('Redoing', history.takeRedo(), (redone) => history.noteRedone(redone));
	}

	/** Runs a job of the caller's (bringing in files) as a transfer with undo. */
	run(title: string, undoTitle: string, job: (services: PlacementServices) => Promise<void>): Transfer {
		return this.#start(title, undoTitle, job);
	}

	#start(title: string, undoTitle: string, job: (services: PlacementServices) => Promise<void>): Transfer {
		const { queue, history, system, recycleBin } = this.#parts;
		const started = queue.start(title, async (transfer) => {
			const steps: UndoStep[] = [];
			try {
				await job({ system, recycleBin, transfer, steps });
			} finally {
				history.record({ title: undoTitle, steps });
			}
		});
		if (undoTitle !== '') this.#latest = started;
		return started;
	}

	#replay(verb: string, record: UndoRecord | undefined, note: (record: UndoRecord) => void): Transfer | undefined {
		if (record === undefined) return undefined;
		const { queue } = this.#parts;
		return queue.start(`${verb}: ${record.title}`, (transfer) => this.#takeBack(transfer, record, note));
	}

	async #takeBack(
		transfer: Transfer,
		record: UndoRecord | undefined,
		note: (record: UndoRecord) => void,
	): Promise<void> {
		if (record === undefined) return;
		const { system, recycleBin } = this.#parts;
		transfer.expect(record.steps.length, 0);
		transfer.counted = true;
		const steps: UndoStep[] = [];
		try {
			await takeBack(record.steps, { system, recycleBin, transfer, steps });
		} finally {
			note({ title: record.title, steps });
		}
	}

	async #restoreItem(id: string, services: PlacementServices): Promise<void> {
		const item = await services.recycleBin.find(id);
		if (item === undefined) throw new OsError('ENOENT', id);
		const parent = directoryName(item.path);
		for (const made of await ensureDirectory(services.system, parent)) {
			services.steps.push({ kind: 'appeared', path: made });
		}
		const put = async (target: string, makeWay?: () => Promise<void>): Promise<void> => {
			await makeWay?.();
			await services.recycleBin.restore(id, target);
			services.steps.push({ kind: 'appeared', path: target });
		};
		const placement = await Placement.open(services, parent, [item.name]);
		await placement.place({
			incoming: { path: item.path, kind: item.kind, size: item.bytes, modifiedTime: item.deletedTime },
			put,
			merge: async () => put(joinPath(parent, await this.#nameBeside(parent, item.name))),
		});
	}

	async #nameBeside(directory: string, name: string): Promise<string> {
		const { names } = await this.#parts.system.pathList(directory, '', 100_000);
		const taken = new Set(names);
		return freeName(name, (candidate) => taken.has(candidate), false);
	}

	async #setAttributesOf(
		path: string,
		change: { set: number; clear: number; below: boolean },
		services: PlacementServices,
	): Promise<void> {
		const { system, steps, transfer } = services;
		await transfer.checkpoint();
		const stat = await system.pathStatLink(path);
		// What a link points to was not chosen, and may be where this began.
		if (stat.kind === 'link') return;
		const after = (stat.attributes | change.set) & ~change.clear;
		if (after !== stat.attributes) {
			await system.pathSetAttributes(path, after);
			steps.push({ kind: 'attributes-set', path, before: stat.attributes, after });
		}
		if (stat.kind !== 'directory' || !change.below) return;
		const { names } = await system.pathList(path, '', 100_000);
		await forEachBounded(names, callsUnderWay, (name) => this.#setAttributesOf(joinPath(path, name), change, services));
	}

	/** Gives the first free name from `stem (number)` on; returns the number after it. */
	async #renameNumbered(path: string, numbered: { stem: string; number: number; steps: UndoStep[] }): Promise<number> {
		const { system } = this.#parts;
		refuseNeededFolder(path);
		const dot = (await system.pathStatLink(path)).kind !== 'directory' ? baseName(path).lastIndexOf('.') : -1;
		const extension = dot > 0 ? baseName(path).slice(dot) : '';
		for (let { number } = numbered; ; number++) {
			const to = joinPath(directoryName(path), `${numbered.stem} (${number})${extension}`);
			if (to === path) return number + 1;
			try {
				await system.pathRename(path, to, false);
				numbered.steps.push({ kind: 'moved', from: path, to });
				return number + 1;
			} catch (error) {
				if (!isTaken(error)) throw error;
			}
		}
	}

	async #takeFreeName(
		directory: string,
		name: string,
		keepExtension: boolean,
		make: (path: string) => Promise<void>,
	): Promise<string> {
		const taken = new Set<string>();
		for (;;) {
			const path = joinPath(
				directory,
				freeName(name, (candidate) => taken.has(candidate), keepExtension),
			);
			try {
				await make(path);
				return path;
			} catch (error) {
				if (!isTaken(error)) throw error;
				taken.add(baseName(path));
			}
		}
	}

	async #eachPath(paths: readonly string[], transfer: Transfer, task: (path: string) => Promise<void>): Promise<void> {
		await forEachBounded(paths, callsUnderWay, async (path) => {
			await transfer.checkpoint();
			transfer.startItem(path);
			await task(path).catch((error: unknown) => transfer.settleFailure(path, error));
			transfer.advance(1, 0);
		});
	}
}

function isTaken(error: unknown): boolean {
	return error instanceof OsError && error.code === 'EEXIST';
}

/** Without what lies in a folder that is named too, which takes it along: a search finds both. */
function outermost(paths: readonly string[]): readonly string[] {
	const named = new Set(paths);
	return paths.filter((path) => {
		for (let above = directoryName(path); above !== '/'; above = directoryName(above)) {
			if (named.has(above)) return false;
		}
		return true;
	});
}

/** `“report.txt”` for one, `3 items` for several. */
export function describePaths(paths: readonly string[]): string {
	const only = paths.length === 1 ? paths[0] : undefined;
	return only === undefined ? formatCount(paths.length, 'item') : `“${baseName(only)}”`;
}
