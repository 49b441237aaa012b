/**
 * Files that are something known, but nothing a machine runs: containers of disks, archives, pictures, text.
 * A person who opens one is told what it is instead of being left with "unknown".
 */
import { type BoundedReader, startsWith } from './byte-source.ts';
import { looksLikeText } from './dos-scripts.ts';
import { type MediaKind, type Verdict, verdict } from './verdict.ts';

interface Signature {
	readonly at: number;
	readonly bytes: readonly number[] | string;
	readonly kind: MediaKind;
	readonly sentence: string;
}

function container(at: number, bytes: Signature['bytes'], name: string): Signature {
	return { at, bytes, kind: 'disk-container', sentence: `This is a ${name}. Vitrine cannot open these yet.` };
}

function archive(at: number, bytes: Signature['bytes'], name: string): Signature {
	return {
		at,
		bytes,
		kind: 'archive',
		sentence: `This is a ${name}. Unpack it first; Vitrine does not run what is in it.`,
	};
}

function picture(bytes: Signature['bytes'], name: string, at = 0): Signature {
	return { at, bytes, kind: 'picture', sentence: `This is a ${name} picture.` };
}

const signatures: readonly Signature[] = [
	container(0, 'KDMV', 'VMware disk (VMDK)'),
	container(0, '# Disk DescriptorFile', 'VMware disk description (VMDK)'),
	container(0, [0x51, 0x46, 0x49, 0xfb], 'QEMU disk (QCOW)'),
	container(0, 'vhdxfile', 'virtual hard disk (VHDX)'),
	container(0, 'conectix', 'virtual hard disk (VHD)'),
	container(0x40, [0x7f, 0x10, 0xda, 0xbe], 'VirtualBox disk (VDI)'),
	container(0, 'IMD ', 'floppy in ImageDisk format (IMD)'),
	container(0, [0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00], 'CD image with raw sectors'),
	archive(0, 'PK\u0003\u0004', 'ZIP archive'),
	archive(0, [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], '7-Zip archive'),
	archive(0, 'MSCF', 'Windows cabinet'),
	archive(0, 'Rar!', 'RAR archive'),
	archive(0, [0x1f, 0x8b], 'gzip archive'),
	archive(2, '-lh', 'LHA archive'),
	archive(257, 'ustar', 'tar archive'),
	picture([0x89, 0x50, 0x4e, 0x47], 'PNG'),
	picture([0xff, 0xd8, 0xff], 'JPEG'),
	picture('GIF8', 'GIF'),
	picture('WEBP', 'WebP', 8),
];

export async function recogniseSignature(reader: BoundedReader): Promise<Verdict | undefined> {
	const head = await reader.available(0, 512);
	const found = signatures.find(({ at, bytes }) => startsWith(head, bytes, at));
	if (found !== undefined) return verdict(found.kind, found.sentence);
	const footer = await reader.available(Math.max(0, reader.size - 512), 8);
	if (startsWith(footer, 'conectix')) {
		return verdict('disk-container', 'This is a virtual hard disk (VHD). Vitrine cannot open these yet.');
	}
	if (startsWith(head, 'BM') && head.length >= 26 && isBitmapHeader(head)) {
		return verdict('picture', 'This is a BMP picture.');
	}
	return undefined;
}

function isBitmapHeader(head: Uint8Array): boolean {
	const headerSize = new DataView(head.buffer, head.byteOffset).getUint32(14, true);
	return headerSize >= 12 && headerSize <= 124;
}

export async function recogniseText(reader: BoundedReader): Promise<Verdict | undefined> {
	const sample = await reader.available(0, 4096);
	if (sample.length === 0 || !looksLikeText(sample)) return undefined;
	// A formatted disk that holds nothing is filled with F6.
	if (sample.every((byte) => byte >= 0x80)) return undefined;
	return verdict('text', 'This is a text file.');
}
