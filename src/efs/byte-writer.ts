/** Numbers and bytes one after the other, as the formats of this room have them: big-endian, without padding. */

export class ByteWriter {
	readonly #parts: Uint8Array[] = [];
	#length = 0;

	bytes(bytes: Uint8Array): this {
		this.#parts.push(bytes);
		this.#length += bytes.length;
		return this;
	}

	ascii(text: string): this {
		return this.bytes(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
	}

	uint8(value: number): this {
		return this.bytes(Uint8Array.of(value));
	}

	uint16(value: number): this {
		return this.bytes(Uint8Array.of(value >>> 8, value));
	}

	uint32(value: number): this {
		return this.bytes(Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value));
	}

	/** Up to 2^53 - 1. */
	uint64(value: number): this {
		return this.uint32(Math.floor(value / 2 ** 32)).uint32(value >>> 0);
	}

	finish(): Uint8Array<ArrayBuffer> {
		const whole = new Uint8Array(this.#length);
		let at = 0;
		for (const part of this.#parts) {
			whole.set(part, at);
			at += part.length;
		}
		return whole;
	}
}

/** Throws `RangeError` when there is less than what is asked for. */
export class ByteReader {
	readonly #bytes: Uint8Array;
	#at = 0;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
	}

	get position(): number {
		return this.#at;
	}

	get remaining(): number {
		return this.#bytes.length - this.#at;
	}

	/** A copy. */
	bytes(length: number): Uint8Array<ArrayBuffer> {
		if (length > this.remaining) throw new RangeError('the bytes end too early');
		this.#at += length;
		return this.#bytes.slice(this.#at - length, this.#at);
	}

	uint8(): number {
		return this.bytes(1)[0] as number;
	}

	uint16(): number {
		return this.uint8() * 2 ** 8 + this.uint8();
	}

	uint32(): number {
		return this.uint16() * 2 ** 16 + this.uint16();
	}

	/** `RangeError` above 2^53 - 1. */
	uint64(): number {
		const value = this.uint32() * 2 ** 32 + this.uint32();
		if (!Number.isSafeInteger(value)) throw new RangeError('a number is too large');
		return value;
	}
}

/** Whether two are the same; takes as long for any two of one length. */
export function equalBytes(one: Uint8Array, other: Uint8Array): boolean {
	if (one.length !== other.length) return false;
	let difference = 0;
	for (let at = 0; at < one.length; at++) difference |= (one[at] as number) ^ (other[at] as number);
	return difference === 0;
}
