/**
 * What processes may keep of their open files in memory of their own (`abi/file-memory.ts`), so that reading and writing
 * need no call.
 *
 * Rules of use:
 * - `grant` when a process opens a file, `close` when that handle's file is closed.
 * - Before anybody looks at a file, `settle` it; before anybody else changes it, `revoke` it. Both cost nothing for a file
 *   that nobody keeps.
 *
 * Invariants:
 * - A process keeps only pages of files that it has opened, with no more rights than that handle has. Its memory is shared
 *   with no other process.
 * - While a process may write without the kernel, nobody else has the file open.
 * - What a process has written is taken over at the latest a second later, and when it ends, whatever ended it.
 * - What could not be stored is told by the next flush or by closing the file, and written to the log when it is closed by then.
 */

import { OsError } from '#abi/errors.ts';
import {
	cleanFrame,
	FileMemory,
	frameCount,
	frameStates,
	frameWord,
	leaseModes,
	pageSize,
	slotCount,
	slotWord,
	statusField,
} from '#abi/file-memory.ts';
import { rights } from '#abi/rights.ts';
import type { Clock, Log } from '#base/ports.ts';
import { type FileSystem, type Inode, maximumFileSize } from '#fs/file-system.ts';
import { type ChangeGroups, Changes } from './change-groups.ts';
import type { OpenFile } from './open-node.ts';

const takeIntervalMs = 1000;
/** `regular_file` of WASI. */
const regularFile = 4n;

/** The memory of one process, as the kernel sees it. */
export class LeaseMemory {
	readonly memory: FileMemory;
	readonly leases: (Lease | undefined)[] = new Array<Lease | undefined>(slotCount).fill(undefined);
	timer: (() => void) | undefined;

	constructor(buffer: SharedArrayBuffer) {
		this.memory = new FileMemory(buffer);
	}
}

export interface Lease {
	readonly keeper: LeaseMemory;
	readonly slot: number;
	readonly file: OpenFile;
	readonly writable: boolean;
	/** What went wrong when what the process had written was taken; told at its next flush. */
	error: OsError | undefined;
	isClosed: boolean;
}

export interface FileLeasesParts {
	readonly groups: ChangeGroups;
	readonly clock: Clock;
	readonly log: Log;
	numberOf(fileSystem: FileSystem): number;
}

export class FileLeases {
	readonly #parts: FileLeasesParts;
	/** Everything open, with or without a lease, by inode. */
	readonly #opened = new Map<FileSystem, Map<Inode, Set<OpenFile>>>();
	readonly #leases = new Map<OpenFile, Lease>();

	constructor(parts: FileLeasesParts) {
		this.#parts = parts;
	}

	/** Files that are kept. */
	get size(): number {
		return this.#leases.size;
	}

	/** Notes an open file, and takes from others what they may no longer do. */
	open(file: OpenFile, wanted: number): void {
		const others = this.#others(file);
		const writes = (wanted & rights.write) !== 0;
		for (const other of others) {
			const lease = this.#leases.get(other);
			if (lease !== undefined && (writes || lease.writable)) this.#end(lease);
		}
		others.add(file);
	}

	/** Gives a process room for a file that it has opened; `undefined` when it has none or the file is shared. */
	grant(file: OpenFile, wanted: number, keeper: LeaseMemory): number | undefined {
		const writable = (wanted & rights.write) !== 0 && !file.append;
		const others = this.#others(file);
		if (others.size > 1 && (writable || [...others].some((other) => other !== file && !this.#readsOnly(other))))
			return undefined;
		if (file.fileSystem.kindOf(file.inode) !== 'file') return undefined;
		const slot = keeper.leases.indexOf(undefined);
		if (slot < 0) return undefined;
		const lease: Lease = { keeper, slot, file, writable, error: undefined, isClosed: false };
		keeper.leases[slot] = lease;
		this.#leases.set(file, lease);
		this.#tell(lease);
		const { memory } = keeper;
		Atomics.store(memory.words, memory.slotWord(slot, slotWord.mode), writable ? leaseModes.write : leaseModes.read);
		if (writable) this.#arm(keeper);
		return slot;
	}

	/** Takes what was written, and forgets the file. */
	close(file: OpenFile): void {
		const lease = this.#leases.get(file);
		if (lease !== undefined) {
			this.#end(lease);
			this.#leases.delete(file);
			lease.keeper.leases[lease.slot] = undefined;
			lease.isClosed = true;
			if (lease.error !== undefined) this.#logLoss(lease, lease.error);
		}
		const inodes = this.#opened.get(file.fileSystem);
		const files = inodes?.get(file.inode);
		files?.delete(file);
		if (files?.size === 0) inodes?.delete(file.inode);
	}

	/** Somebody looks at the file: what was written to it is taken over first. */
	settle(fileSystem: FileSystem, inode: Inode): void {
		if (this.#leases.size === 0) return;
		for (const lease of this.#leasesOf(fileSystem, inode)) this.#take(lease);
	}

	/** Somebody looks at sizes of many files. */
	settleAll(): void {
		for (const lease of this.#leases.values()) this.#take(lease);
	}

	/** Somebody else than the keeper changes the file: from now on every reading and writing asks the kernel. */
	revoke(fileSystem: FileSystem, inode: Inode): void {
		if (this.#leases.size === 0) return;
		for (const lease of this.#leasesOf(fileSystem, inode)) this.#end(lease);
	}

	/** Changes the content by a call on `file`: its own keeper goes on, and knows the new size; others ask from now on. */
	change(file: OpenFile, change: () => void): void {
		if (this.#leases.size === 0) {
			change();
			return;
		}
		for (const lease of this.#leasesOf(file.fileSystem, file.inode)) {
			if (lease.file === file) this.#take(lease);
			else this.#end(lease);
		}
		change();
		const own = this.#leases.get(file);
		if (own !== undefined) this.#tell(own);
	}

	/** Something about the inode other than its content has changed. */
	refresh(fileSystem: FileSystem, inode: Inode): void {
		if (this.#leases.size === 0) return;
		for (const lease of this.#leasesOf(fileSystem, inode)) {
			this.#take(lease);
			this.#tell(lease);
		}
	}

	/** Takes what was written through this file; fails with what went wrong since it was last asked. */
	flush(file: OpenFile): void {
		const lease = this.#leases.get(file);
		if (lease === undefined) return;
		this.#take(lease);
		this.#tell(lease);
		const { error } = lease;
		lease.error = undefined;
		if (error !== undefined) throw error;
	}

	/** Before the file is closed by who kept it: what was written must be stored for `changes` to succeed. */
	finish(file: OpenFile, changes: Changes): void {
		const lease = this.#leases.get(file);
		if (lease?.writable !== true) return;
		this.#take(lease);
		changes.dependOn(file.fileSystem);
		const { error } = lease;
		lease.error = undefined;
		if (error !== undefined) throw error;
	}

	/**
	 * Reads pages into frames of `keeper`, which has made them its own (`frameStates.changing`). Another process that holds
	 * the same open file is refused: the frames are not its own.
	 */
	fill(file: OpenFile, keeper: LeaseMemory | undefined, page: number, frames: readonly number[]): number {
		const lease = this.#leases.get(file);
		if (lease === undefined || lease.keeper !== keeper)
			throw new OsError('EBADF', 'the caller does not keep this file');
		let filled = 0;
		for (const [index, frame] of frames.entries()) {
			if (frame >= frameCount) throw new OsError('EINVAL', 'frames');
			const into = lease.keeper.memory.bytes(frame, 0, pageSize);
			filled += file.fileSystem.read(file.inode, (page + index) * pageSize, into);
		}
		return filled;
	}

	/** The process has ended: what it left is taken, and its memory is forgotten. */
	drop(keeper: LeaseMemory): void {
		keeper.timer?.();
		for (const lease of keeper.leases) if (lease !== undefined) this.#end(lease);
	}

	#others(file: OpenFile): Set<OpenFile> {
		let inodes = this.#opened.get(file.fileSystem);
		if (inodes === undefined) {
			inodes = new Map();
			this.#opened.set(file.fileSystem, inodes);
		}
		let files = inodes.get(file.inode);
		if (files === undefined) {
			files = new Set();
			inodes.set(file.inode, files);
		}
		return files;
	}

	#readsOnly(file: OpenFile): boolean {
		const lease = this.#leases.get(file);
		return lease !== undefined && !lease.writable;
	}

	*#leasesOf(fileSystem: FileSystem, inode: Inode): Generator<Lease> {
		for (const file of this.#opened.get(fileSystem)?.get(inode) ?? []) {
			const lease = this.#leases.get(file);
			if (lease !== undefined) yield lease;
		}
	}

	#end(lease: Lease): void {
		const { memory } = lease.keeper;
		Atomics.store(memory.words, memory.slotWord(lease.slot, slotWord.mode), leaseModes.none);
		this.#take(lease);
	}

	/** Writes the numbers of the file into its slot. */
	#tell({ keeper, slot, file }: Lease): void {
		const { memory } = keeper;
		const stat = file.fileSystem.stat(file.inode);
		const version = memory.slotWord(slot, slotWord.version);
		Atomics.add(memory.words, version, 1);
		const set = (field: number, value: bigint): void => memory.setStatus(slot, field, value);
		set(statusField.device, BigInt(this.#parts.numberOf(file.fileSystem)));
		set(statusField.inode, BigInt(stat.inode));
		set(statusField.type, regularFile);
		set(statusField.links, BigInt(stat.links));
		set(statusField.size, BigInt(stat.size));
		set(statusField.accessed, stat.accessedTime);
		set(statusField.modified, stat.modifiedTime);
		set(statusField.changed, stat.changedTime);
		Atomics.add(memory.words, version, 1);
	}

	/** Takes over what the process has written to the file and not told yet. */
	#take(lease: Lease): void {
		if (!lease.writable) return;
		const { memory } = lease.keeper;
		const { fileSystem, inode, path } = lease.file;
		const changes = new Changes();
		try {
			for (let frame = 0; frame < frameCount; frame++) {
				takeFrame(memory, frame, lease.slot, (offset, bytes) => {
					if (offset + bytes.length > maximumFileSize) throw new OsError('EFBIG', path);
					changes.make(fileSystem, () => fileSystem.write(inode, offset, bytes));
					changes.bytes += bytes.length;
				});
			}
		} catch (error) {
			if (!(error instanceof OsError)) throw error;
			lease.error = error;
			this.#parts.groups.fail(changes, error);
			return;
		}
		if (changes.bytes === 0) return;
		changes.report('changed', path);
		this.#parts.groups.settle(changes, {
			succeed: () => undefined,
			fail: (error) => {
				if (lease.isClosed) this.#logLoss(lease, error);
				else lease.error = error;
			},
		});
	}

	#logLoss({ file }: Lease, error: OsError): void {
		this.#parts.log.write(
			'warning',
			'kernel',
			`what was written to ${file.path ?? 'a file'} is lost: ${error.message}`,
		);
	}

	#arm(keeper: LeaseMemory): void {
		if (keeper.timer !== undefined) return;
		keeper.timer = this.#parts.clock.after(takeIntervalMs, () => {
			keeper.timer = undefined;
			let writes = false;
			for (const lease of keeper.leases) {
				if (lease?.writable !== true) continue;
				writes = true;
				this.#take(lease);
			}
			if (writes) this.#arm(keeper);
		});
	}
}

/** Hands over the changed bytes of a frame, if it holds a page of the slot, while the process leaves it as it is. */
function takeFrame(
	memory: FileMemory,
	frame: number,
	slot: number,
	take: (offset: number, bytes: Uint8Array) => void,
): void {
	const { words } = memory;
	const word = (name: number): number => memory.frameWord(frame, name);
	if (Atomics.load(words, word(frameWord.dirty)) === cleanFrame || words[word(frameWord.slot)] !== slot + 1) return;
	const state = word(frameWord.state);
	// A frame that the process gives another meaning is clean.
	if (Atomics.compareExchange(words, state, frameStates.free, frameStates.taking) !== frameStates.free) return;
	try {
		// Looked at again: only now does the frame keep its meaning.
		if (Atomics.load(words, word(frameWord.slot)) !== slot + 1) return;
		const dirty = Atomics.exchange(words, word(frameWord.dirty), cleanFrame);
		const [first, last] = [dirty >>> 16, dirty & 0xffff];
		const page = words[word(frameWord.page)] as number;
		if (first <= last && page >= 0) take(page * pageSize + first, memory.bytes(frame, first, last + 1));
	} finally {
		Atomics.store(words, state, frameStates.free);
		Atomics.notify(words, state);
	}
}
