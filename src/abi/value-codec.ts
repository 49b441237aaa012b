/**
 * Values of the contract as bytes, for the transport over shared memory.
 *
 * Rules of use:
 * - `codecOf` gives the codec of a type by its name; the argument list of a call is a row of codecs.
 * - A `ByteReader` checks every length against what there is: bytes of another process are read with it, and whatever they
 *   are it ends with a value or with `EPROTO`. That the value fits the call is checked by the gate, as for any transport.
 *
 * Layout: little-endian, no padding. A whole number or a time is a double; a `ns` a 64-bit integer; text is UTF-8 after
 * its length; an array, a column or `bytes` stands after its length; an optional value after a byte that is 0 or 1.
 */
import { OsError } from './errors.ts';
import { enumLayouts, structLayouts } from './layouts.generated.ts';

export interface ValueCodec {
	write(writer: ByteWriter, value: unknown): void;
	read(reader: ByteReader): unknown;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const firstCapacity = 4096;

/** Gathers bytes in memory of its own; `bytes` is what was written since `clear`. */
export class ByteWriter {
	#array = new Uint8Array(firstCapacity);
	#view = new DataView(this.#array.buffer);
	#length = 0;

	get bytes(): Uint8Array<ArrayBuffer> {
		return this.#array.subarray(0, this.#length);
	}

	clear(): void {
		this.#length = 0;
	}

	u8(value: number): void {
		const start = this.#claim(1);
		this.#array[start] = value;
	}

	u32(value: number): void {
		const start = this.#claim(4);
		this.#view.setUint32(start, value, true);
	}

	f64(value: number): void {
		const start = this.#claim(8);
		this.#view.setFloat64(start, value, true);
	}

	i64(value: bigint): void {
		const start = this.#claim(8);
		this.#view.setBigInt64(start, value, true);
	}

	/** Bytes after their length. */
	block(bytes: Uint8Array): void {
		this.u32(bytes.length);
		const start = this.#claim(bytes.length);
		this.#array.set(bytes, start);
	}

	text(value: string): void {
		// Three bytes hold any UTF-16 code unit.
		const start = this.#claim(4 + value.length * 3);
		const { written } = encoder.encodeInto(value, this.#array.subarray(start + 4));
		this.#view.setUint32(start, written, true);
		this.#length = start + 4 + written;
	}

	/** Place of `length` new bytes. */
	#claim(length: number): number {
		const start = this.#length;
		this.#length += length;
		if (this.#length > this.#array.length) this.#grow();
		return start;
	}

	#grow(): void {
		const larger = new Uint8Array(Math.max(this.#length, this.#array.length * 2));
		larger.set(this.#array);
		this.#array = larger;
		this.#view = new DataView(larger.buffer);
	}
}

/** Reads what a `ByteWriter` wrote. EPROTO when the bytes end too early or are no text. */
export class ByteReader {
	readonly #array: Uint8Array<ArrayBuffer>;
	readonly #view: DataView;
	#place = 0;

	/** Over memory that nobody else changes meanwhile. */
	constructor(array: Uint8Array<ArrayBuffer>) {
		this.#array = array;
		this.#view = new DataView(array.buffer, array.byteOffset, array.byteLength);
	}

	get atEnd(): boolean {
		return this.#place === this.#array.length;
	}

	u8(): number {
		return this.#array[this.#take(1)] as number;
	}

	u32(): number {
		return this.#view.getUint32(this.#take(4), true);
	}

	f64(): number {
		return this.#view.getFloat64(this.#take(8), true);
	}

	i64(): bigint {
		return this.#view.getBigInt64(this.#take(8), true);
	}

	/** A part of the array itself, not a copy. */
	block(): Uint8Array<ArrayBuffer> {
		const length = this.u32();
		const start = this.#take(length);
		return this.#array.subarray(start, start + length);
	}

	text(): string {
		try {
			return decoder.decode(this.block());
		} catch (error) {
			if (error instanceof OsError) throw error;
			// biome-ignore lint/style/useErrorCause: it is passed, after the detail.
			throw new OsError('EPROTO', 'a text is no UTF-8', { cause: error });
		}
	}

	#take(length: number): number {
		const start = this.#place;
		if (start + length > this.#array.length) throw new OsError('EPROTO', 'the message ends too early');
		this.#place = start + length;
		return start;
	}
}

const number: ValueCodec = {
	write: (writer, value) => writer.f64(value as number),
	read: (reader) => reader.f64(),
};

const text: ValueCodec = {
	write: (writer, value) => writer.text(value as string),
	read: (reader) => reader.text(),
};

const block: ValueCodec = {
	write: (writer, value) => writer.block(value as Uint8Array),
	read: (reader) => reader.block(),
};

const column: ValueCodec = {
	write(writer, value) {
		const { buffer, byteOffset, byteLength } = value as Float64Array;
		writer.block(new Uint8Array(buffer, byteOffset, byteLength));
	},
	read: (reader) => {
		const bytes = reader.block().slice();
		if (bytes.length % 8 !== 0) throw new OsError('EPROTO', 'a column ends in mid-number');
		return new Float64Array(bytes.buffer);
	},
};

const codecs = new Map<string, ValueCodec>([
	['void', { write: () => undefined, read: () => undefined }],
	['boolean', { write: (writer, value) => writer.u8(value === true ? 1 : 0), read: (reader) => reader.u8() !== 0 }],
	['u32', number],
	['size', number],
	['time', number],
	['real', number],
	['offset', number],
	['handle', number],
	['pid', number],
	['ns', { write: (writer, value) => writer.i64(value as bigint), read: (reader) => reader.i64() }],
	['string', text],
	['path', text],
	['bytes', block],
	['u8column', block],
	['f64column', column],
	['strings', arrayOf(text)],
	...Object.entries(enumLayouts).map(([name, values]) => [name, enumeration(values)] as const),
]);

/** The codec of a type of the contract; throws when there is no such type. */
export function codecOf(type: string): ValueCodec {
	const known = codecs.get(type);
	if (known !== undefined) return known;
	const codec = type.endsWith('[]')
		? arrayOf(codecOf(type.slice(0, -2)))
		: type.endsWith('?')
			? optional(codecOf(type.slice(0, -1)))
			: structure(type);
	codecs.set(type, codec);
	return codec;
}

function enumeration(values: readonly string[]): ValueCodec {
	return {
		write: (writer, value) => writer.u8(values.indexOf(value as string)),
		// A number without a name is no value of the enumeration, which the gate then says.
		read: (reader) => values[reader.u8()],
	};
}

function arrayOf(item: ValueCodec): ValueCodec {
	return {
		write(writer, value) {
			const items = value as readonly unknown[];
			writer.u32(items.length);
			for (const each of items) item.write(writer, each);
		},
		read(reader) {
			const items: unknown[] = [];
			for (let rest = reader.u32(); rest > 0; rest--) {
				// Items without bytes would let four bytes ask for four thousand million of them.
				if (reader.atEnd) throw new OsError('EPROTO', 'an array ends too early');
				items.push(item.read(reader));
			}
			return items;
		},
	};
}

function optional(value: ValueCodec): ValueCodec {
	return {
		write(writer, given) {
			writer.u8(given === undefined ? 0 : 1);
			if (given !== undefined) value.write(writer, given);
		},
		read: (reader) => (reader.u8() === 0 ? undefined : value.read(reader)),
	};
}

function structure(name: string): ValueCodec {
	const layout = structLayouts[name];
	if (layout === undefined) throw new Error(`The contract has no type ${name}`);
	const fields = layout.map(([field, type]) => [field, codecOf(type)] as const);
	return {
		write(writer, value) {
			for (const [field, codec] of fields) codec.write(writer, (value as Record<string, unknown>)[field]);
		},
		read(reader) {
			const value: Record<string, unknown> = {};
			for (const [field, codec] of fields) value[field] = codec.read(reader);
			return value;
		},
	};
}
