/**
 * The chunks of one encrypted file as they are stored: opened, and sealed in stretches of neighbours.
 *
 * Format: the ciphertext of a chunk stands at the same offset of the file below, and is as long. Its nonce and tag stand in
 * the map. Associated data (AAD): "EFS2/chunk" || volume (16) || file (16) || epoch (4) || number (8) || length (4).
 *
 * Rules of use: a content is `chunkSize` bytes long; what of it is in the file is stored. A failure of `store` leaves file and
 * map apart: the group must be undone.
 */
import { OsError } from '#abi/errors.ts';
import type { FileSystem } from '#fs/file-system.ts';
import { type ChunkSeal, damaged, type EncryptedFile, type FileParts } from './encrypted-file.ts';
import { type Piece, type SealingPieces, stampLength } from './file-cipher.ts';
import { chunkSize } from './header.ts';
import { type Batch, batchChunks, type OpenedPiece, unplaced } from './read-ahead.ts';

/** NIST SP 800-38D 8.3: most seals under one key with random nonces. */
const mostSealedChunks = 2 ** 32;

/** Stretches that are sealed while another is stored. */
const sealingsAhead = 6;
/** Bytes of number and length at the end of the AAD. */
const associatedEnd = 12;

/** A stretch of neighbouring chunks that are sealed with one key, or plain. */
export interface Run {
	readonly first: number;
	readonly count: number;
	readonly seal: ChunkSeal | undefined;
}

/** A stretch on its way through the vault. */
interface Sealing {
	readonly run: Run;
	readonly stored: Uint8Array;
	readonly pieces: readonly Piece[];
	readonly sealing: SealingPieces | undefined;
}

export class SealedChunks {
	readonly #parts: FileParts;
	readonly #file: EncryptedFile;

	constructor(parts: FileParts, file: EncryptedFile) {
		this.#parts = parts;
		this.#file = file;
	}

	/** Whether a chunk is no hole. */
	isStored(chunk: number): boolean {
		if (this.#file.lengthOf(chunk) === 0) return false;
		if (this.#file.sealOf(chunk) !== undefined) return this.#file.map.find(chunk) !== undefined;
		const data = this.#volume.findData(this.#inode, chunk * chunkSize);
		return data !== undefined && data.start < (chunk + 1) * chunkSize;
	}

	/** Neighbours of one kind together. `chunks` are in order. */
	runs(chunks: readonly number[]): Run[] {
		const runs: { first: number; count: number; seal: Run['seal'] }[] = [];
		for (const chunk of chunks) {
			const seal = this.#file.sealOf(chunk);
			const last = runs.at(-1);
			if (last !== undefined && last.first + last.count === chunk && last.seal === seal) last.count++;
			else runs.push({ first: chunk, count: 1, seal });
		}
		return runs;
	}

	/** EILSEQ, and nothing decrypted, when a chunk is not what was sealed. */
	open(run: Run, targets: ReadonlyMap<number, Uint8Array>): void {
		const { first, seal } = run;
		if (seal === undefined) {
			for (const [chunk, into] of targets) this.#volume.read(this.#inode, chunk * chunkSize, into);
			return;
		}
		const pieces = this.#piecesOf({ first, count: targets.size, seal }, targets, seal);
		if (!this.#parts.cipher.open(seal.key, pieces)) throw damaged();
	}

	/** Begins to open at most so many neighbouring chunks before they are asked for. */
	beginAhead(first: number, most: number, isWanted: (chunk: number) => boolean): Batch | undefined {
		const seal = this.#file.sealOf(first);
		const isNext = (chunk: number): boolean =>
			this.#file.sealOf(chunk) === seal && isWanted(chunk) && this.isStored(chunk);
		let count = 0;
		while (count < most && isNext(first + count)) count++;
		if (seal === undefined || count === 0) return undefined;
		const targets = new Map<number, Uint8Array>();
		for (let chunk = first; chunk < first + count; chunk++)
			targets.set(chunk, unplaced.subarray(0, this.#file.lengthOf(chunk)));
		const pieces = this.#piecesOf({ first, count, seal }, targets, seal);
		const opening = this.#parts.cipher.beginOpen(seal.key, pieces);
		return { first, pieces, finish: () => opening.finish() };
	}

	/** What is stored of a stretch, to be opened into `targets`. */
	#piecesOf({ first }: Run, targets: ReadonlyMap<number, Uint8Array>, seal: ChunkSeal): OpenedPiece[] {
		const length = [...targets.values()].reduce((sum, target) => sum + target.length, 0);
		const stored = new Uint8Array(length);
		this.#volume.read(this.#inode, first * chunkSize, stored);
		let at = 0;
		return [...targets].map(([chunk, into]) => {
			const from = stored.subarray(at, at + into.length);
			at += into.length;
			return { from, into, associated: this.#associated(seal, chunk), stamp: this.#stamp(chunk) };
		});
	}

	/** Stores contents as the header says, and their stamps in the map: some stretches are sealed while those before are written. */
	store(contents: ReadonlyMap<number, Uint8Array>): void {
		const underWay: Sealing[] = [];
		const batches = this.#batches([...contents.keys()].sort((one, other) => one - other));
		try {
			for (const batch of batches) {
				if (underWay.length >= sealingsAhead) this.#finishSealing(underWay.shift() as Sealing);
				underWay.push(this.#beginSealing(batch, contents));
			}
			for (let sealing = underWay.shift(); sealing !== undefined; sealing = underWay.shift())
				this.#finishSealing(sealing);
		} finally {
			for (const { sealing } of underWay) sealing?.finish();
		}
	}

	#beginSealing(run: Run, contents: ReadonlyMap<number, Uint8Array>): Sealing {
		const { first, count, seal } = run;
		const start = first * chunkSize;
		const stored = new Uint8Array((count - 1) * chunkSize + this.#file.lengthOf(first + count - 1));
		const pieces: Piece[] = [];
		for (let chunk = first; chunk < first + count; chunk++) {
			const length = this.#file.lengthOf(chunk);
			const from = (contents.get(chunk) as Uint8Array).subarray(0, length);
			const into = stored.subarray(chunk * chunkSize - start, chunk * chunkSize - start + length);
			if (seal === undefined) into.set(from);
			else pieces.push({ from, into, associated: this.#associated(seal, chunk), stamp: new Uint8Array(stampLength) });
		}
		if (seal === undefined) return { run, stored, pieces, sealing: undefined };
		const sealedChunks = this.#file.header.sealedChunks + count;
		if (sealedChunks > mostSealedChunks) throw new OsError('ENOTSUP', 'the key of the file must be renewed first');
		this.#file.change({ sealedChunks });
		return { run, stored, pieces, sealing: this.#parts.cipher.beginSeal(seal.key, pieces) };
	}

	#finishSealing({ run, stored, pieces, sealing }: Sealing): void {
		const { map } = this.#file;
		sealing?.finish();
		for (const [index, { stamp }] of pieces.entries()) map.set(run.first + index, stamp);
		if (sealing === undefined)
			for (let chunk = run.first; chunk < run.first + run.count; chunk++)
				if (map.find(chunk) !== undefined) map.clear({ start: chunk, end: chunk + 1 });
		this.#volume.write(this.#inode, run.first * chunkSize, stored);
	}

	#stamp(chunk: number): Uint8Array {
		const stamp = this.#file.map.find(chunk);
		if (stamp === undefined) throw damaged();
		return stamp;
	}

	#associated({ associated: start }: ChunkSeal, chunk: number): Uint8Array {
		const associated = new Uint8Array(start.length + associatedEnd);
		associated.set(start);
		const numbers = new DataView(associated.buffer, start.length);
		numbers.setUint32(0, Math.floor(chunk / 2 ** 32));
		numbers.setUint32(4, chunk >>> 0);
		numbers.setUint32(8, this.#file.lengthOf(chunk));
		return associated;
	}

	/** Stretches of at most `batchChunks`, cut where the volume's own chunks begin. `chunks` are in order. */
	#batches(chunks: readonly number[]): Run[] {
		return this.runs(chunks).flatMap(({ first, count, seal }) => {
			const batches: Run[] = [];
			for (let at = first; at < first + count; ) {
				const end = Math.min(first + count, (Math.floor(at / batchChunks) + 1) * batchChunks);
				batches.push({ first: at, count: end - at, seal });
				at = end;
			}
			return batches;
		});
	}

	get #inode(): number {
		return this.#file.inode;
	}

	get #volume(): FileSystem {
		return this.#parts.volume;
	}
}
