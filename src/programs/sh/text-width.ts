/**
 * How many terminal columns text takes: 2 for wide East Asian characters and emoji, 0 for combining marks
 * (Unicode UAX #11 and #29), 1 for the rest.
 */
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const zeroWidth = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]+$/u;
const emoji = /\p{Emoji_Presentation}|\uFE0F/u;

const wideRanges: readonly (readonly [number, number])[] = [
	[0x1100, 0x115f],
	[0x2e80, 0x303e],
	[0x3041, 0x33ff],
	[0x3400, 0x4dbf],
	[0x4e00, 0x9fff],
	[0xa000, 0xa4cf],
	[0xac00, 0xd7a3],
	[0xf900, 0xfaff],
	[0xfe30, 0xfe6f],
	[0xff00, 0xff60],
	[0xffe0, 0xffe6],
	[0x20000, 0x3fffd],
];

/** What a person sees as the characters of `text`. */
export function splitGraphemes(text: string): string[] {
	if (/^[\x20-\x7e]*$/.test(text)) return [...text];
	return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

export function graphemeWidth(grapheme: string): number {
	if (zeroWidth.test(grapheme)) return 0;
	const code = grapheme.codePointAt(0) ?? 0;
	if (code < 0x300) return 1;
	if (emoji.test(grapheme)) return 2;
	return wideRanges.some(([first, last]) => code >= first && code <= last) ? 2 : 1;
}

export function textWidth(text: string): number {
	let width = 0;
	for (const grapheme of splitGraphemes(text)) width += graphemeWidth(grapheme);
	return width;
}
