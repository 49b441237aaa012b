/** The browser's dialogs that pick files or a folder of the host computer, for people who do not drag. */
import { type HostItem, itemsOfFiles } from './host-items.ts';

/** What was picked; empty when the dialog was cancelled. Must be called while a click or key press is handled. */
export function pickHostItems(what: 'files' | 'folder'): Promise<HostItem[]> {
	const input = document.createElement('input');
	input.type = 'file';
	input.multiple = true;
	input.webkitdirectory = what === 'folder';
	return new Promise((resolve) => {
		input.addEventListener('change', () => resolve(itemsOfFiles(input.files ?? [])));
		input.addEventListener('cancel', () => resolve([]));
		input.click();
	});
}
