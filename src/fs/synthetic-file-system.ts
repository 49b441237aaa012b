/**
 * A file system whose files are made when they are looked at: devices, and what the system tells of itself.
 *
 * Rules of use: the tree is given as nodes; a directory's entries and a file's text are asked for at every look. Nothing
 * can be made, renamed or removed; only a device can be written to.
 */
import { OsError } from '#abi/errors.ts';
import { foldName } from '#base/path.ts';
import type { Clock } from '#base/ports.ts';
import {
	type ByteRange,
	type DescriptorText,
	type Entry,
	type EntryPage,
	type FileSystem,
	type Inode,
	type NameHit,
	type NodeKind,
	type NodeStat,
	noDescriptors,
	nodeKinds,
	type TreeDescriptors,
	toNanoseconds,
	type Usage,
} from './file-system.ts';

/** Where a node says nothing of who may use it, the file system's own descriptor counts. */
export type SyntheticNode = SyntheticContent & { readonly descriptor?: DescriptorText };

type SyntheticContent =
	| {
			readonly kind: 'directory';
			readonly entries: () => ReadonlyMap<string, SyntheticNode>;
			/** One of `entries` without making the others. */
			readonly find?: (name: string) => SyntheticNode | undefined;
	  }
	| { readonly kind: 'file'; readonly text: () => string }
	| { readonly kind: 'link'; readonly target: () => string }
	| {
			readonly kind: 'device';
			/** Fills `into` from its start; returns how many bytes there were, 0 at the end. */
			readonly read: (into: Uint8Array) => number;
			readonly write: (bytes: Uint8Array) => void;
	  };

/** Numbers are given to so many paths before those are forgotten at which nothing stands any more. */
const manyPaths = 10_000;

export class SyntheticFileSystem implements FileSystem {
	/** Devices take what is written to them. */
	readonly readOnly = false;
	readonly root: Inode = 1;
	readonly dirty = false;
	readonly keepsDescriptors = true;
	readonly #time: bigint;
	readonly #descriptor: DescriptorText;
	readonly #top: SyntheticNode;
	readonly #paths = new Map<Inode, string>();
	#next: Inode = 1;
	readonly #inodes = new Map<string, Inode>();

	/** `descriptor` is of every node that has none of its own. */
	constructor(root: SyntheticNode, clock: Pick<Clock, 'now'>, descriptor: DescriptorText) {
		this.#descriptor = descriptor;
		this.#time = toNanoseconds(clock.now());
		this.#top = root;
		this.#note('');
	}

	find(directory: Inode, name: string): Inode | undefined {
		const node = this.#get(directory);
		if (node.kind !== 'directory') throw new OsError('ENOTDIR');
		return childOf(node, name) === undefined ? undefined : this.#note(`${this.#paths.get(directory)}/${name}`);
	}

	findEntry(directory: Inode, name: string): Entry | undefined {
		const inode = this.find(directory, name);
		return inode === undefined ? undefined : { name, inode };
	}

	findFolded(directory: Inode, name: string): Entry | undefined {
		const folded = foldName(name);
		const found = [...this.#entries(directory).keys()].find((candidate) => foldName(candidate) === folded);
		return found === undefined ? undefined : { name: found, inode: this.find(directory, found) as Inode };
	}

	stat(inode: Inode): NodeStat {
		const node = this.#get(inode);
		const time = this.#time;
		return {
			inode,
			kind: node.kind,
			size: contentOf(node).length,
			links: 1,
			attributes: 0,
			accessedTime: time,
			modifiedTime: time,
			changedTime: time,
			createdTime: time,
		};
	}

	kindOf(inode: Inode): NodeKind {
		return this.#get(inode).kind;
	}

	list(directory: Inode, cursor: string, limit: number): EntryPage {
		const after = [...this.#entries(directory).keys()].sort().filter((name) => cursor === '' || name > cursor);
		const names = after.slice(0, limit);
		const stats = names.map((name) => this.stat(this.find(directory, name) as Inode));
		const modified = Number(this.#time / 1_000_000n);
		return {
			names,
			kinds: Uint8Array.from(stats, ({ kind }) => nodeKinds.indexOf(kind)),
			attributes: new Uint8Array(names.length),
			sizes: Float64Array.from(stats, ({ size }) => size),
			modifiedTimes: new Float64Array(names.length).fill(modified),
			inodes: Float64Array.from(stats, ({ inode }) => inode),
			next: after.length > names.length ? (names.at(-1) ?? '') : '',
		};
	}

	readLink(inode: Inode): string {
		const node = this.#get(inode);
		if (node.kind !== 'link') throw new OsError('EINVAL', 'not a link');
		return node.target();
	}

	read(inode: Inode, offset: number, into: Uint8Array): number {
		const node = this.#get(inode);
		if (node.kind === 'device') return node.read(into);
		if (node.kind === 'directory') throw new OsError('EISDIR');
		const part = contentOf(node).subarray(offset, offset + into.length);
		into.set(part);
		return part.length;
	}

	write(inode: Inode, _offset: number, bytes: Uint8Array): void {
		const node = this.#get(inode);
		if (node.kind !== 'device') throw new OsError('EROFS');
		node.write(bytes);
	}

	/** Opening a device to replace what is in it changes nothing. */
	truncate(inode: Inode): void {
		if (this.kindOf(inode) !== 'device') throw new OsError('EROFS');
	}

	search(directory: Inode, query: string, limit: number): NameHit[] {
		const folded = foldName(query);
		const names = [...this.#entries(directory).keys()].filter((name) => foldName(name).includes(folded));
		return names.slice(0, limit).map((name) => {
			const { kind, size } = this.stat(this.find(directory, name) as Inode);
			return { names: [name], kind, size, modifiedTime: Number(this.#time / 1_000_000n) };
		});
	}

	descriptorOf(inode: Inode): DescriptorText {
		return this.#get(inode).descriptor ?? this.#descriptor;
	}

	setDescriptor(): never {
		throw new OsError('EROFS');
	}

	descriptorsWithin(): TreeDescriptors {
		return noDescriptors;
	}

	usage(): Usage {
		return { files: 0, directories: 1, bytes: 0, storedBytes: 0 };
	}

	findData(inode: Inode, offset: number): ByteRange | undefined {
		const end = contentOf(this.#get(inode)).length;
		return offset < end ? { start: offset, end } : undefined;
	}

	findExtended(): undefined {
		return undefined;
	}

	listExtended(): string[] {
		return [];
	}

	setExtended(): never {
		throw new OsError('EROFS');
	}

	allocate(): never {
		throw new OsError('ENOTSUP');
	}

	clear(): never {
		throw new OsError('ENOTSUP');
	}

	create(): never {
		throw new OsError('EROFS');
	}

	createLink(): never {
		throw new OsError('EROFS');
	}

	link(): never {
		throw new OsError('EROFS');
	}

	unlink(): never {
		throw new OsError('EROFS');
	}

	removeDirectory(): never {
		throw new OsError('EROFS');
	}

	removeTree(): never {
		throw new OsError('EROFS');
	}

	rename(): never {
		throw new OsError('EROFS');
	}

	copy(): never {
		throw new OsError('EROFS');
	}

	setTimes(): never {
		throw new OsError('EROFS');
	}

	setAttributes(): never {
		throw new OsError('EROFS');
	}

	retain(): void {
		// A node is made anew at every look; there is nothing to keep.
	}

	release(): void {
		// As `retain`.
	}

	commit(): void {
		// Nothing is stored.
	}

	rollback(): void {
		// Nothing is stored.
	}

	#entries(directory: Inode): ReadonlyMap<string, SyntheticNode> {
		const node = this.#get(directory);
		if (node.kind !== 'directory') throw new OsError('ENOTDIR');
		return node.entries();
	}

	/** What stands there now: a process that has ended has no files any more. */
	#get(inode: Inode): SyntheticNode {
		const path = this.#paths.get(inode);
		const node = path === undefined ? undefined : this.#look(path);
		if (node === undefined) throw new OsError('ENOENT', `inode ${inode}`);
		return node;
	}

	#look(path: string): SyntheticNode | undefined {
		let node: SyntheticNode | undefined = this.#top;
		for (const name of path.split('/').slice(1)) {
			if (node?.kind !== 'directory') return undefined;
			node = childOf(node, name);
		}
		return node;
	}

	/** A path keeps its inode; what stands there may be another node each time. */
	#note(path: string): Inode {
		const known = this.#inodes.get(path);
		if (known !== undefined) return known;
		if (this.#paths.size >= manyPaths) this.#forgetGone();
		const inode = this.#next++;
		this.#inodes.set(path, inode);
		this.#paths.set(inode, path);
		return inode;
	}

	#forgetGone(): void {
		for (const [inode, path] of [...this.#paths]) {
			if (this.#look(path) !== undefined) continue;
			this.#paths.delete(inode);
			this.#inodes.delete(path);
		}
	}
}

function childOf(directory: SyntheticNode & { readonly kind: 'directory' }, name: string): SyntheticNode | undefined {
	return directory.find === undefined ? directory.entries().get(name) : directory.find(name);
}

function contentOf(node: SyntheticNode): Uint8Array {
	if (node.kind === 'file') return new TextEncoder().encode(node.text());
	return node.kind === 'link' ? new TextEncoder().encode(node.target()) : new Uint8Array(0);
}
