/**
 * The system volume: the `FileSystem` port on one SQLite database.
 *
 * Rules of use:
 * - Made by `openVolume`. Each change runs in a savepoint of the open transaction (`ChangeGroup`), which `commit`
 *   makes durable.
 * - Every rule of the file system (what may replace what, what keeps a file alive) is here, but those of previous versions
 *   (`VolumeVersions`); the tables are behind `Inodes`, `Entries`, `Contents`, `ExtendedAttributes`, `TreeRemoval` and
 *   `TreeQueries`.
 */
import { attributeBits } from '#abi/attributes.ts';
import { OsError } from '#abi/errors.ts';
import type { Clock } from '#base/ports.ts';
import {
	type DescriptorText,
	type Entry,
	type FileSystem,
	type Inode,
	maximumLinks,
	type NewTimes,
	type NodeKind,
	programAttributes,
} from '#fs/file-system.ts';
import { chunkSize } from '#fs/stored-length.ts';
import { ChangeGroup } from './change-group.ts';
import type { Database } from './database.ts';
import { type InodeRow, toStat } from './inodes.ts';
import { toOsError } from './sqlite-failure.ts';
import { detachedPlace, TreeRemoval } from './tree-removal.ts';
import { ignoresCase, VolumeQuestions } from './volume-questions.ts';
import { VolumeVersions } from './volume-versions.ts';

/** Larger trees are removed in steps. Their log would outgrow the reserve, and their erasing the patience of a caller. */
const largestTreeAtOnce = 1000;

/** What stands around the tables: room on the host, and work to do when nothing else is. */
export interface Upkeep {
	/** Throws ENOSPC when nothing that needs room may be stored now. */
	admitGrowth(): void;
	/** Whether the host has room for what could be done without. */
	hasRoom(): boolean;
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

export class SqliteVolume extends VolumeQuestions implements FileSystem {
	readonly readOnly = false;
	readonly keepsDescriptors = true;
	readonly #clock: Pick<Clock, 'now'>;
	readonly #upkeep: Upkeep;
	readonly #retained = new Map<Inode, number>();
	protected readonly group: ChangeGroup;
	readonly #trees: TreeRemoval;
	readonly versions: VolumeVersions;

	constructor(database: Database, clock: Pick<Clock, 'now'>, upkeep: Upkeep) {
		super(database);
		this.#clock = clock;
		this.#upkeep = upkeep;
		this.group = new ChangeGroup(database, () => upkeep.commitFailed());
		this.#trees = new TreeRemoval(database);
		this.versions = this.#createVersions(database);
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

	link(inode: Inode, directory: Inode, name: string): void {
		this.#grow(() => {
			const now = this.#clock.now();
			const { kind, links } = this.inodes.get(inode);
			if (kind === 'directory') throw new OsError('EISDIR', name);
			this.#requireFree(directory, name);
			if (links >= maximumLinks) throw new OsError('EMLINK', name);
			this.entries.insert(directory, name, inode);
			this.inodes.touch(directory, now);
			this.inodes.setLinks(inode, links + 1, now);
		});
	}

	unlink(directory: Inode, name: string): void {
		this.#free(() => {
			const { place, node } = this.#child(directory, name);
			if (node.kind === 'directory') throw new OsError('EISDIR', name);
			this.#removeName(place, node);
		});
	}

	removeDirectory(directory: Inode, name: string): void {
		this.#free(() => {
			const { place, node } = this.#child(directory, name);
			if (node.kind !== 'directory') throw new OsError('ENOTDIR', name);
			if (!this.entries.isEmpty(node.inode)) throw new OsError('ENOTEMPTY', name);
			this.#removeName(place, node);
		});
	}

	removeTree(directory: Inode, name: string): Inode[] {
		return this.#free(() => {
			const { place, node } = this.#child(directory, name);
			if (node.kind !== 'directory') {
				this.#removeName(place, node);
				return [node.inode];
			}
			const now = this.#clock.now();
			const inodes = this.#trees.list(node.inode);
			this.entries.remove(directory, place.name);
			this.inodes.touch(directory, now);
			if (inodes.length > largestTreeAtOnce) this.#trees.detach(node.inode);
			else this.#trees.remove(node.inode, now, (inode) => this.#retained.has(inode));
			return inodes;
		});
	}

	rename(from: Place, to: Place, replace: boolean): void {
		this.#free(() => {
			this.inodes.getDirectory(from.directory);
			const existing = this.#look(to.directory, to.name);
			const { place, node } = this.#child(from.directory, from.name);
			const isSameDirectory = from.directory === to.directory;
			if (isSameDirectory && place.name === to.name) return;
			if (node.kind === 'directory' && this.inodes.isWithin(to.directory, node.inode))
				throw new OsError('EINVAL', 'a folder cannot be moved into itself');
			// The name itself, in another case, is nothing to replace.
			if (existing !== undefined && !(isSameDirectory && existing.name === place.name))
				this.#replace({ directory: to.directory, name: existing.name }, existing.inode, node, replace);
			this.#move(place, to, node);
		});
	}

	write(inode: Inode, offset: number, bytes: Uint8Array): void {
		this.#grow(() => {
			const { size } = this.#fileToChange(inode);
			this.group.addedBytes += bytes.length + chunkSize;
			this.contents.write(inode, offset, bytes, size);
			const end = bytes.length === 0 ? size : offset + bytes.length;
			this.inodes.resize(inode, Math.max(size, end), this.#clock.now());
		}, `inode ${inode}`);
	}

	truncate(inode: Inode, size: number): void {
		const detail = `inode ${inode}`;
		const before = this.ask(() => this.inodes.getFile(inode).size, detail);
		const change = (): void => {
			this.#fileToChange(inode);
			if (size < before) this.contents.clear(inode, { start: size, end: before }, before);
			this.inodes.resize(inode, size, this.#clock.now());
		};
		if (size <= before) this.#free(change, detail);
		else this.#grow(change, detail);
	}

	allocate(inode: Inode, offset: number, length: number): void {
		this.#grow(() => {
			const { size } = this.#fileToChange(inode);
			const end = offset + length;
			this.group.addedBytes += length + chunkSize;
			this.contents.allocate(inode, { start: offset, end });
			this.inodes.resize(inode, Math.max(size, end), this.#clock.now());
		});
	}

	clear(inode: Inode, offset: number, length: number): void {
		this.#free(() => {
			const { size } = this.#fileToChange(inode);
			const end = Math.min(size, offset + length);
			if (offset < end) this.contents.clear(inode, { start: offset, end }, size);
			this.inodes.resize(inode, size, this.#clock.now());
		}, `inode ${inode}`);
	}

	copy(inode: Inode, directory: Inode, name: string, descriptor?: DescriptorText): Inode {
		return this.#grow(() => {
			const source = this.inodes.getFile(inode);
			const copied = this.#create({ directory, name }, 'file', descriptor);
			this.contents.share(inode, copied);
			this.extended.copy(inode, copied);
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
			const node = this.inodes.get(inode);
			if ((attributes & ~node.attributes & attributeBits.ignoresCase) !== 0) this.#requireDistinct(node);
			this.inodes.setAttributes(inode, attributes, this.#clock.now());
		});
	}

	setDescriptor(inode: Inode, descriptor: DescriptorText): void {
		this.#grow(() => {
			this.inodes.get(inode);
			this.descriptors.set(inode, descriptor, this.#clock.now());
		});
	}

	setExtended(inode: Inode, name: string, value: Uint8Array | undefined): void {
		const change = (): void => {
			const node = this.inodes.get(inode);
			// Those of the system say how the content is to be read: a version has both of one time.
			if (!name.startsWith(programAttributes)) this.versions.beforeChange(node);
			this.extended.set(inode, name, value);
			this.inodes.touchInode(inode, this.#clock.now());
		};
		if (value === undefined) this.#free(change);
		else this.#grow(change);
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
		if (!this.#retained.delete(inode)) return;
		this.versions.closed(inode);
		if (!this.#isUnnamed(inode)) return;
		this.#free(() => this.removeNode(inode));
	}

	get dirty(): boolean {
		return this.group.dirty;
	}

	commit(): void {
		this.versions.groupEnded();
		if (!this.group.dirty) {
			this.group.rollback();
			return;
		}
		this.#secureRoom();
		this.#remembering(() => this.group.commit());
		this.#upkeep.committed();
	}

	rollback(): void {
		this.versions.groupEnded();
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
			this.#removeName({ directory, name }, this.inodes.get(inode), { detach: isFull });
		}
		if (names.length < limit)
			this.#removeName({ directory: detachedPlace, name: String(directory) }, this.inodes.get(directory));
		return true;
	}

	protected hasDetached(): boolean {
		return this.#trees.findDetached() !== undefined;
	}

	protected removeNode(inode: Inode): void {
		this.versions.forget(inode);
		this.contents.remove(inode);
		this.extended.removeAll(inode);
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
		const parent = this.#requireFree(directory, name);
		const descriptor = text === undefined ? undefined : this.descriptors.ensureId(text);
		const inode = this.inodes.insert(kind, now, { parent: directory, name, descriptor });
		if (text !== undefined) this.descriptors.noteMade(inode, text);
		if (kind === 'directory' && ignoresCase(parent)) this.inodes.setAttributes(inode, attributeBits.ignoresCase, now);
		this.entries.insert(directory, name, inode);
		this.versions.named({ directory, name }, { inode, kind });
		this.inodes.touch(directory, now);
		return inode;
	}

	#fileToChange(inode: Inode): InodeRow {
		const node = this.inodes.getFile(inode);
		this.versions.beforeChange(node);
		return node;
	}

	#createVersions(database: Database): VolumeVersions {
		const { inodes, entries, contents, extended } = this;
		return new VolumeVersions({
			...{ database, inodes, entries, contents, extended },
			now: () => this.#clock.now(),
			hasRoom: () => this.#upkeep.hasRoom(),
			grow: (make) => this.#grow(make),
			free: (make) => this.#free(make),
			ask: (question) => this.ask(question),
			attempt: (make) => this.group.attempt(make),
			requireFree: (directory, name) => this.#requireFree(directory, name),
			removeNode: (inode) => this.removeNode(inode),
			isRetained: (inode) => this.#retained.has(inode),
		});
	}

	/** What stands at a name, spelled as the directory spells it or, where it ignores case, otherwise. */
	#look(directory: Inode, name: string): Entry | undefined {
		const parent = this.inodes.getDirectory(directory);
		if (ignoresCase(parent)) return this.entries.findFolded(directory, name);
		const inode = this.entries.find(directory, name);
		return inode === undefined ? undefined : { name, inode };
	}

	/** EEXIST when the name is taken; returns the directory. */
	#requireFree(directory: Inode, name: string): InodeRow {
		const parent = this.inodes.getDirectory(directory);
		const isTaken = ignoresCase(parent)
			? this.entries.findFolded(directory, name) !== undefined
			: this.entries.find(directory, name) !== undefined;
		if (isTaken) throw new OsError('EEXIST', name);
		return parent;
	}

	/** Only a directory can ignore case, and only while no two of its names would become one. */
	#requireDistinct({ kind, inode }: InodeRow): void {
		if (kind !== 'directory') throw new OsError('EINVAL', 'only a folder can ignore case');
		if (this.entries.hasAlike(inode)) throw new OsError('EEXIST', 'names differ by their case alone');
	}

	#child(directory: Inode, name: string): { place: Place; node: InodeRow } {
		const entry = this.#look(directory, name);
		if (entry === undefined) throw new OsError('ENOENT', name);
		return { place: { directory, name: entry.name }, node: this.inodes.get(entry.inode) };
	}

	#removeName(place: Place, node: InodeRow, how: { detach?: boolean; moved?: InodeRow } = {}): void {
		const now = this.#clock.now();
		this.entries.remove(place.directory, place.name);
		this.inodes.touch(place.directory, now);
		const { detach = false, moved } = how;
		if (detach) this.#trees.detach(node.inode);
		else if (node.links > 1) this.inodes.setLinks(node.inode, node.links - 1, now);
		else if (moved === undefined ? this.versions.removed(node, place) : this.versions.replaced(node, moved)) return;
		else if (this.#retained.has(node.inode)) this.inodes.setLinks(node.inode, 0, now);
		else this.removeNode(node.inode);
	}

	#replace(to: Place, existing: Inode, moved: InodeRow, replace: boolean): void {
		const node = this.inodes.get(existing);
		if (!replace) throw new OsError('EEXIST', to.name);
		if (node.kind === 'directory') {
			if (moved.kind !== 'directory') throw new OsError('EISDIR', to.name);
			if (!this.entries.isEmpty(existing)) throw new OsError('ENOTEMPTY', to.name);
		} else if (moved.kind === 'directory') throw new OsError('ENOTDIR', to.name);
		this.#removeName(to, node, { moved });
	}

	#move(from: Place, to: Place, node: InodeRow): void {
		const now = this.#clock.now();
		this.entries.remove(from.directory, from.name);
		this.entries.insert(to.directory, to.name, node.inode);
		this.versions.named(to, node);
		if (node.kind === 'directory') this.inodes.moveDirectory(node.inode, { parent: to.directory, name: to.name });
		this.inodes.touch(from.directory, now);
		this.inodes.touch(to.directory, now);
		this.inodes.touchInode(node.inode, now);
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
