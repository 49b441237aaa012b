/**
 * A file system that lives in memory: for tests, for a headless system without a volume, and as the model that
 * every other file system is compared with.
 *
 * Invariants:
 * - Every change pushes its undo before it is made; `rollback` runs the undos newest first, `commit` forgets them.
 * - A node is in `#nodes` while it has a name or is retained.
 * - With a `capacityBytes`, `commit` refuses a group that leaves more content stored than that, with ENOSPC.
 */
import { attributeBits } from '#abi/attributes.ts';
import { OsError } from '#abi/errors.ts';
import type { Clock } from '#base/ports.ts';
import {
	type ByteRange,
	type DescriptorText,
	type Entry,
	type EntryPage,
	type Inode,
	maximumLinks,
	type NameHit,
	type NewTimes,
	type NodeKind,
	type NodeStat,
	nodeKinds,
	programAttributes,
	type TreeDescriptors,
	type Usage,
} from './file-system.ts';
import { MemoryContent } from './memory-content.ts';
import { DirectoryNames } from './memory-directory.ts';
import {
	type DirectoryNode,
	exact,
	type FileNode,
	inMilliseconds,
	MemoryTree,
	type Node,
	type NodeBase,
	sizeOf,
	storedBytesOf,
	utf8Length,
} from './memory-node.ts';
import type { SystemVolume, VolumeStatus } from './system-volume.ts';

export interface MemoryFileSystemOptions {
	clock: Pick<Clock, 'now'>;
	/** Most bytes of content; no limit when absent. */
	capacityBytes?: number;
}

export class MemoryFileSystem implements SystemVolume {
	readonly readOnly = false;
	readonly keepsDescriptors = true;
	readonly root: Inode = 1;
	readonly #clock: Pick<Clock, 'now'>;
	readonly #capacityBytes: number;
	readonly #nodes = new Map<Inode, Node>();
	readonly #tree = new MemoryTree(this.#nodes, 1);
	#nextInode = 1;
	#undos: (() => void)[] = [];
	/** Chunks and snapshots made since the last commit carry this number. */
	#generation = 1;
	/** Files whose content has a snapshot in this generation. */
	#snapshotted = new Set<Inode>();
	#contentBytes = 0;
	#storedBytes = 0;

	constructor(options: MemoryFileSystemOptions) {
		this.#clock = options.clock;
		this.#capacityBytes = options.capacityBytes ?? Number.POSITIVE_INFINITY;
		this.#addNode((base) => ({ ...base, kind: 'directory', names: new DirectoryNames() })).links = 1;
		this.commit();
	}

	find(directory: Inode, name: string): Inode | undefined {
		return this.findEntry(directory, name)?.inode;
	}

	findEntry(directory: Inode, name: string): Entry | undefined {
		return findIn(this.#directory(directory), name);
	}

	findFolded(directory: Inode, name: string): Entry | undefined {
		return this.#directory(directory).names.findFolded(name);
	}

	stat(inode: Inode): NodeStat {
		const node = this.#node(inode);
		const { kind, links, attributes } = node;
		return {
			inode,
			kind,
			size: sizeOf(node),
			links,
			attributes,
			accessedTime: exact(node.accessedTime),
			modifiedTime: exact(node.modifiedTime),
			changedTime: exact(node.changedTime),
			createdTime: exact(node.createdTime),
		};
	}

	kindOf(inode: Inode): NodeKind {
		return this.#node(inode).kind;
	}

	list(directory: Inode, cursor: string, limit: number): EntryPage {
		const { names: all } = this.#directory(directory);
		const { names, last } = all.page(cursor, limit);
		const page: EntryPage = {
			names,
			kinds: new Uint8Array(names.length),
			attributes: new Uint8Array(names.length),
			sizes: new Float64Array(names.length),
			modifiedTimes: new Float64Array(names.length),
			inodes: new Float64Array(names.length),
			next: last ? '' : (names.at(-1) ?? ''),
		};
		for (const [index, name] of names.entries()) {
			const node = this.#node(all.get(name) as Inode);
			page.kinds[index] = nodeKinds.indexOf(node.kind);
			page.attributes[index] = node.attributes;
			page.sizes[index] = sizeOf(node);
			page.modifiedTimes[index] = inMilliseconds(node.modifiedTime);
			page.inodes[index] = node.inode;
		}
		return page;
	}

	create(directory: Inode, name: string, kind: 'file' | 'directory', descriptor?: DescriptorText): Inode {
		if (kind === 'file')
			return this.#create(directory, name, (base) => ({ ...base, descriptor, kind, content: new MemoryContent() }));
		const attributes = this.#directory(directory).attributes & attributeBits.ignoresCase;
		const names = new DirectoryNames();
		return this.#create(directory, name, (base) => ({ ...base, descriptor, kind, attributes, names }));
	}

	createLink(directory: Inode, name: string, target: string, descriptor?: DescriptorText): Inode {
		const size = utf8Length(target);
		return this.#create(directory, name, (base) => ({ ...base, descriptor, kind: 'link', target, size }));
	}

	readLink(inode: Inode): string {
		const node = this.#node(inode);
		if (node.kind !== 'link') throw new OsError('EINVAL', 'not a link');
		return node.target;
	}

	#create(directory: Inode, name: string, make: (base: NodeBase) => Node): Inode {
		const parent = this.#directory(directory);
		if (findIn(parent, name) !== undefined) throw new OsError('EEXIST', name);
		const node = this.#addNode(make);
		this.#addName(parent, name, node);
		return node.inode;
	}

	link(inode: Inode, directory: Inode, name: string): void {
		const node = this.#node(inode);
		if (node.kind === 'directory') throw new OsError('EISDIR', name);
		const parent = this.#directory(directory);
		if (findIn(parent, name) !== undefined) throw new OsError('EEXIST', name);
		if (node.links >= maximumLinks) throw new OsError('EMLINK', name);
		this.#addName(parent, name, node);
	}

	unlink(directory: Inode, name: string): void {
		const parent = this.#directory(directory);
		const { node, name: real } = this.#child(parent, name);
		if (node.kind === 'directory') throw new OsError('EISDIR', name);
		this.#removeName(parent, real, node);
	}

	removeDirectory(directory: Inode, name: string): void {
		const parent = this.#directory(directory);
		const { node, name: real } = this.#child(parent, name);
		if (node.kind !== 'directory') throw new OsError('ENOTDIR', name);
		if (node.names.size > 0) throw new OsError('ENOTEMPTY', name);
		this.#removeName(parent, real, node);
	}

	removeTree(directory: Inode, name: string): Inode[] {
		const parent = this.#directory(directory);
		const removed: Inode[] = [];
		const pending: [DirectoryNode, Child][] = [[parent, this.#child(parent, name)]];
		for (let entry = pending.pop(); entry !== undefined; entry = pending.pop()) {
			const [holder, { name: childName, node }] = entry;
			if (node.kind === 'directory')
				for (const below of node.names.keys()) pending.push([node, { name: below, node: this.#named(node, below) }]);
			this.#removeName(holder, childName, node);
			removed.push(node.inode);
		}
		return removed;
	}

	rename(from: { directory: Inode; name: string }, to: { directory: Inode; name: string }, replace: boolean): void {
		const source = this.#directory(from.directory);
		const target = this.#directory(to.directory);
		const { node, name } = this.#child(source, from.name);
		if (source === target && name === to.name) return;
		if (node.kind === 'directory' && this.#tree.isBelow(to.directory, node))
			throw new OsError('EINVAL', 'a folder cannot be moved into itself');
		const existing = findIn(target, to.name);
		// The name itself, in another case.
		const isOwn = source === target && existing?.name === name;
		if (existing !== undefined && !isOwn) this.#replaceForRename(target, existing, node, replace);
		this.#changeName(source, name, undefined);
		this.#changeName(target, to.name, node.inode);
		this.#touch(source, 'content');
		this.#touch(target, 'content');
		this.#touch(node, 'inode');
	}

	read(inode: Inode, offset: number, into: Uint8Array): number {
		return this.#file(inode).content.read(offset, into);
	}

	write(inode: Inode, offset: number, bytes: Uint8Array): void {
		this.#changeContent(inode, (content) => content.write(offset, bytes, this.#generation));
	}

	truncate(inode: Inode, size: number): void {
		this.#changeContent(inode, (content) => content.resize(size, this.#generation));
	}

	findData(inode: Inode, offset: number): ByteRange | undefined {
		return this.#file(inode).content.findData(offset);
	}

	allocate(inode: Inode, offset: number, length: number): void {
		this.#changeContent(inode, (content) => content.allocate(offset, length, this.#generation));
	}

	clear(inode: Inode, offset: number, length: number): void {
		this.#changeContent(inode, (content) => content.clear(offset, length, this.#generation));
	}

	copy(inode: Inode, directory: Inode, name: string, descriptor?: DescriptorText): Inode {
		const source = this.#file(inode);
		const created = this.#file(this.create(directory, name, 'file', descriptor));
		// The two share their chunks from now on, so neither may write in place.
		this.#changeContent(created.inode, (content) => content.restore(source.content.snapshot()));
		this.#generation++;
		created.modifiedTime = source.modifiedTime;
		created.extended = new Map([...source.extended].filter(([key]) => key.startsWith(programAttributes)));
		return created.inode;
	}

	setTimes(inode: Inode, { accessed, modified }: NewTimes): void {
		const node = this.#node(inode);
		this.#touch(node, 'inode');
		node.accessedTime = accessed ?? node.accessedTime;
		node.modifiedTime = modified ?? node.modifiedTime;
	}

	setAttributes(inode: Inode, attributes: number): void {
		const node = this.#node(inode);
		if ((attributes & ~node.attributes & attributeBits.ignoresCase) !== 0) requireDistinct(node);
		this.#touch(node, 'inode');
		node.attributes = attributes;
	}

	descriptorOf(inode: Inode): DescriptorText | undefined {
		return this.#node(inode).descriptor;
	}

	setDescriptor(inode: Inode, descriptor: DescriptorText): void {
		const node = this.#node(inode);
		this.#touch(node, 'inode');
		node.descriptor = descriptor;
	}

	descriptorsWithin(inode: Inode): TreeDescriptors {
		return this.#tree.descriptors(this.#node(inode));
	}

	findExtended(inode: Inode, name: string): Uint8Array | undefined {
		return this.#node(inode).extended.get(name)?.slice();
	}

	setExtended(inode: Inode, name: string, value: Uint8Array | undefined): void {
		const node = this.#node(inode);
		this.#touch(node, 'inode');
		const extended = new Map(node.extended);
		if (value === undefined) extended.delete(name);
		else extended.set(name, value.slice());
		node.extended = extended;
	}

	listExtended(inode: Inode): string[] {
		return [...this.#node(inode).extended.keys()].sort();
	}

	search(directory: Inode, query: string, limit: number): NameHit[] {
		return this.#tree.search(this.#directory(directory), query, limit);
	}

	usage(inode: Inode): Usage {
		return this.#tree.usage(this.#node(inode));
	}

	retain(inode: Inode): void {
		this.#node(inode).retained++;
	}

	release(inode: Inode): void {
		const node = this.#nodes.get(inode);
		// A node made in a group that was undone is gone already.
		if (node === undefined) return;
		node.retained--;
		this.#freeWhenUnused(node);
	}

	get dirty(): boolean {
		return this.#undos.length > 0;
	}

	commit(): void {
		if (this.#storedBytes > this.#capacityBytes) {
			this.rollback();
			throw new OsError('ENOSPC');
		}
		this.#startGeneration();
	}

	rollback(): void {
		for (const undo of this.#undos.reverse()) undo();
		this.#startGeneration();
	}

	status(): VolumeStatus {
		return {
			identifier: '0'.repeat(32),
			usedBytes: this.#storedBytes,
			contentBytes: this.#contentBytes,
			reserveBytes: 0,
			files: this.#nodes.size,
			health: 'good',
		};
	}

	check = (): string[] => [];
	eraseFreed = (): void => undefined;

	close(): void {
		this.#nodes.clear();
	}

	#startGeneration(): void {
		this.#undos = [];
		this.#snapshotted.clear();
		this.#generation++;
	}

	#node(inode: Inode): Node {
		const node = this.#nodes.get(inode);
		if (node === undefined) throw new OsError('ENOENT', `inode ${inode}`);
		return node;
	}

	#file(inode: Inode): FileNode {
		const node = this.#node(inode);
		if (node.kind === 'directory') throw new OsError('EISDIR');
		if (node.kind !== 'file') throw new OsError('EINVAL', 'a link has no content');
		return node;
	}

	#directory(inode: Inode): DirectoryNode {
		const node = this.#node(inode);
		if (node.kind !== 'directory') throw new OsError('ENOTDIR');
		return node;
	}

	/** What stands at a name, and how it is spelled there. */
	#child(parent: DirectoryNode, name: string): Child {
		const entry = findIn(parent, name);
		if (entry === undefined) throw new OsError('ENOENT', name);
		return { name: entry.name, node: this.#node(entry.inode) };
	}

	#named(parent: DirectoryNode, name: string): Node {
		return this.#node(parent.names.get(name) as Inode);
	}

	#addNode(make: (base: NodeBase) => Node): Node {
		const time = this.#clock.now();
		const node = make({
			inode: this.#nextInode++,
			links: 0,
			attributes: 0,
			extended: none,
			accessedTime: time,
			modifiedTime: time,
			changedTime: time,
			createdTime: time,
			retained: 0,
			descriptor: undefined,
		});
		this.#undos.push(() => this.#nodes.delete(node.inode));
		this.#nodes.set(node.inode, node);
		return node;
	}

	#changeName(directory: DirectoryNode, name: string, inode: Inode | undefined): void {
		const before = directory.names.get(name);
		this.#undos.push(() => directory.names.assign(name, before));
		directory.names.assign(name, inode);
	}

	#addName(directory: DirectoryNode, name: string, node: Node): void {
		this.#changeName(directory, name, node.inode);
		this.#touch(directory, 'content');
		this.#touch(node, 'inode');
		node.links++;
	}

	#removeName(directory: DirectoryNode, name: string, node: Node): void {
		this.#changeName(directory, name, undefined);
		this.#touch(directory, 'content');
		this.#touch(node, 'inode');
		node.links--;
		this.#freeWhenUnused(node);
	}

	#freeWhenUnused(node: Node): void {
		if (node.links > 0 || node.retained > 0) return;
		this.#undos.push(() => {
			this.#nodes.set(node.inode, node);
			this.#count(node, 1);
		});
		this.#nodes.delete(node.inode);
		this.#count(node, -1);
	}

	#count(node: Node, sign: 1 | -1): void {
		this.#contentBytes += sign * sizeOf(node);
		this.#storedBytes += sign * storedBytesOf(node);
	}

	#replaceForRename(target: DirectoryNode, { name, inode }: Entry, moved: Node, replace: boolean): void {
		const node = this.#node(inode);
		if (!replace) throw new OsError('EEXIST', name);
		if (node.kind === 'directory') {
			if (moved.kind !== 'directory') throw new OsError('EISDIR', name);
			if (node.names.size > 0) throw new OsError('ENOTEMPTY', name);
		} else if (moved.kind === 'directory') throw new OsError('ENOTDIR', name);
		this.#removeName(target, name, node);
	}

	/** Notes the node's fields for undo and sets its times. */
	#touch(node: Node, what: 'content' | 'inode'): void {
		const { links, attributes, extended, descriptor, accessedTime, modifiedTime, changedTime } = node;
		const before = { links, attributes, extended, descriptor, accessedTime, modifiedTime, changedTime };
		this.#undos.push(() => Object.assign(node, before));
		node.changedTime = this.#clock.now();
		if (what === 'content') node.modifiedTime = node.changedTime;
	}

	#changeContent(inode: Inode, change: (content: MemoryContent) => void): void {
		const file = this.#file(inode);
		this.#touch(file, 'content');
		this.#keepContent(file);
		this.#count(file, -1);
		change(file.content);
		this.#count(file, 1);
	}

	/** Notes the content for undo. */
	#keepContent(file: FileNode): void {
		if (this.#snapshotted.has(file.inode)) return;
		this.#snapshotted.add(file.inode);
		const before = file.content.snapshot();
		this.#undos.push(() => {
			this.#count(file, -1);
			file.content.restore(before);
			this.#count(file, 1);
		});
	}
}

interface Child {
	/** As it is spelled in the directory. */
	readonly name: string;
	readonly node: Node;
}

const none: ReadonlyMap<string, Uint8Array> = new Map();

function findIn({ names, attributes }: DirectoryNode, name: string): Entry | undefined {
	const inode = names.get(name);
	if (inode !== undefined) return { name, inode };
	return (attributes & attributeBits.ignoresCase) === 0 ? undefined : names.findFolded(name);
}

/** Only a directory can ignore case, and only while no two of its names would become one. */
function requireDistinct(node: Node): void {
	if (node.kind !== 'directory') throw new OsError('EINVAL', 'only a folder can ignore case');
	if (!node.names.areDistinct) throw new OsError('EEXIST', 'names differ by their case alone');
}
