/**
 * What can be asked and told about the encryption of files: the port that the kernel uses.
 *
 * Rules of use:
 * - Everything is synchronous, as `FileSystem` is, and changes belong to its open group: `commit` makes them durable.
 * - `user` is the person whose open keys are used. EACCES, with the names of who can open the file, when none of them does.
 * - Encrypting, decrypting and renewing a key are begun in one step and done by `convert`, some bytes at a time, so that no
 *   call takes long. A file that is being converted is read and written as any other; after a crash `convert` goes on
 *   where it was.
 *
 * Errors: EACCES as above; EILSEQ when what is stored is not what was encrypted; ENOTSUP for a format that this version does
 * not know; those of `FileSystem`.
 */
import type { Inode } from '#fs/file-system.ts';
import type { Sid } from '#security/sid.ts';
import type { Recipient } from './encryption-keys.ts';

export type ConversionKind = 'encrypting' | 'decrypting' | 'renewing';

export interface Conversion {
	readonly kind: ConversionKind;
	readonly doneBytes: number;
	readonly totalBytes: number;
}

/** What an encrypted file tells without a key. */
export interface EncryptionState {
	/** Who can open it, in the order in which they were added. */
	readonly recipients: readonly Recipient[];
	/** 1, and one more each time its key was renewed. */
	readonly epoch: number;
	/** `undefined`: all of it is as it should be. */
	readonly conversion: Conversion | undefined;
}

export interface UpdateResult {
	readonly added: number;
	readonly removed: number;
}

export interface FileEncryption {
	/** Whether a file is encrypted, or a folder encrypts what is made in it; quick. `list` and `stat` tell it too, as `attributeBits.encrypted`. */
	isEncrypted(inode: Inode): boolean;
	/** `undefined` for what is not encrypted, and for folders. */
	encryptionOf(inode: Inode): EncryptionState | undefined;
	/** Lets reading and writing go on with a key of `user`; EACCES when it has none for the file. Nothing to do for a plain file. */
	requireKeys(inode: Inode, user: Sid): void;
	/** The person has logged off: files that only its keys had opened are closed to the kernel. Call after `commit`. */
	forgetKeysOf(user: Sid): void;
	/** Whether what is made in a folder from now on is encrypted for its maker and the agents. */
	setFolderEncryption(directory: Inode, encrypts: boolean): void;

	/** Begins to encrypt a plain file for `recipients`; one at least. EEXIST when it is encrypted already. */
	beginEncryption(inode: Inode, recipients: readonly Recipient[]): void;
	/** Begins to encrypt a plain file for those who can open `model`, such as the file that it will replace. */
	beginEncryptionAs(inode: Inode, model: Inode): void;
	beginDecryption(inode: Inode, user: Sid): void;
	/** Begins to encrypt with a new key, for `recipients` alone: who has kept the old one cannot read what follows. */
	beginRenewal(inode: Inode, user: Sid, recipients: readonly Recipient[]): void;
	/** Converts about `bytes` more, and says what is left; `undefined` when it is done. Asks for `requireKeys` before. */
	convert(inode: Inode, bytes: number): Conversion | undefined;
	/** Turns an unfinished conversion round: `convert` then undoes it. EINVAL for a renewal, which only goes on. */
	cancelConversion(inode: Inode): void;

	/** Lets more people or agents open it; who can already is left as it is. */
	share(inode: Inode, user: Sid, recipients: readonly Recipient[]): void;
	/** Takes their keys away; they may have kept the file's key (`beginRenewal`). EINVAL when nobody would be left. */
	revoke(inode: Inode, user: Sid, publicKeys: readonly Uint8Array[]): void;
	/** Adds the agents of the policy, takes away those that are none any more, and gives `user` its current key. */
	update(inode: Inode, user: Sid): UpdateResult;

	/** Bytes of the raw form of an encrypted file: header, map and content as they are stored. Needs no key. */
	rawSize(inode: Inode): number;
	readRaw(inode: Inode, offset: number, into: Uint8Array): number;
	/** Turns a plain file that holds a raw form into the encrypted file that it is of. EINVAL when it is none. */
	restoreRaw(inode: Inode): void;
}
