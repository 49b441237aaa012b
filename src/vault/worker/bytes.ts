/** Bytes put together, compared and overwritten. */

const encoder = new TextEncoder();

export const utf8 = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text);

export function concatenate(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
	const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}

/** In memory of its own, which WebCrypto wants. */
export const copy = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

/** Takes as long for any two of one length. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
	if (a.length !== b.length) return false;
	let difference = 0;
	for (let index = 0; index < a.length; index++) difference |= (a[index] as number) ^ (b[index] as number);
	return difference === 0;
}

export function randomBytes(length: number): Uint8Array<ArrayBuffer> {
	return crypto.getRandomValues(new Uint8Array(length));
}

/** Gives secret bytes to `use` and overwrites them afterwards, whatever happens. */
export async function withSecret<T>(
	secret: Uint8Array<ArrayBuffer> | ArrayBuffer,
	use: (bytes: Uint8Array<ArrayBuffer>) => T | Promise<T>,
): Promise<T> {
	const bytes = secret instanceof ArrayBuffer ? new Uint8Array(secret) : secret;
	try {
		return await use(bytes);
	} finally {
		bytes.fill(0);
	}
}
