/**
 * The system volume with encrypted files: `SystemVolume` over another, whose files it encrypts where they say so.
 *
 * Rules of use:
 * - Nothing else changes the volume below while this one is open.
 * - Content of encrypted files is sealed when the group is committed, when much has gathered, and before something asks the
 *   volume below about it.
 * - A step that fails after another of the same call has changed something undoes the whole group (`GroupLost`).
 *
 * Invariants: an encrypted file is one with `attributeBits.encrypted`; it has a header, and nobody but this sets either.
 * Attributes `system.efs…` are seen by nobody above.
 */
import { attributeBits } from '#abi/attributes.ts';
import { OsError } from '#abi/errors.ts';
import type { Random } from '#base/ports.ts';
import { type ByteRange, type DescriptorText, GroupLost, type Inode, type Usage } from '#fs/file-system.ts';
import type { PreviousVersions } from '#fs/previous-versions.ts';
import type { SystemVolume } from '#fs/system-volume.ts';
import { parseDescriptor } from '#security/security-descriptor.ts';
import { type Sid, sids } from '#security/sid.ts';
import { ChunkCache } from './chunk-cache.ts';
import { prepareStep, takeStep } from './conversion.ts';
import { EncryptedFile, makeWrap } from './encrypted-file.ts';
import { EncryptedVersions } from './encrypted-versions.ts';
import type { EncryptionKeys, Recipient } from './encryption-keys.ts';
import type { FileCipher, FileKey } from './file-cipher.ts';
import type { FileContent } from './file-content.ts';
import { ForwardingVolume, type NamePlace } from './forwarding-volume.ts';
import {
	type FileContext,
	type Header,
	headerAttribute,
	identifierLength,
	noDigest,
	requireRecipients,
	type Wrap,
} from './header.ts';
import { isEncryptedFile, OpenFiles } from './open-files.ts';
import { ReadAhead } from './read-ahead.ts';

export interface EncryptingVolumeParts {
	readonly volume: SystemVolume;
	readonly cipher: FileCipher;
	readonly keys: EncryptionKeys;
	readonly random: Random;
}

/** What is sealed before a commit, so that memory stays bounded. */
const mostPendingBytes = 8 << 20;
/** Chunks: 8 MiB. */
const cachedChunks = 128;
/** A larger plain file that enters an encrypted folder is refused by `rename`: it is copied there, in steps. */
const largestEncryptedAtOnce = 16 << 20;

export class EncryptingVolume extends ForwardingVolume {
	readonly cipher: FileCipher;
	readonly keys: EncryptionKeys;
	readonly files: OpenFiles;
	override readonly versions: PreviousVersions | undefined;
	readonly #random: Random;
	#identifier: Uint8Array | undefined;
	/** Why the group cannot be made durable any more. */
	#broken: unknown;

	constructor({ volume, cipher, keys, random }: EncryptingVolumeParts) {
		super(volume);
		this.cipher = cipher;
		this.keys = keys;
		this.#random = random;
		this.versions = volume.versions === undefined ? undefined : new EncryptedVersions(this, volume.versions);
		this.files = new OpenFiles({ volume, cipher, cache: new ChunkCache(cachedChunks), ahead: new ReadAhead() });
	}

	/** Whether a file is encrypted, or a folder encrypts what is made in it. */
	isEncrypted(inode: Inode): boolean {
		return (this.inner.stat(inode).attributes & attributeBits.encrypted) !== 0;
	}

	override create(directory: Inode, name: string, kind: 'file' | 'directory', descriptor?: DescriptorText): Inode {
		const make = (): Inode => this.pass(() => this.inner.create(directory, name, kind, descriptor));
		if (!this.files.encryptsWithin(directory)) {
			const inode = make();
			if (kind === 'file') this.files.addPlain(inode);
			return inode;
		}
		const owner = ownerOf(descriptor);
		const made = kind === 'file' ? this.#makeKey(this.recipientsFor(owner)) : undefined;
		const inode = make();
		this.together(() => this.markEncrypted(inode, true));
		if (made !== undefined) this.#addFile(inode, made, 0).file.keys.openers.add(owner);
		return inode;
	}

	override rename(from: NamePlace, to: NamePlace, replace: boolean): void {
		const source = this.inner.find(from.directory, from.name);
		const recipients = source === undefined ? undefined : this.#recipientsAfter(source, from, to);
		this.#flushNamed(to);
		this.pass(() => this.inner.rename(from, to, replace));
		if (source === undefined || recipients === undefined) return;
		this.encryptAtOnce(source, recipients);
	}

	override unlink(directory: Inode, name: string): void {
		this.#flushNamed({ directory, name });
		super.unlink(directory, name);
	}

	override copy(inode: Inode, directory: Inode, name: string, descriptor?: DescriptorText): Inode {
		const content = this.files.find(inode);
		const make = (): Inode => this.pass(() => this.inner.copy(inode, directory, name, descriptor));
		if (content === undefined) {
			if (this.inner.kindOf(inode) === 'file' && this.files.encryptsWithin(directory))
				throw new OsError('EXDEV', 'what enters an encrypted folder is encrypted anew');
			return make();
		}
		if (content.file.header.rest !== 'none') throw new OsError('EBUSY', 'it is being converted');
		this.together(() => content.flush());
		const copied = make();
		this.together(() => {
			for (const attribute of this.inner.listExtended(inode).filter(isOwnAttribute))
				this.inner.setExtended(copied, attribute, this.inner.findExtended(inode, attribute));
			this.markEncrypted(copied, true);
		});
		return copied;
	}

	override read(inode: Inode, offset: number, into: Uint8Array): number {
		return this.files.find(inode)?.read(offset, into) ?? this.inner.read(inode, offset, into);
	}

	override write(inode: Inode, offset: number, bytes: Uint8Array): void {
		this.#change(
			inode,
			() => this.inner.write(inode, offset, bytes),
			(content) => content.write(offset, bytes),
		);
	}

	override truncate(inode: Inode, size: number): void {
		this.#change(
			inode,
			() => this.inner.truncate(inode, size),
			(content) => content.truncate(size),
		);
	}

	override allocate(inode: Inode, offset: number, length: number): void {
		this.#change(
			inode,
			() => this.inner.allocate(inode, offset, length),
			(content) => content.allocate(offset, length),
		);
	}

	override clear(inode: Inode, offset: number, length: number): void {
		this.#change(
			inode,
			() => this.inner.clear(inode, offset, length),
			(content) => content.clear({ start: offset, end: offset + length }),
		);
	}

	override findData(inode: Inode, offset: number): ByteRange | undefined {
		const content = this.files.find(inode);
		if (content !== undefined) this.settleFor(() => content.sealPending());
		return this.inner.findData(inode, offset);
	}

	override usage(inode: Inode): Usage {
		this.settleFor(() => {
			for (const content of this.files.touched) content.sealPending();
		});
		return this.inner.usage(inode);
	}

	override setAttributes(inode: Inode, attributes: number): void {
		const { encrypted } = attributeBits;
		const own = this.inner.stat(inode).attributes & encrypted;
		this.pass(() => this.inner.setAttributes(inode, (attributes & ~encrypted) | own));
	}

	override findExtended(inode: Inode, name: string): Uint8Array | undefined {
		return isOwnAttribute(name) ? undefined : this.inner.findExtended(inode, name);
	}

	override setExtended(inode: Inode, name: string, value: Uint8Array | undefined): void {
		if (isOwnAttribute(name)) throw new OsError('EPERM', name);
		this.pass(() => this.inner.setExtended(inode, name, value));
	}

	override listExtended(inode: Inode): string[] {
		return this.inner.listExtended(inode).filter((name) => !isOwnAttribute(name));
	}

	override retain(inode: Inode): void {
		this.inner.retain(inode);
		this.files.retain(inode);
	}

	override release(inode: Inode): void {
		this.files.release(inode);
		this.pass(() => this.inner.release(inode));
	}

	/** What is only in memory yet counts too: a call that is answered without a commit would promise what a crash takes. */
	override get dirty(): boolean {
		return this.inner.dirty || this.#broken !== undefined || this.files.hasTouched;
	}

	override commit(): void {
		try {
			if (this.#broken !== undefined) throw this.#broken;
			this.#flushAll();
			this.inner.commit();
		} catch (error) {
			this.rollback();
			throw error;
		}
		this.files.settle();
	}

	override rollback(): void {
		this.inner.rollback();
		this.#forgetGroup();
	}

	/** Makes a change of the volume below. */
	override pass<T>(change: () => T): T {
		this.#requireWhole();
		try {
			return change();
		} catch (error) {
			if (error instanceof GroupLost) this.#forgetGroup();
			throw error;
		}
	}

	/** Steps of which none may be left out: when one fails, the group is undone. */
	together<T>(steps: () => T): T {
		this.#requireWhole();
		try {
			return steps();
		} catch (error) {
			return this.#lose(error);
		}
	}

	markEncrypted(inode: Inode, isEncrypted: boolean): void {
		const { encrypted } = attributeBits;
		this.files.forgetFolder(inode);
		const others = this.inner.stat(inode).attributes & ~encrypted;
		this.inner.setAttributes(inode, isEncrypted ? others | encrypted : others);
	}

	/** Gives a plain file a header; what it holds is still to be converted. */
	beginFor(inode: Inode, recipients: readonly Recipient[]): FileContent {
		const { kind, size } = this.inner.stat(inode);
		if (kind !== 'file') throw new OsError(kind === 'directory' ? 'EISDIR' : 'EINVAL', 'only files are encrypted');
		if (this.files.find(inode) !== undefined) throw new OsError('EEXIST', 'it is encrypted already');
		const made = this.#makeKey(recipients);
		return this.together(() => {
			this.markEncrypted(inode, true);
			return this.#addFile(inode, made, size);
		});
	}

	/** Encrypts all of a plain file in the open group. */
	encryptAtOnce(inode: Inode, recipients: readonly Recipient[]): void {
		const content = this.beginFor(inode, recipients);
		this.together(() => {
			// What it held in clear is not kept in clear.
			this.inner.versions?.purge(inode);
			while (!takeStep(content, this.inner, prepareStep(content, mostPendingBytes))) content.sealPending();
		});
	}

	/** Changes an encrypted file; when that fails half-way, the group is undone. */
	changeFile(content: FileContent, change: () => void): void {
		this.#requireWhole();
		const { versions } = this.inner;
		try {
			// A version is kept of what is stored, before the first change of a group; later there is nothing whole to keep.
			if (content.isChanged && versions !== undefined) versions.withoutKeeping(content.file.inode, change);
			else change();
		} catch (error) {
			if (content.isHalfChanged) this.files.touch(content);
			if (error instanceof GroupLost || content.isHalfChanged) this.#lose(error);
			throw error;
		}
		this.files.touch(content);
		this.#sealWhenMuch();
	}

	/** Seals for a question about the volume below. It cannot undo the group, which is lost when it is changed next. */
	settleFor(question: () => void): void {
		try {
			question();
		} catch (error) {
			this.#broken = error;
			throw error;
		}
	}

	/** For whom a person's new files are encrypted: itself and the agents of the policy. EACCES when it has no key. */
	recipientsFor(owner: Sid): Recipient[] {
		const person = this.keys.recipientOf(owner);
		if (person === undefined)
			throw new OsError(
				'EACCES',
				'nothing can be encrypted for you until you have a key and a proved way to recover it',
			);
		return [person, ...this.keys.agents()];
	}

	#change(inode: Inode, plain: () => void, encrypted: (content: FileContent) => void): void {
		const content = this.files.find(inode);
		if (content === undefined) this.pass(plain);
		else this.changeFile(content, () => encrypted(content));
	}

	/** Who can open a plain file after it was renamed; `undefined` when it stays plain. */
	#recipientsAfter(source: Inode, from: NamePlace, to: NamePlace): readonly Recipient[] | undefined {
		const kind = this.inner.kindOf(source);
		if (kind === 'link' || (kind === 'file' && this.files.find(source) !== undefined)) return undefined;
		const replaced = this.inner.find(to.directory, to.name);
		if (kind === 'file' && replaced !== undefined && replaced !== source) {
			const model = this.files.find(replaced);
			if (model !== undefined) return model.file.header.wraps;
		}
		if (!this.files.encryptsWithin(to.directory) || this.isEncrypted(from.directory) || this.isEncrypted(source))
			return undefined;
		if (kind === 'directory' || this.inner.stat(source).size > largestEncryptedAtOnce)
			throw new OsError('EXDEV', 'what enters an encrypted folder is encrypted anew');
		return this.recipientsFor(ownerOf(this.inner.descriptorOf(source)));
	}

	/** What loses its name may be kept as it is stored. */
	#flushNamed({ directory, name }: NamePlace): void {
		if (this.inner.versions === undefined || !this.files.touched.some(({ isChanged }) => isChanged)) return;
		const inode = this.inner.find(directory, name);
		const content = this.files.touched.find(({ file }) => file.inode === inode);
		if (content !== undefined) this.together(() => content.flush());
	}

	#makeKey(recipients: readonly Recipient[]): MadeKey {
		requireRecipients(recipients);
		this.#identifier ??= Uint8Array.from(this.inner.status().identifier.match(/../g) ?? [], (digits) =>
			Number.parseInt(digits, 16),
		);
		const context = { volume: this.#identifier, file: this.#random.bytes(identifierLength), epoch: 1 };
		const key = this.cipher.createFileKey();
		const wraps = recipients.map((recipient) => makeWrap(this.cipher, { context, key }, recipient));
		return { key, context, wraps };
	}

	#addFile(inode: Inode, { key, context, wraps }: MadeKey, size: number): FileContent {
		const header: Header = {
			...context,
			size,
			sealedChunks: 0,
			rest: size === 0 ? 'none' : 'plain',
			boundary: 0,
			direction: 'up',
			earlierDigest: noDigest,
			root: noDigest,
			wraps,
		};
		return this.files.addMade(new EncryptedFile({ volume: this.inner, cipher: this.cipher }, inode, { header, key }));
	}

	#sealWhenMuch(): void {
		const { touched } = this.files;
		if (touched.reduce((sum, { pendingBytes }) => sum + pendingBytes, 0) <= mostPendingBytes) return;
		this.together(() => {
			for (const content of touched) content.sealPending();
		});
	}

	#flushAll(): void {
		for (const content of this.files.touched) {
			if (this.#isGone(content.file.inode)) this.files.removeMade(content);
			else content.flush();
		}
	}

	#isGone(inode: Inode): boolean {
		try {
			return !isEncryptedFile(this.inner, inode);
		} catch (error) {
			if (error instanceof OsError && error.code === 'ENOENT') return true;
			throw error;
		}
	}

	#requireWhole(): void {
		if (this.#broken !== undefined) this.#lose(this.#broken);
	}

	#lose(error: unknown): never {
		this.rollback();
		if (error instanceof GroupLost) throw error;
		const { code, detail } = error instanceof OsError ? error : new OsError('EIO');
		throw new GroupLost(code, detail, { cause: error });
	}

	#forgetGroup(): void {
		this.#broken = undefined;
		this.files.undo();
	}
}

interface MadeKey {
	readonly key: FileKey;
	readonly context: FileContext;
	readonly wraps: readonly Wrap[];
}

export function isOwnAttribute(name: string): boolean {
	return name === headerAttribute || name.startsWith(`${headerAttribute}.`);
}

/** Who owns a thing by its descriptor; the system when it has none. */
function ownerOf(descriptor: DescriptorText | undefined): Sid {
	return descriptor === undefined ? sids.system : parseDescriptor(descriptor).owner;
}
