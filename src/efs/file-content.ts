/**
 * The bytes of one encrypted file: read from where they are sealed, changed in memory, sealed together later.
 *
 * Rules of use:
 * - What changes the file below happens first and may fail; what changes memory follows and does not. While
 *   `isHalfChanged` is true after a failure, the caller must undo the whole group and `forget`.
 * - `sealPending` stores the chunks, `flush` the map and the header too: before a commit, and before anything else looks at
 *   the file below.
 *
 * Invariants: a pending chunk is `chunkSize` bytes long, with zeros after the end of the file. A hole is zero whatever
 * stands in the file below.
 */
import type { ByteRange, FileSystem } from '#fs/file-system.ts';
import type { ChunkCache } from './chunk-cache.ts';
import { damaged, type EncryptedFile, type FileParts } from './encrypted-file.ts';
import { chunkSize } from './header.ts';
import type { ReadAhead } from './read-ahead.ts';
import { type Run, SealedChunks } from './sealed-chunks.ts';

/** More than these, written at once, are not kept decrypted: who writes so much does not read it back. */
const mostKeptChunks = 16;

export interface ContentParts extends FileParts {
	readonly cache: ChunkCache;
	readonly ahead: ReadAhead;
}

export class FileContent {
	readonly file: EncryptedFile;
	readonly #parts: ContentParts;
	readonly #sealed: SealedChunks;
	/** Chunks that have changed and are not sealed yet. */
	#pending = new Map<number, Uint8Array>();
	isHalfChanged = false;
	/** Whether the header or the map is not stored yet. */
	isChanged = false;

	constructor(parts: ContentParts, file: EncryptedFile) {
		this.#parts = parts;
		this.file = file;
		this.#sealed = new SealedChunks(parts, file);
	}

	get pendingBytes(): number {
		return this.#pending.size * chunkSize;
	}

	read(offset: number, into: Uint8Array): number {
		this.file.requireOpen();
		const count = Math.max(0, Math.min(into.length, this.file.header.size - offset));
		if (count === 0) return 0;
		const out = into.subarray(0, count);
		const missing: number[] = [];
		const placed = new Set<number>();
		const placeOf = (chunk: number): Uint8Array | undefined => {
			const at = chunk * chunkSize - offset;
			const length = this.file.lengthOf(chunk);
			return at >= 0 && at + length <= count ? out.subarray(at, at + length) : undefined;
		};
		const last = chunkOf(offset + count - 1);
		for (let chunk = chunkOf(offset); chunk <= last; chunk++) {
			const known = this.#pending.get(chunk) ?? this.#parts.cache.find(this.file.inode, chunk);
			const content = known ?? this.#parts.ahead.take(this, chunk, placeOf, placed);
			if (content === false) throw damaged();
			if (placed.has(chunk)) continue;
			if (content === undefined) missing.push(chunk);
			else copyInto(out, chunk * chunkSize - offset, content);
		}
		if (missing.length > 0) this.#readMissing(missing, offset, out);
		const read = { start: offset, end: offset + count, chunkCount: this.file.chunkCount };
		this.#parts.ahead.note(this, read, (first, most) =>
			this.#sealed.beginAhead(first, most, (chunk) => !this.#pending.has(chunk)),
		);
		return count;
	}

	write(offset: number, bytes: Uint8Array): void {
		this.file.requireOpen();
		const { size } = this.file.header;
		const end = offset + bytes.length;
		if (bytes.length === 0) {
			this.#volume.write(this.#inode, offset, bytes);
			return;
		}
		// What is changed in part is needed as a whole, and so is the last chunk when it becomes longer.
		const partial = new Set<number>();
		if (offset % chunkSize !== 0) partial.add(chunkOf(offset));
		if (end % chunkSize !== 0 && end < size) partial.add(chunkOf(end));
		const loaded = this.#load([...partial, ...(end > size ? this.#tail(size) : [])]);
		if (end > size) this.#volume.truncate(this.#inode, end);
		else this.#volume.write(this.#inode, offset, new Uint8Array());
		this.#apply(() => {
			if (end > size) this.#setSize(end);
			for (const [chunk, content] of loaded) this.#pending.set(chunk, content);
			const whole = wholeChunks(offset, bytes);
			for (let chunk = chunkOf(offset); chunk * chunkSize < end; chunk++) {
				let content = whole.get(chunk);
				if (content === undefined) {
					content = this.#pending.get(chunk) ?? new Uint8Array(chunkSize);
					copyInto(content, offset - chunk * chunkSize, bytes);
				}
				this.#put(chunk, content);
			}
		});
	}

	truncate(size: number): void {
		this.file.requireOpen();
		const before = this.file.header.size;
		const loaded = this.#load(size < before ? this.#tail(size) : this.#tail(before));
		this.#volume.truncate(this.#inode, size);
		this.#apply(() => {
			for (const [chunk, content] of loaded) this.#put(chunk, content);
			if (size !== before) this.#setSize(size);
		});
	}

	/** Makes a part zero; whole chunks become holes. */
	clear({ start, end: wanted }: ByteRange): void {
		this.file.requireOpen();
		const { size } = this.file.header;
		const end = Math.min(wanted, size);
		const first = Math.ceil(start / chunkSize);
		const after = end === size ? Math.ceil(end / chunkSize) : chunkOf(end);
		const edges = new Set<number>();
		if (start < end && start % chunkSize !== 0) edges.add(chunkOf(start));
		if (start < end && chunkOf(end) >= after && end % chunkSize !== 0) edges.add(chunkOf(end));
		const loaded = this.#load([...edges]);
		if (first < after) this.#volume.clear(this.#inode, first * chunkSize, (after - first) * chunkSize);
		else this.#volume.write(this.#inode, 0, new Uint8Array());
		this.#apply(() => {
			if (first < after) this.#forgetChunks(first, after);
			if (first < after) this.file.map.clear({ start: first, end: after });
			for (const [chunk, content] of loaded) {
				const at = chunk * chunkSize;
				content.fill(0, Math.max(0, start - at), Math.max(0, end - at));
				this.#put(chunk, content);
			}
		});
	}

	/** Gives a part its room; what was a hole stays one for the map. */
	allocate(offset: number, length: number): void {
		this.file.requireOpen();
		const { size } = this.file.header;
		const end = offset + length;
		const loaded = this.#load(end > size ? this.#tail(size) : []);
		this.#volume.allocate(this.#inode, offset, length);
		this.#apply(() => {
			for (const [chunk, content] of loaded) this.#put(chunk, content);
			if (end > size) this.#setSize(end);
		});
	}

	/** The content of chunks, to be stored again by `put`; those that are holes are left out. */
	take(first: number, count: number): Map<number, Uint8Array> {
		return this.#load(Array.from({ length: count }, (_, index) => first + index));
	}

	/** To be sealed, or stored plain, as the header now says. */
	put(chunks: ReadonlyMap<number, Uint8Array>): void {
		this.#parts.ahead.drop(this);
		for (const [chunk, content] of chunks) this.#put(chunk, content);
	}

	/** Seals what has changed and stores it; the times of the file stay. */
	sealPending(): void {
		if (this.#pending.size > 0) this.#withoutVersion(() => this.#sealPending());
	}

	#sealPending(): void {
		this.isHalfChanged = true;
		const { accessedTime, modifiedTime } = this.#volume.stat(this.#inode);
		this.#sealed.store(this.#pending);
		this.isChanged = true;
		this.#volume.setTimes(this.#inode, { accessed: accessedTime, modified: modifiedTime });
		if (this.#pending.size <= mostKeptChunks)
			for (const [chunk, content] of this.#pending) this.#parts.cache.add(this.#inode, chunk, content);
		else for (const content of this.#pending.values()) content.fill(0);
		this.#pending = new Map();
		this.isHalfChanged = false;
	}

	flush(): void {
		this.sealPending();
		if (!this.isChanged) return;
		this.isHalfChanged = true;
		this.file.flush();
		this.isChanged = false;
		this.isHalfChanged = false;
	}

	/** Everything in memory; what is stored counts. */
	forget(): void {
		for (const content of this.#pending.values()) content.fill(0);
		this.#pending = new Map();
		this.#parts.ahead.drop(this);
		this.#parts.cache.drop(this.#inode);
		this.isChanged = false;
		this.isHalfChanged = false;
	}

	/** Storing what was changed before is no change that a version is kept of. */
	#withoutVersion(change: () => void): void {
		const { versions } = this.#volume;
		if (versions === undefined) change();
		else versions.withoutKeeping(this.#inode, change);
	}

	get #inode(): number {
		return this.file.inode;
	}

	get #volume(): FileSystem {
		return this.#parts.volume;
	}

	/** Changes memory after the file below: a failure leaves both apart. */
	#apply(change: () => void): void {
		this.#parts.ahead.drop(this);
		this.isHalfChanged = true;
		this.isChanged = true;
		change();
		this.isHalfChanged = false;
	}

	#put(chunk: number, content: Uint8Array): void {
		this.#parts.cache.take(this.#inode, chunk);
		this.#pending.set(chunk, content);
		this.isChanged = true;
	}

	#setSize(size: number): void {
		const { map, chunkCount } = this.file;
		this.file.change({ size });
		const count = this.file.chunkCount;
		if (count < chunkCount) this.#forgetChunks(count, chunkCount);
		const rest = size % chunkSize;
		if (rest !== 0) this.#pending.get(chunkOf(size))?.fill(0, rest);
		map.resize(count);
	}

	#forgetChunks(first: number, end: number): void {
		for (const chunk of this.#pending.keys()) if (chunk >= first && chunk < end) this.#pending.delete(chunk);
		this.#parts.cache.drop(this.#inode, first, end);
	}

	/** The last chunk of a file of `size` bytes, when it is not whole. */
	#tail(size: number): number[] {
		return size % chunkSize === 0 ? [] : [chunkOf(size)];
	}

	/** Chunks of which there is something, as they may be kept in `#pending`. */
	#load(chunks: readonly number[]): Map<number, Uint8Array> {
		const loaded = new Map<number, Uint8Array>();
		const missing: number[] = [];
		for (const chunk of new Set(chunks)) {
			const known = this.#pending.get(chunk) ?? this.#parts.cache.find(this.#inode, chunk)?.slice();
			if (known !== undefined) loaded.set(chunk, known);
			else if (this.#sealed.isStored(chunk)) missing.push(chunk);
		}
		missing.sort((one, other) => one - other);
		for (const run of this.#sealed.runs(missing))
			for (const [chunk, content] of this.#openRun(run)) loaded.set(chunk, content);
		return loaded;
	}

	#readMissing(chunks: readonly number[], offset: number, out: Uint8Array): void {
		const stored: number[] = [];
		for (const chunk of chunks) {
			if (this.#sealed.isStored(chunk)) stored.push(chunk);
			else copyInto(out, chunk * chunkSize - offset, zeros);
		}
		for (const run of this.#sealed.runs(stored)) this.#readRun(run, offset, out);
	}

	/** Chunks that are wanted as a whole are opened where they are wanted; the others stay in the cache. */
	#readRun(run: Run, offset: number, out: Uint8Array): void {
		const targets = new Map<number, Uint8Array>();
		const kept = new Map<number, Uint8Array>();
		for (let chunk = run.first; chunk < run.first + run.count; chunk++) {
			const at = chunk * chunkSize - offset;
			const length = this.file.lengthOf(chunk);
			const isWhole = at >= 0 && at + length <= out.length;
			const content = isWhole ? out.subarray(at, at + length) : new Uint8Array(chunkSize);
			if (!isWhole) kept.set(chunk, content);
			targets.set(chunk, content.subarray(0, length));
		}
		this.#sealed.open(run, targets);
		for (const [chunk, content] of kept) {
			copyInto(out, chunk * chunkSize - offset, content);
			this.#parts.cache.add(this.#inode, chunk, content);
		}
	}

	#openRun(run: Run): Map<number, Uint8Array> {
		const opened = new Map<number, Uint8Array>();
		const targets = new Map<number, Uint8Array>();
		for (let chunk = run.first; chunk < run.first + run.count; chunk++) {
			const content = new Uint8Array(chunkSize);
			opened.set(chunk, content);
			targets.set(chunk, content.subarray(0, this.file.lengthOf(chunk)));
		}
		this.#sealed.open(run, targets);
		return opened;
	}
}

const zeros = new Uint8Array(chunkSize);

/** Chunks that are written as a whole, each a part of one copy. */
function wholeChunks(offset: number, bytes: Uint8Array): Map<number, Uint8Array> {
	const first = Math.ceil(offset / chunkSize);
	const end = chunkOf(offset + bytes.length);
	if (first >= end) return new Map();
	// `slice` of a Buffer would be no copy.
	const copied = new Uint8Array((end - first) * chunkSize);
	copied.set(bytes.subarray(first * chunkSize - offset, end * chunkSize - offset));
	return new Map(
		Array.from({ length: end - first }, (_, index) => [
			first + index,
			copied.subarray(index * chunkSize, (index + 1) * chunkSize),
		]),
	);
}

function chunkOf(offset: number): number {
	return Math.floor(offset / chunkSize);
}

/** Copies `bytes`, which stand at `at` relative to `into` (possibly negative), as far as they fit. */
function copyInto(into: Uint8Array, at: number, bytes: Uint8Array): void {
	const from = Math.max(0, -at);
	const to = Math.min(bytes.length, into.length - at);
	if (from < to) into.set(bytes.subarray(from, to), at + from);
}
