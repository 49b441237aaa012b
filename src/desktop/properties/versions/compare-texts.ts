/** The lines in which two texts differ, with some around them. */
import { diffLines } from 'diff';

export interface ComparedLine {
	readonly kind: 'same' | 'added' | 'removed' | 'left-out';
	/** Of what is left out: how many lines. */
	readonly text: string;
}

/** Lines that are shown before and after a difference. */
const around = 3;

/** From `before` to `after`; no lines when the texts are the same. */
export function compareTexts(before: string, after: string): ComparedLine[] {
	const parts = diffLines(before, after);
	if (parts.every(({ added, removed }) => !added && !removed)) return [];
	return parts.flatMap(({ value, added, removed }, index) => {
		const lines = value.replace(/\r?\n$/, '').split(/\r?\n/);
		if (added || removed) return lines.map((text) => ({ kind: added ? 'added' : 'removed', text }) as const);
		return shorten(lines, { isFirst: index === 0, isLast: index === parts.length - 1 });
	});
}

function shorten(lines: readonly string[], { isFirst, isLast }: { isFirst: boolean; isLast: boolean }): ComparedLine[] {
	const head = isFirst ? 0 : around;
	const tail = isLast ? 0 : around;
	const same = (text: string): ComparedLine => ({ kind: 'same', text });
	if (lines.length <= head + tail + 1) return lines.map(same);
	return [
		...lines.slice(0, head).map(same),
		{ kind: 'left-out', text: String(lines.length - head - tail) },
		...lines.slice(lines.length - tail).map(same),
	];
}

/** Bytes as text, in UTF-8 or else as Windows wrote it; `undefined` when there is a zero among them: that is no text. */
export function decodeText(bytes: Uint8Array): string | undefined {
	if (bytes.includes(0)) return undefined;
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch (error) {
		if (error instanceof TypeError) return new TextDecoder('windows-1252').decode(bytes);
		throw error;
	}
}
