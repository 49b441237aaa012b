/**
 * The tar format: ustar with the extended headers of pax (POSIX.1-2017, pax), and GNU's long names when reading.
 *
 * | Offset | Length | Field |
 * |---|---|---|
 * | 0 | 100 | name |
 * | 100, 108, 116 | 8 each | mode, uid, gid, octal |
 * | 124, 136 | 12 each | size, modification time in seconds, octal |
 * | 148 | 8 | sum of all bytes of the header, this field as blanks |
 * | 156 | 1 | type: 0 file, 1 second name, 2 symbolic link, 5 folder, x pax header, g pax header for all, L and K long names |
 * | 157 | 100 | target of a link |
 * | 257 | 8 | `ustar` NUL `00` |
 * | 345 | 155 | what stands before the name, with a `/` between them |
 *
 * Content follows in blocks of 512 bytes; two empty blocks end the archive.
 */
import { CommandError } from './command.ts';
import { decodeText, encodeText } from './text.ts';

export const blockBytes = 512;

type Bytes = Uint8Array<ArrayBuffer>;

export interface TarEntry {
	readonly name: string;
	readonly type: 'file' | 'directory' | 'link' | 'hard-link';
	readonly size: number;
	/** Seconds since 1970, with a fraction. */
	readonly modifiedTime: number;
	/** Of a link. */
	readonly target: string;
	readonly mode: number;
}

const types: Readonly<Record<string, TarEntry['type']>> = {
	'0': 'file',
	'\0': 'file',
	'7': 'file',
	'1': 'hard-link',
	'2': 'link',
	'5': 'directory',
};
const letters: Readonly<Record<TarEntry['type'], string>> = { file: '0', 'hard-link': '1', link: '2', directory: '5' };

/** Reads headers and contents in turn; what is not read of a content is skipped. */
export class TarReader {
	readonly #read: (length: number) => Bytes;
	#left = 0;
	#padding = 0;
	#common = new Map<string, string>();

	/** `read` gives exactly so many bytes, fewer only at the end. */
	constructor(read: (length: number) => Bytes) {
		this.#read = read;
	}

	/** The next entry; `undefined` at the end. */
	next(): TarEntry | undefined {
		this.#skip();
		const more = new Map(this.#common);
		for (;;) {
			const header = this.#read(blockBytes);
			if (header.length === 0 || header.every((byte) => byte === 0)) return undefined;
			if (header.length < blockBytes) throw new CommandError('the archive ends too early');
			checkSum(header);
			const size = Number(more.get('size') ?? numberAt(header, 124, 12));
			const type = String.fromCharCode(header[156] as number);
			if ('xgLK'.includes(type)) {
				const content = this.#content(numberAt(header, 124, 12));
				if (type === 'x') readRecords(content, more);
				else if (type === 'g') readRecords(content, this.#common);
				else more.set(type === 'L' ? 'path' : 'linkpath', decodeText(content).replace(/\0.*$/s, ''));
				continue;
			}
			return this.#entry(header, more, { size, type });
		}
	}

	/** The next bytes of the content; empty at its end. */
	readContent(): Bytes {
		const wanted = Math.min(this.#left, 131_072);
		if (wanted === 0) return new Uint8Array(0);
		const bytes = this.#read(wanted);
		if (bytes.length < wanted) throw new CommandError('the archive ends too early');
		this.#left -= bytes.length;
		return bytes;
	}

	#entry(
		header: Bytes,
		more: ReadonlyMap<string, string>,
		{ size, type }: { size: number; type: string },
	): TarEntry | undefined {
		const isUstar = textAt(header, 257, 5) === 'ustar';
		const prefix = isUstar ? textAt(header, 345, 155) : '';
		const short = textAt(header, 0, 100);
		const name = more.get('path') ?? (prefix === '' ? short : `${prefix}/${short}`);
		const known = types[type];
		const isFolder = known === 'directory' || (known === 'file' && name.endsWith('/'));
		const hasContent = known === 'file' || known === undefined;
		this.#begin(hasContent ? size : 0);
		if (known === undefined) return this.next();
		return {
			name,
			type: isFolder ? 'directory' : known,
			size: hasContent ? size : 0,
			modifiedTime: Number(more.get('mtime') ?? numberAt(header, 136, 12)),
			target: more.get('linkpath') ?? textAt(header, 157, 100),
			mode: numberAt(header, 100, 8),
		};
	}

	#begin(size: number): void {
		this.#left = size;
		this.#padding = (blockBytes - (size % blockBytes)) % blockBytes;
	}

	#content(size: number): Bytes {
		if (size > 1_048_576) throw new CommandError('a header is too long');
		const bytes = this.#read(size);
		this.#read((blockBytes - (size % blockBytes)) % blockBytes);
		return bytes;
	}

	#skip(): void {
		while (this.readContent().length > 0);
		if (this.#padding > 0) this.#read(this.#padding);
		this.#padding = 0;
	}
}

function textAt(header: Bytes, offset: number, length: number): string {
	const field = header.subarray(offset, offset + length);
	const end = field.indexOf(0);
	return decodeText(end < 0 ? field : field.subarray(0, end));
}

/** Octal, or with the highest bit set a number in base 256. */
function numberAt(header: Bytes, offset: number, length: number): number {
	const first = header[offset] as number;
	if ((first & 0x80) === 0) return Number.parseInt(textAt(header, offset, length).trim() || '0', 8) || 0;
	let value = first & 0x7f;
	for (let at = 1; at < length; at++) value = value * 256 + (header[offset + at] as number);
	return value;
}

function sumOf(header: Bytes): number {
	let sum = 0;
	for (const [at, byte] of header.entries()) sum += at >= 148 && at < 156 ? 32 : byte;
	return sum;
}

function checkSum(header: Bytes): void {
	if (numberAt(header, 148, 8) !== sumOf(header)) throw new CommandError('it is no tar archive, or it is damaged');
}

/** `LENGTH KEY=VALUE` and a line feed each. */
function readRecords(bytes: Bytes, into: Map<string, string>): void {
	for (let at = 0; at < bytes.length; ) {
		const blank = bytes.indexOf(32, at);
		const length = Number.parseInt(decodeText(bytes.subarray(at, blank)), 10);
		if (blank < 0 || !(length > 0)) return;
		const record = decodeText(bytes.subarray(blank + 1, at + length - 1));
		const equals = record.indexOf('=');
		if (equals > 0) into.set(record.slice(0, equals), record.slice(equals + 1));
		at += length;
	}
}

/** The header of an entry, with one of pax before it where ustar has no room. */
export function tarHeader(entry: TarEntry): Bytes[] {
	const records: [string, string][] = [];
	const name = encodeText(entry.name);
	const place = name.length <= 100 ? { name, prefix: new Uint8Array(0) } : splitName(name);
	if (place === undefined) records.push(['path', entry.name]);
	if (encodeText(entry.target).length > 100) records.push(['linkpath', entry.target]);
	if (entry.size >= 8 ** 11) records.push(['size', String(entry.size)]);
	if (!Number.isInteger(entry.modifiedTime)) records.push(['mtime', entry.modifiedTime.toFixed(3)]);
	const header = block(entry, place ?? { name: name.subarray(0, 100), prefix: new Uint8Array(0) }, letters[entry.type]);
	if (records.length === 0) return [header];
	const content = encodeText(records.map(([key, value]) => record(key, value)).join(''));
	const extra = block(
		{ ...entry, size: content.length, target: '', mode: 0o644 },
		{ name: encodeText('PaxHeader'), prefix: new Uint8Array(0) },
		'x',
	);
	return [extra, padded(content), header];
}

/** `LENGTH KEY=VALUE`: the length counts its own digits. */
function record(key: string, value: string): string {
	const rest = encodeText(` ${key}=${value}\n`).length;
	let length = rest + String(rest).length;
	if (rest + String(length).length !== length) length = rest + String(length).length;
	return `${length} ${key}=${value}\n`;
}

interface NamePlace {
	readonly name: Bytes;
	readonly prefix: Bytes;
}

function splitName(name: Bytes): NamePlace | undefined {
	for (let at = Math.min(155, name.length - 2); at > 0; at--)
		if (name[at] === 47 && name.length - at - 1 <= 100) return { name: name.slice(at + 1), prefix: name.slice(0, at) };
	return undefined;
}

function block(entry: TarEntry, { name, prefix }: NamePlace, type: string): Bytes {
	const header = new Uint8Array(blockBytes);
	const put = (offset: number, text: string | Uint8Array): void =>
		header.set(typeof text === 'string' ? encodeText(text) : text, offset);
	const octal = (value: number, length: number): string =>
		`${Math.min(Math.max(0, Math.floor(value)), 8 ** (length - 1) - 1)
			.toString(8)
			.padStart(length - 1, '0')}\0`;
	put(0, name);
	put(100, octal(entry.mode, 8));
	put(108, octal(0, 8));
	put(116, octal(0, 8));
	put(124, octal(entry.size, 12));
	put(136, octal(entry.modifiedTime, 12));
	put(156, type);
	put(157, encodeText(entry.target).subarray(0, 100));
	put(257, 'ustar\x0000');
	put(345, prefix);
	put(148, `${sumOf(header).toString(8).padStart(6, '0')}\0 `);
	return header;
}

export function padded(content: Bytes): Bytes {
	const bytes = new Uint8Array(Math.ceil(content.length / blockBytes) * blockBytes);
	bytes.set(content);
	return bytes;
}
