/**
 * Bytes from writers to readers in shared memory: what a pipe is made of. No call and no copy is needed but the two into
 * and out of it.
 *
 * Rules of use:
 * - Several threads may read and several write, each under the lock of its side. A lock carries its owner's number, so
 *   that it can be taken from one that has ended.
 * - Who finds nothing to do counts itself among `readersWaiting` or `writersWaiting`, takes the number of `readSignal` or
 *   `writeSignal`, looks again, and only then waits for that number to change: so no wake is lost.
 *
 * Invariant: `head` is moved after the bytes are there, `tail` after they are taken, so whoever ends in the middle of it
 * leaves whole bytes behind.
 */

/** Bytes written and bytes read so far, modulo 2^32; who waits; who is gone; who holds the lock of each side. */
export const ringWords = {
	head: 0,
	tail: 1,
	readersWaiting: 2,
	writersWaiting: 3,
	readersGone: 4,
	writersGone: 5,
	readLock: 6,
	writeLock: 7,
	readSignal: 8,
	writeSignal: 9,
} as const;

const headerBytes = 64;
const lineFeed = 10;

export class RingBuffer {
	readonly words: Int32Array<SharedArrayBuffer>;
	readonly buffer: SharedArrayBuffer;
	readonly capacity: number;
	readonly #bytes: Uint8Array<SharedArrayBuffer>;

	/** A new one, or one over the memory of another; `capacity` is a power of two. */
	constructor(memory: SharedArrayBuffer | number) {
		this.buffer = typeof memory === 'number' ? new SharedArrayBuffer(headerBytes + memory) : memory;
		this.capacity = this.buffer.byteLength - headerBytes;
		this.words = new Int32Array(this.buffer, 0, headerBytes / 4);
		this.#bytes = new Uint8Array(this.buffer, headerBytes);
	}

	/** Bytes that wait to be read; never more than there is room for, whatever somebody wrote into the words. */
	get filled(): number {
		const difference = Atomics.load(this.words, ringWords.head) - Atomics.load(this.words, ringWords.tail);
		return Math.min(difference >>> 0, this.capacity);
	}

	get readersGone(): boolean {
		return Atomics.load(this.words, ringWords.readersGone) !== 0;
	}

	get writersGone(): boolean {
		return Atomics.load(this.words, ringWords.writersGone) !== 0;
	}

	/** Takes up to `into.length` bytes; returns how many there were. Under the lock of readers. */
	read(into: Uint8Array): number {
		const count = Math.min(into.length, this.filled);
		const tail = this.words[ringWords.tail] as number;
		const start = (tail >>> 0) % this.capacity;
		const first = Math.min(count, this.capacity - start);
		into.set(this.#bytes.subarray(start, start + first));
		if (first < count) into.set(this.#bytes.subarray(0, count - first), first);
		this.#move(ringWords.tail, count);
		return count;
	}

	/** Bytes up to the first line feed, that included; all that wait when there is none. Under the lock of readers. */
	get lineLength(): number {
		const { filled } = this;
		const tail = (this.words[ringWords.tail] as number) >>> 0;
		for (let length = 1; length <= filled; length++)
			if (this.#bytes[(tail + length - 1) % this.capacity] === lineFeed) return length;
		return filled;
	}

	/** Puts in as many of the bytes as there is room for; returns how many. Under the lock of writers. */
	write(bytes: Uint8Array): number {
		const count = Math.min(bytes.length, this.capacity - this.filled);
		const head = this.words[ringWords.head] as number;
		const start = (head >>> 0) % this.capacity;
		const first = Math.min(count, this.capacity - start);
		this.#bytes.set(first === bytes.length ? bytes : bytes.subarray(0, first), start);
		if (first < count) this.#bytes.set(bytes.subarray(first, count));
		this.#move(ringWords.head, count);
		return count;
	}

	/** Throws away what waits to be read. */
	clear(): void {
		this.#move(ringWords.tail, this.filled);
	}

	tryLock(lock: number, owner: number): boolean {
		return Atomics.compareExchange(this.words, lock, 0, owner) === 0;
	}

	/** Lets go of a lock if `owner` holds it. */
	unlock(lock: number, owner: number): void {
		if (Atomics.compareExchange(this.words, lock, owner, 0) === owner) Atomics.notify(this.words, lock);
	}

	/** Says that a side is gone, to all who wait. */
	leave(side: typeof ringWords.readersGone | typeof ringWords.writersGone): void {
		Atomics.store(this.words, side, 1);
		this.#signal(ringWords.readSignal);
		this.#signal(ringWords.writeSignal);
	}

	#move(word: number, count: number): void {
		if (count === 0) return;
		Atomics.add(this.words, word, count);
		const isHead = word === ringWords.head;
		const waiting = isHead ? ringWords.readersWaiting : ringWords.writersWaiting;
		if (Atomics.load(this.words, waiting) > 0) this.#signal(isHead ? ringWords.readSignal : ringWords.writeSignal);
	}

	#signal(word: number): void {
		Atomics.add(this.words, word, 1);
		Atomics.notify(this.words, word);
	}
}
