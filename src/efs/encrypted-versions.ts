/**
 * Previous versions of a volume with encrypted files. A version is as its file was stored: encrypted with the key of then, and
 * opened by whoever could open it then.
 *
 * Invariant: a file that is encrypted stays so when it gets the content of a version from before it was.
 */
import type { Inode } from '#fs/file-system.ts';
import type {
	DeletedVersions,
	FoundVersion,
	PreviousVersions,
	Version,
	VersionPolicy,
	VersionUsage,
} from '#fs/previous-versions.ts';
import type { EncryptingVolume } from './encrypting-volume.ts';
import { isEncryptedFile } from './open-files.ts';

export class EncryptedVersions implements PreviousVersions {
	readonly #volume: EncryptingVolume;
	readonly #inner: PreviousVersions;

	constructor(volume: EncryptingVolume, inner: PreviousVersions) {
		this.#volume = volume;
		this.#inner = inner;
	}

	get quotaBytes(): number {
		return this.#inner.quotaBytes;
	}

	configure(policy: VersionPolicy): void {
		this.#inner.configure(policy);
	}

	expectChange(file: Inode): void {
		this.#inner.expectChange(file);
	}

	withoutKeeping<T>(file: Inode, change: () => T): T {
		return this.#inner.withoutKeeping(file, change);
	}

	list(file: Inode): Version[] {
		return this.#inner.list(file);
	}

	listDeleted(directory: Inode, name: string): Version[] {
		return this.#inner.listDeleted(directory, name);
	}

	deletedIn(directory: Inode): DeletedVersions[] {
		return this.#inner.deletedIn(directory);
	}

	find(version: Inode): FoundVersion | undefined {
		return this.#inner.find(version);
	}

	restore(file: Inode, version: Inode): Inode {
		const volume = this.#volume;
		const content = volume.files.find(file);
		const people = content?.file.header.wraps;
		if (content !== undefined) volume.together(() => content.flush());
		const held = volume.pass(() => this.#inner.restore(file, version));
		const isEncrypted = isEncryptedFile(volume.inner, version);
		volume.together(() => {
			volume.markEncrypted(file, isEncrypted);
			volume.files.becomesAnother(file);
			// The version may have another key, and be for others.
			volume.files.find(file)?.file.openAgain((user) => volume.keys.unlockedKeysOf(user));
			if (people !== undefined && !isEncrypted) volume.encryptAtOnce(file, people);
		});
		return held;
	}

	restoreDeleted(directory: Inode, name: string, version: Inode): Inode {
		return this.#volume.pass(() => this.#inner.restoreDeleted(directory, name, version));
	}

	erase(version: Inode): void {
		this.#volume.pass(() => this.#inner.erase(version));
	}

	purge(file: Inode): number {
		return this.#volume.pass(() => this.#inner.purge(file));
	}

	purgeDeleted(directory: Inode, name: string): number {
		return this.#volume.pass(() => this.#inner.purgeDeleted(directory, name));
	}

	usage(): VersionUsage {
		return this.#inner.usage();
	}
}
