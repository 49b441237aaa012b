/**
 * The files of a volume in the browser's origin private file system, by synchronous access handles.
 *
 * Rules of use:
 * - Works in a dedicated Worker only. A handle is exclusive: a second opener fails, here after `openPatienceMs`,
 *   because a tab that has just been closed or reloaded may hold its handles for a moment longer.
 * - A flush reaches the disk (fdatasync), and one that fails throws. The name of a new file may still be lost with the power:
 *   `open-web-volume.ts` sees to that.
 * - A write that the quota does not allow is `BlockFileError` 'full'.
 */
import { type BlockFile, BlockFileError, type BlockStore } from '#base/ports.ts';

/** Where the files of the system volume are. */
export const volumeFolder = 'volume';

const openPatienceMs = 3000;
const retryMs = 50;
const heldElsewhere = 'Another tab has the volume open and does not answer. Close that tab, then load this one again.';

/** As in the library of Workers, which the types of this room do not include beside those of pages. */
interface SyncAccessHandle {
	getSize(): number;
	read(into: Uint8Array, options: { at: number }): number;
	write(bytes: Uint8Array, options: { at: number }): number;
	truncate(size: number): void;
	flush(): void;
	close(): void;
}

type FileHandle = FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncAccessHandle> };

export class OpfsBlockStore implements BlockStore {
	readonly #directory: FileSystemDirectoryHandle;

	private constructor(directory: FileSystemDirectoryHandle) {
		this.#directory = directory;
	}

	/** The store in the folder `name` of the origin, which is made when absent. */
	static async open(name: string): Promise<OpfsBlockStore> {
		const root = await navigator.storage.getDirectory();
		return new OpfsBlockStore(await root.getDirectoryHandle(name, { create: true }));
	}

	async open(name: string): Promise<BlockFile> {
		const file = await this.#directory.getFileHandle(name, { create: true });
		return new OpfsFile(name, await openPatiently(file as FileHandle));
	}

	/** Makes those of the files that are absent, empty. */
	async ensureFiles(names: readonly string[]): Promise<void> {
		await Promise.all(names.map((name) => this.#directory.getFileHandle(name, { create: true })));
	}

	async exists(name: string): Promise<boolean> {
		try {
			await this.#directory.getFileHandle(name);
			return true;
		} catch (error) {
			if (error instanceof DOMException && error.name === 'NotFoundError') return false;
			throw error;
		}
	}
}

async function openPatiently(file: FileHandle): Promise<SyncAccessHandle> {
	const deadline = performance.now() + openPatienceMs;
	for (;;) {
		try {
			return await file.createSyncAccessHandle();
		} catch (error) {
			const held = error instanceof DOMException && error.name === 'NoModificationAllowedError';
			if (!held || performance.now() > deadline) throw toBlockFileError(error, file.name);
		}
		await new Promise((resolve) => setTimeout(resolve, retryMs));
	}
}

class OpfsFile implements BlockFile {
	readonly name: string;
	readonly #handle: SyncAccessHandle;

	constructor(name: string, handle: SyncAccessHandle) {
		this.name = name;
		this.#handle = handle;
	}

	size(): number {
		return this.#attempt(() => this.#handle.getSize());
	}

	read(into: Uint8Array, at: number): number {
		return this.#attempt(() => this.#handle.read(into, { at }));
	}

	write(bytes: Uint8Array, at: number): void {
		const written = this.#attempt(() => this.#handle.write(bytes, { at }));
		// A browser may also say by a short count that there is no room for the rest.
		if (written < bytes.length)
			throw new BlockFileError('full', `${this.name}: ${written} of ${bytes.length} bytes fit`);
	}

	truncate(size: number): void {
		this.#attempt(() => this.#handle.truncate(size));
	}

	flush(): void {
		this.#attempt(() => this.#handle.flush());
	}

	close(): void {
		this.#handle.close();
	}

	#attempt<T>(action: () => T): T {
		try {
			return action();
		} catch (error) {
			throw toBlockFileError(error, this.name);
		}
	}
}

function toBlockFileError(error: unknown, name: string): BlockFileError {
	const reason = error instanceof DOMException ? error.name : '';
	const words = reason === 'NoModificationAllowedError' ? heldElsewhere : `${name}: ${error}`;
	return new BlockFileError(reason === 'QuotaExceededError' ? 'full' : 'failed', words, { cause: error });
}
