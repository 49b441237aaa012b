/**
 * Which folder of the origin's private files is the volume. A restored volume stands in a folder of its own; one small file
 * says which counts, and is replaced in one step, so that the volume before stays until a person removes it.
 */
import { volumeFolder } from './opfs-block-store.ts';

const pointerName = 'current-volume';
const folderForm = /^volume(-\d+)?$/;

type Entries = AsyncIterable<string>;

/** Rejects when the volume that counts is not there: a new one in its place would hide that. */
export async function findCurrentVolume(): Promise<string> {
	const root = await navigator.storage.getDirectory();
	const name = await readPointer(root);
	if (name === undefined) return volumeFolder;
	await root.getDirectoryHandle(name);
	return name;
}

export async function setCurrentVolume(name: string): Promise<void> {
	const root = await navigator.storage.getDirectory();
	const file = await root.getFileHandle(pointerName, { create: true });
	const writer = await file.createWritable();
	await writer.write(name);
	// What was there counts until this is done.
	await writer.close();
}

/** The folders of volumes that are not the one that counts. */
export async function listOtherVolumes(): Promise<string[]> {
	const root = await navigator.storage.getDirectory();
	const current = await findCurrentVolume();
	const names: string[] = [];
	for await (const name of (root as unknown as { keys(): Entries }).keys())
		if (folderForm.test(name) && name !== current) names.push(name);
	return names;
}

export async function removeVolume(name: string): Promise<void> {
	if (name === (await findCurrentVolume())) throw new Error('The volume in use cannot be removed.');
	const root = await navigator.storage.getDirectory();
	await root.removeEntry(name, { recursive: true });
}

async function readPointer(root: FileSystemDirectoryHandle): Promise<string | undefined> {
	try {
		const file = await root.getFileHandle(pointerName);
		const name = await (await file.getFile()).text();
		return folderForm.test(name) ? name : undefined;
	} catch (error) {
		if (error instanceof DOMException && error.name === 'NotFoundError') return undefined;
		throw error;
	}
}
