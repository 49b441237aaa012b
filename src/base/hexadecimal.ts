/** Bytes as hexadecimal text, two lower-case digits each. */

export function formatHexadecimal(bytes: Uint8Array): string {
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** `undefined` for what is no such text; upper case is taken too. */
export function parseHexadecimal(text: string): Uint8Array<ArrayBuffer> | undefined {
	if (text.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(text)) return undefined;
	return Uint8Array.from(text.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
}
