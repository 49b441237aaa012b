/**
 * Names as they are stored: each UTF-16 code unit encoded by itself as one, two or three bytes (CESU-8). For names
 * without characters beyond U+FFFF that is UTF-8. So SQLite's order of bytes is the contract's order of UTF-16 code
 * units, and any JavaScript string comes back unchanged, lone surrogates too.
 */

/** Writes `text` at `at` and returns the end. There must be room for three bytes a code unit. */
export function encodeName(text: string, into: Uint8Array, at: number): number {
	let end = at;
	for (let index = 0; index < text.length; index++) {
		const unit = text.charCodeAt(index);
		if (unit < 0x80) {
			into[end++] = unit;
		} else if (unit < 0x800) {
			into[end++] = 0xc0 | (unit >>> 6);
			into[end++] = 0x80 | (unit & 0x3f);
		} else {
			into[end++] = 0xe0 | (unit >>> 12);
			into[end++] = 0x80 | ((unit >>> 6) & 0x3f);
			into[end++] = 0x80 | (unit & 0x3f);
		}
	}
	return end;
}

const batch = 4096;

export function decodeName(bytes: Uint8Array, start: number, length: number): string {
	let text = '';
	const units: number[] = [];
	const end = start + length;
	for (let at = start; at < end; ) {
		const first = bytes[at++] as number;
		if (first < 0x80) units.push(first);
		else if (first < 0xe0) units.push(((first & 0x1f) << 6) | ((bytes[at++] as number) & 0x3f));
		else {
			const second = ((bytes[at++] as number) & 0x3f) << 6;
			units.push(((first & 0x0f) << 12) | second | ((bytes[at++] as number) & 0x3f));
		}
		if (units.length === batch) text += String.fromCharCode(...units.splice(0));
	}
	return text + String.fromCharCode(...units);
}
