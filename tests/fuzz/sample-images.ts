/** Small, valid files of each kind, for the fuzzer to damage and for tests to look into. */
import { makeFloppyImage } from '../../samples/floppy-image.ts';

const sectorBytes = 2048;

function text(bytes: Uint8Array, at: number, value: string): void {
	bytes.set(new TextEncoder().encode(value), at);
}

function bothEnds(view: DataView, at: number, value: number): void {
	view.setUint32(at, value, true);
	view.setUint32(at + 4, value, false);
}

function record(
	bytes: Uint8Array,
	at: number,
	entry: { name: string; sector: number; size: number; flags: number },
): number {
	const view = new DataView(bytes.buffer);
	const length = 33 + entry.name.length + ((entry.name.length + 1) % 2);
	bytes[at] = length;
	bothEnds(view, at + 2, entry.sector);
	bothEnds(view, at + 10, entry.size);
	bytes.set([92, 7, 4, 12, 0, 0, 0], at + 18);
	bytes[at + 25] = entry.flags;
	bytes[at + 32] = entry.name.length;
	text(bytes, at + 33, entry.name);
	return at + length;
}

function directory(
	bytes: Uint8Array,
	sector: number,
	parent: number,
	entries: readonly Parameters<typeof record>[2][],
): void {
	bytes.fill(0, sector * sectorBytes, (sector + 1) * sectorBytes);
	let at = record(bytes, sector * sectorBytes, { name: '\0', sector, size: sectorBytes, flags: 2 });
	at = record(bytes, at, { name: '\u0001', sector: parent, size: sectorBytes, flags: 2 });
	for (const entry of entries) at = record(bytes, at, entry);
}

function descriptor(bytes: Uint8Array, sector: number, type: number): void {
	bytes[sector * sectorBytes] = type;
	text(bytes, sector * sectorBytes + 1, 'CD001');
	bytes[sector * sectorBytes + 6] = 1;
}

/**
 * An ISO 9660 disc: descriptors from sector 16, boot catalogue in 19, root directory in 20, folder `SUB` in 21, the boot
 * image from 22 (El Torito without emulation, four sectors of 512 bytes), `README.TXT` in 30.
 */
export function makeDisc(boot: Uint8Array | undefined, readme = 'A disc of our own.\r\n'): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(64 * sectorBytes);
	const view = new DataView(bytes.buffer);
	descriptor(bytes, 16, 1);
	text(bytes, 16 * sectorBytes + 40, 'TESTDISC'.padEnd(32));
	bothEnds(view, 16 * sectorBytes + 80, 64);
	record(bytes, 16 * sectorBytes + 156, { name: '\0', sector: 20, size: sectorBytes, flags: 2 });
	descriptor(bytes, 17, 0);
	text(bytes, 17 * sectorBytes + 7, 'EL TORITO SPECIFICATION');
	view.setUint32(17 * sectorBytes + 0x47, 19, true);
	descriptor(bytes, 18, 255);
	if (boot !== undefined) bootCatalogue(bytes, boot);
	directory(bytes, 20, 20, [
		{ name: 'README.TXT;1', sector: 30, size: readme.length, flags: 0 },
		{ name: 'SUB', sector: 21, size: sectorBytes, flags: 2 },
	]);
	directory(bytes, 21, 20, [{ name: 'INNER.TXT;1', sector: 30, size: readme.length, flags: 0 }]);
	text(bytes, 30 * sectorBytes, readme);
	return bytes;
}

function bootCatalogue(bytes: Uint8Array, boot: Uint8Array): void {
	const view = new DataView(bytes.buffer);
	const at = 19 * sectorBytes;
	bytes[at] = 1;
	view.setUint16(at + 30, 0xaa55, true);
	let sum = 0;
	for (let word = 0; word < 16; word++) sum += view.getUint16(at + word * 2, true);
	view.setUint16(at + 28, -sum & 0xffff, true);
	bytes[at + 32] = 0x88;
	view.setUint16(at + 32 + 6, 4, true);
	view.setUint32(at + 32 + 8, 22, true);
	bytes.set(boot, 22 * sectorBytes);
}

/** The disc's folder `SUB` says that it is the root: whoever follows it without looking walks for ever. */
export function makeLoopingDisc(): Uint8Array<ArrayBuffer> {
	const bytes = makeDisc(undefined);
	directory(bytes, 21, 20, [{ name: 'SUB', sector: 20, size: sectorBytes, flags: 2 }]);
	return bytes;
}

export function makeFloppy(): Uint8Array {
	const boot = new Uint8Array(512);
	const view = new DataView(boot.buffer);
	boot.set([0xeb, 0x3c, 0x90]);
	text(boot, 3, 'VITRINE ');
	view.setUint16(0x0b, 512, true);
	view.setUint8(0x0d, 1);
	view.setUint16(0x0e, 9, true);
	view.setUint8(0x10, 2);
	view.setUint16(0x11, 224, true);
	view.setUint16(0x13, 2880, true);
	view.setUint8(0x15, 0xf0);
	view.setUint16(0x16, 9, true);
	view.setUint16(510, 0xaa55, true);
	const program = new Uint8Array(8 * 512);
	const readme = new TextEncoder().encode('A floppy of our own.\r\n');
	return makeFloppyImage(boot, program, [
		{ name: 'README.TXT', bytes: readme },
		{ name: 'LONG.DAT', bytes: new Uint8Array(5000).fill(7) },
	]);
}

export function makeProgram(signature: 'MZ' | 'NE' | 'LE' | 'PE'): Uint8Array {
	const bytes = new Uint8Array(1024);
	text(bytes, 0, 'MZ');
	if (signature === 'MZ') return bytes;
	new DataView(bytes.buffer).setUint32(0x3c, 0x80, true);
	text(bytes, 0x80, signature === 'PE' ? 'PE\0\0' : signature);
	bytes.set([0x4c, 0x01], 0x84);
	bytes.set([0x0b, 0x01], 0x98);
	return bytes;
}

export function makeHardDisk(): Uint8Array {
	const bytes = new Uint8Array(4 * 1024 * 1024);
	const view = new DataView(bytes.buffer);
	view.setUint8(0x1be, 0x80);
	view.setUint8(0x1be + 4, 0x04);
	view.setUint32(0x1be + 8, 1, true);
	view.setUint32(0x1be + 12, 2880, true);
	view.setUint16(510, 0xaa55, true);
	bytes.set(makeFloppy(), 512);
	return bytes;
}
