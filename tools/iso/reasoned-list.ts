/**
 * Reads the lists of `distro/`: one entry a line, then `#` and why it is there.
 *
 * Invariants: an entry without a reason is an error, as is one that stands there twice. A line that begins with `#`
 * belongs to no entry.
 */
import { readFile } from 'node:fs/promises';
import { fromRoot } from '../setup/paths.ts';

export interface ReasonedEntry {
	readonly entry: string;
	readonly reason: string;
}

export function parseReasonedList(text: string, name: string): ReasonedEntry[] {
	const entries: ReasonedEntry[] = [];
	const seen = new Set<string>();
	for (const [index, line] of text.split('\n').entries()) {
		if (line.trim() === '' || line.startsWith('#')) continue;
		const [, entry, reason] = /^(\S+)\s+#\s*(\S.*)$/.exec(line) ?? [];
		if (entry === undefined || reason === undefined)
			throw new Error(`${name}:${index + 1} is not "ENTRY # reason": ${line}`);
		if (seen.has(entry)) throw new Error(`${name}:${index + 1} names ${entry} a second time.`);
		seen.add(entry);
		entries.push({ entry, reason });
	}
	return entries;
}

/** The entries of a list by its path from the root of the repository. */
export async function readReasonedList(file: string): Promise<string[]> {
	return parseReasonedList(await readFile(fromRoot(file), 'utf8'), file).map(({ entry }) => entry);
}
