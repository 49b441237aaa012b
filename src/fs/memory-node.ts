/** What a `MemoryFileSystem` keeps of a file, directory or symbolic link, and the questions asked of a whole tree of them. */
import { OsError } from '#abi/errors.ts';
import { foldName } from '#base/path.ts';
import {
	type DescriptorText,
	type Inode,
	type NameHit,
	type Nanoseconds,
	type TreeDescriptors,
	toMilliseconds,
	toNanoseconds,
	type Usage,
} from './file-system.ts';
import type { MemoryContent } from './memory-content.ts';
import type { DirectoryNames } from './memory-directory.ts';
import { storedLength } from './stored-length.ts';

/** Milliseconds of the clock as long as nobody set it: those are made into nanoseconds only when asked for. */
export type Time = number | Nanoseconds;

export interface NodeBase {
	readonly inode: Inode;
	links: number;
	attributes: number;
	/** Extended attributes; replaced as a whole when one changes. */
	extended: ReadonlyMap<string, Uint8Array>;
	accessedTime: Time;
	modifiedTime: Time;
	changedTime: Time;
	readonly createdTime: Time;
	retained: number;
	descriptor: DescriptorText | undefined;
}

export interface FileNode extends NodeBase {
	readonly kind: 'file';
	readonly content: MemoryContent;
}

export interface DirectoryNode extends NodeBase {
	readonly kind: 'directory';
	readonly names: DirectoryNames;
}

export interface LinkNode extends NodeBase {
	readonly kind: 'link';
	readonly target: string;
	/** Bytes of the target in UTF-8. */
	readonly size: number;
}

export type Node = FileNode | DirectoryNode | LinkNode;

export function sizeOf(node: Node): number {
	if (node.kind === 'directory') return 0;
	return node.kind === 'file' ? node.content.size : node.size;
}

export function storedBytesOf(node: Node): number {
	return node.kind === 'file' ? node.content.storedBytes : storedLength(sizeOf(node));
}

export function exact(time: Time): Nanoseconds {
	return typeof time === 'bigint' ? time : toNanoseconds(time);
}

export function inMilliseconds(time: Time): number {
	return typeof time === 'bigint' ? toMilliseconds(time) : time;
}

export function utf8Length(text: string): number {
	return new TextEncoder().encode(text).length;
}

/** The nodes by inode, for questions that go down a tree. */
export class MemoryTree {
	readonly #nodes: ReadonlyMap<Inode, Node>;
	readonly #root: Inode;

	constructor(nodes: ReadonlyMap<Inode, Node>, root: Inode) {
		this.#nodes = nodes;
		this.#root = root;
	}

	search(directory: DirectoryNode, query: string, limit: number): NameHit[] {
		const folded = foldName(query);
		const hits: { hit: NameHit; starts: boolean; path: string }[] = [];
		for (const { names, node } of this.#walk(directory)) {
			const place = foldName(names.at(-1) ?? '').indexOf(folded);
			if (place < 0) continue;
			const hit = { names, kind: node.kind, size: sizeOf(node), modifiedTime: inMilliseconds(node.modifiedTime) };
			hits.push({ hit, starts: place === 0, path: names.join('/') });
		}
		hits.sort((a, b) => Number(b.starts) - Number(a.starts) || (a.path < b.path ? -1 : 1));
		const prefix = this.#namesTo(directory.inode);
		return hits.slice(0, limit).map(({ hit }) => ({ ...hit, names: [...prefix, ...hit.names] }));
	}

	usage(top: Node): Usage {
		const usage: Usage = { files: 0, directories: 0, bytes: 0, storedBytes: 0 };
		const counted = new Set<Node>();
		const count = (node: Node): void => {
			if (node.kind === 'directory') usage.directories++;
			else usage.files++;
			usage.bytes += sizeOf(node);
			if (!counted.has(node)) usage.storedBytes += storedBytesOf(node);
			counted.add(node);
		};
		count(top);
		if (top.kind === 'directory') for (const { node } of this.#walk(top)) count(node);
		return usage;
	}

	/** The descriptors of `top` and what is below it. */
	descriptors(top: Node): TreeDescriptors {
		const found = { directories: new Set<DescriptorText | undefined>(), others: new Set<DescriptorText | undefined>() };
		const note = ({ kind, descriptor }: Node): void => {
			(kind === 'directory' ? found.directories : found.others).add(descriptor);
		};
		note(top);
		if (top.kind === 'directory') for (const { node } of this.#walk(top)) note(node);
		return found;
	}

	/** Whether `inode` is `ancestor` or a directory below it. */
	isBelow(inode: Inode, ancestor: DirectoryNode): boolean {
		if (inode === ancestor.inode) return true;
		for (const { node } of this.#walk(ancestor)) if (node.inode === inode) return true;
		return false;
	}

	/** Names from the root to a directory. */
	#namesTo(directory: Inode): string[] {
		const root = this.#get(this.#root);
		if (directory === this.#root || root.kind !== 'directory') return [];
		for (const { names, node } of this.#walk(root)) if (node.inode === directory) return names;
		return [];
	}

	/** Everything below a directory, with its names from there. */
	*#walk(top: DirectoryNode): Generator<{ names: string[]; node: Node }> {
		const pending: { names: string[]; directory: DirectoryNode }[] = [{ names: [], directory: top }];
		for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
			for (const name of place.directory.names.keys()) {
				const node = this.#get(place.directory.names.get(name) as Inode);
				const names = [...place.names, name];
				yield { names, node };
				if (node.kind === 'directory') pending.push({ names, directory: node });
			}
		}
	}

	#get(inode: Inode): Node {
		const node = this.#nodes.get(inode);
		if (node === undefined) throw new OsError('ENOENT', `inode ${inode}`);
		return node;
	}
}
