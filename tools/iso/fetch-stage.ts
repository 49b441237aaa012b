/**
 * Debian's packages, fetched and not yet installed: `debs.list`, the list of them with their hashes, and `repository`, from which
 * the next stage installs. It is the only stage that needs a network.
 *
 * Rules of use: without a list of inputs the newest packages of the suite are taken; with one exactly those of the list, wherever
 * they come from, and no archive that has another hash.
 */
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { FetchError } from '../setup/fetch-error.ts';
import { archiveFile, findUnusable } from './archives.ts';
import { formatArchives, type InputArchive, type Inputs } from './inputs.ts';
import { makeRepository } from './local-repository.ts';
import { PrivateApt } from './private-apt.ts';
import { readReasonedList } from './reasoned-list.ts';
import { readRelease } from './release.ts';
import type { Stage } from './stage.ts';

export const debListFile = 'debs.list';

export function makeFetchStage(inputs?: Inputs): Stage {
	const wanted = inputs?.archives.filter(({ kind }) => kind === 'deb');
	return {
		name: 'fetch',
		title: "Fetching Debian's packages",
		files: ['distro/packages', 'distro/release.json', 'tools/iso/fetch-stage.ts', 'tools/iso/local-repository.ts'],
		uses: [],
		values: async () => (wanted === undefined ? '' : formatArchives(wanted)),
		outcome: (directory) => readFile(path.join(directory, debListFile), 'utf8'),
		async run({ directory }) {
			const release = await readRelease();
			const archives =
				wanted === undefined
					? await fetchArchives(directory, await readReasonedList('distro/packages'))
					: await fetchListed(wanted, directory);
			await makeRepository(path.join(directory, 'repository'), archives, release);
			await writeFile(path.join(directory, debListFile), formatArchives(archives));
		},
	};
}

/** The newest versions of the essential packages, of those named and of all that they depend on; `directory` is for working in. */
export async function fetchArchives(directory: string, names: readonly string[]): Promise<InputArchive[]> {
	const place = path.join(directory, 'apt');
	const apt = await PrivateApt.open(place, await readRelease());
	const archives = await apt.resolve(names);
	const missing = await findUnusable(archives);
	if (missing.length > 0) await apt.fetch(missing);
	await rm(place, { recursive: true });
	return checkAll(archives);
}

/** A mirror may have gone on to newer versions: then what is missing has to be put into the folder of archives by hand. */
async function fetchListed(archives: readonly InputArchive[], directory: string): Promise<readonly InputArchive[]> {
	const missing = await findUnusable(archives);
	if (missing.length === 0) return archives;
	const place = path.join(directory, 'apt');
	const apt = await PrivateApt.open(place, await readRelease());
	try {
		await apt.fetch(missing);
	} catch (error) {
		const files = missing.map((archive) => `  ${archiveFile(archive)}  ${archive.sha256}`).join('\n');
		throw new FetchError(
			`The mirror does not have these packages any more. Bring them from an archive of yours or from snapshot.debian.org:\n${files}`,
			{ cause: error },
		);
	}
	await rm(place, { recursive: true });
	return checkAll(archives);
}

async function checkAll<Archives extends readonly InputArchive[]>(archives: Archives): Promise<Archives> {
	const [wrong] = await findUnusable(archives);
	if (wrong !== undefined) throw new FetchError(`What was fetched as ${wrong.name} ${wrong.version} has another hash.`);
	return archives;
}
