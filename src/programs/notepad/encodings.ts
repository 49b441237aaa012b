/**
 * The encodings of text files: finding out which one a file has, reading and writing it.
 *
 * Rules of use:
 * - `decodeText` keeps a byte order mark apart from the text. `exact` says that writing the text again gives the same bytes;
 *   when it is false, saving would destroy something.
 * - `encodeText` never replaces a character: it answers where the first one stands that the encoding lacks.
 *
 * Tables of code pages: iconv-lite. UTF-8 and UTF-16: WHATWG Encoding, and our own writer for UTF-16.
 */
import codePages from 'iconv-lite/encodings/sbcs-data-generated.js';

type Bytes = Uint8Array<ArrayBuffer>;

export const encodings = [
	{ id: 'utf-8', label: 'UTF-8' },
	{ id: 'utf-8-bom', label: 'UTF-8 with BOM' },
	{ id: 'utf-16le', label: 'UTF-16 LE' },
	{ id: 'utf-16be', label: 'UTF-16 BE' },
	{ id: 'windows-1252', label: 'Windows-1252 (Western)' },
	{ id: 'cp437', label: 'CP437 (DOS, US)' },
	{ id: 'cp850', label: 'CP850 (DOS, Western)' },
] as const;

export type EncodingId = (typeof encodings)[number]['id'];

export function encodingLabel(id: EncodingId): string {
	return encodings.find((encoding) => encoding.id === id)?.label ?? id;
}

export interface DecodedText {
	readonly text: string;
	readonly exact: boolean;
}

export type EncodedText =
	| { readonly kind: 'bytes'; readonly bytes: Bytes }
	/** `index`: where in the text, in code units. */
	| { readonly kind: 'unencodable'; readonly character: string; readonly index: number };

const byteOrderMarks: readonly (readonly [EncodingId, readonly number[]])[] = [
	['utf-8-bom', [0xef, 0xbb, 0xbf]],
	['utf-16le', [0xff, 0xfe]],
	['utf-16be', [0xfe, 0xff]],
];

function markOf(encoding: EncodingId): readonly number[] {
	return byteOrderMarks.find(([id]) => id === encoding)?.[1] ?? [];
}

function startsWith(bytes: Bytes, mark: readonly number[]): boolean {
	return mark.length > 0 && mark.every((byte, index) => bytes[index] === byte);
}

/** The encoding that `bytes` most likely have. `extension` helps where several would do. */
export function detectEncoding(bytes: Bytes, extension = ''): EncodingId {
	const marked = byteOrderMarks.find(([, mark]) => startsWith(bytes, mark));
	if (marked !== undefined) return marked[0];
	const wide = detectWide(bytes);
	if (wide !== undefined) return wide;
	if (isUtf8(bytes)) return 'utf-8';
	return looksLikeDos(bytes, extension) ? 'cp437' : 'windows-1252';
}

/** UTF-16 without a mark: Latin text has a zero in every second byte. */
function detectWide(bytes: Bytes): EncodingId | undefined {
	const length = Math.min(bytes.length, 4096) & ~1;
	if (length < 4) return undefined;
	const zeros: [number, number] = [0, 0];
	for (let index = 0; index < length; index++) if (bytes[index] === 0) zeros[(index & 1) as 0 | 1]++;
	if (zeros[1] > length * 0.35 && zeros[0] < length * 0.05) return 'utf-16le';
	return zeros[0] > length * 0.35 && zeros[1] < length * 0.05 ? 'utf-16be' : undefined;
}

function isUtf8(bytes: Bytes): boolean {
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		return true;
	} catch {
		// The decoder's only way to say that a byte does not fit.
		return false;
	}
}

/** DOS code pages have their letters below 0xA8 and their frames from 0xB0 to 0xDF; Windows-1252 has letters from 0xC0. */
function looksLikeDos(bytes: Bytes, extension: string): boolean {
	let dos = ['.nfo', '.diz', '.asm', '.bat'].includes(extension) ? 3 : 0;
	let windows = 0;
	for (let index = 0; index < Math.min(bytes.length, 65_536); index++) {
		const byte = bytes[index] as number;
		if (byte < 0x80) continue;
		const next = bytes[index + 1] ?? 0;
		if (byte >= 0xb0 && byte <= 0xdf && next >= 0xb0 && next <= 0xdf) dos += 2;
		else if (byte <= 0xa7 && !windowsPunctuation.has(byte)) dos++;
		else if (byte >= 0xc0 || windowsPunctuation.has(byte)) windows++;
	}
	return dos > windows;
}

/** € … „ “ ” • – — and the like, where DOS has letters that are rarer. */
const windowsPunctuation: ReadonlySet<number> = new Set([0x80, 0x85, 0x91, 0x92, 0x93, 0x95, 0x96, 0x97, 0xa7]);

export function decodeText(bytes: Bytes, encoding: EncodingId): DecodedText {
	const mark = markOf(encoding);
	const content = startsWith(bytes, mark) ? bytes.subarray(mark.length) : bytes;
	const withoutMark = mark.length > 0 && content === bytes && bytes.length > 0;
	const text = isCodePage(encoding) ? decodeCodePage(content, encoding) : decodeUnicode(content, encoding);
	// Only a character that stands for damage can hide damage; UTF-16 may also lose a last odd byte.
	const suspicious = withoutMark || text.includes('\ufffd') || (content.length & 1) === 1;
	return { text, exact: !suspicious || writesSame(text, encoding, bytes) };
}

function decodeUnicode(bytes: Bytes, encoding: EncodingId): string {
	const name = encoding === 'utf-8-bom' ? 'utf-8' : encoding;
	return new TextDecoder(name, { ignoreBOM: true }).decode(bytes);
}

function writesSame(text: string, encoding: EncodingId, bytes: Bytes): boolean {
	const again = encodeText(text, encoding);
	if (again.kind !== 'bytes' || again.bytes.length !== bytes.length) return false;
	return again.bytes.every((byte, index) => byte === bytes[index]);
}

export function encodeText(text: string, encoding: EncodingId): EncodedText {
	if (isCodePage(encoding)) return encodeCodePage(text, encoding);
	const lone = /\p{Surrogate}/u.exec(text);
	if (lone !== null) return { kind: 'unencodable', character: lone[0], index: lone.index };
	const mark = markOf(encoding);
	if (encoding === 'utf-16le' || encoding === 'utf-16be') return { kind: 'bytes', bytes: encodeWide(text, encoding) };
	const content = new TextEncoder().encode(text);
	if (mark.length === 0) return { kind: 'bytes', bytes: content };
	const bytes = new Uint8Array(mark.length + content.length);
	bytes.set(mark);
	bytes.set(content, mark.length);
	return { kind: 'bytes', bytes };
}

function encodeWide(text: string, encoding: 'utf-16le' | 'utf-16be'): Bytes {
	const bytes = new Uint8Array(2 + text.length * 2);
	const view = new DataView(bytes.buffer);
	bytes.set(markOf(encoding));
	for (let index = 0; index < text.length; index++) {
		view.setUint16(2 + index * 2, text.charCodeAt(index), encoding === 'utf-16le');
	}
	return bytes;
}

type CodePageId = 'windows-1252' | 'cp437' | 'cp850';

function isCodePage(encoding: EncodingId): encoding is CodePageId {
	return encoding === 'windows-1252' || encoding === 'cp437' || encoding === 'cp850';
}

const tables = new Map<CodePageId, readonly string[]>();

/** The 256 characters of a code page. */
function tableOf(encoding: CodePageId): readonly string[] {
	const known = tables.get(encoding);
	if (known !== undefined) return known;
	const page = codePages[encoding.replace('-', '')];
	if (page === undefined || typeof page === 'string') throw new Error(`there is no table for ${encoding}`);
	const upper = page.chars.length === 256 ? page.chars.slice(128) : page.chars;
	const table = Array.from({ length: 256 }, (_, byte) =>
		byte < 128 ? String.fromCharCode(byte) : (upper[byte - 128] as string),
	);
	tables.set(encoding, table);
	return table;
}

function decodeCodePage(bytes: Bytes, encoding: CodePageId): string {
	const table = tableOf(encoding);
	const pieces: string[] = [];
	for (let start = 0; start < bytes.length; start += 16_384) {
		let piece = '';
		for (const byte of bytes.subarray(start, start + 16_384)) piece += table[byte];
		pieces.push(piece);
	}
	return pieces.join('');
}

function encodeCodePage(text: string, encoding: CodePageId): EncodedText {
	const byteOf = new Map(tableOf(encoding).map((character, byte) => [character, byte]));
	byteOf.delete('\ufffd');
	const bytes = new Uint8Array(text.length);
	for (let index = 0; index < text.length; index++) {
		const byte = byteOf.get(text[index] as string);
		if (byte === undefined) {
			return { kind: 'unencodable', character: String.fromCodePoint(text.codePointAt(index) ?? 0), index };
		}
		bytes[index] = byte;
	}
	return { kind: 'bytes', bytes };
}
