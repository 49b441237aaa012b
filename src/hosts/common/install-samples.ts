/**
 * Puts the samples on the volume, in `/Programs/Samples` and in a folder on a person's desktop, once.
 *
 * Invariants:
 * - What the person has changed, moved or removed stays so: a record in `/System/samples.json` names every sample that
 *   was ever given, and none is given twice. No file is ever replaced.
 */
import { OsError } from '#abi/errors.ts';
import { samplesFolder, systemFolder } from '#base/known-folders.ts';
import { directoryName, isWithin } from '#base/path.ts';
import type { System } from '#runtime/system.ts';
import { findText, writeText } from '#runtime/text-files.ts';

export interface Sample {
	/** Where it belongs, below `/Programs/Samples`. */
	readonly path: string;
	/** Where its bytes are, for `load`. */
	readonly url: string;
}

export type LoadSample = (sample: Sample) => Promise<Uint8Array<ArrayBuffer>>;

const record = `${systemFolder}/samples.json`;

/** Gives those of `samples` that were not given before; `desktop` is the folder of the person's desktop. */
export async function installSamples(
	system: System,
	{ samples, desktop }: { readonly samples: readonly Sample[]; readonly desktop: string },
	load: LoadSample,
): Promise<void> {
	const desktopFolder = `${desktop}/Samples`;
	const given = new Set(parseRecord(await findText(system, record)));
	const fresh = samples.filter(({ path }) => isWithin(path, samplesFolder) && !given.has(path));
	if (fresh.length === 0) return;
	const places = [samplesFolder];
	// Later samples go to the desktop only while its folder is still there.
	if (given.size === 0 || (await isDirectory(system, desktopFolder))) places.push(desktopFolder);
	for (const sample of fresh) {
		const bytes = await load(sample);
		for (const place of places) await putFile(system, place + sample.path.slice(samplesFolder.length), bytes);
	}
	await writeText(system, record, JSON.stringify([...given, ...fresh.map(({ path }) => path)], undefined, '\t'));
}

async function putFile(system: System, path: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
	await ensureDirectory(system, directoryName(path));
	await system.pathWrite(path, bytes, 'create-new').catch(ignoreExisting);
}

async function ensureDirectory(system: System, path: string): Promise<void> {
	if (path === '/' || (await isDirectory(system, path))) return;
	await ensureDirectory(system, directoryName(path));
	await system.pathMakeDirectory(path).catch(ignoreExisting);
}

async function isDirectory(system: System, path: string): Promise<boolean> {
	try {
		return (await system.pathStat(path)).kind === 'directory';
	} catch (error) {
		if (error instanceof OsError && error.code === 'ENOENT') return false;
		throw error;
	}
}

function ignoreExisting(error: unknown): void {
	if (!(error instanceof OsError && error.code === 'EEXIST')) throw error;
}

/** A record that cannot be read counts as empty: nothing is replaced anyway. */
function parseRecord(text: string | undefined): string[] {
	try {
		const value: unknown = JSON.parse(text ?? '[]');
		return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
	} catch {
		return [];
	}
}
