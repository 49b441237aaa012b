/** What encrypting costs: the same work on plain and on encrypted files of one volume, with the vault in its own thread. */

import { EncryptingVolume } from '#efs/encrypting-volume.ts';
import type { EncryptionKeys, Recipient } from '#efs/encryption-keys.ts';
import { VolumeEncryption } from '#efs/volume-encryption.ts';
import type { Inode } from '#fs/file-system.ts';
import { hostRandom } from '#hosts/common/host-random.ts';
import type { KeyVault } from '#vault/key-vault.ts';
import type { OpenedVolume } from '#volume/open-volume.ts';

/** Milliseconds, megabytes a second, percent, or shares of the plain file. */
export interface EncryptionFigures {
	readonly plainWrite: number;
	readonly write: number;
	readonly writeShare: number;
	readonly plainRead: number;
	readonly read: number;
	readonly readShare: number;
	readonly plainOverwrite: number;
	readonly overwrite: number;
	readonly overwriteMore: number;
	readonly share: number;
	readonly room: number;
}

const megabytes = 128;
const piece = 1 << 20;
/** As the kernel commits what a program writes. */
const piecesACommit = 4;
const overwrites = 200;
const sharedFiles = 50;
const ann = 'S-1-5-21-1-2-3-1000';

export async function measureEncryption(inner: OpenedVolume, vault: KeyVault): Promise<EncryptionFigures> {
	const { keys, other } = await makePeople(vault);
	const volume = new EncryptingVolume({ volume: inner, cipher: vault, keys, random: hostRandom });
	const encryption = new VolumeEncryption(volume);
	const make = (name: string, isEncrypted: boolean): Inode => {
		const inode = volume.create(volume.root, name, 'file');
		if (isEncrypted) encryption.beginEncryption(inode, [keys.recipientOf(ann) as Recipient]);
		volume.commit();
		return inode;
	};
	// Once before it counts: code is compiled, and the file of the volume has its room.
	for (const isEncrypted of [false, true]) writeAll(volume, make(`first ${isEncrypted}`, isEncrypted), 32);
	for (const name of ['first false', 'first true']) volume.unlink(volume.root, name);
	volume.commit();
	inner.settle();
	const [plain, encrypted] = [make('plain', false), make('encrypted', true)];
	const plainWrite = writeAll(volume, plain, megabytes);
	const write = writeAll(volume, encrypted, megabytes);
	const plainRead = readAll(volume, plain);
	const read = readAll(volume, encrypted);
	const plainOverwrite = overwrite(volume, plain);
	const ownOverwrite = overwrite(volume, encrypted);
	return {
		...{ plainWrite, write, writeShare: write / plainWrite, plainRead, read, readShare: read / plainRead },
		...{ plainOverwrite, overwrite: ownOverwrite, overwriteMore: ownOverwrite - plainOverwrite },
		room: roomOf(inner, encrypted, plain),
		share: shareSome(
			make,
			(inode) => encryption.share(inode, ann, [other]),
			() => volume.commit(),
		),
	};
}

async function makePeople(vault: KeyVault): Promise<{ keys: EncryptionKeys; other: Recipient }> {
	const context = new Uint8Array(8);
	const [mine, others] = await Promise.all([vault.createRing(context), vault.createRing(context)]);
	const recipientOf = (name: string, ring: typeof mine): Recipient => {
		return { kind: 'user', name, publicKey: ring.keys[0]?.record.publicKey ?? new Uint8Array() };
	};
	const keys: EncryptionKeys = {
		unlockedKeysOf: () => mine.keys.map(({ key, record }) => ({ key, publicKey: record.publicKey })),
		recipientOf: () => recipientOf(ann, mine),
		agents: () => [],
	};
	return { keys, other: recipientOf('S-1-5-21-1-2-3-1001', others) };
}

/** What an encrypted file takes more than a plain one of the same size, in percent. */
function roomOf(inner: OpenedVolume, encrypted: Inode, plain: Inode): number {
	const attributes = inner.listExtended(encrypted).map((name) => inner.findExtended(encrypted, name)?.length ?? 0);
	const stored = inner.usage(encrypted).storedBytes + attributes.reduce((sum, length) => sum + length, 0);
	return (stored / inner.usage(plain).storedBytes - 1) * 100;
}

/** Megabytes a second. */
function writeAll(volume: EncryptingVolume, inode: Inode, count: number): number {
	const bytes = new Uint8Array(piece).map((_, at) => at * 7 + (at >>> 8));
	const start = performance.now();
	for (let at = 0; at < count; at++) {
		volume.write(inode, at * piece, bytes);
		if (at % piecesACommit === piecesACommit - 1) volume.commit();
	}
	volume.commit();
	return (count / (performance.now() - start)) * 1000;
}

function readAll(volume: EncryptingVolume, inode: Inode): number {
	const bytes = new Uint8Array(piece);
	const start = performance.now();
	for (let at = 0; at < megabytes; at++) volume.read(inode, at * piece, bytes);
	return (megabytes / (performance.now() - start)) * 1000;
}

/** Milliseconds of one, stored durably. */
function overwrite(volume: EncryptingVolume, inode: Inode): number {
	const bytes = new Uint8Array(64).fill(1);
	const start = performance.now();
	for (let count = 0; count < overwrites; count++) {
		volume.write(inode, (count * 37_000_019) % (megabytes * piece - 64), bytes);
		volume.commit();
	}
	return (performance.now() - start) / overwrites;
}

function shareSome(
	make: (name: string, isEncrypted: boolean) => Inode,
	share: (inode: Inode) => void,
	commit: () => void,
): number {
	const files = Array.from({ length: sharedFiles }, (_, count) => make(`shared ${count}`, true));
	const start = performance.now();
	for (const inode of files) {
		share(inode);
		commit();
	}
	return (performance.now() - start) / sharedFiles;
}
