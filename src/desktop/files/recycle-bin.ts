/**
 * The Recycle Bin: a folder of the volume that holds what was deleted, with a record of where each thing was.
 *
 * Layout of the folder:
 * | Name | Content |
 * |---|---|
 * | `<id>` | the deleted file or folder itself, moved here by one rename, so dates and attributes stay |
 * | `<id>.json` | its record: `{ path, kind, bytes, deletedTime }` |
 *
 * Invariants:
 * - The record is written before the thing is moved, and removed after it has left; so a power cut leaves at worst a
 *   record without its thing, which `list` removes unless the thing is on its way.
 * - Nothing is hidden: what somebody else has put into the folder, without a record, is an item too.
 */
import { OsError } from '#abi/errors.ts';
import type { NodeKind } from '#abi/structures.generated.ts';
import { baseName, directoryName, joinPath } from '#base/path.ts';
import { listDirectory } from '#runtime/directory-pages.ts';
import type { System } from '#runtime/system.ts';
import { mapBounded } from './bounded.ts';
import { refuseNeededFolder } from './needed-folders.ts';
import { ensureDirectory } from './staging.ts';

export interface RecycledItem {
	readonly id: string;
	/** Where it was. */
	readonly path: string;
	readonly name: string;
	readonly kind: NodeKind;
	/** Bytes of content, with all below a folder. */
	readonly bytes: number;
	readonly deletedTime: number;
}

interface RecycleRecord {
	path: string;
	kind: NodeKind;
	bytes: number;
	deletedTime: number;
}

const recordSuffix = '.json';
const callsUnderWay = 32;
/** Paths are shorter than this by far. */
const largestRecord = 1 << 20;

export class RecycleBin {
	readonly directory: string;
	readonly #system: System;
	/** Items whose record is written and that may not have been moved here yet. */
	readonly #arriving = new Set<string>();
	/** Items with a record, as they were last read: a record never changes. */
	#known: ReadonlyMap<string, RecycledItem> = new Map();

	constructor(system: System, directory: string) {
		this.#system = system;
		this.directory = directory;
	}

	/** Moves what stands at `path` into the bin; returns the id of the item. */
	async add(path: string): Promise<string> {
		refuseNeededFolder(path);
		const stat = await this.#system.pathStatLink(path);
		const bytes = stat.kind !== 'directory' ? stat.size : (await this.#system.pathUsage(path)).bytes;
		const id = crypto.randomUUID();
		const record: RecycleRecord = { path, kind: stat.kind, bytes, deletedTime: Date.now() };
		this.#arriving.add(id);
		try {
			await this.#writeRecord(id, record);
			await this.#system.pathRename(path, this.#itemPath(id), false);
		} catch (error) {
			await this.#forget(id);
			throw error;
		} finally {
			this.#arriving.delete(id);
		}
		return id;
	}

	/** All items, newest first. */
	async list(): Promise<RecycledItem[]> {
		const names = await this.#names();
		const present = new Set(names);
		const isItem = (name: string): boolean =>
			!name.endsWith(recordSuffix) || !present.has(name.slice(0, -recordSuffix.length));
		const isRecorded = (name: string): boolean => present.has(name + recordSuffix);
		const found = await mapBounded(names.filter(isItem), callsUnderWay, async (name) =>
			isRecorded(name) ? (this.#known.get(name) ?? this.#look(name)) : this.#look(name),
		);
		const items = found.filter((item) => item !== undefined);
		this.#known = new Map(items.filter(({ id }) => isRecorded(id)).map((item) => [item.id, item]));
		return items.sort((left, right) => right.deletedTime - left.deletedTime);
	}

	/** The item of this name; `undefined` when it is a record without its thing. */
	async #look(name: string): Promise<RecycledItem | undefined> {
		const id = name.endsWith(recordSuffix) ? name.slice(0, -recordSuffix.length) : undefined;
		if (id === undefined) return this.find(name);
		if (this.#arriving.has(id)) return undefined;
		const arrived = await this.#find(id);
		if (arrived !== undefined) return arrived;
		if ((await this.#readRecord(id)) === undefined) return this.find(name);
		await this.#forget(id);
		return undefined;
	}

	async isEmpty(): Promise<boolean> {
		try {
			return (await this.#system.pathList(this.directory, '', 1)).names.length === 0;
		} catch (error) {
			undefinedWhenMissing(error);
			return true;
		}
	}

	/** One item; `undefined` when there is none. Of one without a record, what can be seen is told. */
	async find(id: string): Promise<RecycledItem | undefined> {
		try {
			const record = await this.#readRecord(id);
			if (record !== undefined) return { id, name: baseName(record.path), ...record };
			const { kind, size, changedTime } = await this.#system.pathStatLink(this.#itemPath(id));
			return { id, name: id, path: joinPath('/', id), kind, bytes: size, deletedTime: changedTime };
		} catch (error) {
			return undefinedWhenMissing(error);
		}
	}

	/** As `find`, but only what really stands in the bin. */
	async #find(id: string): Promise<RecycledItem | undefined> {
		try {
			await this.#system.pathStatLink(this.#itemPath(id));
			return await this.find(id);
		} catch (error) {
			return undefinedWhenMissing(error);
		}
	}

	/** `undefined` when there is no record, or something that is none. */
	async #readRecord(id: string): Promise<RecycleRecord | undefined> {
		try {
			const bytes = await this.#system.pathRead(this.#recordPath(id), largestRecord);
			const record: unknown = JSON.parse(new TextDecoder().decode(bytes));
			return isRecord(record) ? record : undefined;
		} catch (error) {
			if (error instanceof SyntaxError) return undefined;
			if (error instanceof OsError && ['ENOENT', 'EFBIG', 'EISDIR'].includes(error.code)) return undefined;
			throw error;
		}
	}

	/** Moves the item to `target`, making missing folders. Fails with EEXIST when the name is taken. */
	async restore(id: string, target: string): Promise<void> {
		await ensureDirectory(this.#system, directoryName(target));
		await this.#system.pathRename(this.#itemPath(id), target, false);
		await this.#forget(id);
	}

	/** Deletes the item for good. */
	async remove(id: string): Promise<void> {
		await this.#system.pathErase(this.#itemPath(id));
		await this.#forget(id);
	}

	async #writeRecord(id: string, record: RecycleRecord): Promise<void> {
		const bytes = new TextEncoder().encode(JSON.stringify(record));
		try {
			await this.#system.pathWrite(this.#recordPath(id), bytes, 'create-new');
		} catch (error) {
			if (!(error instanceof OsError) || error.code !== 'ENOENT') throw error;
			await ensureDirectory(this.#system, this.directory);
			await this.#system.pathWrite(this.#recordPath(id), bytes, 'create-new');
		}
	}

	/** Removes the record, if there is one: not somebody else's file that is named like it. */
	async #forget(id: string): Promise<void> {
		try {
			if ((await this.#readRecord(id)) !== undefined) await this.#system.pathUnlink(this.#recordPath(id));
		} catch (error) {
			undefinedWhenMissing(error);
		}
	}

	async #names(): Promise<string[]> {
		try {
			return (await listDirectory(this.#system, this.directory)).map(({ name }) => name);
		} catch (error) {
			if (error instanceof OsError && error.code === 'ENOENT') return [];
			throw error;
		}
	}

	#itemPath(id: string): string {
		return joinPath(this.directory, id);
	}

	#recordPath(id: string): string {
		return joinPath(this.directory, id + recordSuffix);
	}
}

function isRecord(value: unknown): value is RecycleRecord {
	if (typeof value !== 'object' || value === null) return false;
	const { path, kind, bytes, deletedTime } = value as Readonly<Record<string, unknown>>;
	const isPlace = typeof path === 'string' && (kind === 'file' || kind === 'directory' || kind === 'link');
	return isPlace && typeof bytes === 'number' && typeof deletedTime === 'number';
}

function undefinedWhenMissing(error: unknown): undefined {
	if (!(error instanceof OsError) || error.code !== 'ENOENT') throw error;
	return undefined;
}
