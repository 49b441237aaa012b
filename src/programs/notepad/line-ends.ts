/** Line ends: in the editor a line ends with LF; the file keeps its own. */

export type LineEnd = 'crlf' | 'lf' | 'cr';

const characters: Readonly<Record<LineEnd, string>> = { crlf: '\r\n', lf: '\n', cr: '\r' };

export const lineEndLabels: Readonly<Record<LineEnd, string>> = {
	crlf: 'CRLF (DOS, Windows)',
	lf: 'LF (Unix)',
	cr: 'CR (old Mac)',
};

export interface LineEnds {
	/** The most frequent one; CRLF for a text of one line, as old programs expect it. */
	readonly lineEnd: LineEnd;
	/** Others occur too: saving makes them all the same. */
	readonly mixed: boolean;
}

export function detectLineEnds(text: string): LineEnds {
	const counts = { crlf: 0, lf: 0, cr: 0 };
	for (const [match] of text.matchAll(/\r\n|\n|\r/g))
		counts[match === '\r\n' ? 'crlf' : match === '\n' ? 'lf' : 'cr']++;
	const kinds = (Object.keys(counts) as LineEnd[]).filter((kind) => counts[kind] > 0);
	const lineEnd = kinds.reduce<LineEnd>(
		(best, kind) => (counts[kind] > counts[best] ? kind : best),
		kinds[0] ?? 'crlf',
	);
	return { lineEnd, mixed: kinds.length > 1 };
}

/** Text as the editor has it. */
export function toEditorText(text: string): string {
	return text.replace(/\r\n?/g, '\n');
}

export function toFileText(editorText: string, lineEnd: LineEnd): string {
	return lineEnd === 'lf' ? editorText : editorText.replaceAll('\n', characters[lineEnd]);
}
