/** Which paths a process could find by listing folder after folder; nothing else is told to it by searches and watches. */
import { accessRights } from '#abi/access.ts';
import { OsError } from '#abi/errors.ts';
import { directoryName } from '#base/path.ts';
import type { Kernel } from './kernel.ts';
import type { Process } from './process.ts';

/**
 * For paths of the system below `top`, which the process may list. Each folder is asked for once: the answers are for one
 * question, and not to be kept.
 */
export function makeVisible(kernel: Kernel, process: Process, top: string): (path: string) => boolean {
	const folders = new Map<string, boolean>();
	const isListable = (folder: string): boolean => {
		const known = folders.get(folder);
		if (known !== undefined) return known;
		const isTop = folder === top || folder === '/';
		const listable = (isTop || isListable(directoryName(folder))) && canList(kernel, process, folder);
		folders.set(folder, listable);
		return listable;
	};
	return (path) => isListable(directoryName(path));
}

function canList(kernel: Kernel, process: Process, folder: string): boolean {
	try {
		return kernel.access.allows(process, kernel.namespace.find(folder), accessRights.readData | accessRights.execute);
	} catch (error) {
		// It is gone.
		if (error instanceof OsError) return false;
		throw error;
	}
}
