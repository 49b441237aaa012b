/** What the image is made from, and its one date: `distro/release.json`. */
import { readFile } from 'node:fs/promises';
import { fromRoot } from '../setup/paths.ts';

export interface Release {
	/** Vitrine's version. */
	readonly version: string;
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
	};
	const epochSeconds = Date.parse(release.date) / 1000;
	if (!Number.isInteger(epochSeconds)) throw new Error(`distro/release.json: ${release.date} is no date.`);
	return { version, suite: release.suite, components: release.components, epochSeconds };
}

/** What every tool that makes a part of the image sees, so that neither clock nor language gets into it. */
export function buildEnvironment({ epochSeconds }: Release): Record<string, string> {
	return { SOURCE_DATE_EPOCH: String(epochSeconds), LC_ALL: 'C.UTF-8', TZ: 'UTC' };
}
