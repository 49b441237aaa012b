/**
 * The header of an encrypted file, the extended attribute `system.efs`:
 *
 *     0     4   "EFS2"
 *     4     1   version: 1
 *     5     1   suite: 1
 *     6     1   binary logarithm of the size of a chunk: 16
 *     7     1   rest: what the chunks from `boundary` on are. 0 there are none, 1 plain, 2 of the earlier header
 *     8    16   volume on which it was made
 *     24   16   identifier of the file, random
 *     40    4   epoch: 1, and one more for each new key
 *     44    8   size of the file
 *     52    8   chunks sealed with this key so far
 *     60    8   boundary: number of the first chunk that is not converted; 0 when `rest` is 0
 *     68    1   direction in which the boundary moves: 0 up, 1 down
 *     69   32   SHA-256 of the earlier header (`system.efs.earlier`); zeros unless `rest` is 2
 *     101  32   root of the map
 *     133   2   count of wraps, 1 to 256
 *     135       wraps: kind (1: 1 user, 2 agent), public key (32), encapsulated key (32), wrapped key (48), length of the
 *               name (1), name (UTF-8)
 *     end - 32  HMAC-SHA-256 with K_header of all bytes before it
 *
 * Invariant: one header has one spelling; what follows its MAC, or differs in a reserved value, is refused.
 */
import { OsError } from '#abi/errors.ts';
import { ByteReader, ByteWriter } from './byte-writer.ts';
import type { Recipient } from './encryption-keys.ts';
import { publicKeyLength, type WrappedKey, wrappedKeyLength } from './file-cipher.ts';

export const headerAttribute = 'system.efs';
export const earlierAttribute = 'system.efs.earlier';
export const maximumWraps = 256;
export const macLength = 32;
/** Of `volume` and `file`. */
export const identifierLength = 16;
const digestLength = 32;
const magic = 'EFS2';
const version = 1;
const suite = 1;
const maximumNameBytes = 255;

/** Bytes of plain content in a chunk; only the last of a file may have fewer. */
export const chunkSize = 65_536;
const chunkLogarithm = 16;

export interface Wrap extends Recipient, WrappedKey {}

/** What binds chunks, map and wraps to one file and one key of it. */
export interface FileContext {
	readonly volume: Uint8Array;
	readonly file: Uint8Array;
	readonly epoch: number;
}

/** What the chunks from the boundary on are. */
export type Rest = 'none' | 'plain' | 'earlier';

export interface Header extends FileContext {
	readonly size: number;
	/** Advisory: a key that has sealed too many chunks should be renewed. */
	readonly sealedChunks: number;
	readonly rest: Rest;
	readonly boundary: number;
	readonly direction: 'up' | 'down';
	readonly earlierDigest: Uint8Array;
	readonly root: Uint8Array;
	readonly wraps: readonly Wrap[];
}

/** A header as it is stored: what it says, what its MAC is over, and the MAC. */
export interface StoredHeader {
	readonly header: Header;
	readonly message: Uint8Array;
	readonly mac: Uint8Array;
}

const rests: readonly Rest[] = ['none', 'plain', 'earlier'];
const directions: readonly Header['direction'][] = ['up', 'down'];
const kinds: readonly Recipient['kind'][] = ['user', 'agent'];

export const noDigest: Uint8Array = new Uint8Array(digestLength);

/** `volume || file || epoch`, 36 bytes. */
export function contextBytes({ volume, file, epoch }: FileContext): Uint8Array {
	return new ByteWriter().bytes(volume).bytes(file).uint32(epoch).finish();
}

/** HPKE `info` of a wrap: "EFS2/wrap" || context || kind || public key. */
export function wrapInfo(context: FileContext, { kind, publicKey }: Recipient): Uint8Array {
	const writer = new ByteWriter().ascii('EFS2/wrap').bytes(contextBytes(context));
	return writer
		.uint8(kinds.indexOf(kind) + 1)
		.bytes(publicKey)
		.finish();
}

/** Everything but the MAC. */
export function formatHeader(header: Header): Uint8Array<ArrayBuffer> {
	const writer = new ByteWriter().ascii(magic).uint8(version).uint8(suite).uint8(chunkLogarithm);
	writer.uint8(rests.indexOf(header.rest)).bytes(contextBytes(header));
	writer.uint64(header.size).uint64(header.sealedChunks).uint64(header.boundary);
	writer.uint8(directions.indexOf(header.direction)).bytes(header.earlierDigest).bytes(header.root);
	writer.uint16(header.wraps.length);
	for (const { kind, publicKey, encapsulated, ciphertext, name } of header.wraps) {
		const nameBytes = new TextEncoder().encode(name);
		writer
			.uint8(kinds.indexOf(kind) + 1)
			.bytes(publicKey)
			.bytes(encapsulated)
			.bytes(ciphertext);
		writer.uint8(nameBytes.length).bytes(nameBytes);
	}
	return writer.finish();
}

/** ENOTSUP for a version or suite of others, EILSEQ for what is no header. Its MAC is for the caller to verify. */
export function parseHeader(bytes: Uint8Array): StoredHeader {
	try {
		const reader = new ByteReader(bytes);
		requireFormat(reader);
		const header = readHeader(reader);
		if (reader.remaining !== macLength) throw new RangeError('bytes follow the header');
		return { header, message: bytes.slice(0, reader.position), mac: reader.bytes(macLength) };
	} catch (error) {
		throw error instanceof OsError ? error : damaged(error);
	}
}

function damaged(cause: unknown): OsError {
	return new OsError('EILSEQ', 'the encryption of the file is damaged', { cause });
}

/** EINVAL for recipients that no header can name. */
export function requireRecipients(recipients: readonly Recipient[]): void {
	if (recipients.length === 0) throw new OsError('EINVAL', 'somebody must be able to open the file');
	if (recipients.length > maximumWraps) throw new OsError('EINVAL', `a file has at most ${maximumWraps} keys`);
	for (const { publicKey, name } of recipients) {
		if (publicKey.length !== publicKeyLength) throw new OsError('EINVAL', 'a public key');
		if (new TextEncoder().encode(name).length > maximumNameBytes) throw new OsError('EINVAL', 'a name is too long');
	}
}

function requireFormat(reader: ByteReader): void {
	if (new TextDecoder('latin1').decode(reader.bytes(magic.length)) !== magic) throw new RangeError('no header');
	const [foundVersion, foundSuite, foundLogarithm] = reader.bytes(3);
	if (foundVersion !== version || foundSuite !== suite || foundLogarithm !== chunkLogarithm)
		throw new OsError('ENOTSUP', 'the file was encrypted by a newer version of Vitrine');
}

function readHeader(reader: ByteReader): Header {
	const rest = pick(rests, reader.uint8());
	const volume = reader.bytes(identifierLength);
	const file = reader.bytes(identifierLength);
	const [epoch, size, sealedChunks, boundary] = [reader.uint32(), reader.uint64(), reader.uint64(), reader.uint64()];
	const direction = pick(directions, reader.uint8());
	const [earlierDigest, root] = [reader.bytes(digestLength), reader.bytes(digestLength)];
	const count = reader.uint16();
	if (epoch === 0 || count === 0 || count > maximumWraps) throw new RangeError('an impossible number');
	const wraps = Array.from({ length: count }, () => readWrap(reader));
	return { volume, file, epoch, size, sealedChunks, rest, boundary, direction, earlierDigest, root, wraps };
}

function readWrap(reader: ByteReader): Wrap {
	const kind = pick(kinds, reader.uint8() - 1);
	const [publicKey, encapsulated] = [reader.bytes(publicKeyLength), reader.bytes(publicKeyLength)];
	const ciphertext = reader.bytes(wrappedKeyLength);
	const name = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(reader.bytes(reader.uint8()));
	return { kind, publicKey, encapsulated, ciphertext, name };
}

function pick<T>(values: readonly T[], index: number): T {
	const value = values[index];
	if (value === undefined) throw new RangeError('an impossible value');
	return value;
}
