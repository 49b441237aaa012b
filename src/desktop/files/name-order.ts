/**
 * Orders of a folder's entries: natural (`file 9` before `file 10`) and by the rules of the person's language.
 *
 * Invariant: every order is total; equal keys fall back to the name, equal names to their code units, so the
 * same entries always come in the same order. Folders stand before files in either direction.
 */
import type { FileEntry } from './file-entry.ts';
import { typeName } from './file-types.ts';

export type SortColumn = 'name' | 'modified' | 'type' | 'size' | 'place' | 'deleted';

export interface SortOrder {
	readonly column: SortColumn;
	readonly descending: boolean;
}

const collator = new Intl.Collator(undefined, { numeric: true });

export function compareNames(left: string, right: string): number {
	return collator.compare(left, right) || (left < right ? -1 : left > right ? 1 : 0);
}

type Comparison = (left: FileEntry, right: FileEntry) => number;

const comparisons: Record<SortColumn, Comparison> = {
	name: () => 0,
	modified: (left, right) => left.modifiedTime - right.modifiedTime,
	type: (left, right) => collator.compare(typeName(left), typeName(right)),
	size: (left, right) => left.size - right.size,
	place: (left, right) => collator.compare(left.place ?? '', right.place ?? ''),
	deleted: (left, right) => (left.deletedTime ?? 0) - (right.deletedTime ?? 0),
};

/** The comparison for `Array.prototype.sort`. */
export function comparisonOf(order: SortOrder): Comparison {
	const byColumn = comparisons[order.column];
	const direction = order.descending ? -1 : 1;
	return (left, right) => {
		const folders = Number(right.kind === 'directory') - Number(left.kind === 'directory');
		if (folders !== 0) return folders;
		return direction * (byColumn(left, right) || compareNames(left.name, right.name));
	};
}

/** A name for a copy beside its original: `report.txt` → `report (2).txt`; the first that `isTaken` denies. */
export function freeName(name: string, isTaken: (name: string) => boolean, keepExtension = true): string {
	if (!isTaken(name)) return name;
	const dot = keepExtension ? name.lastIndexOf('.') : -1;
	const extension = dot > 0 ? name.slice(dot) : '';
	const stem = (dot > 0 ? name.slice(0, dot) : name).replace(/ \((\d+)\)$/, '');
	for (let number = 2; ; number++) {
		const suffix = ` (${number})${extension}`;
		const candidate = shortenName(stem, 255 - suffix.length) + suffix;
		if (!isTaken(candidate)) return candidate;
	}
}

/** At most `length` UTF-16 code units of `stem`, never half of a surrogate pair. */
function shortenName(stem: string, length: number): string {
	if (stem.length <= length) return stem;
	return stem.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
}
