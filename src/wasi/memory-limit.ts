/**
 * Bounds the memory of a module: its own memory section gets a maximum (WebAssembly core specification, 5.5.8), so that
 * the engine itself refuses to grow it.
 */
import { OsError } from '#abi/errors.ts';

const headerBytes = 8;
const memorySection = 5;
const hasMaximum = 1;
const bytesPerPage = 65_536;

/** A module like this one whose memory has at most `limitBytes`; ENOMEM when it needs more from the start. */
export function limitMemory(module: Uint8Array<ArrayBuffer>, limitBytes: number): Uint8Array<ArrayBuffer> {
	const section = findSection(module, memorySection);
	if (section === undefined) return module;
	const reader = new Leb128Reader(module, section.contentStart);
	if (reader.next() !== 1) throw new OsError('ENOTSUP', 'a module with several memories');
	const flags = reader.next();
	const minimum = reader.next();
	const maximum = (flags & hasMaximum) === 0 ? Number.POSITIVE_INFINITY : reader.next();
	const limit = Math.min(maximum, Math.floor(limitBytes / bytesPerPage));
	if (minimum > limit) throw new OsError('ENOMEM', `the program needs ${minimum * bytesPerPage} bytes`);
	const content = [1, flags | hasMaximum, ...leb128(minimum), ...leb128(limit)];
	const replaced = [memorySection, ...leb128(content.length), ...content];
	const limited = new Uint8Array(section.start + replaced.length + module.length - section.end);
	limited.set(module.subarray(0, section.start));
	limited.set(replaced, section.start);
	limited.set(module.subarray(section.end), section.start + replaced.length);
	return limited;
}

interface Section {
	readonly start: number;
	readonly contentStart: number;
	readonly end: number;
}

function findSection(module: Uint8Array<ArrayBuffer>, wanted: number): Section | undefined {
	for (let start = headerBytes; start < module.length; ) {
		const reader = new Leb128Reader(module, start + 1);
		const length = reader.next();
		const section = { start, contentStart: reader.place, end: reader.place + length };
		if (module[start] === wanted) return section;
		start = section.end;
	}
	return undefined;
}

/** Whole numbers of up to 32 bits, seven bits a byte, the lowest first. */
class Leb128Reader {
	readonly #bytes: Uint8Array<ArrayBuffer>;
	place: number;

	constructor(bytes: Uint8Array<ArrayBuffer>, place: number) {
		this.#bytes = bytes;
		this.place = place;
	}

	next(): number {
		let value = 0;
		for (let shift = 0; shift < 35; shift += 7) {
			const byte = this.#bytes[this.place++];
			if (byte === undefined) throw new OsError('ENOEXEC', 'the module ends too early');
			value += (byte & 0x7f) * 2 ** shift;
			if (byte < 0x80) return value;
		}
		throw new OsError('ENOEXEC', 'a number of the module is too long');
	}
}

function leb128(value: number): number[] {
	const bytes: number[] = [];
	for (let rest = value; ; rest = Math.floor(rest / 128)) {
		if (rest < 128) return [...bytes, rest];
		bytes.push((rest % 128) | 0x80);
	}
}
