/** An encrypted file, opened by what docs/formats/efs2.md says. Nothing of a chunk is told before it was verified. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { type KeyPair, openGcm, openSealed } from './hpke.ts';
import type { StoredNode, StoredVolume } from './stored-volume.ts';

const chunkBytes = 65_536;
const stampLength = 28;
const hashLength = 32;
const entriesAPage = 256;
const macLength = 32;
/** Without the name. */
const wrapLength = 114;
const rests = ['none', 'plain', 'earlier'] as const;

interface Wrap {
	readonly kind: number;
	readonly publicKey: Buffer;
	readonly encapsulated: Buffer;
	readonly ciphertext: Buffer;
	readonly name: string;
}

interface Header {
	readonly rest: (typeof rests)[number];
	readonly context: Buffer;
	readonly size: number;
	readonly boundary: number;
	readonly earlierDigest: Buffer;
	readonly root: Buffer;
	readonly wraps: readonly Wrap[];
	readonly message: Buffer;
	readonly mac: Buffer;
}

/** A header with the key of its chunks. */
interface OpenedHeader {
	readonly header: Header;
	readonly dataKey: Buffer;
}

/** Who can open a file, without a key. */
export function holdersOf(volume: StoredVolume, { inode }: StoredNode): string[] {
	return parseHeader(attributeOf(volume, inode, 'system.efs')).wraps.map(({ name }) => name);
}

/** The content of a file, chunk by chunk. */
export function* readEncrypted(
	volume: StoredVolume,
	{ inode, size }: StoredNode,
	keys: readonly KeyPair[],
): Generator<Uint8Array> {
	const stored = attributeOf(volume, inode, 'system.efs');
	const opened = open(parseHeader(stored), keys);
	const { header } = opened;
	if (header.size !== size) throw new Error('The size of the file is not that of its header.');
	const earlier = header.rest === 'earlier' ? openEarlier(volume, inode, header, keys) : undefined;
	const map = new ChunkMap(volume, inode, header);
	for (let number = 0; number * chunkBytes < size; number++) {
		const length = Math.min(chunkBytes, size - number * chunkBytes);
		const bytes = volume.read(inode, number * chunkBytes, length);
		const isConverted = header.rest === 'none' || number < header.boundary;
		const stamp = map.stamp(number);
		if (!isConverted && header.rest === 'plain') yield bytes;
		else if (stamp === undefined) yield new Uint8Array(length);
		else yield openChunk(isConverted ? opened : (earlier as OpenedHeader), { number, bytes, stamp });
	}
}

function openEarlier(volume: StoredVolume, inode: number, header: Header, keys: readonly KeyPair[]): OpenedHeader {
	const bytes = attributeOf(volume, inode, 'system.efs.earlier');
	if (!createHash('sha256').update(bytes).digest().equals(header.earlierDigest))
		throw new Error('The earlier header was changed.');
	return open(parseHeader(bytes), keys);
}

function openChunk(
	{ header, dataKey }: OpenedHeader,
	{ number, bytes, stamp }: { readonly number: number; readonly bytes: Uint8Array; readonly stamp: Uint8Array },
): Buffer {
	const place = Buffer.alloc(12);
	place.writeBigUInt64BE(BigInt(number));
	place.writeUInt32BE(bytes.length, 8);
	const associated = Buffer.concat([Buffer.from('EFS2/chunk'), header.context, place]);
	const sealed = Buffer.concat([bytes, stamp.subarray(12)]);
	const opened = openGcm(dataKey, { nonce: stamp.subarray(0, 12), sealed, associated });
	if (opened === undefined) throw new Error(`Chunk ${number} was changed.`);
	return opened;
}

/** Finds the wrap of one of the keys; the MAC says that it opened the right key. */
function open(header: Header, keys: readonly KeyPair[]): OpenedHeader {
	for (const wrap of header.wraps) {
		const key = keys.find(({ publicKey }) => publicKey.equals(wrap.publicKey));
		if (key === undefined) continue;
		const info = Buffer.concat([Buffer.from('EFS2/wrap'), header.context, Buffer.of(wrap.kind), wrap.publicKey]);
		const fileKey = openSealed(key, wrap, info);
		if (fileKey === undefined) continue;
		const mac = createHmac('sha256', derive(fileKey, 'header')).update(header.message).digest();
		if (timingSafeEqual(mac, header.mac)) return { header, dataKey: derive(fileKey, 'data') };
		throw new Error('The header was changed.');
	}
	throw new Error(`None of the keys opens it. Those of ${header.wraps.map(({ name }) => name).join(', ')} do.`);
}

function derive(fileKey: Buffer, purpose: 'data' | 'header'): Buffer {
	return createHmac('sha256', fileKey).update(`EFS2/${purpose}`).update(Buffer.of(1)).digest();
}

/** Nonces and tags of the chunks, each page verified up to the root. */
class ChunkMap {
	readonly #volume: StoredVolume;
	readonly #inode: number;
	readonly #root: Buffer;
	readonly #top: number;
	readonly #verified = new Map<string, Buffer>();

	constructor(volume: StoredVolume, inode: number, { root, size }: Header) {
		this.#volume = volume;
		this.#inode = inode;
		this.#root = root;
		const chunks = Math.ceil(size / chunkBytes);
		let top = 0;
		while (entriesAPage ** (top + 1) < chunks) top++;
		this.#top = top;
	}

	/** `undefined`: the chunk is a hole. */
	stamp(number: number): Buffer | undefined {
		return this.#entry(0, number, stampLength);
	}

	#entry(level: number, index: number, length: number): Buffer | undefined {
		const page = this.#page(level, Math.floor(index / entriesAPage), length);
		const at = (index % entriesAPage) * length;
		const entry = page.subarray(at, at + length);
		return entry.length === length && entry.some((byte) => byte !== 0) ? entry : undefined;
	}

	#page(level: number, number: number, entryLength: number): Buffer {
		const name = level === 0 ? `system.efs.map.${number}` : `system.efs.tree.${level}.${number}`;
		const known = this.#verified.get(name);
		if (known !== undefined) return known;
		const page = Buffer.from(this.#volume.attribute(this.#inode, name) ?? []);
		const expected = level === this.#top ? this.#root : this.#entry(level + 1, number, hashLength);
		if (!hashOf(level, number, page).equals(expected ?? Buffer.alloc(hashLength)))
			throw new Error(`Page ${number} of level ${level} of the map was changed.`);
		if (page.length > entriesAPage * entryLength) throw new Error('A page of the map is too long.');
		this.#verified.set(name, page);
		return page;
	}
}

function hashOf(level: number, number: number, page: Buffer): Buffer {
	if (page.length === 0) return Buffer.alloc(hashLength);
	const place = Buffer.alloc(9);
	place.writeUInt8(level);
	place.writeBigUInt64BE(BigInt(number), 1);
	return createHash('sha256').update('EFS2/map').update(place).update(page).digest();
}

function attributeOf(volume: StoredVolume, inode: number, name: string): Buffer {
	const value = volume.attribute(inode, name);
	if (value === undefined) throw new Error(`The file is not encrypted: it has no ${name}.`);
	return Buffer.from(value);
}

function parseWrap(bytes: Buffer): Wrap {
	return {
		kind: bytes.readUInt8(0),
		publicKey: bytes.subarray(1, 33),
		encapsulated: bytes.subarray(33, 65),
		ciphertext: bytes.subarray(65, 113),
		name: bytes.subarray(wrapLength).toString('utf8'),
	};
}

function parseHeader(bytes: Buffer): Header {
	if (bytes.length < 135 + macLength || bytes.subarray(0, 4).toString('latin1') !== 'EFS2')
		throw new Error('This is no header of an encrypted file.');
	if (bytes[4] !== 1 || bytes[5] !== 1 || bytes[6] !== 16) throw new Error('The file is of a newer format.');
	const rest = rests[bytes[7] ?? 0];
	if (rest === undefined || (bytes[68] ?? 0) > 1) throw new Error('The header has an unknown value.');
	const wraps: Wrap[] = [];
	let at = 135;
	for (let count = bytes.readUInt16BE(133); count > 0; count--) {
		const nameEnd = at + wrapLength + bytes.readUInt8(at + wrapLength - 1);
		wraps.push(parseWrap(bytes.subarray(at, nameEnd)));
		at = nameEnd;
	}
	if (at + macLength !== bytes.length) throw new Error('The header has the wrong length.');
	return {
		...{ rest, wraps, context: bytes.subarray(8, 44), message: bytes.subarray(0, at), mac: bytes.subarray(at) },
		size: Number(bytes.readBigUInt64BE(44)),
		boundary: Number(bytes.readBigUInt64BE(60)),
		earlierDigest: bytes.subarray(69, 101),
		root: bytes.subarray(101, 133),
	};
}
