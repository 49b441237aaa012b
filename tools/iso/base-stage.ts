/**
 * Debian's packages, installed into an archive: `base.tar`, and `packages.list` with the version and the hash of each.
 *
 * Rules of use: root is not needed where the kernel gives an ordinary account user namespaces. The packages fetched are
 * kept in `.cache/iso/archives`, so that a second build needs no network for them; apt checks each against its signed list.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fromRoot } from '../setup/paths.ts';
import { getOutput } from '../setup/run-command.ts';
import { readReasonedList } from './reasoned-list.ts';
import { buildEnvironment, readRelease } from './release.ts';
import { isoCacheDirectory, type Stage } from './stage.ts';

const archiveDirectory = path.join(isoCacheDirectory, 'archives');

/** Documentation and translations are not unpacked at all; the copyright files are. */
const unpackedPaths = [
	'path-exclude=/usr/share/man/*',
	'path-exclude=/usr/share/locale/*',
	'path-exclude=/usr/share/help/*',
	'path-exclude=/usr/share/doc/*',
	'path-include=/usr/share/doc/*/copyright',
];

export const baseStage: Stage = {
	name: 'base',
	title: "Installing Debian's packages",
	files: ['distro/packages', 'distro/prune', 'distro/hooks', 'distro/release.json', 'tools/iso/base-stage.ts'],
	uses: [],
	async run({ directory }) {
		const release = await readRelease();
		await mkdir(archiveDirectory, { recursive: true });
		const hooks = ['accounts', 'prune', 'settle'].map((name) => fromRoot('distro/hooks', name));
		const [accounts, prune, settle] = hooks.map((file) => `'${file}' "$1"`);
		await getOutput(
			'mmdebstrap',
			[
				`--mode=${process.getuid?.() === 0 ? 'root' : 'unshare'}`,
				'--variant=essential',
				'--format=tar',
				`--components=${release.components.join(',')}`,
				`--include=${(await readReasonedList('distro/packages')).join(',')}`,
				'--aptopt=APT::Install-Recommends "false"',
				'--aptopt=Acquire::Languages "none"',
				...unpackedPaths.map((option) => `--dpkgopt=${option}`),
				// Packages kept from an earlier build are used again, and those of this one kept.
				'--skip=download/empty,essential/unlink',
				'--setup-hook=mkdir -p "$1/var/cache/apt/archives"',
				`--setup-hook=sync-in '${archiveDirectory}' /var/cache/apt/archives`,
				`--customize-hook=sync-out /var/cache/apt/archives '${archiveDirectory}'`,
				`--customize-hook=${accounts}`,
				`--customize-hook=${prune} '${fromRoot('distro/prune')}'`,
				`--customize-hook=${settle}`,
				`--customize-hook=copy-out /var/lib/dpkg/status '${directory}'`,
				release.suite,
				path.join(directory, 'base.tar'),
			],
			{ environment: buildEnvironment(release) },
		);
		const status = await readFile(path.join(directory, 'status'), 'utf8');
		await writeFile(path.join(directory, 'packages.list'), await describePackages(parseStatus(status)));
	},
};

export interface InstalledPackage {
	readonly name: string;
	readonly version: string;
	readonly architecture: string;
}

/** The installed packages of dpkg's status file, by name. */
export function parseStatus(text: string): InstalledPackage[] {
	const packages: InstalledPackage[] = [];
	for (const paragraph of text.split('\n\n')) {
		const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(paragraph)?.[1] ?? '';
		if (field('Status') !== 'install ok installed') continue;
		packages.push({ name: field('Package'), version: field('Version'), architecture: field('Architecture') });
	}
	return packages.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** One line a package: name, version, and the SHA-256 of the archive that it came from. */
async function describePackages(packages: readonly InstalledPackage[]): Promise<string> {
	const archives = new Set(await readdir(archiveDirectory));
	const lines: string[] = [];
	for (const { name, version, architecture } of packages) {
		// In the names of its cache apt writes the colon of an epoch as %3a.
		const archive = `${name}_${version.replace(':', '%3a')}_${architecture}.deb`;
		if (!archives.has(archive)) throw new Error(`The archive ${archive} is not among those that were fetched.`);
		const hash = createHash('sha256').update(await readFile(path.join(archiveDirectory, archive)));
		lines.push(`${name} ${version} ${hash.digest('hex')}`);
	}
	return `${lines.join('\n')}\n`;
}
