/** What a `MemoryFileSystem` knows of one inode. */
import { type DescriptorText, type Inode, type Nanoseconds, toMilliseconds, toNanoseconds } from './file-system.ts';
import type { MemoryContent } from './memory-content.ts';
import type { DirectoryNames } from './memory-directory.ts';

/** Milliseconds of the clock as long as nobody set it: those are made into nanoseconds only when asked for. */
type Time = number | Nanoseconds;

export interface NodeBase {
	readonly inode: Inode;
	links: number;
	attributes: number;
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

interface LinkNode extends NodeBase {
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

export function exact(time: Time): Nanoseconds {
	return typeof time === 'bigint' ? time : toNanoseconds(time);
}

export function inMilliseconds(time: Time): number {
	return typeof time === 'bigint' ? toMilliseconds(time) : time;
}

export function utf8Length(text: string): number {
	return new TextEncoder().encode(text).length;
}
