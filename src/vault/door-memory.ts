/**
 * The memory that the kernel and the vault share: the blocking door.
 *
 * Rules of use:
 * - The door has lanes; a lane carries one request at a time. The kernel writes a request into a free lane, `ring`s, and
 *   waits until the lane's `reply` is its `request`. The vault writes the answer where the request stood.
 * - Who reads what the other side wrote copies it first and checks it: `readLengths` does.
 *
 * Layout, all of one machine's byte order: eight words, of which the first is the bell, counted up by each request; then
 * the lanes, each `laneWords` words, `maximumBlocks` words with the lengths of its blocks, and `areaBytes` bytes in which
 * the blocks stand one after the other, each at a multiple of eight.
 *
 * Invariant: between calls no plain text and no secret stands here: who takes a plain text out overwrites it.
 */

/** Places in a lane's words. The argument is a double in words 8 and 9, the value one in words 10 and 11. */
export const laneWord = { request: 0, reply: 1, progress: 2, error: 3, kind: 4, count: 5 } as const;
const argumentDouble = 4;
const valueDouble = 5;

export const doorKinds = {
	seal: 1,
	open: 2,
	authenticate: 3,
	createFileKey: 4,
	wrapFileKey: 5,
	unwrapFileKey: 6,
	forgetFileKey: 7,
	closeRing: 8,
} as const;

/** Small lanes, and many: while the vault works on some, the kernel fills others, and what is worked on stays in the caches. */
export const laneCount = 10;
/** A batch of 16 chunks of 16 KiB with what belongs to them, and some room. */
export const areaBytes = (256 + 32) * 1024;
export const maximumBlocks = 1008;
/** Blocks of a piece: its stamp, what is associated with it, its bytes. */
export const blocksOfPiece = 3;

const headerBytes = 32;
const laneWords = 16;
const laneBytes = (laneWords + maximumBlocks) * 4 + areaBytes;
const doorBytes = headerBytes + laneCount * laneBytes;

const zeros = new Uint8Array(areaBytes);

/** Where a block that comes after `length` bytes begins. */
export const aligned = (length: number): number => (length + 7) & ~7;

export class DoorLane {
	readonly words: Int32Array<SharedArrayBuffer>;
	readonly area: Uint8Array<SharedArrayBuffer>;
	readonly #doubles: Float64Array<SharedArrayBuffer>;
	readonly #lengths: Int32Array<SharedArrayBuffer>;

	constructor(memory: SharedArrayBuffer, index: number) {
		const start = headerBytes + index * laneBytes;
		this.words = new Int32Array(memory, start, laneWords);
		this.#doubles = new Float64Array(memory, start, laneWords / 2);
		this.#lengths = new Int32Array(memory, start + laneWords * 4, maximumBlocks);
		this.area = new Uint8Array(memory, start + (laneWords + maximumBlocks) * 4, areaBytes);
	}

	get argument(): number {
		return this.#doubles[argumentDouble] as number;
	}

	set argument(value: number) {
		this.#doubles[argumentDouble] = value;
	}

	get value(): number {
		return this.#doubles[valueDouble] as number;
	}

	set value(value: number) {
		this.#doubles[valueDouble] = value;
	}

	/** Overwrites the area from its start. (`fill` of shared memory goes byte by byte; this does not.) */
	clear(bytes: number = areaBytes): void {
		this.area.set(zeros.subarray(0, bytes));
	}

	setLength(index: number, length: number): void {
		this.#lengths[index] = length;
	}

	/** The lengths of the blocks that stand here; `undefined` when they make no sense. */
	readLengths(): number[] | undefined {
		const count = this.words[laneWord.count] as number;
		if (count < 0 || count > maximumBlocks) return undefined;
		const lengths: number[] = [];
		let end = 0;
		for (let index = 0; index < count; index++) {
			const length = this.#lengths[index] as number;
			if (length < 0 || length > areaBytes) return undefined;
			lengths.push(length);
			end += aligned(length);
			if (end > areaBytes) return undefined;
		}
		return lengths;
	}

	/** Writes blocks from the start of the area. They have to fit. */
	writeBlocks(blocks: readonly Uint8Array[]): void {
		let at = 0;
		for (const [index, block] of blocks.entries()) {
			this.area.set(block, at);
			this.#lengths[index] = block.length;
			at += aligned(block.length);
		}
		this.words[laneWord.count] = blocks.length;
	}

	/** Copies of the blocks; `undefined` when they make no sense. */
	readBlocks(): Uint8Array<ArrayBuffer>[] | undefined {
		const lengths = this.readLengths();
		if (lengths === undefined) return undefined;
		let at = 0;
		return lengths.map((length) => {
			const block = new Uint8Array(length);
			block.set(this.area.subarray(at, at + length));
			at += aligned(length);
			return block;
		});
	}
}

export class DoorMemory {
	readonly memory: SharedArrayBuffer;
	readonly #bell: Int32Array<SharedArrayBuffer>;
	readonly lanes: readonly DoorLane[];

	/** Over memory of another thread, or new memory. */
	constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(doorBytes)) {
		this.memory = memory;
		this.#bell = new Int32Array(memory, 0, 1);
		this.lanes = Array.from({ length: laneCount }, (_, index) => new DoorLane(memory, index));
	}

	/** Tells the vault that there is a request. */
	ring(): void {
		Atomics.add(this.#bell, 0, 1);
		Atomics.notify(this.#bell, 0);
	}

	/** How often the bell was rung. */
	get rings(): number {
		return Atomics.load(this.#bell, 0);
	}

	/** Until the bell is rung once more than `rings`; at once when it was. */
	untilRung(rings: number): Promise<unknown> | undefined {
		const wait = Atomics.waitAsync(this.#bell, 0, rings);
		return wait.async ? wait.value : undefined;
	}
}
