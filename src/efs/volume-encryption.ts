/** `FileEncryption` over an `EncryptingVolume`. */
import { OsError } from '#abi/errors.ts';
import type { Inode } from '#fs/file-system.ts';
import type { Sid } from '#security/sid.ts';
import { equalBytes } from './byte-writer.ts';
import { conversionOf, prepareStep, takeStep } from './conversion.ts';
import { makeWrap } from './encrypted-file.ts';
import { type EncryptingVolume, isOwnAttribute } from './encrypting-volume.ts';
import type { Recipient } from './encryption-keys.ts';
import type { FileContent } from './file-content.ts';
import type { Conversion, EncryptionState, FileEncryption, UpdateResult } from './file-encryption.ts';
import { type Header, requireRecipients } from './header.ts';
import { RawForm } from './raw-form.ts';

export class VolumeEncryption implements FileEncryption {
	readonly #volume: EncryptingVolume;
	readonly #raw: RawForm;

	constructor(volume: EncryptingVolume) {
		this.#volume = volume;
		this.#raw = new RawForm(volume.inner);
	}

	isEncrypted(inode: Inode): boolean {
		return this.#volume.isEncrypted(inode);
	}

	encryptionOf(inode: Inode): EncryptionState | undefined {
		const content = this.#volume.files.find(inode);
		if (content === undefined) return undefined;
		const { header } = content.file;
		const recipients = header.wraps.map(({ kind, publicKey, name }) => ({ kind, publicKey, name }));
		return { recipients, epoch: header.epoch, conversion: conversionOf(header) };
	}

	requireKeys(inode: Inode, user: Sid): void {
		const { files, keys } = this.#volume;
		files.find(inode)?.file.open(user, keys.unlockedKeysOf(user));
	}

	forgetKeysOf(user: Sid): void {
		const { files, keys } = this.#volume;
		// The vault forgets with a ring what the ring has opened, also when others have it open.
		for (const { file } of files.forgetKeysOf(user)) file.openAnew((other) => keys.unlockedKeysOf(other));
	}

	setFolderEncryption(directory: Inode, encrypts: boolean): void {
		if (this.#volume.kindOf(directory) !== 'directory') throw new OsError('ENOTDIR');
		this.#volume.pass(() => this.#volume.markEncrypted(directory, encrypts));
	}

	beginEncryption(inode: Inode, recipients: readonly Recipient[]): void {
		this.#volume.beginFor(inode, recipients);
	}

	beginEncryptionAs(inode: Inode, model: Inode): void {
		this.#volume.beginFor(inode, this.#find(model).file.header.wraps);
	}

	beginDecryption(inode: Inode, user: Sid): void {
		const content = this.#open(inode, user);
		const { header, chunkCount } = content.file;
		if (header.rest === 'earlier') throw new OsError('EBUSY', 'its key is being renewed');
		const boundary = header.rest === 'none' ? chunkCount : header.boundary;
		this.#change(content, { rest: 'plain', boundary, direction: 'down' });
		if (boundary === 0) this.#finishDecryption(content);
	}

	beginRenewal(inode: Inode, user: Sid, recipients: readonly Recipient[]): void {
		requireRecipients(recipients);
		const content = this.#open(inode, user);
		const { file } = content;
		const { header } = file;
		if (header.rest !== 'none') throw new OsError('EBUSY', 'it is being converted');
		const { cipher } = this.#volume;
		const key = cipher.createFileKey();
		const context = { ...header, epoch: header.epoch + 1 };
		file.keys.replace(context, key);
		const wraps = recipients.map((recipient) => makeWrap(cipher, { context, key }, recipient));
		this.#volume.files.touch(content);
		this.#volume.together(() => {
			content.sealPending();
			file.setEarlier({ ...file.header, wraps: recipients.map((recipient) => file.wrap(header, recipient)) });
			file.change({ epoch: context.epoch, wraps, sealedChunks: 0, rest: 'earlier', boundary: 0, direction: 'up' });
			content.isChanged = true;
		});
		this.#closeToOthers(content);
		if (file.chunkCount === 0) this.convert(inode, 1);
	}

	convert(inode: Inode, bytes: number): Conversion | undefined {
		const content = this.#volume.files.find(inode);
		if (content === undefined || content.file.header.rest === 'none') return undefined;
		content.file.requireOpen();
		const step = prepareStep(content, bytes);
		this.#volume.files.touch(content);
		const isOver = this.#volume.together(() => takeStep(content, this.#volume.inner, step));
		if (isOver && content.file.header.direction === 'down') this.#finishDecryption(content);
		// Sealed at once: what gathers from many steps of one group would take much memory.
		else this.#volume.changeFile(content, () => undefined);
		return isOver ? undefined : conversionOf(content.file.header);
	}

	cancelConversion(inode: Inode): void {
		const content = this.#find(inode);
		const { rest, direction } = content.file.header;
		if (rest !== 'plain') throw new OsError('EINVAL', 'there is no conversion that can be undone');
		content.file.requireOpen();
		this.#change(content, { direction: direction === 'up' ? 'down' : 'up' });
		if (direction === 'up' && content.file.header.boundary === 0) this.#finishDecryption(content);
	}

	share(inode: Inode, user: Sid, recipients: readonly Recipient[]): void {
		const content = this.#open(inode, user);
		const { wraps } = content.file.header;
		const added = recipients.filter(({ publicKey }) => !wraps.some((wrap) => equalBytes(wrap.publicKey, publicKey)));
		if (added.length > 0) this.#setRecipients(content, [...wraps, ...added]);
	}

	revoke(inode: Inode, user: Sid, publicKeys: readonly Uint8Array[]): void {
		const content = this.#open(inode, user);
		const { wraps } = content.file.header;
		const left = wraps.filter(({ publicKey }) => !publicKeys.some((revoked) => equalBytes(revoked, publicKey)));
		if (left.length < wraps.length) this.#setRecipients(content, left);
	}

	update(inode: Inode, user: Sid): UpdateResult {
		const { keys } = this.#volume;
		const content = this.#open(inode, user);
		const { wraps } = content.file.header;
		const own = keys.recipientOf(user);
		const agents = keys.agents();
		const wanted = own === undefined ? [...agents] : [own, ...agents];
		const isWanted = ({ publicKey }: Recipient): boolean =>
			wanted.some((recipient) => equalBytes(recipient.publicKey, publicKey));
		const left = wraps.filter(
			(wrap) => isWanted(wrap) || (wrap.kind === 'user' && (wrap.name !== user || own === undefined)),
		);
		const added = wanted.filter(({ publicKey }) => !left.some((wrap) => equalBytes(wrap.publicKey, publicKey)));
		const removed = wraps.length - left.length;
		if (added.length > 0 || removed > 0) this.#setRecipients(content, [...left, ...added]);
		return { added: added.length, removed };
	}

	rawSize(inode: Inode): number {
		return this.#raw.size(this.#toRaw(inode));
	}

	readRaw(inode: Inode, offset: number, into: Uint8Array): number {
		return this.#raw.read(this.#toRaw(inode), offset, into);
	}

	restoreRaw(inode: Inode): void {
		const volume = this.#volume;
		if (volume.files.find(inode) !== undefined) throw new OsError('EEXIST', 'it is encrypted already');
		const form = this.#raw.parse(inode);
		volume.together(() => {
			for (const { name, value } of form.attributes) volume.inner.setExtended(inode, name, value);
			volume.inner.truncate(inode, form.size);
			volume.markEncrypted(inode, true);
			volume.files.becomesAnother(inode);
		});
	}

	/** The inode, with everything of it stored; EINVAL when it is plain, EBUSY while a part of it is. */
	#toRaw(inode: Inode): Inode {
		const content = this.#find(inode);
		if (content.file.header.rest === 'plain') throw new OsError('EBUSY', 'it is being converted');
		this.#volume.settleFor(() => content.flush());
		return inode;
	}

	#find(inode: Inode): FileContent {
		const content = this.#volume.files.find(inode);
		if (content === undefined) throw new OsError('EINVAL', 'it is not encrypted');
		return content;
	}

	#open(inode: Inode, user: Sid): FileContent {
		const content = this.#find(inode);
		content.file.open(user, this.#volume.keys.unlockedKeysOf(user));
		return content;
	}

	/** Who is there already keeps its wrap. */
	#setRecipients(content: FileContent, recipients: readonly Recipient[]): void {
		requireRecipients(recipients);
		const { file } = content;
		const wrapAll = (header: Header) =>
			recipients.map(
				(recipient) =>
					header.wraps.find(({ publicKey }) => equalBytes(publicKey, recipient.publicKey)) ??
					file.wrap(header, recipient),
			);
		const { earlier } = file;
		const wraps = wrapAll(file.header);
		this.#volume.files.touch(content);
		this.#volume.together(() => {
			if (earlier !== undefined) file.setEarlier({ ...earlier, wraps: wrapAll(earlier) });
			this.#change(content, { wraps });
			this.#note(content);
		});
		this.#closeToOthers(content);
	}

	/** Who has opened it and has no wrap any more has to be refused next time. */
	#closeToOthers({ file }: FileContent): void {
		const { openers } = file.keys;
		for (const user of [...openers]) {
			const isHolder = this.#volume.keys
				.unlockedKeysOf(user)
				.some(({ publicKey }) => file.header.wraps.some((wrap) => equalBytes(wrap.publicKey, publicKey)));
			if (!isHolder) openers.delete(user);
		}
	}

	#change(content: FileContent, change: Partial<Header>): void {
		this.#volume.files.touch(content);
		content.file.change(change);
		content.isChanged = true;
		this.#note(content);
	}

	/** The volume below hears that there is something to commit. */
	#note({ file }: FileContent): void {
		this.#volume.pass(() => this.#volume.markEncrypted(file.inode, true));
	}

	#finishDecryption(content: FileContent): void {
		const { inner, files } = this.#volume;
		const { inode } = content.file;
		files.touch(content);
		this.#volume.together(() => {
			content.sealPending();
			for (const name of inner.listExtended(inode).filter(isOwnAttribute)) inner.setExtended(inode, name, undefined);
			this.#volume.markEncrypted(inode, false);
			content.forget();
			files.removeMade(content);
		});
	}
}
