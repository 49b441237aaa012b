/**
 * Copies the files of a volume that cannot be opened into a folder of this computer, as they are: nothing of what was
 * stored is lost, and `vitrine check --volume FOLDER` can look at the copy.
 *
 * Rule of use: called from a press of the person, because the browser asks them for the folder.
 */
import { findCurrentVolume } from './current-volume.ts';

type FolderPicker = (options: { mode: 'readwrite' }) => Promise<FileSystemDirectoryHandle>;
type Files = AsyncIterable<FileSystemHandle>;

/** Resolves to how many files were copied; to `undefined` when the person has chosen no folder. */
export async function saveVolume(): Promise<number | undefined> {
	const pick = (window as unknown as { showDirectoryPicker: FolderPicker }).showDirectoryPicker;
	let target: FileSystemDirectoryHandle;
	try {
		target = await pick.call(window, { mode: 'readwrite' });
	} catch (error) {
		if (error instanceof DOMException && error.name === 'AbortError') return undefined;
		throw error;
	}
	const root = await navigator.storage.getDirectory();
	const volume = await root.getDirectoryHandle(await findCurrentVolume());
	let count = 0;
	for await (const handle of (volume as unknown as { values(): Files }).values()) {
		if (handle.kind !== 'file') continue;
		const file = await (handle as FileSystemFileHandle).getFile();
		const copy = await target.getFileHandle(handle.name, { create: true });
		await file.stream().pipeTo(await copy.createWritable());
		count++;
	}
	return count;
}
