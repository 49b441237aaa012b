/**
 * Debian's packages, installed into an archive: `base.tar`, and `packages.list` with the version and the hash of each.
 *
 * Rules of use: root is not needed where the kernel gives an ordinary account user namespaces; nor is a network, for what is
 * installed was fetched before.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fromRoot } from '../setup/paths.ts';
import { getOutput } from '../setup/run-command.ts';
import { debListFile } from './fetch-stage.ts';
import { type InputArchive, parseInputs } from './inputs.ts';
import { repositoryLine } from './local-repository.ts';
import { readReasonedList } from './reasoned-list.ts';
import { buildEnvironment, readRelease } from './release.ts';
import type { Stage } from './stage.ts';

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
	uses: ['fetch'],
	async run({ directory, from }) {
		const release = await readRelease();
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
				`--customize-hook=${accounts}`,
				`--customize-hook=${prune} '${fromRoot('distro/prune')}'`,
				`--customize-hook=${settle}`,
				`--customize-hook=copy-out /var/lib/dpkg/status '${directory}'`,
				release.suite,
				path.join(directory, 'base.tar'),
				repositoryLine(from('fetch', 'repository')),
			],
			{ environment: buildEnvironment(release) },
		);
		const status = await readFile(path.join(directory, 'status'), 'utf8');
		const { archives } = parseInputs(await readFile(from('fetch', debListFile), 'utf8'));
		await writeFile(path.join(directory, 'packages.list'), describePackages(parseStatus(status), archives));
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

/** One line a package: name, version, and the SHA-256 of the archive that it came from. Nothing else may be installed. */
export function describePackages(installed: readonly InstalledPackage[], archives: readonly InputArchive[]): string {
	const byName = new Map(archives.map((archive) => [archive.name, archive]));
	const lines = installed.map(({ name, version }) => {
		const archive = byName.get(name);
		if (archive?.version !== version)
			throw new Error(`${name} ${version} was installed, and is not among what was fetched.`);
		byName.delete(name);
		return `${name} ${version} ${archive.sha256}\n`;
	});
	const [left] = byName.keys();
	if (left !== undefined) throw new Error(`${left} was fetched, and not installed.`);
	return lines.join('');
}
