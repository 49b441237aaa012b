/**
 * apt with lists, a cache and a state of its own: finds out which packages a system from nothing would have, and fetches
 * their archives. The machine's own packages play no part, its settings for reaching a mirror do.
 *
 * Rules of use: a failure to reach the mirror, or a mirror without a package, is a `FetchError`; nothing else is.
 *
 * Invariants: apt checks the signature of the lists, and each archive against them.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { FetchError } from '../setup/fetch-error.ts';
import { runCommand } from '../setup/run-command.ts';
import { archiveDirectory } from './archives.ts';
import { makeSources } from './debian-mirror.ts';
import type { InputArchive } from './inputs.ts';
import type { Release } from './release.ts';

export class PrivateApt {
	readonly #directory: string;
	readonly #settings: readonly string[];

	private constructor(directory: string, settings: readonly string[]) {
		this.#directory = directory;
		this.#settings = settings;
	}

	/** Fetches the lists of packages into `directory`. */
	static async open(directory: string, release: Release): Promise<PrivateApt> {
		for (const folder of ['lists/partial', 'cache/archives/partial', 'state'])
			await mkdir(path.join(directory, folder), { recursive: true });
		const sources = await makeSources(release, path.join(directory, 'own-lists'));
		await writeFile(path.join(directory, 'sources.list'), sources);
		await writeFile(path.join(directory, 'status'), '');
		const apt = new PrivateApt(directory, settingsIn(directory));
		await apt.#run(['update', '-q'], 'The lists of Debian’s packages could not be fetched.');
		return apt;
	}

	/** The essential packages, those named, and all that they depend on, by name. */
	async resolve(names: readonly string[]): Promise<InputArchive[]> {
		const words = ['install', '--yes', '--print-uris', '?essential', ...names];
		return parseUris(await this.#run(words, 'Debian does not have every package that is wanted.'));
	}

	/** Brings the archives into the folder of archives; those that are there already are not fetched again. */
	async fetch(archives: readonly InputArchive[]): Promise<void> {
		await mkdir(path.join(archiveDirectory, 'partial'), { recursive: true });
		const wanted = archives.map(({ name, version }) => `${name}=${version}`);
		const place = `-oDir::Cache::archives=${archiveDirectory}`;
		await this.#run([place, 'install', '--yes', '--download-only', ...wanted], 'Packages could not be fetched.');
	}

	async #run(words: readonly string[], whatFailed: string): Promise<string> {
		const { status, output } = await runCommand('apt-get', [...this.#settings, ...words], {
			directory: this.#directory,
			environment: { LC_ALL: 'C.UTF-8', DEBIAN_FRONTEND: 'noninteractive' },
		});
		if (status !== 0) throw new FetchError(`${whatFailed} Is there a network?\n${output.trim().slice(-2_000)}`);
		return output;
	}
}

/** Nothing of the machine's packages, sources and preferences; its other settings (a proxy, say) hold. */
function settingsIn(directory: string): string[] {
	const inside = (name: string) => path.join(directory, name);
	return [
		`Dir::Etc::sourcelist=${inside('sources.list')}`,
		'Dir::Etc::sourceparts=/dev/null',
		'Dir::Etc::preferences=/dev/null',
		'Dir::Etc::preferencesparts=/dev/null',
		`Dir::State=${inside('state')}`,
		`Dir::State::status=${inside('status')}`,
		`Dir::State::Lists=${inside('lists')}`,
		`Dir::Cache=${inside('cache')}`,
		'APT::Architecture=amd64',
		'APT::Architectures=amd64',
		'APT::Install-Recommends=false',
		'APT::Sandbox::User=',
		'Acquire::Languages=none',
		'Acquire::Retries=3',
		'Acquire::ForceHash=sha256',
		'Debug::NoLocking=1',
		// apt would count itself among what is essential (apt's `pkgcachegen.cc`).
		'pkgCacheGen::ForceEssential=,',
	].map((setting) => `-o${setting}`);
}

/** Reads lines `'URI' NAME_VERSION_ARCHITECTURE.deb BYTES SHA256:HASH`; in file names a colon is written %3a. */
export function parseUris(text: string): InputArchive[] {
	const archives: InputArchive[] = [];
	for (const line of text.split('\n')) {
		const found = /^'[^']+' ([^_ ]+)_([^_ ]+)_([^_ ]+)\.deb \d+ SHA256:([0-9a-f]{64})$/.exec(line);
		const [, name, version, architecture, sha256] = found ?? [];
		if (name === undefined || version === undefined || architecture === undefined || sha256 === undefined) continue;
		archives.push({ kind: 'deb', name, version: version.replaceAll('%3a', ':'), architecture, sha256 });
	}
	return archives.sort((a, b) => (a.name < b.name ? -1 : 1));
}
