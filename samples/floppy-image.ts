/**
 * Makes a 1.44 MB floppy image in FAT12, as `floppy/boot.asm` describes it: boot sector, reserved sectors with the
 * program it loads, two FATs, the root directory, files one behind the other.
 *
 * | Sectors | What |
 * |---|---|
 * | 0 | boot sector |
 * | 1 to 8 | the program |
 * | 9 to 17, 18 to 26 | the two FATs |
 * | 27 to 40 | root directory, 224 entries |
 * | 41 on | files; cluster 2 is sector 41 |
 */

const sectorBytes = 512;
const totalSectors = 2880;
const reservedSectors = 9;
const sectorsPerFat = 9;
const rootSector = reservedSectors + 2 * sectorsPerFat;
const firstFileSector = rootSector + 14;

export interface FloppyFile {
	/** Name as DOS writes it, eight and three. */
	readonly name: string;
	readonly bytes: Uint8Array;
}

export function makeFloppyImage(boot: Uint8Array, program: Uint8Array, files: readonly FloppyFile[]): Uint8Array {
	const image = new Uint8Array(totalSectors * sectorBytes);
	image.set(boot, 0);
	image.set(program, sectorBytes);
	const fat = new Uint16Array(totalSectors);
	fat[0] = 0xff0;
	fat[1] = 0xfff;
	let cluster = 2;
	files.forEach((file, index) => {
		const count = Math.max(1, Math.ceil(file.bytes.length / sectorBytes));
		image.set(directoryEntry(file, cluster), rootSector * sectorBytes + index * 32);
		image.set(file.bytes, (firstFileSector + cluster - 2) * sectorBytes);
		for (let step = 1; step <= count; step++) fat[cluster++] = step === count ? 0xfff : cluster;
	});
	const packed = packFat12(fat);
	image.set(packed, reservedSectors * sectorBytes);
	image.set(packed, (reservedSectors + sectorsPerFat) * sectorBytes);
	return image;
}

function directoryEntry(file: FloppyFile, cluster: number): Uint8Array {
	const entry = new Uint8Array(32);
	const [base = '', extension = ''] = file.name.split('.');
	entry.set(new TextEncoder().encode(base.padEnd(8) + extension.padEnd(3)), 0);
	const view = new DataView(entry.buffer);
	view.setUint8(11, 0x20);
	// A fixed date (4 July 1992, 12:00), so that the same source gives the same image.
	view.setUint16(22, 12 << 11, true);
	view.setUint16(24, ((1992 - 1980) << 9) | (7 << 5) | 4, true);
	view.setUint16(26, cluster, true);
	view.setUint32(28, file.bytes.length, true);
	return entry;
}

/** Two entries of twelve bits in three bytes. */
function packFat12(fat: Uint16Array): Uint8Array {
	const packed = new Uint8Array(sectorsPerFat * sectorBytes);
	for (let entry = 0; entry * 1.5 + 2 < packed.length && entry < fat.length; entry += 2) {
		const first = fat[entry] ?? 0;
		const second = fat[entry + 1] ?? 0;
		const at = (entry / 2) * 3;
		packed[at] = first & 0xff;
		packed[at + 1] = (first >> 8) | ((second & 15) << 4);
		packed[at + 2] = second >> 4;
	}
	return packed;
}
