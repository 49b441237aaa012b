/**
 * Text and bytes: UTF-8, in which each byte that is none of it becomes a lone surrogate (U+DC80 to U+DCFF, as Python does)
 * and comes back as the same byte. So any bytes go through a command that works on text.
 */
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();
const escapeStart = 0xdc00;
const escaped = /[\udc80-\udcff]/;

export function decodeText(bytes: Uint8Array): string {
	try {
		return strict.decode(bytes);
	} catch {
		return decodeLoosely(bytes);
	}
}

/** Takes whole characters where there are some, and single bytes where not. */
function decodeLoosely(bytes: Uint8Array): string {
	let text = '';
	for (let at = 0; at < bytes.length; ) {
		const length = characterLength(bytes, at);
		if (length > 0) text += strict.decode(bytes.subarray(at, at + length));
		else text += String.fromCharCode(escapeStart + (bytes[at] as number));
		at += Math.max(1, length);
	}
	return text;
}

/** Length of the character that begins there; 0 when none does. */
function characterLength(bytes: Uint8Array, at: number): number {
	const first = bytes[at] as number;
	if (first < 0x80) return 1;
	const length =
		first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
	if (length === 0 || at + length > bytes.length) return 0;
	try {
		strict.decode(bytes.subarray(at, at + length));
		return length;
	} catch {
		return 0;
	}
}

export function encodeText(text: string): Uint8Array<ArrayBuffer> {
	if (!escaped.test(text)) return encoder.encode(text);
	const pieces: number[] = [];
	for (const character of text) {
		const code = character.codePointAt(0) ?? 0;
		if (code >= 0xdc80 && code <= 0xdcff) pieces.push(code - escapeStart);
		else for (const byte of encoder.encode(character)) pieces.push(byte);
	}
	return Uint8Array.from(pieces);
}
