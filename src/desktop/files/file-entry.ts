/**
 * A line of a folder as the desktop shows it, and the attribute bits of the contract.
 *
 * Invariant: an entry never changes; a change of the file makes a new entry.
 */
import { attributeBits } from '#abi/attributes.ts';
import type { DirectoryPage, NodeKind, Stat } from '#abi/structures.generated.ts';

export interface FileEntry {
	readonly name: string;
	readonly kind: NodeKind;
	/** Bytes of content; 0 for a folder. */
	readonly size: number;
	readonly modifiedTime: number;
	readonly attributes: number;
	/** Where it is or was, in lists that show things of several folders. */
	readonly place?: string;
	/** When it was deleted, in the Recycle Bin. */
	readonly deletedTime?: number;
}

export function isHidden(entry: { readonly attributes: number }): boolean {
	return (entry.attributes & attributeBits.hidden) !== 0;
}

export function isEncrypted(entry: { readonly attributes: number }): boolean {
	return (entry.attributes & attributeBits.encrypted) !== 0;
}

/** In the order in which a page numbers them. */
const kinds: readonly NodeKind[] = ['file', 'directory', 'link', 'device'];

/** The entries of a page of columns, in the page's order. */
export function entriesOfPage(page: DirectoryPage): FileEntry[] {
	return page.names.map((name, index) => ({
		name,
		kind: kinds[page.kinds[index] ?? 0] ?? 'file',
		size: page.sizes[index] ?? 0,
		modifiedTime: page.modifiedTimes[index] ?? 0,
		attributes: page.attributes[index] ?? 0,
	}));
}

export function entryOfStat(name: string, stat: Stat): FileEntry {
	const { kind, size, modifiedTime, attributes } = stat;
	return { name, kind, size, modifiedTime, attributes };
}
