/**
 * One encrypted file: its header, its keys and where its chunks are.
 *
 * Rules of use:
 * - `open` with a person's keys before anything that needs the content; what needs it fails with EACCES otherwise.
 * - `change` replaces the header in memory; `flush` stores it, with the root of the map and its MAC.
 * - After an undo, or when the file below was changed behind its back, `reload`.
 *
 * Invariant: a header is used for content only after its MAC was verified with the file's own key, and its size is the
 * size of the file.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { OsError } from '#abi/errors.ts';
import type { FileSystem, Inode } from '#fs/file-system.ts';
import type { Sid } from '#security/sid.ts';
import { ByteWriter, equalBytes } from './byte-writer.ts';
import { ChunkMap, isMapAttribute } from './chunk-map.ts';
import type { Recipient, UnlockedKey } from './encryption-keys.ts';
import type { FileCipher, FileKey } from './file-cipher.ts';
import { FileKeys } from './file-keys.ts';
import {
	chunkSize,
	contextBytes,
	earlierAttribute,
	type FileContext,
	formatHeader,
	type Header,
	headerAttribute,
	parseHeader,
	type StoredHeader,
	type Wrap,
	wrapInfo,
} from './header.ts';

/** What the chunks of one key are sealed with. */
export interface ChunkSeal {
	readonly epoch: number;
	readonly key: FileKey;
	/** What the AAD of each begins with. */
	readonly associated: Uint8Array;
}

export interface FileParts {
	/** The volume below, on which everything is as it is stored. */
	readonly volume: FileSystem;
	readonly cipher: FileCipher;
}

export class EncryptedFile {
	readonly inode: Inode;
	readonly keys: FileKeys;
	readonly #parts: FileParts;
	#stored: StoredHeader | undefined;
	#earlier: StoredHeader | undefined;
	#header: Header | undefined;
	#map: ChunkMap | undefined;
	#seal: ChunkSeal | undefined;
	#earlierSeal: ChunkSeal | undefined;
	#isVerified = false;

	/** `made`: the header of a file that is encrypted now; otherwise it is read. */
	constructor(parts: FileParts, inode: Inode, made?: { header: Header; key: FileKey }) {
		this.inode = inode;
		this.#parts = parts;
		this.keys = new FileKeys(parts.cipher);
		if (made === undefined) return;
		this.keys.add(made.header, made.key);
		this.#header = made.header;
		this.#isVerified = true;
	}

	/** As it is now, stored or not. EILSEQ when there is none that can be read. */
	get header(): Header {
		this.#header ??= this.#readHeader().header;
		return this.#header;
	}

	/** The header with the key before this one, while the key is being renewed. */
	get earlier(): Header | undefined {
		if (this.header.rest !== 'earlier') return undefined;
		this.#earlier ??= this.#readEarlier();
		return this.#earlier.header;
	}

	get chunkCount(): number {
		return Math.ceil(this.header.size / chunkSize);
	}

	/** Only for who has opened the file. */
	get map(): ChunkMap {
		this.requireOpen();
		this.#map ??= new ChunkMap(
			{
				find: (name) => this.#parts.volume.findExtended(this.inode, name),
				set: (name, value) => this.#parts.volume.setExtended(this.inode, name, value),
				names: () => this.#parts.volume.listExtended(this.inode).filter(isMapAttribute),
			},
			this.chunkCount,
			this.header.root,
		);
		return this.#map;
	}

	/** Bytes of a chunk that are in the file. */
	lengthOf(chunk: number): number {
		return Math.max(0, Math.min(chunkSize, this.header.size - chunk * chunkSize));
	}

	/** What a chunk is or will be sealed with; `undefined` where the file is still plain. */
	sealOf(chunk: number): ChunkSeal | undefined {
		const { header } = this;
		if (header.rest === 'none' || chunk < header.boundary) {
			if (this.#seal?.epoch !== header.epoch) this.#seal = this.#makeSeal(header);
			return this.#seal;
		}
		const { earlier } = this;
		if (earlier === undefined) return undefined;
		if (this.#earlierSeal?.epoch !== earlier.epoch) this.#earlierSeal = this.#makeSeal(earlier);
		return this.#earlierSeal;
	}

	keyOf(header: Header): FileKey {
		return this.keys.find(header) ?? this.#refuse();
	}

	/** Whether one of these keys opens it; then content can be used. EILSEQ when the file was changed by who has no key. */
	open(user: Sid, unlocked: readonly UnlockedKey[]): void {
		const { header, earlier } = this;
		const isHere = [header, earlier].every((each) => each === undefined || this.keys.find(each) !== undefined);
		if (isHere && this.keys.openers.has(user) && unlocked.length > 0) {
			this.requireOpen();
			return;
		}
		for (const candidate of unlocked) {
			if (!this.#unwrap(header, candidate) || (earlier !== undefined && !this.#unwrap(earlier, candidate))) continue;
			this.requireOpen();
			this.keys.openers.add(user);
			return;
		}
		this.#refuse();
	}

	/** Forgets its keys and opens it again with those of the people who have it open; who cannot any more has closed it. */
	openAnew(unlockedKeysOf: (user: Sid) => readonly UnlockedKey[]): void {
		const openers = [...this.keys.openers];
		this.keys.forget();
		this.reload();
		this.#openFor(openers, unlockedKeysOf);
	}

	/** Its header is another: as `openAnew`, and the keys that are here stay, should the group be undone. */
	openAgain(unlockedKeysOf: (user: Sid) => readonly UnlockedKey[]): void {
		const openers = [...this.keys.openers];
		this.keys.openers.clear();
		this.#openFor(openers, unlockedKeysOf);
	}

	/** EACCES when nobody has opened it; EILSEQ when what is stored is not what its key has authenticated. */
	requireOpen(): void {
		if (this.#isVerified) return;
		const { header, earlier } = this;
		this.#verify(this.#stored, this.keyOf(header));
		if (earlier !== undefined) this.#verify(this.#earlier, this.keyOf(earlier));
		const { size } = this.#parts.volume.stat(this.inode);
		if (size !== header.size) throw damaged();
		this.#isVerified = true;
	}

	change(change: Partial<Header>): void {
		this.#header = { ...this.header, ...change };
	}

	/** Stores the header that goes with the key before; `undefined` when there is none any more. */
	setEarlier(header: Header | undefined): void {
		if (header === undefined) {
			this.#earlier = undefined;
			this.#parts.volume.setExtended(this.inode, earlierAttribute, undefined);
			return;
		}
		this.#earlier = this.#authenticate(header);
		const bytes = joinHeader(this.#earlier);
		this.#parts.volume.setExtended(this.inode, earlierAttribute, bytes);
		this.change({ earlierDigest: sha256(bytes) });
	}

	flush(): void {
		if (this.#map !== undefined) this.change({ root: this.#map.flush() });
		this.#stored = this.#authenticate(this.header);
		this.#parts.volume.setExtended(this.inode, headerAttribute, joinHeader(this.#stored));
	}

	/** What is in memory is not what is stored: it is read again, and verified with the keys that are here. */
	reload(): void {
		this.#header = undefined;
		this.#stored = undefined;
		this.#earlier = undefined;
		this.#map = undefined;
		this.#seal = undefined;
		this.#earlierSeal = undefined;
		this.#isVerified = false;
	}

	/** The FEK of a header for one more. */
	wrap(header: Header, recipient: Recipient): Wrap {
		return makeWrap(this.#parts.cipher, { context: header, key: this.keyOf(header) }, recipient);
	}

	#openFor(users: readonly Sid[], unlockedKeysOf: (user: Sid) => readonly UnlockedKey[]): void {
		for (const user of users) {
			try {
				this.open(user, unlockedKeysOf(user));
			} catch (error) {
				if (!(error instanceof OsError)) throw error;
			}
		}
	}

	#readHeader(): StoredHeader {
		const bytes = this.#parts.volume.findExtended(this.inode, headerAttribute);
		if (bytes === undefined) throw damaged();
		this.#stored = parseHeader(bytes);
		return this.#stored;
	}

	#readEarlier(): StoredHeader {
		const bytes = this.#parts.volume.findExtended(this.inode, earlierAttribute);
		if (bytes === undefined || !equalBytes(sha256(bytes), this.header.earlierDigest)) throw damaged();
		return parseHeader(bytes);
	}

	#makeSeal(header: Header): ChunkSeal {
		const associated = new ByteWriter().ascii('EFS2/chunk').bytes(contextBytes(header)).finish();
		return { epoch: header.epoch, key: this.keyOf(header), associated };
	}

	#authenticate(header: Header): StoredHeader {
		const message = formatHeader(header);
		return { header, message, mac: this.#parts.cipher.authenticate(this.keyOf(header), message) };
	}

	#verify(stored: StoredHeader | undefined, key: FileKey): void {
		const expected = stored === undefined ? undefined : this.#parts.cipher.authenticate(key, stored.message);
		if (stored === undefined || expected === undefined || !equalBytes(expected, stored.mac)) throw damaged();
	}

	#unwrap(header: Header, { publicKey, key }: UnlockedKey): boolean {
		const wrap = header.wraps.find((candidate) => equalBytes(candidate.publicKey, publicKey));
		if (wrap === undefined) return false;
		const fileKey = this.#parts.cipher.unwrapFileKey(key, wrap, wrapInfo(header, wrap));
		if (fileKey !== undefined) this.keys.add(header, fileKey);
		return fileKey !== undefined;
	}

	#refuse(): never {
		const names = this.header.wraps.map(({ name }) => name).join(', ');
		throw new OsError('EACCES', `it is encrypted; who can open it: ${names}`);
	}
}

export function makeWrap(
	cipher: FileCipher,
	{ context, key }: { context: FileContext; key: FileKey },
	recipient: Recipient,
): Wrap {
	const { kind, publicKey, name } = recipient;
	return { kind, publicKey, name, ...cipher.wrapFileKey(key, publicKey, wrapInfo(context, recipient)) };
}

function joinHeader({ message, mac }: StoredHeader): Uint8Array {
	const bytes = new Uint8Array(message.length + mac.length);
	bytes.set(message);
	bytes.set(mac, message.length);
	return bytes;
}

export function damaged(): OsError {
	return new OsError('EILSEQ', 'the encryption of the file is damaged or was changed');
}
