/**
 * What our SQLite VFS needs of a file, and the two plain kinds: one that is scrubbed when it shrinks (journal), and
 * one in memory for SQLite's statement journals, which never need to survive.
 */
import type { RunFile } from './run-file.ts';

/** The bytes at this place of the file do not match their checksum. */
export class DamagedBytes extends Error {
	constructor(file: string, at: number) {
		super(`The bytes of ${file} at ${at} do not match their checksum.`);
		this.name = 'DamagedBytes';
	}
}

export interface StoredFile {
	readonly size: number;
	/** Returns how many bytes there were. Throws `DamagedBytes` instead of handing out wrong ones. */
	read(into: Uint8Array, at: number): number;
	write(bytes: Uint8Array, at: number): void;
	truncate(size: number): void;
	sync(): void;
	close(): void;
}

const zeros = new Uint8Array(1 << 16);
const sector = 512;

/** Overwrites what a truncation cuts off, so that nothing of it stays on the medium, then truncates. */
export function scrubAndTruncate(file: RunFile, size: number): void {
	scrub(file, size, file.size);
	file.truncate(size);
}

/**
 * Overwrites a part of a file. The first sector goes first, and durably: a log that lost its end but kept its head would
 * be replayed in part.
 */
export function scrub(file: RunFile, from: number, to: number): void {
	if (to <= from) return;
	const head = Math.min(to, from + sector);
	fillWithZeros(file, from, head);
	file.sync();
	fillWithZeros(file, head, to);
}

export function fillWithZeros(file: RunFile, from: number, to: number): void {
	for (let at = from; at < to; at += zeros.length) {
		file.write(zeros.subarray(0, Math.min(zeros.length, to - at)), at);
	}
}

/** The rollback journal: only in use while a volume is made. */
export class JournalFile implements StoredFile {
	readonly #file: RunFile;

	constructor(file: RunFile) {
		this.#file = file;
	}

	get size(): number {
		return this.#file.size;
	}

	read(into: Uint8Array, at: number): number {
		return this.#file.read(into, at);
	}

	write(bytes: Uint8Array, at: number): void {
		this.#file.write(bytes, at);
	}

	truncate(size: number): void {
		scrubAndTruncate(this.#file, size);
	}

	sync(): void {
		this.#file.sync();
	}

	close(): void {
		this.#file.sync();
	}
}

export class MemoryFile implements StoredFile {
	#bytes = new Uint8Array(1 << 16);
	size = 0;

	read(into: Uint8Array, at: number): number {
		const count = Math.max(0, Math.min(into.length, this.size - at));
		into.set(this.#bytes.subarray(at, at + count));
		return count;
	}

	write(bytes: Uint8Array, at: number): void {
		const end = at + bytes.length;
		if (end > this.#bytes.length) {
			const grown = new Uint8Array(Math.max(end, this.#bytes.length * 2));
			grown.set(this.#bytes.subarray(0, this.size));
			this.#bytes = grown;
		}
		this.#bytes.set(bytes, at);
		this.size = Math.max(this.size, end);
	}

	truncate(size: number): void {
		this.#bytes.fill(0, size, this.size);
		this.size = size;
	}

	sync(): void {
		// Memory needs none.
	}

	close(): void {
		this.size = 0;
	}
}
