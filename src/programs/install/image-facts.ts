/** What can be told of an image before it is written to a stick: from its name, its signature, and how it begins. */

import { OsError } from '#abi/errors.ts';
import { rights } from '#abi/rights.ts';
import type { PcDisk, PcImage } from '#abi/structures.generated.ts';
import { formatSize } from '#base/format-size.ts';
import { baseName, isWithin } from '#base/path.ts';
import type { System } from '#runtime/system.ts';

export interface ImageFacts extends PcImage {
	readonly path: string;
	readonly name: string;
	readonly sizeBytes: number;
	/** A PC starts from a stick with it: it has a boot record. */
	readonly starts: boolean;
}

/** A longer one is none (minisign). */
const signatureBytes = 4096;

/** Throws what is wrong with the file. */
export async function readImageFacts(system: System, path: string): Promise<ImageFacts> {
	const { size } = await system.pathStat(path);
	const [record, signature] = [await readStart(system, path, 512), await readSignature(system, `${path}.minisig`)];
	const judged = await system.pcJudgeImage(signature, size);
	const starts = record[510] === 0x55 && record[511] === 0xaa;
	return { path, name: baseName(path), sizeBytes: size, starts, ...judged };
}

async function readSignature(system: System, path: string): Promise<string> {
	try {
		return new TextDecoder().decode(await readStart(system, path, signatureBytes));
	} catch (error) {
		if (error instanceof OsError && error.code === 'ENOENT') return '';
		throw error;
	}
}

async function readStart(system: System, path: string, length: number): Promise<Uint8Array> {
	const handle = await system.fileOpen(path, 'open', rights.read);
	try {
		return await system.fileRead(handle, 0, length);
	} finally {
		await system.handleClose(handle);
	}
}

/** A stick that is too small, and the one that the image itself is on (`there-already`), cannot be taken. */
export async function findSticks(system: System, image: ImageFacts): Promise<PcDisk[]> {
	const drives = await system.pcDrives();
	const own = drives.find(({ path }) => path !== '' && isWithin(image.path, path))?.identifier.split('@')[1];
	const disks = (await system.pcDisks()).filter(({ writeImage }) => writeImage !== 'not-removable');
	return disks.map((disk) => {
		if (disk.writeImage !== 'possible') return disk;
		if (disk.identifier.split('@')[1] === own) return { ...disk, writeImage: 'there-already' };
		return disk.sizeBytes < image.sizeBytes ? { ...disk, writeImage: 'too-small' } : disk;
	});
}

/** One sentence or two, for who is about to decide. */
export function describeImage({ verdict, version, name, sizeBytes, starts }: ImageFacts): string {
	const what = `“${name}”, ${formatSize(sizeBytes)}`;
	const hint = starts ? '' : ' It has no boot record: a PC will hardly start from a stick with it.';
	switch (verdict) {
		case 'signed':
			return `${what}: Vitrine ${version}, signed. It is checked before anything is erased.`;
		case 'unsigned':
			return `${what}. There is no signature beside it (${name}.minisig), so nobody can tell whether it is as it was published.${hint}`;
		case 'unverifiable':
			return `${what}. Its signature was made with a key that this Vitrine does not have, so it cannot be checked here.${hint}`;
		case 'damaged':
			return `${what}. It is not what was signed: it is damaged or was changed. Get it once more.`;
	}
}
