/**
 * The Recycle Bin: a folder of the volume that holds what was deleted, with a record of where each thing was.
 *
 * Layout of the folder:
 * | Name | Content |
 * |---|---|
 * | `<id>` | the deleted file or folder itself, moved here by one rename, so dates and attributes stay |
 * | `<id>.json` | its record: `{ path, kind, bytes, deletedTime }` |
 *
 * Invariants: the record is written before the thing is moved, and removed after it has left; so a power cut leaves
 * at worst a record without its thing, which `list` removes. Nothing is ever in the bin without a record.
 */
import { OsError } from '#abi/errors.ts';
import type { NodeKind } from '#abi/structures.generated.ts';
import { baseName, directoryName, joinPath } from '#base/path.ts';
import { listDirectory } from '#runtime/directory-pages.ts';
import type { System } from '#runtime/system.ts';
import { mapBounded } from './bounded.ts';
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

export class RecycleBin {
	readonly directory: string;
	readonly #system: System;

	constructor(system: System, directory: string) {
		this.#system = system;
		this.directory = directory;
	}

	/** Moves what stands at `path` into the bin; returns the id of the item. */
	async add(path: string): Promise<string> {
		const stat = await this.#system.pathStat(path);
		const bytes = stat.kind === 'file' ? stat.size : (await this.#system.pathUsage(path)).bytes;
		const id = crypto.randomUUID();
		const record: RecycleRecord = { path, kind: stat.kind, bytes, deletedTime: Date.now() };
		await this.#writeRecord(id, record);
		try {
			await this.#system.pathRename(path, this.#itemPath(id), false);
		} catch (error) {
			await this.#system.pathUnlink(this.#recordPath(id));
			throw error;
		}
		return id;
	}

	/** All items, newest first. */
	async list(): Promise<RecycledItem[]> {
		const names = await this.#names();
		const present = new Set(names);
		const ids = names.filter((name) => name.endsWith(recordSuffix)).map((name) => name.slice(0, -recordSuffix.length));
		const items = await mapBounded(ids, callsUnderWay, async (id) => {
			if (present.has(id)) return this.find(id);
			await this.#forget(id);
			return undefined;
		});
		return items.filter((item) => item !== undefined).sort((left, right) => right.deletedTime - left.deletedTime);
	}

	async isEmpty(): Promise<boolean> {
		return (await this.#names()).length === 0;
	}

	async find(id: string): Promise<RecycledItem | undefined> {
		try {
			const bytes = await this.#system.pathRead(this.#recordPath(id), 1 << 20);
			const record = JSON.parse(new TextDecoder().decode(bytes)) as RecycleRecord;
			return { id, name: baseName(record.path), ...record };
		} catch (error) {
			if (error instanceof OsError && error.code === 'ENOENT') return undefined;
			if (!(error instanceof SyntaxError)) throw error;
			return { id, name: id, path: joinPath('/', id), kind: 'file', bytes: 0, deletedTime: 0 };
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
		await this.#system.pathRemoveTree(this.#itemPath(id));
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

	async #forget(id: string): Promise<void> {
		await this.#system.pathUnlink(this.#recordPath(id));
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
