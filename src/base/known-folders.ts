/**
 * The folders that every system has from its first start, and those that every person has.
 *
 * Rules of use: a person's folders are asked for by their home (`SessionInfo.home` of the contract); nobody's home is a
 * constant. What is deleted goes to a folder of the person's own below `recycleBins`.
 */
import { baseName, directoryName, splitPath } from './path.ts';

/** Where a person's things are. */
export interface KnownFolders {
	readonly home: string;
	readonly desktop: string;
	readonly documents: string;
	readonly pictures: string;
	readonly downloads: string;
	/** Where programs keep the person's settings, one file a program. */
	readonly settings: string;
	readonly samples: string;
	readonly recycleBin: string;
}

/** Where the homes of people are. */
export const usersFolder = '/Users';

/** What all who use this computer share. */
export const publicFolder = `${usersFolder}/Public`;

/** Where the system keeps its own records. */
export const systemFolder = '/System';

/** The samples that come with the system. */
export const samplesFolder = '/Programs/Samples';

/** Holds the recycle bin of each person. */
export const recycleBins = '/Recycle Bin';

/** Of the account that a system has when nobody was asked for a name. */
export const firstAccountName = 'Owner';

/** The folders of the person whose home is `home`. */
export function foldersOf(home: string): KnownFolders {
	return {
		home,
		desktop: `${home}/Desktop`,
		documents: `${home}/Documents`,
		pictures: `${home}/Pictures`,
		downloads: `${home}/Downloads`,
		settings: `${home}/Settings`,
		samples: samplesFolder,
		recycleBin: `${recycleBins}/${baseName(home)}`,
	};
}

/** Those of the system, each after the folder it stands in. */
export const systemFolders: readonly string[] = [
	systemFolder,
	'/Programs',
	samplesFolder,
	usersFolder,
	publicFolder,
	recycleBins,
];

/** Those that stand in a home, and the home itself, which comes first. */
export function homeFolders(home: string): readonly string[] {
	const { desktop, documents, pictures, downloads, settings } = foldersOf(home);
	return [home, desktop, documents, pictures, downloads, settings];
}

/** Whether the system, or a person's desktop, cannot do without the folder at `path`. */
export function isNeededFolder(path: string): boolean {
	if (systemFolders.includes(path)) return path !== samplesFolder;
	if (directoryName(path) === recycleBins) return true;
	const [users, name] = splitPath(path);
	return `/${users}` === usersFolder && name !== undefined && homeFolders(`${usersFolder}/${name}`).includes(path);
}
