/**
 * The encrypted files that are known, and those of them that the open group has changed.
 *
 * Rules of use: `touch` before changing one; `settle` after a commit, `undo` after a rollback.
 *
 * Invariant: a file that is retained keeps its keys, whatever is committed or undone, until its people have logged off: a
 * handle that was allowed to read goes on reading.
 */
import { attributeBits } from '#abi/attributes.ts';
import type { FileSystem, Inode } from '#fs/file-system.ts';
import type { Sid } from '#security/sid.ts';
import { EncryptedFile } from './encrypted-file.ts';
import { type ContentParts, FileContent } from './file-content.ts';

const keptFiles = 4096;
const keptPlain = 65_536;

export class OpenFiles {
	readonly #parts: ContentParts;
	readonly #files = new Map<Inode, FileContent>();
	/** What is known to be no encrypted file. */
	readonly #plain = new Set<Inode>();
	/** Folders that are known not to encrypt what is made in them. */
	readonly #plainFolders = new Set<Inode>();
	readonly #touched = new Map<Inode, FileContent>();
	/** What may be an encrypted file again: its keys are kept. */
	readonly #parked = new Map<Inode, FileContent>();
	/** To be closed when the open group is over. */
	readonly #closing = new Set<FileContent>();
	readonly #retained = new Map<Inode, number>();

	constructor(parts: ContentParts) {
		this.#parts = parts;
	}

	/** Whether the open group may hold a change that the volume below does not know yet. */
	get hasTouched(): boolean {
		return this.#touched.size > 0;
	}

	get touched(): readonly FileContent[] {
		return [...this.#touched.values()];
	}

	/** `undefined` for what is not encrypted, and for folders. ENOENT. */
	find(inode: Inode): FileContent | undefined {
		const known = this.#files.get(inode);
		if (known !== undefined || this.#plain.has(inode)) return known;
		if (isEncryptedFile(this.#parts.volume, inode)) {
			const parked = this.#parked.get(inode);
			this.#parked.delete(inode);
			return this.#add(parked ?? new FileContent(this.#parts, new EncryptedFile(this.#parts, inode)));
		}
		this.addPlain(inode);
		return undefined;
	}

	/** It is no encrypted file. */
	addPlain(inode: Inode): void {
		if (this.#plain.size >= keptPlain) this.#plain.clear();
		this.#plain.add(inode);
	}

	/** Whether what is made in a folder is encrypted. */
	encryptsWithin(directory: Inode): boolean {
		if (this.#plainFolders.has(directory)) return false;
		const { kind, attributes } = this.#parts.volume.stat(directory);
		if (kind !== 'directory' || (attributes & attributeBits.encrypted) !== 0) return kind === 'directory';
		if (this.#plainFolders.size >= keptPlain) this.#plainFolders.clear();
		this.#plainFolders.add(directory);
		return false;
	}

	/** The open group changes whether a folder encrypts. */
	forgetFolder(directory: Inode): void {
		this.#plainFolders.delete(directory);
	}

	/** It is encrypted from now on, in the open group. */
	addMade(file: EncryptedFile): FileContent {
		const content = new FileContent(this.#parts, file);
		content.isChanged = true;
		this.#plain.delete(file.inode);
		this.touch(content);
		return this.#add(content);
	}

	/** The volume below has given it another content, in the open group; it may be encrypted now or be plain. */
	becomesAnother(inode: Inode): void {
		const known = this.#files.get(inode);
		if (known !== undefined) {
			this.removeMade(known);
			known.forget();
			known.file.reload();
		}
		this.#plain.delete(inode);
		const now = this.find(inode);
		if (now !== undefined) this.touch(now);
	}

	/** It is plain or gone from now on, in the open group. */
	removeMade(content: FileContent): void {
		this.touch(content);
		this.#files.delete(content.file.inode);
		this.#parked.set(content.file.inode, content);
	}

	/** The open group changes it. */
	touch(content: FileContent): void {
		this.#touched.set(content.file.inode, content);
	}

	/** The group is durable. */
	settle(): void {
		for (const [inode, content] of this.#touched) {
			const parked = this.#parked.get(inode);
			if (parked !== undefined) this.#discard(parked);
			if (this.#files.get(inode) !== content) continue;
			const { header, earlier } = content.file;
			content.file.keys.keepOnly(earlier === undefined ? [header] : [header, earlier]);
		}
		this.#touched.clear();
		this.#close();
	}

	/** The group is as if never made. */
	undo(): void {
		for (const [inode, content] of this.#touched) {
			content.forget();
			content.file.reload();
			this.#files.delete(inode);
			this.#plain.delete(inode);
			this.#parked.set(inode, content);
		}
		this.#touched.clear();
		this.#plainFolders.clear();
		this.#close();
	}

	retain(inode: Inode): void {
		this.#retained.set(inode, (this.#retained.get(inode) ?? 0) + 1);
	}

	release(inode: Inode): void {
		const count = (this.#retained.get(inode) ?? 0) - 1;
		if (count > 0) this.#retained.set(inode, count);
		else this.#retained.delete(inode);
	}

	/** Gives the files that others have open still: what the person's keys had opened of them is to be opened anew. */
	forgetKeysOf(user: Sid): FileContent[] {
		const shared: FileContent[] = [];
		for (const content of [...this.#files.values(), ...this.#parked.values()]) {
			const { inode, keys } = content.file;
			const wasOpener = keys.openers.delete(user);
			if (keys.openers.size > 0) {
				if (wasOpener && !this.#touched.has(inode)) shared.push(content);
				continue;
			}
			if (this.#touched.has(inode)) this.#closing.add(content);
			else this.#discard(content);
		}
		return shared;
	}

	/** Files whose people logged off while a group with them was open. */
	#close(): void {
		for (const content of this.#closing) if (content.file.keys.openers.size === 0) this.#discard(content);
		this.#closing.clear();
	}

	#add(content: FileContent): FileContent {
		this.#files.set(content.file.inode, content);
		if (this.#files.size > keptFiles) this.#evict();
		return content;
	}

	#evict(): void {
		for (const [inode, content] of this.#files) {
			if (this.#touched.has(inode) || this.#retained.has(inode)) continue;
			this.#discard(content);
			if (this.#files.size <= keptFiles) return;
		}
	}

	#discard(content: FileContent): void {
		const { inode } = content.file;
		content.forget();
		content.file.reload();
		content.file.keys.forget();
		if (this.#files.get(inode) === content) this.#files.delete(inode);
		if (this.#parked.get(inode) === content) this.#parked.delete(inode);
	}
}

export function isEncryptedFile(volume: FileSystem, inode: Inode): boolean {
	const { kind, attributes } = volume.stat(inode);
	return kind === 'file' && (attributes & attributeBits.encrypted) !== 0;
}
