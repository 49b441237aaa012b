/**
 * Brings a Debian package into `.cache/debian/NAME/` and unpacks it there, without root and without installing it.
 *
 * Rules of use:
 * - `ensureDebianPackage` returns the directory that stands for the package's `/`. Already unpacked: no network.
 * - `apt-get` does the fetching with lists and a cache of its own, so signatures are checked as on any Debian system
 *   and the machine's own package state is left alone.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { FetchError } from './fetch-error.ts';
import { fileLock } from './file-lock.ts';
import { cacheDirectory } from './paths.ts';
import { say } from './progress.ts';
import { getOutput, runCommand } from './run-command.ts';

const store = path.join(cacheDirectory, 'debian');
/** In each unpacked package: a `PackageOrigin`. */
const originFile = 'ORIGIN.json';
const aptDirectory = path.join(cacheDirectory, 'apt');

/** Unpacks `name` when it is not yet there; returns the directory that stands for its `/`. */
export async function ensureDebianPackage(name: string): Promise<string> {
	const root = path.join(store, name);
	if (await isThere(root)) return root;
	using _lock = await fileLock(path.join(cacheDirectory, 'debian.lock'));
	if (await isThere(root)) return root;
	say(`Fetching the Debian package ${name}…`);
	const archive = await download(name);
	const unpacked = `${root}.new`;
	await rm(unpacked, { recursive: true, force: true });
	await mkdir(unpacked, { recursive: true });
	await getOutput('dpkg-deb', ['--extract', archive, unpacked]);
	await writeFile(path.join(unpacked, originFile), await describeOrigin(archive));
	await rm(root, { recursive: true, force: true });
	await rename(unpacked, root);
	await rm(archive);
	return root;
}

/** Which archive an unpacked package came from. */
export interface PackageOrigin {
	readonly name: string;
	readonly version: string;
	readonly architecture: string;
	/** Of the archive, in hexadecimal digits. */
	readonly sha256: string;
}

export async function readPackageOrigin(name: string): Promise<PackageOrigin> {
	return JSON.parse(await readFile(path.join(await ensureDebianPackage(name), originFile), 'utf8')) as PackageOrigin;
}

/** apt names an archive NAME_VERSION_ARCHITECTURE.deb and writes a colon as %3a. */
async function describeOrigin(archive: string): Promise<string> {
	const [name, version = '', architecture] = path.basename(archive, '.deb').split('_');
	const sha256 = createHash('sha256')
		.update(await readFile(archive))
		.digest('hex');
	return JSON.stringify({ name, version: version.replaceAll('%3a', ':'), architecture, sha256 });
}

function isThere(root: string): Promise<boolean> {
	return stat(path.join(root, originFile)).then(
		() => true,
		() => false,
	);
}

async function download(name: string): Promise<string> {
	const directory = path.join(store, 'archives', name);
	// What a download that was broken off has left would be taken for the archive.
	await rm(directory, { recursive: true, force: true });
	await mkdir(directory, { recursive: true });
	const settings = await aptSettings();
	// The lists of this machine may do; if they do not know the package, or an old version of it, ask for new ones.
	let result = await runCommand('apt-get', ['download', name], { directory });
	if (result.status !== 0) {
		result = await runCommand('apt-get', [...settings, 'update', '-q'], { directory });
		if (result.status === 0) result = await runCommand('apt-get', [...settings, 'download', name], { directory });
	}
	if (result.status === 127)
		throw new Error(`Set-up needs the Debian package ${name}, and there is no apt-get here. Use Debian or Ubuntu.`);
	if (result.status !== 0)
		throw new FetchError(
			`The Debian package ${name} could not be fetched. Is there a network?\n${result.output.trim()}`,
		);
	const archive = (await readdir(directory)).find((file) => file.startsWith(`${name}_`) && file.endsWith('.deb'));
	if (archive === undefined) throw new Error(`apt-get brought no archive of ${name}.`);
	return path.join(directory, archive);
}

/** Options by which apt-get keeps its lists and cache in `.cache/apt`, so that no root is needed. */
async function aptSettings(): Promise<string[]> {
	await mkdir(path.join(aptDirectory, 'lists', 'partial'), { recursive: true });
	await mkdir(path.join(aptDirectory, 'archives', 'partial'), { recursive: true });
	return [
		`-oDir::State::Lists=${path.join(aptDirectory, 'lists')}`,
		`-oDir::Cache=${aptDirectory}`,
		'-oAPT::Sandbox::User=',
		'-oDebug::NoLocking=1',
	];
}
