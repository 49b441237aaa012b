/**
 * The folder of fetched packages, `.cache/iso/archives`: kept from build to build, under the names that apt gives them.
 *
 * Invariants: an archive goes into an image only after its hash was compared with the one that was asked for.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { InputArchive } from './inputs.ts';
import { isoCacheDirectory } from './stage.ts';

export const archiveDirectory = path.join(isoCacheDirectory, 'archives');

export function archiveFile({ name, version, architecture }: InputArchive): string {
	return path.join(archiveDirectory, `${name}_${version.replaceAll(':', '%3a')}_${architecture}.deb`);
}

/** The archives that are not there, or not as their hash says; the latter are deleted. */
export async function findUnusable(archives: readonly InputArchive[]): Promise<InputArchive[]> {
	const unusable: InputArchive[] = [];
	for (const archive of archives) {
		const hash = await hashFile(archiveFile(archive));
		if (hash === archive.sha256) continue;
		unusable.push(archive);
		await rm(archiveFile(archive), { force: true });
	}
	return unusable;
}

/** SHA-256 in hexadecimal digits; `undefined` when there is no such file. */
export async function hashFile(file: string): Promise<string | undefined> {
	const hash = createHash('sha256');
	try {
		await pipeline(createReadStream(file), hash);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw error;
	}
	return hash.digest('hex');
}
