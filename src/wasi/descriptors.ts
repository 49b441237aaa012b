/**
 * The file descriptors of a guest.
 *
 * Invariants:
 * - A new descriptor gets the smallest free number, as POSIX has it.
 * - Rights of a descriptor only shrink.
 */
import { rights } from '#abi/rights.ts';
import type { DirectoryEntries, ObjectKind } from '#abi/structures.generated.ts';
import type { KeptFile } from '#runtime/kept-files.ts';
import type { PipeEnd } from '#runtime/pipe-end.ts';
import type { WaitingSystemCalls } from '#runtime/waiting-system-calls.generated.ts';
import { errno, fdFlags, fileType, streamBase, WasiError, wasiRights } from './wasi-numbers.ts';

const maximumDescriptors = 4096;

export interface DescriptorParts {
	readonly handle: number;
	readonly kind: ObjectKind;
	readonly base: bigint;
	readonly inheriting: bigint;
	readonly flags: number;
	/** Pages of the file that the process keeps, where it may. */
	readonly kept?: KeptFile | undefined;
	/** The pipe that this is an end of, where the process has its memory. */
	readonly pipe?: PipeEnd | undefined;
}

export class Descriptor {
	readonly kept: KeptFile | undefined;
	readonly pipe: PipeEnd | undefined;
	handle: number;
	readonly kind: ObjectKind;
	base: bigint;
	inheriting: bigint;
	flags: number;
	/** Of a file that the guest opened itself. */
	position = 0;
	/** Writes that nobody reads. */
	brokenWrites = 0;
	/** Name under which the guest was given this directory; `undefined` for others. */
	preopen: string | undefined;
	/** What `fd_readdir` reads from, until it begins anew. */
	entries: DirectoryEntries | undefined;

	constructor(parts: DescriptorParts) {
		this.handle = parts.handle;
		this.kind = parts.kind;
		this.base = parts.base;
		this.inheriting = parts.inheriting;
		this.flags = parts.flags;
		this.kept = parts.kept;
		this.pipe = parts.pipe;
	}

	get fileType(): number {
		if (this.kind === 'directory') return fileType.directory;
		if (this.kind === 'file') return fileType.regularFile;
		// A terminal is what programs look for here; WASI has no number for a pipe.
		return this.kind === 'terminal' || this.kind === 'device' ? fileType.characterDevice : fileType.unknown;
	}

	get appends(): boolean {
		return (this.flags & fdFlags.append) !== 0;
	}

	/** ENOTCAPABLE unless all `needed` rights are there. */
	require(needed: bigint): void {
		if ((this.base & needed) !== needed) throw new WasiError(errno.notcapable);
	}

	requireDirectory(): this {
		if (this.kind !== 'directory') throw new WasiError(errno.notdir);
		return this;
	}

	requireFile(): this {
		if (this.kind === 'directory') throw new WasiError(errno.isdir);
		return this;
	}
}

/** A stream that was handed over: its position is shared with others who have it. */
export class SharedDescriptor extends Descriptor {}

/** In the place of a stream that was not handed over: at its end for reading, and what is written to it is gone. */
export class NullStream extends SharedDescriptor {
	constructor() {
		super({ handle: 0, kind: 'pipe', base: streamBase, inheriting: 0n, flags: 0 });
	}
}

export class Descriptors {
	readonly #calls: WaitingSystemCalls;
	readonly #table: (Descriptor | undefined)[] = [];

	constructor(calls: WaitingSystemCalls) {
		this.#calls = calls;
	}

	get(number: number): Descriptor {
		const descriptor = this.#table[number >>> 0];
		if (descriptor === undefined) throw new WasiError(errno.badf);
		return descriptor;
	}

	/** The directory behind a descriptor: EBADF, ENOTDIR. */
	directory(number: number): Descriptor {
		return this.get(number).requireDirectory();
	}

	add(descriptor: Descriptor): number {
		let number = this.#table.indexOf(undefined);
		if (number < 0) number = this.#table.length;
		if (number >= maximumDescriptors) {
			this.#calls.handleClose(descriptor.handle);
			throw new WasiError(errno.mfile);
		}
		this.#table[number] = descriptor;
		return number;
	}

	/** Gives a descriptor this number. */
	assign(number: number, descriptor: Descriptor): void {
		while (this.#table.length < number) this.#table.push(undefined);
		this.#table[number] = descriptor;
	}

	close(number: number): void {
		const descriptor = this.get(number);
		this.#table[number] = undefined;
		this.#release(descriptor);
	}

	/** `to` becomes what `from` was; what `to` was is closed. */
	renumber(from: number, to: number): void {
		const descriptor = this.get(from);
		const replaced = this.get(to);
		if (from === to) return;
		this.#table[to] = descriptor;
		this.#table[from] = undefined;
		this.#release(replaced);
	}

	#release(descriptor: Descriptor): void {
		if (!(descriptor instanceof NullStream)) this.#calls.handleClose(descriptor.handle);
	}
}

/** Rights of the system that a guest needs for these rights of WASI on a file. */
export function fileHandleRights(base: bigint): number {
	const writing = wasiRights.fdWrite | wasiRights.fdAllocate | wasiRights.fdFilestatSetSize;
	return ((base & wasiRights.fdRead) === 0n ? 0 : rights.read) | ((base & writing) === 0n ? 0 : rights.write);
}
