/**
 * Files and folders of the computer that the browser runs on, from a drop or a file picker, as one tree.
 *
 * Rules of use:
 * - `itemsOfDrop` must be called while the drop event is being handled: the browser takes the items away after it.
 * - A file's bytes are read only when its `File` is read.
 */

export interface HostFile {
	readonly kind: 'file';
	readonly name: string;
	file(): Promise<File>;
}

export interface HostFolder {
	readonly kind: 'directory';
	readonly name: string;
	children(): Promise<HostItem[]>;
}

export type HostItem = HostFile | HostFolder;

/** Whether a drag carries files of the host. */
export function carriesHostFiles(transfer: DataTransfer): boolean {
	return transfer.types.includes('Files');
}

export function itemsOfDrop(transfer: DataTransfer): HostItem[] {
	const items: HostItem[] = [];
	for (const item of transfer.items) {
		if (item.kind !== 'file') continue;
		const entry = item.webkitGetAsEntry();
		const file = item.getAsFile();
		if (entry !== null) items.push(itemOfEntry(entry));
		else if (file !== null) items.push(itemOfFile(file));
	}
	return items;
}

/** What a file picker gave; a folder picker's files carry their path in `webkitRelativePath`. */
export function itemsOfFiles(files: Iterable<File>): HostItem[] {
	const root = new Map<string, TreeNode>();
	for (const file of files) {
		const names = file.webkitRelativePath === '' ? [file.name] : file.webkitRelativePath.split('/');
		let level = root;
		for (const name of names.slice(0, -1)) {
			const found = level.get(name);
			const next = found instanceof Map ? found : new Map<string, TreeNode>();
			level.set(name, next);
			level = next;
		}
		level.set(names.at(-1) ?? file.name, file);
	}
	return itemsOfTree(root);
}

type TreeNode = File | Map<string, TreeNode>;

function itemsOfTree(tree: ReadonlyMap<string, TreeNode>): HostItem[] {
	return [...tree].map(
		([name, node]): HostItem =>
			node instanceof Map
				? { kind: 'directory', name, children: async () => itemsOfTree(node) }
				: { kind: 'file', name, file: async () => node },
	);
}

function itemOfFile(file: File): HostFile {
	return { kind: 'file', name: file.name, file: async () => file };
}

function itemOfEntry(entry: FileSystemEntry): HostItem {
	if (entry.isDirectory) {
		const directory = entry as FileSystemDirectoryEntry;
		return {
			kind: 'directory',
			name: entry.name,
			children: async () => (await readAll(directory)).map(itemOfEntry),
		};
	}
	const file = entry as FileSystemFileEntry;
	return { kind: 'file', name: entry.name, file: () => new Promise((resolve, reject) => file.file(resolve, reject)) };
}

/** A reader gives its entries in batches, and an empty batch at the end. */
async function readAll(directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
	const reader = directory.createReader();
	const entries: FileSystemEntry[] = [];
	for (;;) {
		const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
		if (batch.length === 0) return entries;
		entries.push(...batch);
	}
}
