/**
 * The rules of previous versions on the volume: when one is kept, what becomes of it, how it is given back.
 *
 * Rules of use:
 * - `SqliteVolume` calls `beforeChange`, `replaced`, `removed`, `named` and `forget` inside its own changes, in this order with
 *   what they tell of; everybody else uses the port, `PreviousVersions`.
 *
 * How a version is made:
 * - Of a file that is written to: a copy of its inode, its extended attributes and its chunks' rows. Extents are shared, so it
 *   takes time by the number of chunks, not of bytes.
 * - Of a file that is replaced or deleted: its inode itself, which only loses its name.
 *
 * Invariants:
 * - Keeping never makes the change fail: it is tried in a savepoint of its own, and left out while the disk is full.
 * - What nobody may have any more is an orphan at once, found by nobody, and is erased in idle moments (`VersionThinning`).
 */
import { attributeBits } from '#abi/attributes.ts';
import { OsError } from '#abi/errors.ts';
import type { Inode } from '#fs/file-system.ts';
import type {
	DeletedVersions,
	FoundVersion,
	PreviousVersions,
	Version,
	VersionPolicy,
	VersionUsage,
} from '#fs/previous-versions.ts';
import type { Contents } from './contents.ts';
import type { Database } from './database.ts';
import type { Entries } from './entries.ts';
import type { ExtendedAttributes } from './extended-attributes.ts';
import { type InodeRow, type Inodes, toStat } from './inodes.ts';
import { type VersionPlace, VersionTable } from './version-table.ts';

export interface VersionParts {
	readonly database: Database;
	readonly inodes: Inodes;
	readonly entries: Entries;
	readonly contents: Contents;
	readonly extended: ExtendedAttributes;
	now(): number;
	/** Whether anything may be kept: not while the disk is full. */
	hasRoom(): boolean;
	/** A change that needs room, and one that makes some, in the open group. */
	grow<T>(make: () => T): T;
	free<T>(make: () => T): T;
	ask<T>(question: () => T): T;
	/** A part of a change that may fail by itself; returns whether it did not. */
	attempt(make: () => void): boolean;
	/** EEXIST when a name is taken. */
	requireFree(directory: Inode, name: string): unknown;
	removeNode(inode: Inode): void;
	/** Whether a file is open. */
	isRetained(inode: Inode): boolean;
}

const standardPolicy: VersionPolicy = {
	intervalMs: 10_000,
	longestMs: 365 * 86_400_000,
	quotaBytes: 2 ** 30,
	largestBytes: 256 * 2 ** 20,
};
/** Expected changes that are remembered. More are of files that nobody changes in the end. */
const manyExpected = 1 << 16;

export class VolumeVersions implements PreviousVersions {
	readonly table: VersionTable;
	readonly #parts: VersionParts;
	policy: VersionPolicy = standardPolicy;
	/** Files whose next change keeps a version, and the time before which it does not. */
	readonly #expected = new Map<Inode, number>();
	/** What the open group has changed already: a version is of what was stored before, never of a half-made change. */
	readonly #changed = new Set<Inode>();
	/** As counted last, with what was removed and kept whole since. */
	#countedBytes = 0;
	/** `partedBytes` of the contents then. */
	#partedBefore = 0;
	/** Whether something was kept since they were counted. */
	hasNew = false;

	constructor(parts: VersionParts) {
		this.#parts = parts;
		this.table = new VersionTable(parts.database);
	}

	get quotaBytes(): number {
		return this.policy.quotaBytes;
	}

	/** Bytes that nothing but versions holds: as counted last, and what has come and gone since, as far as it is known. */
	get heldBytes(): number {
		if (!this.table.knowsSome) return 0;
		return this.#countedBytes + this.#parts.contents.partedBytes - this.#partedBefore;
	}

	set heldBytes(bytes: number) {
		this.#countedBytes = bytes;
		this.#partedBefore = this.#parts.contents.partedBytes;
	}

	configure(policy: VersionPolicy): void {
		this.policy = policy;
		if (policy.quotaBytes === 0) this.#expected.clear();
	}

	expectChange(file: Inode): void {
		if (this.policy.quotaBytes === 0) return;
		if (this.#expected.size >= manyExpected) this.#expected.clear();
		this.#expected.set(file, Number.NEGATIVE_INFINITY);
	}

	withoutKeeping<T>(file: Inode, change: () => T): T {
		const notBefore = this.#expected.get(file);
		this.#expected.delete(file);
		try {
			return change();
		} finally {
			if (notBefore !== undefined) this.#expected.set(file, notBefore);
		}
	}

	list(file: Inode): Version[] {
		return this.#parts.ask(() => (this.table.maySome ? this.table.ofFile(file) : []));
	}

	listDeleted(directory: Inode, name: string): Version[] {
		return this.#parts.ask(() => (this.table.maySome ? this.table.ofPlace({ directory, name }) : []));
	}

	deletedIn(directory: Inode): DeletedVersions[] {
		const deleted = new Map<string, Version[]>();
		for (const { name, ...version } of this.#parts.ask(() => this.table.inDirectory(directory)))
			deleted.set(name, [...(deleted.get(name) ?? []), version]);
		return [...deleted].map(([name, versions]) => ({ name, versions }));
	}

	find(version: Inode): FoundVersion | undefined {
		return this.#parts.ask(() => (this.table.maySome ? this.table.find(version) : undefined));
	}

	restore(file: Inode, version: Inode): Inode {
		const { inodes, contents, extended } = this.#parts;
		return this.#parts.grow(() => {
			const node = inodes.getFile(file);
			if (!this.table.ofFile(file).some(({ inode }) => inode === version)) throw noVersion(version);
			const now = this.#parts.now();
			const held = this.#keepCopy(node, { file, kept: now, reason: 'restored' });
			contents.remove(file);
			extended.removeAll(file);
			contents.share(version, file);
			extended.copyAll(version, file);
			const source = inodes.get(version);
			inodes.resize(file, source.size, now);
			inodes.setTimes(file, { modified: toStat(source).modifiedTime }, now);
			// It says how the content is to be read.
			const { encrypted } = attributeBits;
			inodes.setAttributes(file, (node.attributes & ~encrypted) | (source.attributes & encrypted), now);
			return held;
		});
	}

	restoreDeleted(directory: Inode, name: string, version: Inode): Inode {
		const { inodes, entries } = this.#parts;
		return this.#parts.grow(() => {
			this.#parts.requireFree(directory, name);
			const place = { directory, name };
			if (!this.table.ofPlace(place).some(({ inode }) => inode === version)) throw noVersion(version);
			const now = this.#parts.now();
			this.table.remove(version);
			this.table.takeUp(place, version);
			entries.insert(directory, name, version);
			inodes.touch(directory, now);
			inodes.touchInode(version, now);
			return version;
		});
	}

	erase(version: Inode): void {
		this.#parts.free(() => {
			if (this.table.find(version) === undefined) throw noVersion(version);
			this.remove(version);
		});
	}

	purge(file: Inode): number {
		this.#expected.delete(file);
		return this.#parts.free(() => this.#removeAll(this.table.ofFile(file)));
	}

	purgeDeleted(directory: Inode, name: string): number {
		return this.#parts.free(() => this.#removeAll(this.table.ofPlace({ directory, name })));
	}

	usage(): VersionUsage {
		return { ...this.#parts.ask(() => this.table.count()), bytes: this.heldBytes };
	}

	/** A file is about to be written to. */
	beforeChange(node: InodeRow): void {
		const isFirst = !this.#changed.has(node.inode);
		this.#changed.add(node.inode);
		if (!isFirst || this.#expected.size === 0 || node.kind !== 'file') return;
		const notBefore = this.#expected.get(node.inode);
		if (notBefore === undefined) return;
		const now = this.#parts.now();
		if (now < notBefore) return;
		const due = this.#dueTime(node);
		if (now < due) {
			this.#expected.set(node.inode, due);
			return;
		}
		this.#expected.delete(node.inode);
		if (node.size > this.policy.largestBytes || !this.#isKept(node)) return;
		this.#parts.attempt(() => {
			this.#keepCopy(node, { file: node.inode, kept: now, reason: 'changed' });
		});
	}

	/** A file that has no other name loses it to `moved`, which gets its versions; returns whether it has become one. */
	replaced(node: InodeRow, moved: InodeRow): boolean {
		if (node.kind !== 'file' || moved.kind !== 'file' || node.links > 1) return false;
		if (this.table.maySome) this.table.handOver(node.inode, moved.inode);
		const now = this.#parts.now();
		if (!this.#expected.delete(node.inode) || now < this.#dueTime(node, moved.inode) || !this.#isKept(node))
			return false;
		return this.#keep(node, { file: moved.inode, kept: now, reason: 'replaced' });
	}

	/** A file that has no other name loses it; returns whether it has become a version. */
	removed(node: InodeRow, place: VersionPlace): boolean {
		if (node.kind !== 'file' || !this.#expected.delete(node.inode)) return false;
		const now = this.#parts.now();
		const isOld = now - node.created >= this.policy.intervalMs;
		const isKept = isOld && this.#isKept(node) && this.#keep(node, { file: node.inode, kept: now, reason: 'deleted' });
		if (this.table.maySome) this.table.leaveAt(node.inode, place);
		return isKept;
	}

	/** A file has got a name. Versions of what had it before are its own from now on. */
	named(place: VersionPlace, node: Pick<InodeRow, 'inode' | 'kind'>): void {
		if (node.kind === 'file' && this.table.maySome) this.table.takeUp(place, node.inode);
	}

	/** A file or folder goes for good. */
	forget(inode: Inode): void {
		this.#expected.delete(inode);
		if (this.table.maySome) this.table.orphan(inode);
	}

	/** The open group is stored or undone. */
	groupEnded(): void {
		this.#changed.clear();
	}

	/** Nobody has the file open any more. */
	closed(inode: Inode): void {
		this.#expected.delete(inode);
	}

	/** Removes a version inside a change of the caller's; returns the bytes that it alone held. */
	remove(version: Inode): number {
		const bytes = this.#parts.contents.ownBytes(version);
		this.table.remove(version);
		this.#parts.removeNode(version);
		this.heldBytes = Math.max(0, this.heldBytes - bytes);
		return bytes;
	}

	/** When the next version of a file may be kept. */
	#dueTime({ inode, created }: InodeRow, file: Inode = inode): number {
		if (this.policy.intervalMs === 0) return Number.NEGATIVE_INFINITY;
		const newest = this.table.maySome ? this.table.newestOf(file) : undefined;
		return Math.max(created, newest ?? Number.NEGATIVE_INFINITY) + this.policy.intervalMs;
	}

	#isKept({ size }: InodeRow): boolean {
		return size > 0 && this.policy.quotaBytes > 0 && this.#parts.hasRoom();
	}

	/** Makes the inode itself a version, or a copy of one that is open; returns whether the inode is one now. */
	#keep(node: InodeRow, { file, kept, reason }: Omit<Version, 'inode'> & { readonly file: Inode }): boolean {
		if (this.#parts.isRetained(node.inode)) {
			this.#parts.attempt(() => {
				this.#keepCopy(node, { file, kept, reason });
			});
			return false;
		}
		this.table.insert({ inode: node.inode, kept: this.#after(file, kept), reason }, file);
		this.heldBytes += node.size;
		this.hasNew = true;
		return true;
	}

	#keepCopy(node: InodeRow, { file, kept, reason }: Omit<Version, 'inode'> & { readonly file: Inode }): Inode {
		const { inodes, contents, extended } = this.#parts;
		const inode = inodes.copy(node.inode);
		contents.share(node.inode, inode);
		extended.copyAll(node.inode, inode);
		this.table.insert({ inode, kept: this.#after(file, kept), reason }, file);
		this.hasNew = true;
		return inode;
	}

	/** A time after that of every other version of the file, so that their order is theirs. */
	#after(file: Inode, kept: number): number {
		return Math.max(kept, (this.table.newestOf(file) ?? Number.NEGATIVE_INFINITY) + 1);
	}

	#removeAll(versions: readonly Version[]): number {
		for (const { inode } of versions) this.remove(inode);
		return versions.length;
	}
}

function noVersion(version: Inode): OsError {
	return new OsError('ENOENT', `version ${version}`);
}
