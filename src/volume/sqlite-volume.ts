/**
 * The system volume: the `FileSystem` port on one SQLite database.
 *
 * Rules of use:
 * - Made by `openVolume`. Each change runs in a savepoint of the open transaction (`ChangeGroup`), which `commit`
 *   makes durable.
 * - Every rule of the file system (what may replace what, what keeps a file alive) is here; the tables are behind
 *   `Inodes`, `Entries`, `Contents`, `TreeRemoval` and `TreeQueries`.
 */
import { OsError } from '#abi/errors.ts';
import type { Clock } from '#base/ports.ts';
import type {
	DescriptorText,
	EntryPage,
	FileSystem,
	Inode,
	NameHit,
	NewTimes,
	NodeKind,
	NodeStat,
	TreeDescriptors,
	Usage,
} from '#fs/file-system.ts';
import { ChangeGroup } from './change-group.ts';
import { Contents } from './contents.ts';
import type { Database } from './database.ts';
import { Descriptors } from './descriptors.ts';
import { Entries } from './entries.ts';
import { type InodeRow, Inodes, toStat } from './inodes.ts';
import { rootInode } from './schema.ts';
import { TreeQueries } from './search.ts';
import { toOsError } from './sqlite-failure.ts';
import { detachedPlace, TreeRemoval } from './tree-removal.ts';

/** Larger trees are removed in steps. Their log would outgrow the reserve, and their erasing the patience of a caller. */
const largestTreeAtOnce = 1000;

/** What stands around the tables: room on the host, and work to do when nothing else is. */
export interface Upkeep {
	/** Throws ENOSPC when nothing that needs room may be stored now. */
	admitGrowth(): void;
	/** A commit is to follow. Throws when there would be no room for it; then there is none. */
	secureRoom(): void;
	/** A commit has succeeded. */
	committed(): void;
	/** A commit has failed and is undone in memory. */
	commitFailed(): void;
}

export interface Place {
	directory: Inode;
	name: string;
}

export class SqliteVolume implements FileSystem {
	readonly root = rootInode;
	readonly readOnly = false;
	readonly keepsDescriptors = true;
	readonly #clock: Pick<Clock, 'now'>;
	readonly #upkeep: Upkeep;
	readonly #retained = new Map<Inode, number>();
	protected readonly group: ChangeGroup;
	protected readonly inodes: Inodes;
	protected readonly entries: Entries;
	protected readonly contents: Contents;
	protected readonly descriptors: Descriptors;
	readonly #trees: TreeRemoval;
	readonly #queries: TreeQueries;

	constructor(database: Database, clock: Pick<Clock, 'now'>, upkeep: Upkeep) {
		this.#clock = clock;
		this.#upkeep = upkeep;
		this.group = new ChangeGroup(database, () => upkeep.commitFailed());
		this.inodes = new Inodes(database);
		this.entries = new Entries(database);
		this.contents = new Contents(database);
		this.descriptors = new Descriptors(database);
		this.#trees = new TreeRemoval(database);
		this.#queries = new TreeQueries(database, this.inodes);
	}

	find(directory: Inode, name: string): Inode | undefined {
		return this.#ask(() => {
			const inode = this.entries.find(directory, name);
			if (inode === undefined) this.inodes.getDirectory(directory);
			return inode;
		});
	}

	findFolded(directory: Inode, name: string): { name: string; inode: Inode } | undefined {
		return this.#ask(() => {
			this.inodes.getDirectory(directory);
			return this.entries.findFolded(directory, name);
		});
	}

	stat(inode: Inode): NodeStat {
		return this.#ask(() => toStat(this.inodes.get(inode)));
	}

	kindOf(inode: Inode): NodeKind {
		return this.#ask(() => this.inodes.get(inode).kind);
	}

	list(directory: Inode, cursor: string, limit: number): EntryPage {
		return this.#ask(() => {
			this.inodes.getDirectory(directory);
			return this.entries.list(directory, cursor, limit);
		});
	}

	read(inode: Inode, offset: number, into: Uint8Array): number {
		return this.#ask(() => {
			const { size } = this.inodes.getFile(inode);
			const count = Math.max(0, Math.min(into.length, size - offset));
			this.contents.read(inode, offset, into.subarray(0, count));
			return count;
		}, `inode ${inode}`);
	}

	search(directory: Inode, query: string, limit: number): NameHit[] {
		return this.#ask(() => {
			this.inodes.getDirectory(directory);
			return this.#queries.search(directory, query, limit);
		});
	}

	usage(inode: Inode): Usage {
		return this.#ask(() => {
			this.inodes.get(inode);
			return this.#queries.usage(inode);
		});
	}

	create(directory: Inode, name: string, kind: 'file' | 'directory', descriptor?: DescriptorText): Inode {
		return this.#grow(() => this.#create({ directory, name }, kind, descriptor));
	}

	createLink(directory: Inode, name: string, target: string, descriptor?: DescriptorText): Inode {
		return this.#grow(() => {
			const bytes = new TextEncoder().encode(target);
			const inode = this.#create({ directory, name }, 'link', descriptor);
			this.contents.write(inode, 0, bytes, 0);
			this.inodes.resize(inode, bytes.length, this.#clock.now());
			return inode;
		});
	}

	readLink(inode: Inode): string {
		return this.#ask(() => {
			const { kind, size } = this.inodes.get(inode);
			if (kind !== 'link') throw new OsError('EINVAL', 'not a link');
			const bytes = new Uint8Array(size);
			this.contents.read(inode, 0, bytes);
			return new TextDecoder().decode(bytes);
		}, `inode ${inode}`);
	}

	link(inode: Inode, directory: Inode, name: string): void {
		this.#grow(() => {
			const now = this.#clock.now();
			const { kind, links } = this.inodes.get(inode);
			if (kind === 'directory') throw new OsError('EISDIR', name);
			this.inodes.getDirectory(directory);
			this.entries.insert(directory, name, inode);
			this.inodes.touch(directory, now);
			this.inodes.setLinks(inode, links + 1, now);
		});
	}

	unlink(directory: Inode, name: string): void {
		this.#free(() => {
			const node = this.#child(directory, name);
			if (node.kind === 'directory') throw new OsError('EISDIR', name);
			this.#removeName({ directory, name }, node);
		});
	}

	removeDirectory(directory: Inode, name: string): void {
		this.#free(() => {
			const node = this.#child(directory, name);
			if (node.kind !== 'directory') throw new OsError('ENOTDIR', name);
			if (!this.entries.isEmpty(node.inode)) throw new OsError('ENOTEMPTY', name);
			this.#removeName({ directory, name }, node);
		});
	}

	removeTree(directory: Inode, name: string): Inode[] {
		return this.#free(() => {
			const node = this.#child(directory, name);
			if (node.kind !== 'directory') {
				this.#removeName({ directory, name }, node);
				return [node.inode];
			}
			const now = this.#clock.now();
			const inodes = this.#trees.list(node.inode);
			this.entries.remove(directory, name);
			this.inodes.touch(directory, now);
			if (inodes.length > largestTreeAtOnce) this.#trees.detach(node.inode);
			else this.#trees.remove(node.inode, now, (inode) => this.#retained.has(inode));
			return inodes;
		});
	}

	rename(from: Place, to: Place, replace: boolean): void {
		this.#free(() => {
			this.inodes.getDirectory(from.directory);
			this.inodes.getDirectory(to.directory);
			const node = this.#child(from.directory, from.name);
			if (from.directory === to.directory && from.name === to.name) return;
			if (node.kind === 'directory' && this.inodes.isWithin(to.directory, node.inode))
				throw new OsError('EINVAL', 'a folder cannot be moved into itself');
			const existing = this.entries.find(to.directory, to.name);
			if (existing !== undefined) this.#replace(to, existing, node, replace);
			this.#move(from, to, node);
		});
	}

	write(inode: Inode, offset: number, bytes: Uint8Array): void {
		this.#grow(() => {
			const { size } = this.inodes.getFile(inode);
			this.contents.write(inode, offset, bytes, size);
			const end = bytes.length === 0 ? size : offset + bytes.length;
			this.inodes.resize(inode, Math.max(size, end), this.#clock.now());
		}, `inode ${inode}`);
	}

	truncate(inode: Inode, size: number): void {
		const detail = `inode ${inode}`;
		const before = this.#ask(() => this.inodes.getFile(inode).size, detail);
		const change = (): void => {
			if (size < before) this.contents.cut(inode, size);
			this.inodes.resize(inode, size, this.#clock.now());
		};
		if (size <= before) this.#free(change, detail);
		else this.#grow(change, detail);
	}

	copy(inode: Inode, directory: Inode, name: string, descriptor?: DescriptorText): Inode {
		return this.#grow(() => {
			const source = this.inodes.getFile(inode);
			const copied = this.#create({ directory, name }, 'file', descriptor);
			this.contents.share(inode, copied);
			const now = this.#clock.now();
			this.inodes.resize(copied, source.size, now);
			this.inodes.setTimes(copied, { modified: toStat(source).modifiedTime }, now);
			return copied;
		});
	}

	setTimes(inode: Inode, times: NewTimes): void {
		this.#grow(() => {
			this.inodes.get(inode);
			this.inodes.setTimes(inode, times, this.#clock.now());
		});
	}

	setAttributes(inode: Inode, attributes: number): void {
		this.#grow(() => {
			this.inodes.get(inode);
			this.inodes.setAttributes(inode, attributes, this.#clock.now());
		});
	}

	descriptorOf(inode: Inode): DescriptorText | undefined {
		return this.#ask(() => this.descriptors.find(inode));
	}

	setDescriptor(inode: Inode, descriptor: DescriptorText): void {
		this.#grow(() => {
			this.inodes.get(inode);
			this.descriptors.set(inode, descriptor, this.#clock.now());
		});
	}

	descriptorsWithin(inode: Inode): TreeDescriptors {
		return this.#ask(() => this.descriptors.within(inode));
	}

	retain(inode: Inode): void {
		this.stat(inode);
		this.#retained.set(inode, (this.#retained.get(inode) ?? 0) + 1);
	}

	release(inode: Inode): void {
		const count = (this.#retained.get(inode) ?? 0) - 1;
		if (count > 0) {
			this.#retained.set(inode, count);
			return;
		}
		if (!this.#retained.delete(inode) || !this.#isUnnamed(inode)) return;
		this.#free(() => this.removeNode(inode));
	}

	get dirty(): boolean {
		return this.group.dirty;
	}

	commit(): void {
		if (!this.group.dirty) {
			this.group.rollback();
			return;
		}
		this.#secureRoom();
		this.#remembering(() => this.group.commit());
		this.#upkeep.committed();
	}

	rollback(): void {
		this.descriptors.forget();
		this.group.rollback();
	}

	/** Removes up to `limit` names of large trees that were removed, in the open group; returns whether there were any. */
	protected emptyDetached(limit: number): boolean {
		const directory = this.#trees.findDetached();
		if (directory === undefined) return false;
		const names = this.#trees.someNames(directory, limit);
		for (const { name, inode, isDirectory } of names) {
			const isFull = isDirectory && !this.entries.isEmpty(inode);
			this.#removeName({ directory, name }, this.inodes.get(inode), isFull ? 'detach' : 'remove');
		}
		if (names.length < limit)
			this.#removeName({ directory: detachedPlace, name: String(directory) }, this.inodes.get(directory), 'remove');
		return true;
	}

	protected hasDetached(): boolean {
		return this.#trees.findDetached() !== undefined;
	}

	protected removeNode(inode: Inode): void {
		this.contents.remove(inode);
		this.inodes.remove(inode);
	}

	#secureRoom(): void {
		try {
			this.#upkeep.secureRoom();
		} catch (error) {
			this.rollback();
			throw toOsError(error);
		}
	}

	#isUnnamed(inode: Inode): boolean {
		try {
			return this.stat(inode).links === 0;
		} catch (error) {
			// A node made in a group that was undone is gone already.
			if (error instanceof OsError && error.code === 'ENOENT') return false;
			throw error;
		}
	}

	#create({ directory, name }: Place, kind: NodeKind, text: DescriptorText | undefined): Inode {
		const now = this.#clock.now();
		this.inodes.getDirectory(directory);
		const descriptor = text === undefined ? undefined : this.descriptors.ensureId(text);
		const inode = this.inodes.insert(kind, now, { parent: directory, name, descriptor });
		if (text !== undefined) this.descriptors.noteMade(inode, text);
		this.entries.insert(directory, name, inode);
		this.inodes.touch(directory, now);
		return inode;
	}

	#child(directory: Inode, name: string): InodeRow {
		this.inodes.getDirectory(directory);
		return this.inodes.get(this.entries.get(directory, name));
	}

	#removeName(place: Place, node: InodeRow, what: 'remove' | 'detach' = 'remove'): void {
		const now = this.#clock.now();
		this.entries.remove(place.directory, place.name);
		this.inodes.touch(place.directory, now);
		if (what === 'detach') this.#trees.detach(node.inode);
		else if (node.links > 1 || this.#retained.has(node.inode)) this.inodes.setLinks(node.inode, node.links - 1, now);
		else this.removeNode(node.inode);
	}

	#replace(to: Place, existing: Inode, moved: InodeRow, replace: boolean): void {
		const node = this.inodes.get(existing);
		if (!replace) throw new OsError('EEXIST', to.name);
		if (node.kind === 'directory') {
			if (moved.kind !== 'directory') throw new OsError('EISDIR', to.name);
			if (!this.entries.isEmpty(existing)) throw new OsError('ENOTEMPTY', to.name);
		} else if (moved.kind === 'directory') throw new OsError('ENOTDIR', to.name);
		this.#removeName(to, node);
	}

	#move(from: Place, to: Place, node: InodeRow): void {
		const now = this.#clock.now();
		this.entries.remove(from.directory, from.name);
		this.entries.insert(to.directory, to.name, node.inode);
		if (node.kind === 'directory') this.inodes.moveDirectory(node.inode, { parent: to.directory, name: to.name });
		this.inodes.touch(from.directory, now);
		this.inodes.touch(to.directory, now);
		this.inodes.touchInode(node.inode, now);
	}

	#ask<T>(question: () => T, detail = ''): T {
		try {
			return question();
		} catch (error) {
			throw toOsError(error, detail);
		}
	}

	#grow<T>(make: () => T, detail = ''): T {
		this.#upkeep.admitGrowth();
		return this.#remembering(() => this.group.change('grows', make, detail));
	}

	#free<T>(make: () => T, detail = ''): T {
		return this.#remembering(() => this.group.change('frees', make, detail));
	}

	/** What fails is undone, and descriptors that were looked up meanwhile may have gone with it. */
	#remembering<T>(change: () => T): T {
		try {
			return change();
		} catch (error) {
			this.descriptors.forget();
			throw error;
		}
	}
}
