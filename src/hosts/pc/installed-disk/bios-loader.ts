/**
 * What a BIOS PC starts from on an installed disk: GRUB's boot record and `core.img`, told where each other are.
 *
 * Both come from the image (`/usr/share/vitrine/loader`), made by GRUB's own tools when it was built; what is left for the
 * installation is what `grub-bios-setup` writes into them when there is a partition for `core.img`.
 *
 * | In | At | Is |
 * |---|---|---|
 * | boot record | 0x5c, 8 bytes | sector at which `core.img` begins |
 * | | 0x66, 2 bytes | two NOPs: the drive is taken from the firmware's word, whatever it says |
 * | | 0x1b8, to its end | the disk's number and the partition table: not GRUB's, kept |
 * | `core.img` | 0x1f4, 8 bytes | sector at which its second sector stands |
 *
 * All little-endian (grub 2.06, include/grub/i386/pc/boot.h).
 */
import { sectorBytes } from './layout.ts';

const kernelSectorPlace = 0x5c;
const driveCheckPlace = 0x66;
const bootCodeBytes = 0x1b8;
const blockListPlace = 0x1f4;
const signature = 0xaa55;

/** The boot record that starts `core.img` at `coreSector`, over the table of `record`, the disk's present first sector. */
export function makeBootRecord(record: Uint8Array, bootImage: Uint8Array, coreSector: number): Uint8Array {
	if (record.length !== sectorBytes || bootImage.length !== sectorBytes)
		throw new RangeError('A boot record is one sector.');
	const made = Uint8Array.from(record);
	made.set(bootImage.subarray(0, bootCodeBytes));
	const view = new DataView(made.buffer);
	view.setBigUint64(kernelSectorPlace, BigInt(coreSector), true);
	view.setUint16(driveCheckPlace, 0x9090, true);
	view.setUint16(sectorBytes - 2, signature, true);
	return made;
}

/** `core.img` as it must be when it begins at `coreSector`. */
export function placeCore(coreImage: Uint8Array, coreSector: number): Uint8Array {
	const made = Uint8Array.from(coreImage);
	new DataView(made.buffer).setBigUint64(blockListPlace, BigInt(coreSector + 1), true);
	return made;
}
