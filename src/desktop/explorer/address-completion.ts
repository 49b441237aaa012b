/** What a typed path means, and how it may go on. */
import { OsError } from '#abi/errors.ts';
import { recycleBins } from '#base/known-folders.ts';
import { baseName, directoryName, foldName, joinPath } from '#base/path.ts';
import { compareNames } from '#desktop/files/name-order.ts';
import { listDirectory } from '#runtime/directory-pages.ts';
import type { ExplorerModel } from './explorer-model.ts';

const mostSuggestions = 8;

/**
 * The real path for what was typed: a path (also in quotes, or with backslashes), a name in the folder shown, or what
 * the pane at the side calls a place.
 */
export async function resolveTyped(model: ExplorerModel, typed: string): Promise<string> {
	const text = typed
		.trim()
		.replace(/^"(.*)"$/, '$1')
		.replaceAll('\\', '/');
	const { home, recycleBin, desktop, documents, pictures, downloads } = model.files.folders;
	const places: Readonly<Record<string, string>> = {
		...{ '': '/', computer: '/', '~': home },
		...{ 'recycle bin': recycleBin, [foldName(recycleBins)]: recycleBin },
	};
	const place = places[foldName(text)];
	if (place !== undefined) return place;
	try {
		return await model.system.pathResolve(text.startsWith('/') ? text : joinPath(model.path, text));
	} catch (error) {
		const known = [desktop, documents, pictures, downloads].find((path) => foldName(baseName(path)) === foldName(text));
		if (known !== undefined) return known;
		if (error instanceof OsError && error.code === 'ENOENT')
			throw new Error(`“${text}” was not found.`, { cause: error });
		throw error;
	}
}

/** Where completing what was typed looks, and what it must start with. */
function completionPlace(model: ExplorerModel, typed: string): { directory: string; prefix: string } {
	const path = typed.startsWith('/') ? typed : `${model.path}/${typed}`;
	if (path.endsWith('/')) return { directory: joinPath(path), prefix: '' };
	return { directory: directoryName(path), prefix: baseName(path) };
}

/** Folders that the typed text may mean; fails when there is no such place. */
export async function suggestFolders(model: ExplorerModel, typed: string): Promise<string[]> {
	const { directory, prefix } = completionPlace(model, typed);
	const folded = foldName(prefix);
	return (await listDirectory(model.system, directory))
		.filter(({ name, kind }) => kind === 'directory' && foldName(name).startsWith(folded))
		.map(({ name }) => name)
		.sort(compareNames)
		.slice(0, mostSuggestions)
		.map((name) => joinPath(directory, name));
}
