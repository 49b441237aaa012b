/** What came out of a file of vectors. */
export interface VectorReport {
	readonly title: string;
	readonly passed: number;
	/** What went wrong, a line each. */
	readonly failures: readonly string[];
	/** Vectors of what this host or Vitrine does not do, with the reason. */
	readonly skipped: readonly (readonly [reason: string, count: number])[];
}

/** Why vectors are left out whose algorithm the host does not have; nothing of Vitrine's may ask it for that. */
export const lacking = 'is not in this host’s WebCrypto';

/** `undefined`: as it should be; a reason why it does not apply, after `not: `; else what is wrong. */
export type Verdict = string | undefined;

export async function judge<T>(
	title: string,
	vectors: Iterable<T>,
	check: (vector: T) => Promise<Verdict>,
): Promise<VectorReport> {
	const failures: string[] = [];
	const skipped = new Map<string, number>();
	let passed = 0;
	for (const vector of vectors) {
		const verdict = await check(vector).catch((error: unknown) => String(error));
		if (verdict === undefined) passed++;
		else if (verdict.startsWith('not: ')) skipped.set(verdict.slice(5), (skipped.get(verdict.slice(5)) ?? 0) + 1);
		else failures.push(verdict);
	}
	return { title, passed, failures, skipped: [...skipped] };
}

export function fromHex(text: string): Uint8Array<ArrayBuffer> {
	return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export function toHex(bytes: Uint8Array | ArrayBuffer): string {
	return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
