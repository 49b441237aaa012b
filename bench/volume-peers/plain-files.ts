/**
 * A private file of the origin for each file, by synchronous access handles in a Worker of its own: the quickest way that a
 * browser has. Each is flushed, so that what is told to be stored is.
 */
import {
	folders,
	forEachFile,
	largeMegabytes,
	numbers,
	type PeerFigures,
	pathOf,
	piece,
	smallText,
	timeOf,
} from './figures.ts';

interface SyncAccessHandle {
	getSize(): number;
	read(into: Uint8Array, options: { at: number }): number;
	write(bytes: Uint8Array, options: { at: number }): number;
	flush(): void;
	close(): void;
}

type FileHandle = FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncAccessHandle> };

export async function measurePlainFiles(): Promise<PeerFigures> {
	const top = await navigator.storage.getDirectory();
	const files = new PlainFiles(await top.getDirectoryHandle('plain', { create: true }));
	for (const folder of [...folders('one'), ...folders('many')]) await files.makeFolder(folder);
	const creates = await timeOf(async () => {
		for (const number of numbers) await files.write(pathOf('one', number), smallText);
	});
	// All at once would be more open handles than a browser has.
	const together = await timeOf(() => forEachFile((number) => files.write(pathOf('many', number), smallText)));
	const opens = await timeOf(() => forEachFile((number) => openAndRead(files, pathOf('one', number))));
	const write = await timeOf(() => writeLarge(files));
	const copy = await timeOf(() => copyLarge(files));
	return { creates, together, opens, write, copy };
}

class PlainFiles {
	/** By path; without it each file would pay for its folders. */
	readonly #folders = new Map<string, FileSystemDirectoryHandle>();

	constructor(root: FileSystemDirectoryHandle) {
		this.#folders.set('', root);
	}

	async makeFolder(path: string): Promise<void> {
		const { folder, name } = this.#placeOf(path);
		this.#folders.set(path, await folder.getDirectoryHandle(name, { create: true }));
	}

	async open(path: string, create: boolean): Promise<SyncAccessHandle> {
		const { folder, name } = this.#placeOf(path);
		const file = (await folder.getFileHandle(name, { create })) as FileHandle;
		return file.createSyncAccessHandle();
	}

	async write(path: string, bytes: Uint8Array): Promise<void> {
		const file = await this.open(path, true);
		file.write(bytes, { at: 0 });
		file.flush();
		file.close();
	}

	#placeOf(path: string): { folder: FileSystemDirectoryHandle; name: string } {
		const slash = path.lastIndexOf('/');
		return {
			folder: this.#folders.get(path.slice(0, slash)) as FileSystemDirectoryHandle,
			name: path.slice(slash + 1),
		};
	}
}

async function openAndRead(files: PlainFiles, path: string): Promise<void> {
	const file = await files.open(path, false);
	const count = file.read(new Uint8Array(smallText.length), { at: 0 });
	if (count !== smallText.length) throw new Error(`${path} has ${count} bytes`);
	file.close();
}

async function writeLarge(files: PlainFiles): Promise<void> {
	const file = await files.open('/large', true);
	for (let at = 0; at < largeMegabytes << 20; at += piece.length) file.write(piece, { at });
	file.flush();
	file.close();
}

async function copyLarge(files: PlainFiles): Promise<void> {
	const source = await files.open('/large', false);
	const target = await files.open('/copy', true);
	const part = new Uint8Array(piece.length);
	for (let at = 0; at < largeMegabytes << 20; at += part.length) {
		source.read(part, { at });
		target.write(part, { at });
	}
	target.flush();
	source.close();
	target.close();
}
