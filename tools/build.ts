/**
 * Builds the web site that a browser loads: `dist/web`.
 *
 * 1. The page and its chunks, by Vite, with content-hashed names under `assets/`.
 * 2. The engines under `engines/`, as their authors built them, with their licence texts.
 * 3. The samples under `samples/`, assembled by `samples/build.ts`.
 * 4. A brotli and a gzip form beside every file that gets smaller by it, and the stamp `build.json`.
 *
 * Rules of use:
 * - `ensureSite()` builds only when an input changed. The new site is made aside and takes the old one's place at the
 *   end, so `dist/web` is whole at every moment.
 * - `VITRINE_FAST_BUILD=1` compresses lightly, for working on the code.
 */
import { copyFile, cp, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { compressSite } from './compress.ts';
import { type ShippedEngine, shippedEngines } from './engines.ts';
import { ensureDebianPackage } from './setup/debian-packages.ts';
import { fileLock } from './setup/file-lock.ts';
import { cacheDirectory, fromRoot, siteDirectory } from './setup/paths.ts';
import { say } from './setup/progress.ts';
import { hashSiteInputs } from './setup/site-inputs.ts';

export interface BuildStamp {
	readonly product: 'Vitrine';
	readonly version: string;
	/** Hash of everything that the build depends on. */
	readonly inputs: string;
}

/** Brings `dist/web` up to date; returns its directory. */
export async function ensureSite(): Promise<string> {
	// A site that is up to date needs nothing written: who may only read the folder can start it.
	if (await isUpToDate()) return siteDirectory;
	try {
		await buildAlone();
	} catch (error) {
		if (!['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
		const sentence = `Vitrine must be built first, and this account may not write in ${fromRoot()}.`;
		throw new Error(`${sentence} Run npm start once with an account that may. (${error})`, { cause: error });
	}
	return siteDirectory;
}

async function isUpToDate(): Promise<boolean> {
	return (await readStamp(siteDirectory))?.inputs === (await hashSiteInputs());
}

async function buildAlone(): Promise<void> {
	using _lock = await fileLock(path.join(cacheDirectory, 'build.lock'));
	if (await isUpToDate()) return;
	say('Building the desktop…');
	const started = Date.now();
	const made = `${siteDirectory}.new`;
	await buildSite(made, await hashSiteInputs());
	await replaceDirectory(made, siteDirectory);
	say(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
}

export async function readStamp(directory: string): Promise<BuildStamp | undefined> {
	const text = await readFile(path.join(directory, 'build.json'), 'utf8').catch(() => undefined);
	return text === undefined ? undefined : (JSON.parse(text) as BuildStamp);
}

async function buildSite(directory: string, inputs: string): Promise<void> {
	await rm(directory, { recursive: true, force: true });
	await build({ configFile: fromRoot('vite.config.ts'), logLevel: 'warn', build: { outDir: directory } });
	for (const engine of shippedEngines) await copyEngine(engine, path.join(directory, 'engines', engine.directory));
	await buildSamples(path.join(directory, 'samples'));
	const { version } = JSON.parse(await readFile(fromRoot('package.json'), 'utf8')) as { version: string };
	const stamp: BuildStamp = { product: 'Vitrine', version, inputs };
	await writeFile(path.join(directory, 'build.json'), `${JSON.stringify(stamp)}\n`);
	say('Compressing… this takes some ten seconds the first time.');
	await compressSite(directory);
}

async function copyEngine(engine: ShippedEngine, directory: string): Promise<void> {
	const { kind, packageName } = engine.origin;
	const root = kind === 'npm' ? fromRoot('node_modules', packageName) : await ensureDebianPackage(packageName);
	await mkdir(directory, { recursive: true });
	for (const file of engine.files) await copyFile(path.join(root, file.source), path.join(directory, file.name));
}

/** The samples have a build of their own: `samples/build.ts` exports `buildSamples(directory)`. */
async function buildSamples(directory: string): Promise<void> {
	const script = fromRoot('samples', 'build.ts');
	const present = await stat(script).catch(() => undefined);
	if (present === undefined) return;
	await mkdir(directory, { recursive: true });
	const samples = (await import(pathToFileURL(script).href)) as { buildSamples(directory: string): Promise<void> };
	await samples.buildSamples(directory);
}

async function replaceDirectory(made: string, place: string): Promise<void> {
	const old = `${place}.old`;
	await rm(old, { recursive: true, force: true });
	await mkdir(path.dirname(place), { recursive: true });
	if ((await stat(place).catch(() => undefined)) !== undefined) await rename(place, old);
	await rename(made, place);
	await rm(old, { recursive: true, force: true });
}

if (import.meta.main) {
	await ensureSite();
	const target = process.argv[2];
	if (target !== undefined) await cp(siteDirectory, path.resolve(target), { recursive: true });
}
