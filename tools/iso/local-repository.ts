/**
 * A Debian repository on this machine that offers exactly the archives of a list: what installs from it needs no network
 * and can take nothing else.
 *
 * Rules of use: the hashes of the archives were checked (`findUnusable`); there is no signature, for there is no other way in.
 */
import { createHash } from 'node:crypto';
import { copyFile, link, mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { getOutput } from '../setup/run-command.ts';
import { archiveFile } from './archives.ts';
import type { InputArchive } from './inputs.ts';
import type { Release } from './release.ts';

/** Fills `directory`; `repositoryLine` is how apt is told of it. */
export async function makeRepository(
	directory: string,
	archives: readonly InputArchive[],
	release: Release,
): Promise<void> {
	await mkdir(directory, { recursive: true });
	const paragraphs: string[] = [];
	for (const archive of archives) {
		// Without the version, whose colon apt would have to write in another way.
		const name = `${archive.name}_${archive.architecture}.deb`;
		const file = archiveFile(archive);
		await link(file, path.join(directory, name)).catch(() => copyFile(file, path.join(directory, name)));
		const control = await getOutput('dpkg-deb', ['--field', file]);
		const { size } = await stat(file);
		paragraphs.push(`${control.trimEnd()}\nFilename: ./${name}\nSize: ${size}\nSHA256: ${archive.sha256}\n`);
	}
	const packages = paragraphs.join('\n');
	await writeFile(path.join(directory, 'Packages'), packages);
	await writeFile(path.join(directory, 'Release'), describeRelease(packages, release));
}

export function repositoryLine(directory: string): string {
	return `deb [trusted=yes] copy://${path.resolve(directory)} ./`;
}

function describeRelease(packages: string, { suite, epochSeconds }: Release): string {
	const hash = createHash('sha256').update(packages).digest('hex');
	const date = new Date(epochSeconds * 1000).toUTCString();
	return `Suite: ${suite}\nCodename: ${suite}\nDate: ${date}\nSHA256:\n ${hash} ${Buffer.byteLength(packages)} Packages\n`;
}
