/**
 * Absolute paths of the system: `/` separates, every path starts with `/`, none ends with it but the root.
 *
 * Rules of use:
 * - A path enters the system through `normalizePath`, which folds `.`, `..` and doubled separators; `..` at
 *   the root stays at the root, so no spelling leaves the tree.
 * - Names are any Unicode text but `/` and NUL, 1 to 255 UTF-16 code units (the limit NTFS has), not `.` or `..`.
 * - Comparison is exact; `foldName` gives the key for look-ups that ignore case.
 */

export const maximumNameLength = 255;

/** Why a name cannot be used for a file, or `undefined` when it can. */
export type NameProblem = 'empty' | 'too-long' | 'reserved' | 'forbidden-character';

export function findNameProblem(name: string): NameProblem | undefined {
	if (name.length === 0) return 'empty';
	if (name.length > maximumNameLength) return 'too-long';
	if (name === '.' || name === '..') return 'reserved';
	if (name.includes('/') || name.includes('\0')) return 'forbidden-character';
	return undefined;
}

/** The names on the way from the root to `path`; `[]` for the root. */
export function splitPath(path: string): string[] {
	const names: string[] = [];
	for (const name of path.split('/')) {
		if (name === '' || name === '.') continue;
		if (name === '..') names.pop();
		else names.push(name);
	}
	return names;
}

export function normalizePath(path: string): string {
	return `/${splitPath(path).join('/')}`;
}

/** `path` seen from `base`: absolute paths stand for themselves. */
export function resolvePath(base: string, path: string): string {
	return normalizePath(path.startsWith('/') ? path : `${base}/${path}`);
}

export function joinPath(directory: string, ...names: string[]): string {
	return normalizePath([directory, ...names].join('/'));
}

export function directoryName(path: string): string {
	return normalizePath(`${path}/..`);
}

export function baseName(path: string): string {
	return splitPath(path).at(-1) ?? '';
}

/** The extension with its dot in lower case, or `''`; a leading dot starts no extension. */
export function extensionName(path: string): string {
	const name = baseName(path);
	const dot = name.lastIndexOf('.');
	return dot > 0 ? name.slice(dot).toLowerCase() : '';
}

/** Whether `path` is `ancestor` or stands below it. */
export function isWithin(path: string, ancestor: string): boolean {
	return path === ancestor || path.startsWith(ancestor === '/' ? '/' : `${ancestor}/`);
}

/** Key under which names that differ only by case are equal (Unicode NFC, full lower case). */
export function foldName(name: string): string {
	return name.normalize('NFC').toLowerCase();
}
