/**
 * Files that a person drags onto a program: from the desktop or Explorer as paths, from the host computer as `File`s.
 *
 * Rules of use: paths can be read only while the drop is being handled; before that only whether there are any.
 */

export const draggedFilesType = 'application/x-vitrine-files';

/** The part of the browser's `DataTransfer` that is used, so that this room needs no DOM. */
export interface DragContent {
	readonly types: readonly string[];
	getData(type: string): string;
}

export function carriesFiles(content: DragContent): boolean {
	return content.types.includes(draggedFilesType) || content.types.includes('Files');
}

/** Paths dragged inside the desktop; `[]` for a drag from elsewhere. */
export function readDraggedPaths(content: DragContent): string[] {
	const text = content.getData(draggedFilesType);
	if (text === '') return [];
	const paths: unknown = JSON.parse(text);
	return Array.isArray(paths) ? paths.filter((path): path is string => typeof path === 'string') : [];
}
