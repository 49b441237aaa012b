/**
 * Artwork of our own for things: programs, folders, files, drives. Each is an SVG file of 64 × 64 units, lit from the
 * upper left, that stays crisp from 16 to 64 pixels; the page fetches it when it is first shown.
 */

export const artworkNames = [
	'bin-empty',
	'bin-full',
	'calculator',
	'computer',
	'crashed',
	'drive',
	'drive-disc',
	'drive-floppy',
	'event-viewer',
	'explorer',
	'file',
	'file-archive',
	'file-audio',
	'file-code',
	'file-disc',
	'file-disk',
	'file-floppy',
	'file-font',
	'file-library',
	'file-picture',
	'file-program',
	'file-script',
	'file-settings',
	'file-text',
	'file-video',
	'folder',
	'folder-desktop',
	'folder-documents',
	'folder-downloads',
	'folder-home',
	'folder-open',
	'folder-pictures',
	'folder-samples',
	'folder-settings',
	'folder-system',
	'help',
	'machine',
	'notepad',
	'pictures',
	'program',
	'settings',
	'task-manager',
	'terminal',
	'user',
	'vitrine',
] as const;

export type ArtworkName = (typeof artworkNames)[number];

const names: ReadonlySet<string> = new Set(artworkNames);

export function isArtworkName(name: string): name is ArtworkName {
	return names.has(name);
}

export function artworkUrl(name: ArtworkName): string {
	return new URL(`./artwork/${name}.svg`, import.meta.url).href;
}
