/** What Install Vitrine says of disks, of what will happen to them, and of how far it is. */
import type { PcDisk, PcDiskPart, PcDiskUse } from '#abi/structures.generated.ts';
import { formatSize } from '#base/format-size.ts';

/** `write`: an image is written to a stick. */
export type Purpose = 'install' | 'data' | 'write';

const connectionTexts: Readonly<Record<string, string>> = {
	usb: 'USB',
	sata: 'SATA',
	ata: 'IDE',
	nvme: 'NVMe',
	card: 'memory card',
	virtio: 'virtual disk',
};

const obstacleTexts: Readonly<Record<Exclude<PcDiskUse, 'possible'>, string>> = {
	'started-from': 'Vitrine was started from it.',
	'in-use': 'It is in use.',
	'read-only': 'It cannot be written: look for a switch on it.',
	'too-small': 'It is too small.',
	'there-already': 'It has a data partition already.',
	'not-supported': 'Disks of this kind are not supported.',
	'not-removable': 'It is built into this PC.',
};

const formatTexts: Readonly<Record<string, string>> = {
	ntfs: 'Windows (NTFS)',
	vfat: 'FAT',
	exfat: 'exFAT',
	crypto_LUKS: 'encrypted',
	BitLocker: 'Windows (BitLocker)',
	apfs: 'macOS (APFS)',
	iso9660: 'an image',
	swap: 'Linux (swap)',
};

/** `SanDisk Ultra`, or `Disk sdb` for one that does not say. */
export function nameOf({ model, device }: PcDisk): string {
	return model === '' ? `Disk ${device}` : model;
}

/** What tells a disk from every other: name, size, and where Linux has it. */
export function titleOf(disk: PcDisk): string {
	return `${nameOf(disk)}, ${formatSize(disk.sizeBytes)}`;
}

export function placeOf({ device, connection, removable }: PcDisk): string {
	const kind = connectionTexts[connection] ?? connection;
	return [`/dev/${device}`, kind, removable && kind !== 'USB' ? 'removable' : '']
		.filter((word) => word !== '')
		.join(', ');
}

/** One line: what is on it, or why it cannot be taken. */
export function hintOf(disk: PcDisk, purpose: Purpose): string {
	const use = stateFor(disk, purpose);
	if (purpose === 'write' && use === 'there-already') return `${placeOf(disk)}. The image is on it.`;
	if (use !== 'possible') return `${placeOf(disk)}. ${obstacleTexts[use]}`;
	if (purpose === 'data' && !disk.dataErases)
		return `${placeOf(disk)}. Vitrine is on it; ${formatSize(disk.dataBytes)} behind it are free.`;
	return `${placeOf(disk)}. ${describeContents(disk.parts)}`;
}

export function stateFor(disk: PcDisk, purpose: Purpose): PcDiskUse {
	return { install: disk.install, data: disk.makeData, write: disk.writeImage }[purpose];
}

export function erases(disk: PcDisk, purpose: Purpose): boolean {
	return purpose !== 'data' || disk.dataErases;
}

function describeContents(parts: readonly PcDiskPart[]): string {
	return parts.length === 0 ? 'Nothing known is on it.' : `On it: ${parts.map(describePart).join('; ')}.`;
}

export function describePart({ label, format, sizeBytes, device }: PcDiskPart): string {
	const kind = formatTexts[format] ?? (format === '' ? 'something unknown' : format);
	return `${label === '' ? device : `“${label}”`}, ${kind}, ${formatSize(sizeBytes)}`;
}

/** Each step with where it begins on the whole way, from 0 to 1. */
const steps: Readonly<
	Record<Purpose, Readonly<Record<string, readonly [text: string, begins: number, ends: number]>>>
> = {
	install: {
		preparing: ['Erasing the disk', 0, 0.01],
		copying: ['Copying Vitrine', 0.01, 0.5],
		flushing: ['Waiting for the disk', 0.5, 0.5],
		checking: ['Reading back what was copied', 0.5, 0.92],
		data: ['Making the data partition', 0.92, 0.97],
		loader: ['Making the disk start', 0.97, 1],
	},
	data: {
		preparing: ['Preparing the disk', 0, 0.2],
		data: ['Making the data partition', 0.2, 1],
	},
	write: {
		checking: ['Checking the image', 0, 0.15],
		preparing: ['Erasing the stick', 0.15, 0.16],
		writing: ['Writing to the stick', 0.16, 0.65],
		comparing: ['Reading back what was written', 0.65, 1],
	},
};

export interface StepProgress {
	readonly text: string;
	readonly fraction: number;
}

/** Of a line of the command `disk`: the step, the bytes done, and all. `undefined` for any other line. */
export function parseProgress(line: string, purpose: Purpose): StepProgress | undefined {
	const [, name = '', done, total] = /^(\w+) (\d+) (\d+)$/.exec(line) ?? [];
	const step = Object.hasOwn(steps[purpose], name) ? steps[purpose][name] : undefined;
	if (step === undefined) return undefined;
	const [text, begins, ends] = step;
	const part = Number(total) === 0 ? 0 : Number(done) / Number(total);
	return { text, fraction: begins + (ends - begins) * part };
}
