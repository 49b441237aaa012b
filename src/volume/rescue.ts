/**
 * Saves what can be read of a damaged volume into a new one.
 *
 * What is known of a file is put together from the rows that stand on whole pages: its inode, its names, its content. A
 * file without a name goes to `/Rescued`; so does what stood in a folder of which nothing is left. Content that is lost is
 * zero, and its file is named in the report.
 *
 * Rules of use: the damaged volume is only read; its log was moved into the database before, where it could be. Earlier
 * contents of files (previous versions) are not rescued.
 */

import { attributeBits } from '#abi/attributes.ts';
import { OsError } from '#abi/errors.ts';
import type { FileSystem, Inode } from '#fs/file-system.ts';
import { chunkSize } from '#fs/stored-length.ts';
import type { PageFile } from './page-file.ts';
import { type RawRow, RawTables, type RawValue } from './raw-tables.ts';
import { chunksPerFile, rootInode } from './schema.ts';
import { detachedPlace } from './tree-removal.ts';

export interface RescueReport {
	files: number;
	folders: number;
	/** Files and folders whose names or places are lost. */
	unnamed: number;
	/** Paths, in the new volume, of what is there only in part. */
	readonly partly: string[];
}

interface LostNode {
	readonly kind: number;
	readonly size: number;
	readonly links: number;
	readonly attributes: number;
	/** Nanoseconds. */
	readonly modified: bigint;
	readonly accessed: bigint;
	readonly parent: number | undefined;
	readonly name: string | undefined;
	readonly descriptor: number | undefined;
}

interface Entry {
	readonly name: string;
	readonly inode: number;
}

/** A part of a file: in an extent, or its bytes. */
type Chunk = { readonly extent: number } | { readonly bytes: Uint8Array };

const directoryKind = 1;
const linkKind = 2;
const rescueFolder = 'Rescued';
const bytesACommit = 8 << 20;
const nodesACommit = 200;

export function rescueVolume(pages: PageFile, pageSize: number, target: FileSystem): RescueReport {
	return new Rescue(new RawTables(pages, pageSize), target).run();
}

class Rescue {
	readonly #report: RescueReport = { files: 0, folders: 0, unnamed: 0, partly: [] };
	readonly #target: FileSystem;
	readonly #nodes = new Map<number, LostNode>();
	readonly #entries = new Map<number, Entry[]>();
	readonly #chunks = new Map<number, Map<number, Chunk>>();
	readonly #extents = new Map<number, RawRow>();
	readonly #attributes = new Map<number, { name: string; value: Uint8Array }[]>();
	readonly #descriptors = new Map<number, string>();
	/** Inodes that hold an earlier content of a file. */
	readonly #versions = new Set<number>();
	/** What was made already, by its number in the damaged volume. */
	readonly #made = new Map<number, Inode>();
	#pendingBytes = 0;
	#pendingNodes = 0;

	constructor(tables: RawTables, target: FileSystem) {
		this.#target = target;
		for (const row of tables.scan()) this.#take(row);
	}

	run(): RescueReport {
		this.#made.set(rootInode, this.#target.root);
		this.#fill(rootInode, this.#target.root, '');
		for (const inode of this.#lost()) if (!this.#made.has(inode)) this.#placeLost(inode);
		this.#finish(rootInode, this.#target.root);
		this.#target.commit();
		return this.#report;
	}

	/** What was not reached from the root: first what stands in nothing else, so that the rest comes with it. */
	#lost(): number[] {
		const discarded = this.#discarded();
		const known = [...this.#nodes.keys(), ...this.#entries.keys(), ...this.#chunks.keys()];
		const lost = known.filter((inode) => !discarded.has(inode));
		const within = new Set([...this.#entries.values()].flat().map(({ inode }) => inode));
		for (const [inode, { parent }] of this.#nodes)
			if (parent !== undefined && this.#nodes.has(parent)) within.add(inode);
		return [...lost.filter((inode) => !within.has(inode)), ...lost];
	}

	/** What nobody wants back: earlier contents, files without a name that were open, and trees that were removed. */
	#discarded(): Set<number> {
		const discarded = new Set(this.#versions);
		for (const [inode, { links }] of this.#nodes) if (links === 0) discarded.add(inode);
		const pending = [detachedPlace];
		for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
			discarded.add(folder);
			for (const { inode } of this.#entries.get(folder) ?? []) if (!this.#made.has(inode)) pending.push(inode);
		}
		return discarded;
	}

	#take(row: RawRow): void {
		// The content of extents is read when a file needs it.
		if (row.table === 'extent') this.#extents.set(row.key, row);
		else {
			const values = row.read();
			if (values !== undefined) this.#takeRow(row, values);
		}
	}

	#takeRow({ table, key }: RawRow, values: readonly RawValue[]): void {
		const [first, second, third] = values;
		if (table === 'inode') this.#nodes.set(key, toNode(values));
		else if (table === 'version') this.#versions.add(key);
		else if (table === 'descriptor') this.#descriptors.set(key, textOf(second));
		else if (table === 'entry')
			append(this.#entries, numberOf(first), { name: textOf(second), inode: numberOf(third) });
		else if (table === 'attribute' && third instanceof Uint8Array)
			append(this.#attributes, numberOf(first), { name: textOf(second), value: third });
		else if (table === 'chunk') {
			const inode = Math.floor(key / chunksPerFile);
			const chunk = third instanceof Uint8Array ? { bytes: third } : { extent: numberOf(second) };
			const chunks = this.#chunks.get(inode) ?? new Map<number, Chunk>();
			this.#chunks.set(inode, chunks.set(key % chunksPerFile, chunk));
		}
	}

	/** Makes what stands in a folder, folder by folder. */
	#fill(inode: number, folder: Inode, path: string): void {
		const pending = [{ inode, folder, path }];
		for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
			for (const entry of this.#entriesOf(at.inode)) {
				const made = this.#make(entry, at.folder, `${at.path}/${entry.name}`);
				if (made !== undefined) pending.push({ inode: entry.inode, folder: made, path: `${at.path}/${entry.name}` });
			}
			if (at.inode !== rootInode) this.#finish(at.inode, at.folder);
		}
	}

	/** By their entries; folders also by their own row. */
	*#entriesOf(folder: number): Generator<Entry> {
		const entries = this.#entries.get(folder) ?? [];
		yield* entries;
		const known = new Set(entries.map(({ inode }) => inode));
		for (const [inode, { parent, name }] of this.#nodes)
			if (parent === folder && name !== undefined && !known.has(inode)) yield { name, inode };
	}

	/** Makes one thing; returns its folder where it is one. */
	#make({ name, inode }: Entry, folder: Inode, path: string): Inode | undefined {
		const earlier = this.#made.get(inode);
		if (earlier !== undefined) {
			if (this.#target.kindOf(earlier) === 'file')
				this.#target.link(earlier, folder, freeName(this.#target, folder, name));
			return undefined;
		}
		const node = this.#nodes.get(inode);
		const isFolder = node === undefined ? this.#entries.has(inode) : node.kind === directoryKind;
		const made = this.#create({ name, inode }, node, folder, isFolder);
		this.#made.set(inode, made);
		this.#pendingNodes++;
		this.#report[isFolder ? 'folders' : 'files']++;
		if (isFolder) return made;
		if (node?.kind !== linkKind && !this.#copyContent(inode, node, made)) this.#report.partly.push(path);
		this.#finish(inode, made);
		this.#commitSome();
		return undefined;
	}

	#create({ name, inode }: Entry, node: LostNode | undefined, folder: Inode, isFolder: boolean): Inode {
		const descriptor = node?.descriptor === undefined ? undefined : this.#descriptors.get(node.descriptor);
		const free = freeName(this.#target, folder, name);
		if (node?.kind !== linkKind) return this.#target.create(folder, free, isFolder ? 'directory' : 'file', descriptor);
		const target = new TextDecoder().decode(this.#chunkBytes(inode, 0)?.subarray(0, node.size));
		return this.#target.createLink(folder, free, target, descriptor);
	}

	/** Whether all of it was there. */
	#copyContent(inode: number, node: LostNode | undefined, made: Inode): boolean {
		const numbers = [...(this.#chunks.get(inode)?.keys() ?? [])].sort((a, b) => a - b);
		let isWhole = node !== undefined;
		const size = node?.size ?? ((numbers.at(-1) ?? -1) + 1) * chunkSize;
		for (const number of numbers) {
			const bytes = this.#chunkBytes(inode, number);
			const part = bytes?.subarray(0, Math.max(0, size - number * chunkSize));
			if (part === undefined) isWhole = false;
			else this.#target.write(made, number * chunkSize, part);
			this.#pendingBytes += part?.length ?? 0;
			this.#commitSome();
		}
		if (this.#target.stat(made).size !== size) this.#target.truncate(made, size);
		return isWhole;
	}

	#chunkBytes(inode: number, number: number): Uint8Array | undefined {
		const chunk = this.#chunks.get(inode)?.get(number);
		if (chunk === undefined) return undefined;
		if ('bytes' in chunk) return chunk.bytes;
		const bytes = this.#extents.get(chunk.extent)?.read()?.[1];
		return bytes instanceof Uint8Array ? bytes : undefined;
	}

	/** What has a name nowhere, or stood in a folder that is lost. */
	#placeLost(inode: number): void {
		if (this.#nodes.get(inode) === undefined && !this.#entries.has(inode) && !this.#chunks.has(inode)) return;
		const { root } = this.#target;
		const folder = this.#target.find(root, rescueFolder) ?? this.#target.create(root, rescueFolder, 'directory');
		const isFolder = this.#nodes.get(inode)?.kind === directoryKind || this.#entries.has(inode);
		const name = this.#nodes.get(inode)?.name ?? `${isFolder ? 'folder' : 'file'} ${inode}`;
		this.#report.unnamed++;
		const path = `/${rescueFolder}/${name}`;
		const made = this.#make({ name, inode }, folder, path);
		if (made !== undefined) this.#fill(inode, made, path);
	}

	/** What comes after the content, because the content changes it. */
	#finish(inode: number, made: Inode): void {
		for (const { name, value } of this.#attributes.get(inode) ?? []) this.#target.setExtended(made, name, value);
		const node = this.#nodes.get(inode);
		if (node === undefined) return;
		const attributes = node.attributes & ~attributeBits.ignoresCase;
		if (attributes !== 0) this.#target.setAttributes(made, attributes);
		const descriptor = node.descriptor === undefined ? undefined : this.#descriptors.get(node.descriptor);
		if (inode === rootInode && descriptor !== undefined) this.#target.setDescriptor(made, descriptor);
		this.#target.setTimes(made, { modified: node.modified, accessed: node.accessed });
	}

	#commitSome(): void {
		if (this.#pendingBytes < bytesACommit && this.#pendingNodes < nodesACommit) return;
		this.#target.commit();
		this.#pendingBytes = 0;
		this.#pendingNodes = 0;
	}
}

/** The columns of schema.ts, in their order. */
function toNode(values: readonly RawValue[]): LostNode {
	const modified = timeOf(values[5], values[11]);
	return {
		kind: numberOf(values[1]),
		size: numberOf(values[2]),
		links: numberOf(values[3]),
		attributes: numberOf(values[4]),
		modified,
		parent: typeof values[8] === 'number' ? values[8] : undefined,
		name: typeof values[9] === 'string' ? values[9] : undefined,
		accessed: typeof values[10] === 'number' ? timeOf(values[10], values[12]) : modified,
		descriptor: typeof values[13] === 'number' ? values[13] : undefined,
	};
}

function timeOf(milliseconds: RawValue | undefined, rest: RawValue | undefined): bigint {
	return BigInt(Math.round(numberOf(milliseconds) * 1_000_000)) + BigInt(numberOf(rest));
}

function numberOf(value: RawValue | undefined): number {
	return typeof value === 'number' ? value : 0;
}

function textOf(value: RawValue | undefined): string {
	return typeof value === 'string' ? value : '';
}

function append<T>(lists: Map<number, T[]>, key: number, item: T): void {
	const list = lists.get(key);
	if (list === undefined) lists.set(key, [item]);
	else list.push(item);
}

function freeName(files: FileSystem, folder: Inode, name: string): string {
	for (let number = 1; number < 1000; number++) {
		const free = number === 1 ? name : `${name} (${number})`;
		if (files.find(folder, free) === undefined) return free;
	}
	throw new OsError('EEXIST', name);
}
