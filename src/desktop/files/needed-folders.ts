/**
 * Folders without which the desktop cannot work: whatever a person does with files leaves them where they are, under
 * their names. What is in them is the person's.
 */
import { isNeededFolder } from '#base/known-folders.ts';

export class NeededFolderError extends Error {
	constructor() {
		super('The system needs this folder: it can be neither deleted nor moved nor renamed.');
		this.name = 'NeededFolderError';
	}
}

/** Throws when what stands at `path` must stay there. */
export function refuseNeededFolder(path: string): void {
	if (isNeededFolder(path)) throw new NeededFolderError();
}
