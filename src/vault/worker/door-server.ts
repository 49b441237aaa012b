/**
 * The vault's side of the blocking door: takes requests out of the shared memory and puts answers in their place.
 *
 * Invariants:
 * - It never blocks: it is told of requests by `Atomics.waitAsync`, and works on all lanes at the same time.
 * - One buffer holds the input of every piece on its way into WebCrypto, which copies its input before a call returns (W3C
 *   Web Cryptography Level 2, 14.3): `requireCopying` tries it. So each piece allocates its result alone.
 * - What stands in the memory is copied and checked before it is used. A request that makes no sense is answered with
 *   EPROTO, whatever fails with an error: a lane is never left without an answer.
 */
import { errorTable, OsError } from '#abi/errors.ts';
import {
	aligned,
	areaBytes,
	blocksOfPiece,
	type DoorLane,
	DoorMemory,
	doorKinds,
	laneWord,
} from '#vault/door-memory.ts';
import { stampBytes } from '#vault/key-vault.ts';
import { type FileKeys, nonceBytes, openPiece, sealPiece, tagBytes } from './file-keys.ts';
import type { KeyRings } from './key-rings.ts';

type Answer = { readonly value?: number; readonly blocks?: readonly Uint8Array[] };

export class DoorServer {
	readonly #door: DoorMemory;
	readonly #fileKeys: FileKeys;
	readonly #rings: KeyRings;
	/** The last request that was taken, for each lane. */
	readonly #taken: number[];
	readonly #input = new Uint8Array(areaBytes + tagBytes);

	constructor(memory: SharedArrayBuffer, fileKeys: FileKeys, rings: KeyRings) {
		this.#door = new DoorMemory(memory);
		this.#fileKeys = fileKeys;
		this.#rings = rings;
		this.#taken = this.#door.lanes.map(() => 0);
	}

	/** Serves for ever; the end of the Worker is its end. */
	async serve(): Promise<never> {
		for (;;) {
			const { rings } = this.#door;
			for (const [index, lane] of this.#door.lanes.entries()) {
				const request = Atomics.load(lane.words, laneWord.request);
				if (request === this.#taken[index]) continue;
				this.#taken[index] = request;
				void this.#answer(lane, request);
			}
			await this.#door.untilRung(rings);
		}
	}

	async #answer(lane: DoorLane, request: number): Promise<void> {
		let errno = 0;
		try {
			const { value = 0, blocks } = await this.#handle(lane);
			if (blocks !== undefined) lane.writeBlocks(blocks);
			lane.value = value;
		} catch (error) {
			errno = error instanceof OsError ? error.number : errorTable.EIO.number;
		}
		lane.words[laneWord.error] = errno;
		Atomics.store(lane.words, laneWord.reply, request);
		Atomics.notify(lane.words, laneWord.reply);
	}

	#handle(lane: DoorLane): Promise<Answer> | Answer {
		const { argument } = lane;
		switch (lane.words[laneWord.kind]) {
			case doorKinds.seal:
				return this.#seal(lane, this.#fileKeys.dataKey(argument));
			case doorKinds.open:
				return this.#open(lane, this.#fileKeys.dataKey(argument));
			case doorKinds.authenticate:
				return this.#authenticate(lane, argument);
			case doorKinds.createFileKey:
				return this.#fileKeys.create().then((value) => ({ value, blocks: [] }));
			case doorKinds.wrapFileKey:
				return this.#wrap(lane, argument);
			case doorKinds.unwrapFileKey:
				return this.#unwrap(lane, argument);
			case doorKinds.forgetFileKey:
				this.#fileKeys.forget(argument);
				return { blocks: [] };
			case doorKinds.closeRing:
				this.#rings.close(argument);
				return { blocks: [] };
			default:
				throw new OsError('EPROTO', 'the vault knows no such request');
		}
	}

	async #seal(lane: DoorLane, key: CryptoKey): Promise<Answer> {
		await Promise.all(
			piecesOf(lane).map(async (piece) => {
				const plain = this.#input.subarray(0, piece.length);
				plain.set(lane.area.subarray(piece.bytes, piece.bytes + piece.length));
				const sealing = sealPiece(key, plain, take(lane, piece.associated, piece.associatedLength));
				plain.fill(0);
				const { nonce, sealed } = await sealing;
				lane.area.set(nonce, piece.stamp);
				lane.area.set(sealed.subarray(piece.length), piece.stamp + nonceBytes);
				lane.area.set(sealed.subarray(0, piece.length), piece.bytes);
				step(lane);
			}),
		);
		return { value: 1 };
	}

	/** Value 1 when all could be opened; otherwise nothing of it stands in the memory. */
	async #open(lane: DoorLane, key: CryptoKey): Promise<Answer> {
		const opened = await Promise.all(
			piecesOf(lane).map(async (piece) => {
				const sealed = this.#input.subarray(0, piece.length + tagBytes);
				sealed.set(lane.area.subarray(piece.bytes, piece.bytes + piece.length));
				sealed.set(lane.area.subarray(piece.stamp + nonceBytes, piece.stamp + stampBytes), piece.length);
				const nonce = take(lane, piece.stamp, nonceBytes);
				const associated = take(lane, piece.associated, piece.associatedLength);
				const plain = await openPiece(key, sealed, { nonce, associated });
				step(lane);
				if (plain === undefined) return false;
				lane.area.set(plain, piece.bytes);
				plain.fill(0);
				return true;
			}),
		);
		if (opened.every(Boolean)) return { value: 1 };
		lane.clear();
		return { value: 0 };
	}

	async #authenticate(lane: DoorLane, key: number): Promise<Answer> {
		const [message] = blocksOf(lane, 1);
		return { blocks: [await this.#fileKeys.authenticate(key, message as Uint8Array<ArrayBuffer>)] };
	}

	async #wrap(lane: DoorLane, key: number): Promise<Answer> {
		const [publicKey, info] = blocksOf(lane, 2) as [Uint8Array, Uint8Array];
		const { encapsulated, ciphertext } = await this.#fileKeys.wrap(key, publicKey, info);
		return { blocks: [encapsulated, ciphertext] };
	}

	async #unwrap(lane: DoorLane, privateKey: number): Promise<Answer> {
		const [encapsulated, ciphertext, info] = blocksOf(lane, 3) as [Uint8Array, Uint8Array, Uint8Array];
		const pair = this.#rings.unwrappingKey(privateKey);
		const key = await this.#fileKeys.unwrap(pair, { encapsulated, ciphertext }, info);
		// Its person may have logged off while it was computed.
		if (key !== undefined && !this.#rings.isOpen(pair.ring)) this.#fileKeys.forgetThoseOf(pair.ring);
		return { value: key ?? 0, blocks: [] };
	}
}

/** EIO when WebCrypto reads its input after the call has returned: then two pieces would become one. */
export async function requireCopying(): Promise<void> {
	const algorithm = { name: 'AES-GCM', iv: new Uint8Array(nonceBytes) };
	const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
	const input = new Uint8Array(1024).fill(1);
	const sealing = crypto.subtle.encrypt(algorithm, key, input);
	input.fill(2);
	const sealed = new Uint8Array(await sealing);
	const opening = crypto.subtle.decrypt(algorithm, key, sealed);
	sealed.fill(3);
	const opened = await opening.then((plain) => new Uint8Array(plain).every((byte) => byte === 1));
	if (!opened) throw new OsError('EIO', 'the WebCrypto of this host does not copy what it is given');
}

/** Where the parts of a piece stand in a lane's area. */
interface PiecePlaces {
	readonly stamp: number;
	readonly associated: number;
	readonly associatedLength: number;
	readonly bytes: number;
	readonly length: number;
}

function piecesOf(lane: DoorLane): PiecePlaces[] {
	const lengths = lane.readLengths();
	if (lengths === undefined || lengths.length % blocksOfPiece !== 0)
		throw new OsError('EPROTO', 'the pieces make no sense');
	const pieces: PiecePlaces[] = [];
	let at = 0;
	for (let index = 0; index < lengths.length; index += blocksOfPiece) {
		const [stampLength, associatedLength, length] = lengths.slice(index) as [number, number, number];
		if (stampLength !== stampBytes) throw new OsError('EPROTO', 'a stamp has a wrong length');
		const associated = at + aligned(stampLength);
		const bytes = associated + aligned(associatedLength);
		pieces.push({ stamp: at, associated, associatedLength, bytes, length });
		at = bytes + aligned(length);
	}
	return pieces;
}

function blocksOf(lane: DoorLane, count: number): Uint8Array<ArrayBuffer>[] {
	const blocks = lane.readBlocks();
	if (blocks?.length !== count) throw new OsError('EPROTO', 'the request makes no sense');
	return blocks;
}

/** A copy in memory that is not shared, which WebCrypto wants. */
function take(lane: DoorLane, at: number, length: number): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(length);
	bytes.set(lane.area.subarray(at, at + length));
	return bytes;
}

/** A sign of life for who waits. */
function step(lane: DoorLane): void {
	Atomics.add(lane.words, laneWord.progress, 1);
}
