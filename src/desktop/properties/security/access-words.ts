/** What a person reads about rights: levels, single rights, and what can be done with them. */
import { type AccessRight, accessRights } from '#abi/access.ts';
import { type AccessLevel, type AppliesTo, findLevel } from '#runtime/permission-words.ts';

export type Subject = 'file' | 'directory';

export const levelWords: Readonly<Record<AccessLevel, string>> = {
	full: 'Everything',
	change: 'Read and change',
	run: 'Read and run',
	read: 'Read',
	write: 'Write, not read',
};

export const appliesToWords: Readonly<Record<AppliesTo, string>> = {
	all: 'This folder and everything in it',
	here: 'This folder only',
	folders: 'This folder and folders in it',
	files: 'This folder and files in it',
	inside: 'Only what is in it',
	'folders-inside': 'Only folders in it',
	'files-inside': 'Only files in it',
};

/** The rights behind “Advanced”, in the order in which they are shown. */
export const rightWords: readonly (readonly [right: AccessRight, ofFile: string, ofFolder: string])[] = [
	['readData', 'Read the content', 'List what is in it'],
	['execute', 'Run it', 'Pass through it'],
	['readAttributes', 'Read attributes', 'Read attributes'],
	['readExtendedAttributes', 'Read extended attributes', 'Read extended attributes'],
	['readControl', 'See these permissions', 'See these permissions'],
	['writeData', 'Write the content', 'Make files in it'],
	['appendData', 'Add to the end', 'Make folders in it'],
	['writeAttributes', 'Change attributes', 'Change attributes'],
	['writeExtendedAttributes', 'Change extended attributes', 'Change extended attributes'],
	['delete', 'Delete or rename it', 'Delete or rename it'],
	['deleteChild', 'Delete what is in it', 'Delete what is in it'],
	['writeDacl', 'Change these permissions', 'Change these permissions'],
	['writeOwner', 'Become its owner', 'Become its owner'],
];

export function wordsOfRight(words: (typeof rightWords)[number], subject: Subject): string {
	return subject === 'file' ? words[1] : words[2];
}

/** `Read and change`, or the single rights when they are no level. */
export function describeRights(rights: number, subject: Subject): string {
	const level = findLevel(rights);
	if (level !== undefined) return levelWords[level];
	const names = rightWords.filter(([right]) => (rights & accessRights[right]) !== 0);
	if (names.length === 0) return 'Nothing';
	const [first, ...rest] = names.map((words) => wordsOfRight(words, subject));
	return [first, ...rest.map((text) => text.charAt(0).toLowerCase() + text.slice(1))].join(', ');
}

export interface Deed {
	readonly words: string;
	readonly rights: number;
}

const { readData, writeData, appendData, execute, deleteChild, writeAttributes, readControl, writeDacl, writeOwner } =
	accessRights;

const deedsWithFile: readonly Deed[] = [
	{ words: 'Open and read it', rights: readData },
	{ words: 'Change its content', rights: writeData | appendData },
	{ words: 'Run it', rights: execute },
	{ words: 'Delete or rename it', rights: accessRights.delete },
	{ words: 'Change its attributes', rights: writeAttributes },
	{ words: 'See its permissions', rights: readControl },
	{ words: 'Change its permissions', rights: writeDacl },
	{ words: 'Become its owner', rights: writeOwner },
];

const deedsWithFolder: readonly Deed[] = [
	{ words: 'List what is in it', rights: readData },
	{ words: 'Pass through it', rights: execute },
	{ words: 'Make files in it', rights: writeData },
	{ words: 'Make folders in it', rights: appendData },
	{ words: 'Delete what is in it', rights: deleteChild },
	{ words: 'Delete or rename it', rights: accessRights.delete },
	{ words: 'See its permissions', rights: readControl },
	{ words: 'Change its permissions', rights: writeDacl },
	{ words: 'Become its owner', rights: writeOwner },
];

/** What somebody may want to do, for the table of what they may. */
export function deedsOf(subject: Subject): readonly Deed[] {
	return subject === 'file' ? deedsWithFile : deedsWithFolder;
}
