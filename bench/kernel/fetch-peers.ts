/**
 * The systems that we are measured beside: their npm packages, by exact version and hash, in `.cache/kernel-peers`.
 *
 * They are no dependencies of ours and are never shipped: one asks products to show its name, and one of those that it
 * needs is under the AGPL.
 */
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileLock } from '../../tools/setup/file-lock.ts';
import { cacheDirectory } from '../../tools/setup/paths.ts';
import { say } from '../../tools/setup/progress.ts';
import { getOutput } from '../../tools/setup/run-command.ts';

const wanted = path.join(import.meta.dirname, 'peers');
const store = path.join(cacheDirectory, 'kernel-peers');
const lockFile = 'package-lock.json';

/** Returns the `node_modules` with the peers in it. */
export async function fetchPeers(): Promise<string> {
	const modules = path.join(store, 'node_modules');
	await mkdir(store, { recursive: true });
	using _lock = await fileLock(path.join(cacheDirectory, 'kernel-peers.lock'));
	if (await isInstalled()) return modules;
	say('Fetching the systems to compare with (npm ci)…');
	await copyFile(path.join(wanted, 'package.json'), path.join(store, 'package.json'));
	await copyFile(path.join(wanted, lockFile), path.join(store, lockFile));
	await getOutput('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { directory: store });
	await copyFile(path.join(wanted, lockFile), path.join(modules, '.vitrine-lock'));
	return modules;
}

async function isInstalled(): Promise<boolean> {
	const read = (file: string): Promise<string | undefined> => readFile(file, 'utf8').catch(() => undefined);
	return (await read(path.join(store, 'node_modules', '.vitrine-lock'))) === (await read(path.join(wanted, lockFile)));
}
