/**
 * The kernel's side of the blocking door: writes requests into the shared memory and waits for their answers.
 *
 * Rules of use: one thread uses it, one call at a time; between `beginOpen` and its `finish` there may be other calls.
 *
 * Invariants:
 * - It never waits for ever: a vault that makes no step for `patienceMs` of this thread's waiting counts as dead. The time is
 *   counted in slices, so that a computer that slept meanwhile has spent one of them.
 * - An answer is believed in nothing but its meaning: its lengths are checked before bytes are taken.
 * - What was opened is overwritten in the shared memory when it is taken out, and a plain text when its call fails.
 */
import { errorName, OsError } from '#abi/errors.ts';
import {
	aligned,
	areaBytes,
	blocksOfPiece,
	type DoorLane,
	DoorMemory,
	doorKinds,
	laneWord,
	maximumBlocks,
} from './door-memory.ts';
import {
	type BlockingVault,
	type FileKey,
	macBytes,
	type OpeningPieces,
	type Piece,
	type PrivateKey,
	type RingId,
	type SealingPieces,
	stampBytes,
	type WrappedKey,
} from './key-vault.ts';

const sliceMs = 1000;
const patienceMs = 20_000;
const maximumPieceBytes = 256 * 1024;
const maximumAssociatedBytes = 256;
/** Lanes that openings under way leave to the calls that wait: two, so that one is filled while the other is worked on. */
const waitingLanes = 2;

/** A request that stands in a lane. */
interface Request {
	readonly lane: DoorLane;
	readonly usedBytes: number;
}

interface PieceRequest extends Request {
	readonly pieces: readonly Piece[];
}

export class BlockingDoor implements BlockingVault {
	readonly memory = new DoorMemory();
	readonly #free: DoorLane[] = [...this.memory.lanes];
	readonly #failed: (reason: string) => void;
	readonly #patienceMs: number;
	#closed: string | undefined;

	/** `failed` is told when the vault does not answer. */
	constructor(failed: (reason: string) => void, patience = patienceMs) {
		this.#failed = failed;
		this.#patienceMs = patience;
	}

	/** Every later call fails with EIO and this reason. */
	close(reason: string): void {
		this.#closed = reason;
	}

	createFileKey(): FileKey {
		return this.#ask(doorKinds.createFileKey, 0, []).value;
	}

	wrapFileKey(key: FileKey, publicKey: Uint8Array, info: Uint8Array): WrappedKey {
		const [encapsulated, ciphertext] = this.#ask(doorKinds.wrapFileKey, key, [publicKey, info]).blocks;
		if (encapsulated === undefined || ciphertext === undefined) throw this.#garbage();
		return { encapsulated, ciphertext };
	}

	unwrapFileKey(privateKey: PrivateKey, wrapped: WrappedKey, info: Uint8Array): FileKey | undefined {
		const blocks = [wrapped.encapsulated, wrapped.ciphertext, info];
		const { value } = this.#ask(doorKinds.unwrapFileKey, privateKey, blocks);
		return value === 0 ? undefined : value;
	}

	forgetFileKey(key: FileKey): void {
		this.#ask(doorKinds.forgetFileKey, key, []);
	}

	authenticate(key: FileKey, message: Uint8Array): Uint8Array {
		const [mac] = this.#ask(doorKinds.authenticate, key, [message]).blocks;
		if (mac?.length !== macBytes) throw this.#garbage();
		return mac;
	}

	closeRing(ring: RingId): void {
		this.#ask(doorKinds.closeRing, ring, []);
	}

	seal(key: FileKey, pieces: readonly Piece[]): void {
		this.#stream(doorKinds.seal, key, pieces);
	}

	open(key: FileKey, pieces: readonly Piece[]): boolean {
		const isWhole = this.#stream(doorKinds.open, key, pieces);
		if (!isWhole) clear(pieces);
		return isWhole;
	}

	beginSeal(key: FileKey, pieces: readonly Piece[]): SealingPieces {
		const { finish } = this.#begin(doorKinds.seal, key, pieces);
		return { finish: () => void finish() };
	}

	beginOpen(key: FileKey, pieces: readonly Piece[]): OpeningPieces {
		const { finish } = this.#begin(doorKinds.open, key, pieces);
		return {
			finish: () => {
				const isWhole = finish();
				if (!isWhole) clear(pieces);
				return isWhole;
			},
		};
	}

	/** Sends what there are lanes for; the rest is done when it is finished. */
	#begin(kind: number, key: FileKey, pieces: readonly Piece[]): { finish(): boolean } {
		const requests: PieceRequest[] = [];
		let at = 0;
		while (at < pieces.length && this.#free.length > waitingLanes) {
			const request = this.#submitPieces(kind, key, pieces, at);
			requests.push(request);
			at += request.pieces.length;
		}
		const rest = pieces.slice(at);
		return {
			finish: () => {
				const done = requests.splice(0).map((request) => this.#finishPieces(kind, request));
				return done.every(Boolean) && (rest.length === 0 || this.#stream(kind, key, rest));
			},
		};
	}

	/** Sends pieces in batches, as many of them at a time as there are lanes. False when one could not be opened. */
	#stream(kind: number, key: FileKey, pieces: readonly Piece[]): boolean {
		const running: PieceRequest[] = [];
		let isWhole = true;
		try {
			for (let at = 0; at < pieces.length; ) {
				if (this.#free.length === 0 && running.length > 0)
					isWhole = this.#finishPieces(kind, running.shift() as PieceRequest) && isWhole;
				const request = this.#submitPieces(kind, key, pieces, at);
				running.push(request);
				at += request.pieces.length;
			}
		} finally {
			for (const request of running) isWhole = this.#finishPieces(kind, request) && isWhole;
		}
		return isWhole;
	}

	/** Writes as many pieces from place `start` as one lane holds, and sends them. */
	#submitPieces(kind: number, key: FileKey, pieces: readonly Piece[], start: number): PieceRequest {
		const lane = this.#takeLane();
		try {
			let usedBytes = 0;
			let end = start;
			for (; end < pieces.length && (end - start + 1) * blocksOfPiece <= maximumBlocks; end++) {
				const piece = pieces[end] as Piece;
				checkPiece(piece);
				const size = placesOf(piece, 0).end;
				if (usedBytes + size > areaBytes) break;
				writePiece(lane, piece, { index: end - start, at: usedBytes, kind });
				usedBytes += size;
			}
			lane.words[laneWord.count] = (end - start) * blocksOfPiece;
			this.#send(lane, kind, key);
			return { lane, usedBytes, pieces: pieces.slice(start, end) };
		} catch (error) {
			this.#release(lane, areaBytes);
			throw error;
		}
	}

	/** Waits, and takes what came out; false when a piece could not be opened. */
	#finishPieces(kind: number, { lane, usedBytes, pieces }: PieceRequest): boolean {
		let isWhole = false;
		try {
			this.#await(lane);
			isWhole = lane.value === 1;
			if (isWhole) readPieces(lane, pieces, kind);
			return isWhole;
		} finally {
			this.#release(lane, kind === doorKinds.seal && isWhole ? 0 : usedBytes);
		}
	}

	/** One request that is no pieces, and its whole answer. */
	#ask(kind: number, argument: number, blocks: readonly Uint8Array[]): { value: number; blocks: Uint8Array[] } {
		const size = blocks.reduce((sum, { length }) => sum + aligned(length), 0);
		if (size > areaBytes) throw new OsError('EINVAL', 'more than the vault takes at a time');
		const lane = this.#takeLane();
		try {
			lane.writeBlocks(blocks);
			this.#send(lane, kind, argument);
			this.#await(lane);
			const answer = lane.readBlocks();
			if (answer === undefined) throw this.#garbage();
			return { value: lane.value, blocks: answer };
		} finally {
			this.#release(lane, 0);
		}
	}

	#takeLane(): DoorLane {
		if (this.#closed !== undefined) throw new OsError('EIO', this.#closed);
		const lane = this.#free.pop();
		if (lane === undefined) throw new OsError('EIO', 'every lane of the vault is in use');
		return lane;
	}

	/** Gives a lane back, the first `bytes` of its area overwritten. */
	#release(lane: DoorLane, bytes: number): void {
		lane.clear(bytes);
		this.#free.push(lane);
	}

	#send(lane: DoorLane, kind: number, argument: number): void {
		lane.words[laneWord.kind] = kind;
		lane.argument = argument;
		Atomics.add(lane.words, laneWord.request, 1);
		this.memory.ring();
	}

	/** Waits for the lane's answer; throws what the vault answered instead. */
	#await(lane: DoorLane): void {
		const { words } = lane;
		const request = Atomics.load(words, laneWord.request);
		let progress = Atomics.load(words, laneWord.progress);
		let waitedMs = 0;
		for (;;) {
			const reply = Atomics.load(words, laneWord.reply);
			if (reply === request) break;
			if (this.#closed !== undefined) throw new OsError('EIO', this.#closed);
			const slice = Math.min(sliceMs, this.#patienceMs);
			if (Atomics.wait(words, laneWord.reply, reply, slice) !== 'timed-out') continue;
			const now = Atomics.load(words, laneWord.progress);
			waitedMs = now === progress ? waitedMs + slice : 0;
			progress = now;
			if (waitedMs >= this.#patienceMs) throw this.#dead();
		}
		const error = words[laneWord.error] as number;
		if (error !== 0) throw new OsError(errorName(error), 'the key vault refused');
	}

	#dead(): OsError {
		this.#failed('the key vault does not answer');
		return new OsError('EIO', 'the key vault does not answer');
	}

	/** A vault whose answers make no sense is not asked again. */
	#garbage(): OsError {
		this.#failed('the answer of the key vault makes no sense');
		return new OsError('EIO', 'the answer of the key vault makes no sense');
	}
}

function checkPiece({ from, into, associated, stamp }: Piece): void {
	if (from.length > maximumPieceBytes || associated.length > maximumAssociatedBytes)
		throw new OsError('EINVAL', 'a piece is larger than the vault takes');
	if (from.length !== into.length || stamp.length !== stampBytes)
		throw new OsError('EINVAL', 'a piece has parts of wrong lengths');
}

/** Where the blocks of a piece stand that begins at `at`. */
function placesOf({ associated, from }: Piece, at: number): { associated: number; bytes: number; end: number } {
	const associatedAt = at + aligned(stampBytes);
	const bytes = associatedAt + aligned(associated.length);
	return { associated: associatedAt, bytes, end: bytes + aligned(from.length) };
}

function writePiece(lane: DoorLane, piece: Piece, place: { index: number; at: number; kind: number }): void {
	const places = placesOf(piece, place.at);
	if (place.kind === doorKinds.open) lane.area.set(piece.stamp, place.at);
	lane.area.set(piece.associated, places.associated);
	lane.area.set(piece.from, places.bytes);
	const first = place.index * blocksOfPiece;
	lane.setLength(first, stampBytes);
	lane.setLength(first + 1, piece.associated.length);
	lane.setLength(first + 2, piece.from.length);
}

function readPieces(lane: DoorLane, pieces: readonly Piece[], kind: number): void {
	let at = 0;
	for (const piece of pieces) {
		const places = placesOf(piece, at);
		if (kind === doorKinds.seal) piece.stamp.set(lane.area.subarray(at, at + stampBytes));
		piece.into.set(lane.area.subarray(places.bytes, places.bytes + piece.into.length));
		at = places.end;
	}
}

function clear(pieces: readonly Piece[]): void {
	for (const { into } of pieces) into.fill(0);
}
