/**
 * Canaries: text that stands nowhere but in the files of one campaign, so that finding any of it is finding a trace.
 *
 * Rules of use: whoever searches gets `seed` and makes the marks anew: a mark that was handed over would be found where it
 * was handed to.
 *
 * Invariant: every 32 bytes of a canary's text hold the whole mark, so that 64 bytes of a trace suffice to find it.
 */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';

const markLength = 20;
const pieceBytes = 16 << 20;

/** 20 letters and digits, the same for the same seed. */
export function markOf(seed: string): string {
	return createHash('sha256').update(`canary ${seed}`).digest('hex').slice(0, markLength);
}

/** Text of a canary file: lines of 32 bytes with the mark, the number of the file and that of the line. */
export function canaryText(seed: string, number: number, bytes: number): Uint8Array<ArrayBuffer> {
	const mark = markOf(seed);
	const lines = Math.max(1, Math.ceil(bytes / 32));
	const text = Array.from({ length: lines }, (_, line) => `${mark} ${tag(number, 4)} ${tag(line, 5)}\n`).join('');
	// No `Buffer`: Node keeps small ones in a pool, and would be found to hold them.
	return new TextEncoder().encode(text.slice(0, Math.max(bytes, 32)));
}

function tag(number: number, digits: number): string {
	return (number % 36 ** digits).toString(36).padStart(digits, '0');
}

export interface Trace {
	readonly file: string;
	readonly at: number;
	readonly form: string;
}

/** The forms in which a mark may stand somewhere. */
function formsOf(seed: string): readonly { readonly form: string; readonly bytes: Buffer }[] {
	const text = Buffer.from(markOf(seed), 'latin1');
	const base64 = [0, 1, 2].map((shift) => {
		const encoded = Buffer.concat([Buffer.alloc(shift), text]).toString('base64');
		// The first and last characters also depend on what stands beside.
		return { form: `base64, ${shift}`, bytes: Buffer.from(encoded.slice(4, -4), 'latin1') };
	});
	const utf16 = Buffer.from(text.toString('latin1'), 'utf16le');
	return [
		{ form: 'text', bytes: text },
		{ form: 'UTF-16', bytes: utf16 },
		{ form: 'UTF-16, other order', bytes: Buffer.from(utf16).swap16() },
		{ form: 'hexadecimal', bytes: Buffer.from(text.toString('hex'), 'latin1') },
		{ form: 'backwards', bytes: Buffer.from(text).reverse() },
		...base64,
	];
}

/** Every trace in the files of a folder and all below it. */
export async function findTraces(folder: string, seed: string): Promise<Trace[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
	return files.flatMap((file) => tracesIn(file, seed));
}

function tracesIn(file: string, seed: string): Trace[] {
	const forms = formsOf(seed);
	const overlap = Math.max(...forms.map(({ bytes }) => bytes.length)) - 1;
	const traces: Trace[] = [];
	const buffer = Buffer.alloc(pieceBytes + overlap);
	const descriptor = openSync(file, 'r');
	try {
		for (let at = 0; ; at += pieceBytes) {
			const length = readSync(descriptor, buffer, 0, buffer.length, at);
			if (length <= (at === 0 ? 0 : overlap)) return traces;
			const piece = buffer.subarray(0, length);
			for (const { form, bytes } of forms)
				for (
					let found = piece.indexOf(bytes);
					found >= 0 && found < pieceBytes;
					found = piece.indexOf(bytes, found + 1)
				)
					traces.push({ file: path.basename(file), at: at + found, form });
		}
	} finally {
		closeSync(descriptor);
	}
}

/** `volume: 3 (text), log: 1 (UTF-16)`, for a person. */
export function describeTraces(traces: readonly Trace[]): string {
	const counts = new Map<string, number>();
	for (const { file, form } of traces) counts.set(`${file} as ${form}`, (counts.get(`${file} as ${form}`) ?? 0) + 1);
	return [...counts].map(([place, count]) => `${place}: ${count}`).join('; ');
}
