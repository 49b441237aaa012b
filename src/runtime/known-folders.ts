/** The folders that every system has from its first start, and where the person's things are. */

export interface KnownFolders {
	readonly home: string;
	readonly desktop: string;
	readonly documents: string;
	readonly pictures: string;
	readonly downloads: string;
	readonly samples: string;
	readonly recycleBin: string;
}

const home = '/Users/Owner';

export const knownFolders: KnownFolders = {
	home,
	desktop: `${home}/Desktop`,
	documents: `${home}/Documents`,
	pictures: `${home}/Pictures`,
	downloads: `${home}/Downloads`,
	samples: '/Programs/Samples',
	recycleBin: '/Recycle Bin',
};

/** Where programs keep a person's settings, one file a program. */
export const settingsFolder = `${home}/Settings`;

/** Where the system keeps its own records. */
export const systemFolder = '/System';

/** What all who use this computer share. */
export const publicFolder = '/Users/Public';

/** All of them, each after the folder it stands in. */
export const firstFolders: readonly string[] = [
	systemFolder,
	'/Programs',
	knownFolders.samples,
	'/Users',
	publicFolder,
	home,
	knownFolders.desktop,
	knownFolders.documents,
	knownFolders.pictures,
	knownFolders.downloads,
	settingsFolder,
	knownFolders.recycleBin,
];
