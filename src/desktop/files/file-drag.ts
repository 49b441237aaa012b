/**
 * Dragging files inside the desktop, to it from the host computer, and out of it.
 *
 * Rules of use:
 * - What is dragged stands in `DesktopFiles.dragged`, because the browser hides a drag's content from the places it
 *   passes; a drag without it comes from the host computer.
 * - Dragging moves, with Ctrl it copies; from the host it always copies, to the Recycle Bin it always deletes.
 */
import { directoryName, isWithin } from '#base/path.ts';
import { draggedFilesType } from '#runtime/dragged-files.ts';
import type { DesktopFiles } from './desktop-files.ts';
import { carriesHostFiles, itemsOfDrop } from './host-items.ts';
import { placeName } from './place-name.ts';
import type { Transfer } from './transfer.ts';

/** What letting go here would do. */
export interface DropPlan {
	readonly effect: 'copy' | 'move';
	/** `Copy to Documents`. */
	readonly label: string;
}

interface DragPosition {
	readonly dataTransfer: DataTransfer;
	readonly ctrlKey: boolean;
}

/** What a drop on `directory` would do, or `undefined` when nothing can be dropped there. */
export function planDrop(event: DragPosition, directory: string, files: DesktopFiles): DropPlan | undefined {
	const { dragged, folders } = files;
	if (dragged === undefined) {
		if (!carriesHostFiles(event.dataTransfer) || directory === folders.recycleBin) return undefined;
		return { effect: 'copy', label: `Copy to ${placeName(directory)}` };
	}
	// The desktop's own icons carry no path.
	if (dragged.length === 0 || dragged.some((path) => isWithin(directory, path))) return undefined;
	if (directory === folders.recycleBin) return { effect: 'move', label: 'Move to Recycle Bin' };
	if (event.ctrlKey) return { effect: 'copy', label: `Copy to ${placeName(directory)}` };
	if (dragged.every((path) => directoryName(path) === directory)) return undefined;
	return { effect: 'move', label: `Move to ${placeName(directory)}` };
}

/** Does what `planDrop` said. Must be called while the drop event is being handled. */
export function performDrop(event: DragPosition, directory: string, files: DesktopFiles): Transfer | undefined {
	const plan = planDrop(event, directory, files);
	if (plan === undefined) return undefined;
	const { dragged, operations } = files;
	if (dragged === undefined) return files.bringIn(itemsOfDrop(event.dataTransfer), directory);
	files.dragged = undefined;
	if (directory === files.folders.recycleBin) return operations.recycle(dragged);
	return plan.effect === 'copy' ? operations.copy(dragged, directory) : operations.move(dragged, directory);
}

/** Begins a drag of `paths`; `download` lets the host's file manager take a copy of a single file. */
export function beginDrag(
	dataTransfer: DataTransfer,
	paths: readonly string[],
	files: DesktopFiles,
	download?: { readonly name: string; readonly url: string },
): void {
	files.dragged = [...paths];
	dataTransfer.effectAllowed = 'copyMove';
	dataTransfer.setData(draggedFilesType, JSON.stringify(paths));
	if (download !== undefined) {
		// The colon separates the parts.
		const name = download.name.replaceAll(':', '_');
		dataTransfer.setData('DownloadURL', `application/octet-stream:${name}:${download.url}`);
	}
}
