/**
 * Where Debian's packages come from: the mirror that this machine's own apt is set up with.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { FetchError } from '../setup/fetch-error.ts';
import { runCommand } from '../setup/run-command.ts';
import type { Release } from './release.ts';

const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

interface Mirror {
	readonly archive: string;
	readonly security: string;
}

/** Reads lines `URI RELEASE ORIGIN` of `apt-get indextargets`; whatever is not Debian's own is left alone. */
export function parseMirror(indexTargets: string): Mirror | undefined {
	const rows = indexTargets.split('\n').map((line) => line.trim().split(' '));
	const find = (isWanted: (release: string) => boolean) =>
		rows.find(([, release = '', origin]) => origin === 'Debian' && isWanted(release))?.[0]?.replace(/\/$/, '');
	const archive = find((release) => !release.includes('-'));
	const security = find((release) => release.endsWith('-security'));
	return archive === undefined || security === undefined ? undefined : { archive, security };
}

/** The lines of a `sources.list` for the suite, its updates and its security updates. `directory` may hold lists of apt. */
export async function makeSources({ suite, components }: Release, directory: string): Promise<string> {
	const { archive, security } = await findMirror(directory);
	const line = (uri: string, name: string) => `deb [signed-by=${keyring}] ${uri} ${name} ${components.join(' ')}\n`;
	return line(archive, suite) + line(archive, `${suite}-updates`) + line(security, `${suite}-security`);
}

/** By the machine's lists, and where it has none (they are often deleted from containers) by lists of our own. */
async function findMirror(directory: string): Promise<Mirror> {
	const known = await readMirror([]);
	if (known !== undefined) return known;
	await mkdir(path.join(directory, 'partial'), { recursive: true });
	const settings = [`-oDir::State::Lists=${directory}`, '-oAPT::Sandbox::User=', '-oDebug::NoLocking=1'];
	await runCommand('apt-get', [...settings, 'update', '-q']);
	const found = await readMirror(settings);
	if (found === undefined)
		throw new FetchError('apt on this machine names no mirror of Debian and of its security updates that answers.');
	return found;
}

async function readMirror(settings: readonly string[]): Promise<Mirror | undefined> {
	const format = '$(REPO_URI) $(RELEASE) $(ORIGIN)';
	const { status, output } = await runCommand('apt-get', [...settings, 'indextargets', '--format', format]);
	return status === 0 ? parseMirror(output) : undefined;
}
