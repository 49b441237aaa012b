/**
 * A file system that lives in memory: for tests, for a headless system without a volume, and as the model that
 * every other file system is compared with.
 *
 * Invariants:
 * - Every change pushes its undo before it is made; `rollback` runs the undos newest first, `commit` forgets them.
 * - A node is in `#nodes` while it has a name or is retained.
 * - With a `capacityBytes`, `commit` refuses a group that leaves more content than that, with ENOSPC.
 */
import { OsError } from '#abi/errors.ts';
import { foldName } from '#base/path.ts';
import type { Clock } from '#base/ports.ts';
import {
	type DescriptorText,
	type EntryPage,
	type Inode,
	type NameHit,
	type NewTimes,
	type NodeKind,
	type NodeStat,
	nodeKinds,
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
	type Node,
	type NodeBase,
	sizeOf,
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
	#nextInode = 1;
	#undos: (() => void)[] = [];
	/** Chunks and snapshots made since the last commit carry this number. */
	#generation = 1;
	/** Files whose content has a snapshot in this generation. */
	#snapshotted = new Set<Inode>();
	#contentBytes = 0;

	constructor(options: MemoryFileSystemOptions) {
		this.#clock = options.clock;
		this.#capacityBytes = options.capacityBytes ?? Number.POSITIVE_INFINITY;
		this.#addNode((base) => ({ ...base, kind: 'directory', names: new DirectoryNames() })).links = 1;
		this.commit();
	}

	find(directory: Inode, name: string): Inode | undefined {
		return this.#directory(directory).names.get(name);
	}

	findFolded(directory: Inode, name: string): { name: string; inode: Inode } | undefined {
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
		return this.#create(directory, name, (base) =>
			kind === 'file'
				? { ...base, descriptor, kind, content: new MemoryContent() }
				: { ...base, descriptor, kind, names: new DirectoryNames() },
		);
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
		if (parent.names.get(name) !== undefined) throw new OsError('EEXIST', name);
		const node = this.#addNode(make);
		this.#addName(parent, name, node);
		return node.inode;
	}

	link(inode: Inode, directory: Inode, name: string): void {
		const node = this.#node(inode);
		if (node.kind === 'directory') throw new OsError('EISDIR', name);
		const parent = this.#directory(directory);
		if (parent.names.get(name) !== undefined) throw new OsError('EEXIST', name);
		this.#addName(parent, name, node);
	}

	unlink(directory: Inode, name: string): void {
		const parent = this.#directory(directory);
		const node = this.#child(parent, name);
		if (node.kind === 'directory') throw new OsError('EISDIR', name);
		this.#removeName(parent, name, node);
	}

	removeDirectory(directory: Inode, name: string): void {
		const parent = this.#directory(directory);
		const node = this.#child(parent, name);
		if (node.kind !== 'directory') throw new OsError('ENOTDIR', name);
		if (node.names.size > 0) throw new OsError('ENOTEMPTY', name);
		this.#removeName(parent, name, node);
	}

	removeTree(directory: Inode, name: string): Inode[] {
		const parent = this.#directory(directory);
		const top = this.#child(parent, name);
		const removed: Inode[] = [];
		const pending: [DirectoryNode, string, Node][] = [[parent, name, top]];
		for (let entry = pending.pop(); entry !== undefined; entry = pending.pop()) {
			const [holder, childName, node] = entry;
			if (node.kind === 'directory')
				for (const below of node.names.keys()) pending.push([node, below, this.#child(node, below)]);
			this.#removeName(holder, childName, node);
			removed.push(node.inode);
		}
		return removed;
	}

	rename(from: { directory: Inode; name: string }, to: { directory: Inode; name: string }, replace: boolean): void {
		const source = this.#directory(from.directory);
		const target = this.#directory(to.directory);
		const node = this.#child(source, from.name);
		const existing = target.names.get(to.name);
		if (existing === node.inode && source === target && from.name === to.name) return;
		if (node.kind === 'directory' && this.#isBelow(to.directory, node.inode))
			throw new OsError('EINVAL', 'a folder cannot be moved into itself');
		if (existing !== undefined) this.#replaceForRename(target, to.name, node, replace);
		this.#changeName(source, from.name, undefined);
		this.#changeName(target, to.name, node.inode);
		this.#touch(source, 'content');
		this.#touch(target, 'content');
		this.#touch(node, 'inode');
	}

	read(inode: Inode, offset: number, into: Uint8Array): number {
		return this.#file(inode).content.read(offset, into);
	}

	write(inode: Inode, offset: number, bytes: Uint8Array): void {
		const file = this.#changeContent(inode);
		this.#contentBytes -= file.content.size;
		file.content.write(offset, bytes, this.#generation);
		this.#contentBytes += file.content.size;
	}

	truncate(inode: Inode, size: number): void {
		const file = this.#changeContent(inode);
		this.#contentBytes += size - file.content.size;
		file.content.resize(size, this.#generation);
	}

	copy(inode: Inode, directory: Inode, name: string, descriptor?: DescriptorText): Inode {
		const source = this.#file(inode);
		const created = this.#file(this.create(directory, name, 'file', descriptor));
		const snapshot = source.content.snapshot();
		created.content.restore(snapshot);
		// The two share their chunks from now on, so neither may write in place.
		this.#generation++;
		this.#contentBytes += snapshot.size;
		this.#undos.push(() => {
			this.#contentBytes -= snapshot.size;
		});
		created.modifiedTime = source.modifiedTime;
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
		this.#touch(node, 'inode');
		node.attributes = attributes;
	}

	descriptorOf(inode: Inode): DescriptorText | undefined {
		return this.#node(inode).descriptor;
	}

	setDescriptor(inode: Inode, descriptor: DescriptorText): void {
		const node = this.#node(inode);
		const before = node.descriptor;
		this.#touch(node, 'inode');
		this.#undos.push(() => {
			node.descriptor = before;
		});
		node.descriptor = descriptor;
	}

	descriptorsWithin(inode: Inode): TreeDescriptors {
		const found = { directories: new Set<DescriptorText | undefined>(), others: new Set<DescriptorText | undefined>() };
		const note = ({ kind, descriptor }: Node): void => {
			(kind === 'directory' ? found.directories : found.others).add(descriptor);
		};
		const top = this.#node(inode);
		note(top);
		if (top.kind === 'directory') for (const { node } of this.#walk(inode)) note(node);
		return found;
	}

	search(directory: Inode, query: string, limit: number): NameHit[] {
		const folded = foldName(query);
		const hits: { hit: NameHit; starts: boolean; path: string }[] = [];
		for (const { names, node } of this.#walk(directory)) {
			const place = foldName(names.at(-1) ?? '').indexOf(folded);
			if (place < 0) continue;
			const hit = { names, kind: node.kind, size: sizeOf(node), modifiedTime: inMilliseconds(node.modifiedTime) };
			hits.push({ hit, starts: place === 0, path: names.join('/') });
		}
		hits.sort((a, b) => Number(b.starts) - Number(a.starts) || (a.path < b.path ? -1 : 1));
		const prefix = this.#namesTo(directory);
		return hits.slice(0, limit).map(({ hit }) => ({ ...hit, names: [...prefix, ...hit.names] }));
	}

	usage(inode: Inode): Usage {
		const top = this.#node(inode);
		const usage: Usage = { files: 0, directories: 0, bytes: 0 };
		const count = (node: Node): void => {
			if (node.kind === 'directory') usage.directories++;
			else usage.files++;
			usage.bytes += sizeOf(node);
		};
		count(top);
		if (top.kind === 'directory') for (const { node } of this.#walk(inode)) count(node);
		return usage;
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
		if (this.#contentBytes > this.#capacityBytes) {
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
			identifier: 'memory',
			usedBytes: this.#contentBytes,
			contentBytes: this.#contentBytes,
			reserveBytes: 0,
			files: this.#nodes.size,
			health: 'good',
		};
	}

	check(): string[] {
		return [];
	}

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

	#child(parent: DirectoryNode, name: string): Node {
		const inode = parent.names.get(name);
		if (inode === undefined) throw new OsError('ENOENT', name);
		return this.#node(inode);
	}

	#addNode(make: (base: NodeBase) => Node): Node {
		const time = this.#clock.now();
		const node = make({
			inode: this.#nextInode++,
			links: 0,
			attributes: 0,
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
		const size = sizeOf(node);
		this.#undos.push(() => {
			this.#nodes.set(node.inode, node);
			this.#contentBytes += size;
		});
		this.#nodes.delete(node.inode);
		this.#contentBytes -= size;
	}

	#replaceForRename(target: DirectoryNode, name: string, moved: Node, replace: boolean): void {
		const node = this.#child(target, name);
		if (!replace) throw new OsError('EEXIST', name);
		if (node.kind === 'directory') {
			if (moved.kind !== 'directory') throw new OsError('EISDIR', name);
			if (node.names.size > 0) throw new OsError('ENOTEMPTY', name);
		} else if (moved.kind === 'directory') throw new OsError('ENOTDIR', name);
		this.#removeName(target, name, node);
	}

	/** Notes the node's fields for undo and sets its times. */
	#touch(node: Node, what: 'content' | 'inode'): void {
		const { links, attributes, accessedTime, modifiedTime, changedTime } = node;
		this.#undos.push(() => Object.assign(node, { links, attributes, accessedTime, modifiedTime, changedTime }));
		node.changedTime = this.#clock.now();
		if (what === 'content') node.modifiedTime = node.changedTime;
	}

	#changeContent(inode: Inode): FileNode {
		const file = this.#file(inode);
		this.#touch(file, 'content');
		if (this.#snapshotted.has(inode)) return file;
		this.#snapshotted.add(inode);
		const before = file.content.snapshot();
		this.#undos.push(() => {
			this.#contentBytes += before.size - file.content.size;
			file.content.restore(before);
		});
		return file;
	}

	/** Whether `inode` is `ancestor` or a directory below it. */
	#isBelow(inode: Inode, ancestor: Inode): boolean {
		if (inode === ancestor) return true;
		for (const { node } of this.#walk(ancestor)) if (node.inode === inode) return true;
		return false;
	}

	/** Names from the root to a directory. */
	#namesTo(directory: Inode): string[] {
		if (directory === this.root) return [];
		for (const { names, node } of this.#walk(this.root)) if (node.inode === directory) return names;
		return [];
	}

	/** Everything below a directory, with its names from there. */
	*#walk(directory: Inode): Generator<{ names: string[]; node: Node }> {
		const pending: { names: string[]; directory: DirectoryNode }[] = [
			{ names: [], directory: this.#directory(directory) },
		];
		for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
			for (const name of place.directory.names.keys()) {
				const node = this.#child(place.directory, name);
				const names = [...place.names, name];
				yield { names, node };
				if (node.kind === 'directory') pending.push({ names, directory: node });
			}
		}
	}
}
