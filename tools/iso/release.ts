/** What the image is made from, and its one date: `distro/release.json`. */
import { readFile } from 'node:fs/promises';
import { isVersion } from '#hosts/pc/update/version.ts';
import { fromRoot } from '../setup/paths.ts';

export interface Release {
	/** Vitrine's version; `VITRINE_VERSION` in the environment stands for it, to try updates. */
	readonly version: string;
	/** A disk that had this version takes none that is before this one any more. */
	readonly floor: string;
	/** Debian's suite, and the components of it. */
	readonly suite: string;
	readonly components: readonly string[];
	/** Seconds since 1970: the date of every file, so that two builds are equal. */
	readonly epochSeconds: number;
}

export async function readRelease(): Promise<Release> {
	const { version } = JSON.parse(await readFile(fromRoot('package.json'), 'utf8')) as { version: string };
	const release = JSON.parse(await readFile(fromRoot('distro/release.json'), 'utf8')) as {
		suite: string;
		components: string[];
		date: string;
		floor: string;
	};
	const epochSeconds = Date.parse(release.date) / 1000;
	if (!Number.isInteger(epochSeconds)) throw new Error(`distro/release.json: ${release.date} is no date.`);
	const told = process.env.VITRINE_VERSION ?? version;
	for (const [name, text] of Object.entries({ version: told, floor: release.floor }))
		if (!isVersion(text)) throw new Error(`The ${name} ${text} is not three numbers with dots between them.`);
	const { floor, suite, components } = release;
	return { version: told, floor, suite, components, epochSeconds };
}

/** What every tool that makes a part of the image sees, so that neither clock nor language gets into it. */
export function buildEnvironment({ epochSeconds }: Release): Record<string, string> {
	return { SOURCE_DATE_EPOCH: String(epochSeconds), LC_ALL: 'C.UTF-8', TZ: 'UTC' };
}

/**
 * The public key by which the image tells updates from forgeries: the file that `VITRINE_UPDATE_KEY` names, else
 * `distro/update.pub`; `undefined` when there is none, and then it takes no updates.
 */
export async function readUpdateKey(): Promise<string | undefined> {
	const file = process.env.VITRINE_UPDATE_KEY;
	if (file !== undefined) return await readFile(file, 'utf8');
	return await readFile(fromRoot('distro/update.pub'), 'utf8').catch(() => undefined);
}
