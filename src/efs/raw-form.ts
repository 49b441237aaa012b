/**
 * The raw form of an encrypted file: one stream of bytes that holds it as it is stored, for backups without keys.
 *
 *     content      as it is stored, as many bytes as the file has
 *     attributes   of each: length of the name (2), name (ASCII), length of the value (4), value; `system.efs` first, the
 *                  others in the order of their names
 *     length       of all attributes (4)
 *     end          "EFSRAW1" and a line feed
 *
 * Numbers are big-endian.
 */
import { OsError } from '#abi/errors.ts';
import type { FileSystem, Inode } from '#fs/file-system.ts';
import { ByteReader, ByteWriter } from './byte-writer.ts';
import { isMapAttribute } from './chunk-map.ts';
import { earlierAttribute, headerAttribute, parseHeader } from './header.ts';

interface Attribute {
	readonly name: string;
	readonly value: Uint8Array;
}

export interface ParsedRaw {
	readonly size: number;
	readonly attributes: readonly Attribute[];
}

const magic = 'EFSRAW1\n';
const endLength = 4 + magic.length;
/** Attributes that a file of any size may have: header, earlier header, and room. */
const fixedAttributeBytes = 512 * 1024;
/** More than the map of 16 MiB of content needs, twice because a key may be under renewal. */
const attributeBytesOfPage = 16 * 1024;
const contentOfPage = 16 << 20;
/** Enough for 128 GiB: what a stream says of itself must not take all memory. */
const mostAttributeBytes = 2 ** 27;

export class RawForm {
	readonly #volume: FileSystem;

	constructor(volume: FileSystem) {
		this.#volume = volume;
	}

	size(inode: Inode): number {
		return this.#volume.stat(inode).size + this.#attributes(inode).length;
	}

	read(inode: Inode, offset: number, into: Uint8Array): number {
		const { size } = this.#volume.stat(inode);
		const fromContent = offset < size ? this.#volume.read(inode, offset, into) : 0;
		if (fromContent === into.length) return fromContent;
		const attributes = this.#attributes(inode);
		const at = offset + fromContent - size;
		const part = attributes.subarray(at, at + into.length - fromContent);
		into.set(part, fromContent);
		return fromContent + part.length;
	}

	/** EINVAL when a plain file does not hold a raw form. */
	parse(inode: Inode): ParsedRaw {
		try {
			return this.#parse(inode);
		} catch (error) {
			throw error instanceof RangeError ? new OsError('EINVAL', 'not an encrypted file in its raw form') : error;
		}
	}

	#parse(inode: Inode): ParsedRaw {
		const { size } = this.#volume.stat(inode);
		const end = new ByteReader(this.#read(inode, size - endLength, endLength));
		const length = end.uint32();
		if (new TextDecoder('latin1').decode(end.bytes(magic.length)) !== magic) throw new RangeError('no end mark');
		const fitting = fixedAttributeBytes + Math.ceil(size / contentOfPage) * attributeBytesOfPage;
		if (length > Math.min(fitting, mostAttributeBytes)) throw new RangeError('too many attributes');
		const contentSize = size - endLength - length;
		const reader = new ByteReader(this.#read(inode, contentSize, length));
		const attributes: Attribute[] = [];
		while (reader.remaining > 0) {
			const name = new TextDecoder('latin1').decode(reader.bytes(reader.uint16()));
			attributes.push({ name, value: reader.bytes(reader.uint32()) });
		}
		const [first, ...others] = attributes;
		if (first?.name !== headerAttribute || parseHeader(first.value).header.size !== contentSize)
			throw new RangeError('no header');
		if (others.some(({ name }) => name !== earlierAttribute && !isMapAttribute(name)))
			throw new RangeError('an attribute of others');
		return { size: contentSize, attributes };
	}

	#read(inode: Inode, offset: number, length: number): Uint8Array {
		if (offset < 0) throw new RangeError('the bytes end too early');
		const bytes = new Uint8Array(length);
		this.#volume.read(inode, offset, bytes);
		return bytes;
	}

	#attributes(inode: Inode): Uint8Array {
		const names = this.#volume.listExtended(inode).filter((name) => name === earlierAttribute || isMapAttribute(name));
		const writer = new ByteWriter();
		for (const name of [headerAttribute, ...names]) {
			const value = this.#volume.findExtended(inode, name) ?? new Uint8Array();
			writer.uint16(name.length).ascii(name).uint32(value.length).bytes(value);
		}
		const attributes = writer.finish();
		return new ByteWriter().bytes(attributes).uint32(attributes.length).ascii(magic).finish();
	}
}
