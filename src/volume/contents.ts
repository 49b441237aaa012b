/**
 * The bytes of files: chunks in rows, extents for the larger ones, shared between copies until one is changed.
 *
 * Rules of use: callers keep the size in the inode; `size` arguments are the size before the change.
 * Invariants: see schema.ts. An extent that loses its last chunk goes to `freed`, which is emptied in slices
 * (`dropFreed`), because overwriting what is deleted takes as long as writing it did.
 */
import type { ByteRange, Inode } from '#fs/file-system.ts';
import { chunkSize, inlineLimit, storedLength } from '#fs/stored-length.ts';
import type { Database, Row, Statement } from './database.ts';
import { chunksPerFile } from './schema.ts';

/** Row numbers of the chunks of inode ?1 from number ?2 to number ?3. */
const chunkRange = `BETWEEN ?1 * ${chunksPerFile} + ?2 AND ?1 * ${chunksPerFile} + ?3`;
const lastChunk = chunksPerFile - 1;

interface ChunkPlace {
	readonly inode: Inode;
	readonly number: number;
}

interface Chunk {
	/** 0 when the bytes stand in the row. */
	readonly extent: number;
	readonly shared: boolean;
	/** A copy of what is stored; it may be shorter than the chunk. */
	readonly bytes: Uint8Array;
}

export class Contents {
	readonly #read: Statement;
	readonly #find: Statement;
	readonly #putChunk: Statement;
	readonly #putExtent: Statement;
	readonly #changeExtent: Statement;
	readonly #freeRange: Statement;
	readonly #unshareRange: Statement;
	readonly #forgetUnshared: Statement;
	readonly #removeRange: Statement;
	readonly #copyChunks: Statement;
	readonly #shareChunks: Statement;
	readonly #nextFreed: Statement;
	readonly #removeExtent: Statement;
	readonly #forgetFreed: Statement;
	readonly #lastExtent: Statement;
	readonly #next: Statement;
	readonly #gap: Statement;
	readonly #ownBytes: Statement;
	#nextExtent: number | undefined;
	/** Bytes of shared extents from which a file was parted by a change, since the volume was opened. */
	partedBytes = 0;

	constructor(database: Database) {
		const sql = (text: string): Statement => database.prepare(text);
		const stored = 'FROM chunk c LEFT JOIN extent e ON e.id = c.extent';
		this.#read = sql(`SELECT c.id & ${lastChunk}, coalesce(e.bytes, c.bytes) ${stored} WHERE c.id ${chunkRange}`);
		this.#find = sql(
			`SELECT coalesce(c.extent, 0), coalesce(e.bytes, c.bytes),
			EXISTS(SELECT 1 FROM share s WHERE s.extent = c.extent) ${stored} WHERE c.id = ?1 * ${chunksPerFile} + ?2`,
		);
		this.#putChunk = sql(`INSERT OR REPLACE INTO chunk VALUES(?1 * ${chunksPerFile} + ?2, ?3, ?4)`);
		this.#putExtent = sql('INSERT INTO extent VALUES(?, ?)');
		this.#changeExtent = sql('UPDATE extent SET bytes = ?2 WHERE id = ?1');
		this.#freeRange = sql(
			`INSERT INTO freed SELECT extent FROM chunk WHERE id ${chunkRange} AND extent IS NOT NULL
			AND extent NOT IN (SELECT extent FROM share)`,
		);
		this.#unshareRange = sql(
			`UPDATE share SET others = others - 1
			WHERE extent IN (SELECT extent FROM chunk WHERE id ${chunkRange} AND extent IS NOT NULL)`,
		);
		this.#forgetUnshared = sql(
			`DELETE FROM share WHERE others = 0 AND extent IN (SELECT extent FROM chunk WHERE id ${chunkRange})`,
		);
		this.#removeRange = sql(`DELETE FROM chunk WHERE id ${chunkRange}`);
		this.#shareChunks = sql(
			`INSERT INTO share SELECT extent, 1 FROM chunk WHERE id ${chunkRange} AND extent IS NOT NULL
			ON CONFLICT(extent) DO UPDATE SET others = others + 1`,
		);
		this.#copyChunks = sql(
			`INSERT INTO chunk SELECT id + (?4 - ?1) * ${chunksPerFile}, extent, bytes FROM chunk WHERE id ${chunkRange}`,
		);
		this.#nextFreed = sql('SELECT extent FROM freed LIMIT 1');
		this.#removeExtent = sql('DELETE FROM extent WHERE id = ?');
		this.#forgetFreed = sql('DELETE FROM freed WHERE extent = ?');
		this.#lastExtent = sql('SELECT max(id) FROM extent');
		this.#next = sql(`SELECT id & ${lastChunk} FROM chunk WHERE id ${chunkRange} ORDER BY id LIMIT 1`);
		this.#ownBytes = sql(
			`SELECT total(coalesce(length(e.bytes), length(c.bytes))) ${stored} WHERE c.id ${chunkRange}
			AND NOT EXISTS(SELECT 1 FROM share s WHERE s.extent = c.extent)`,
		);
		this.#gap = sql(
			`SELECT c.id & ${lastChunk} FROM chunk c WHERE c.id ${chunkRange}
			AND NOT EXISTS(SELECT 1 FROM chunk n WHERE n.id = c.id + 1) ORDER BY c.id LIMIT 1`,
		);
	}

	/** Fills `into` from `offset`; what is not stored is zero. The caller has cut `into` at the end of the file. */
	read(inode: Inode, offset: number, into: Uint8Array): void {
		if (into.length === 0) return;
		const first = Math.floor(offset / chunkSize);
		const last = Math.floor((offset + into.length - 1) / chunkSize);
		into.fill(0);
		this.#read.each([inode, first, last], (row) => {
			copyOverlap(row.bytes(1), row.number(0) * chunkSize - offset, into);
		});
	}

	write(inode: Inode, offset: number, bytes: Uint8Array, size: number): void {
		let done = 0;
		while (done < bytes.length) {
			const number = Math.floor((offset + done) / chunkSize);
			const start = offset + done - number * chunkSize;
			const part = bytes.subarray(done, done + chunkSize - start);
			this.#writeChunk({ inode, number }, start, part, Math.max(0, Math.min(chunkSize, size - number * chunkSize)));
			done += part.length;
		}
	}

	/** Makes a part zero and gives up the room of the chunks of which nothing else is in the file. */
	clear(inode: Inode, { start, end }: ByteRange, size: number): void {
		const first = Math.ceil(start / chunkSize);
		const last = end >= size ? lastChunk : Math.floor(end / chunkSize) - 1;
		if (first <= last) this.#remove(inode, first, last);
		const edges = new Set([Math.floor(start / chunkSize), Math.floor(end / chunkSize)]);
		for (const number of edges) {
			if (number >= first && number <= last) continue;
			const from = Math.max(0, start - number * chunkSize);
			this.#zero({ inode, number }, from, Math.min(chunkSize, end - number * chunkSize));
		}
	}

	remove(inode: Inode): void {
		this.#remove(inode, 0, lastChunk);
	}

	/** The first stored part at or after `offset`, as far as it goes without a hole. */
	findData(inode: Inode, offset: number): ByteRange | undefined {
		const first = this.#next.first([inode, Math.floor(offset / chunkSize), lastChunk], (row) => row.number(0));
		if (first === undefined) return undefined;
		const last = this.#gap.first([inode, first, lastChunk], (row) => row.number(0)) ?? first;
		return { start: Math.max(offset, first * chunkSize), end: (last + 1) * chunkSize };
	}

	/** Stores zeros where there is nothing yet. */
	allocate(inode: Inode, { start, end }: ByteRange): void {
		for (let number = Math.floor(start / chunkSize); number * chunkSize < end; number++) {
			const place = { inode, number };
			const length = Math.min(chunkSize, end - number * chunkSize);
			const old = this.#findChunk(place);
			if (old !== undefined && old.bytes.length >= length) continue;
			const bytes = new Uint8Array(storedLength(length));
			if (old !== undefined) bytes.set(old.bytes);
			this.#store(place, old, bytes);
		}
	}

	/** Gives `target`, an empty file, the content of `source` without moving extents. */
	share(source: Inode, target: Inode): void {
		this.#shareChunks.run(source, 0, lastChunk);
		this.#copyChunks.run(source, 0, lastChunk, target);
	}

	/** Stored bytes that no other file shares. */
	ownBytes(inode: Inode): number {
		return this.#ownBytes.first([inode, 0, lastChunk], (row) => row.number(0)) ?? 0;
	}

	hasFreed(): boolean {
		return this.#nextFreed.first([], () => true) === true;
	}

	/** Erases up to `limit` extents that nobody uses; returns how many there were. */
	dropFreed(limit: number): number {
		let dropped = 0;
		for (; dropped < limit; dropped++) {
			const extent = this.#nextFreed.first([], (row) => row.number(0));
			if (extent === undefined) break;
			this.#removeExtent.run(extent);
			this.#forgetFreed.run(extent);
		}
		return dropped;
	}

	/** Writes `part` at `start` of a chunk of which `used` bytes are in the file. */
	#writeChunk(place: ChunkPlace, start: number, part: Uint8Array, used: number): void {
		const length = Math.max(used, start + part.length);
		const old = used === 0 ? undefined : this.#findChunk(place);
		if (old !== undefined && old.bytes.length >= length) {
			old.bytes.set(part, start);
			this.#store(place, old, old.bytes);
		} else if (part.length === chunkSize) {
			this.#store(place, old, part);
		} else {
			const grown = new Uint8Array(storedLength(length));
			if (old !== undefined) grown.set(old.bytes);
			grown.set(part, start);
			this.#store(place, old, grown);
		}
	}

	/** Puts `bytes` in the place of `old`, where it can in the same extent. */
	#store(place: ChunkPlace, old: Chunk | undefined, bytes: Uint8Array): void {
		const { inode, number } = place;
		if (old === undefined || old.extent === 0) {
			if (bytes.length > inlineLimit) this.#add(place, bytes);
			else this.#putChunk.run(inode, number, null, bytes);
			return;
		}
		if (!old.shared && old.bytes.length === bytes.length) {
			this.#changeExtent.run(old.extent, bytes);
			return;
		}
		if (old.shared) this.partedBytes += old.bytes.length;
		this.#free(inode, number, number);
		this.#add(place, bytes);
	}

	#add(place: ChunkPlace, bytes: Uint8Array): void {
		this.#nextExtent ??= (this.#lastExtent.first([], (row) => row.number(0)) ?? 0) + 1;
		const extent = this.#nextExtent++;
		this.#putExtent.run(extent, bytes);
		this.#putChunk.run(place.inode, place.number, extent, null);
	}

	#zero(place: ChunkPlace, from: number, to: number): void {
		if (from >= to) return;
		const chunk = this.#findChunk(place);
		if (chunk === undefined || chunk.bytes.length <= from) return;
		chunk.bytes.fill(0, from, to);
		this.#store(place, chunk, chunk.bytes);
	}

	#remove(inode: Inode, first: number, last: number): void {
		this.#free(inode, first, last);
		this.#removeRange.run(inode, first, last);
	}

	/** Takes the part of these chunks from their extents; those without any other go to `freed`. */
	#free(inode: Inode, first: number, last: number): void {
		this.#freeRange.run(inode, first, last);
		this.#unshareRange.run(inode, first, last);
		this.#forgetUnshared.run(inode, first, last);
	}

	#findChunk(place: ChunkPlace): Chunk | undefined {
		return this.#find.first([place.inode, place.number], (row: Row) => ({
			extent: row.number(0),
			bytes: row.bytes(1).slice(),
			shared: row.number(2) === 1,
		}));
	}
}

/** Copies `bytes`, which stand at `at` relative to `into` (possibly negative), as far as they fit. */
function copyOverlap(bytes: Uint8Array, at: number, into: Uint8Array): void {
	const from = Math.max(0, -at);
	const to = Math.min(bytes.length, into.length - at);
	if (from < to) into.set(bytes.subarray(from, to), at + from);
}
