/**
 * Runs the stages of the build, each only when something that it depends on has changed.
 *
 * Rules of use:
 * - A stage writes into the directory that it is given and reads what earlier stages made; nothing else.
 * - What it depends on is declared: files of the repository, values, earlier stages. Its directory is kept in
 *   `.cache/iso/NAME` beside a stamp with the hash of all of that.
 *
 * Invariants: a directory appears whole or not at all, so a build that was broken off is taken up where it stopped.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheDirectory, fromRoot } from '../setup/paths.ts';
import { say } from '../setup/progress.ts';

export interface StageRun {
	/** Empty at the start; what is in it at the end is what the stage made. */
	readonly directory: string;
	/** The path of what an earlier stage made. */
	from(stage: string, ...parts: string[]): string;
}

export interface Stage {
	readonly name: string;
	/** Said while it runs: "Installing Debian's packages". */
	readonly title: string;
	/** Files and folders of the repository. */
	readonly files: readonly string[];
	/** Earlier stages whose work it reads. */
	readonly uses: readonly string[];
	/** Anything else that it depends on. */
	readonly values?: () => Promise<string>;
	/** What it came to, where that does not follow from what it depends on: later stages depend on this instead. */
	readonly outcome?: (directory: string) => Promise<string>;
	run(run: StageRun): Promise<void>;
}

export const isoCacheDirectory = path.join(cacheDirectory, 'iso');

const stampFile = '.inputs';

/** Brings every stage up to date, in order; gives the hash of each. Stages in `forced` run whatever their stamps say. */
export async function runStages(stages: readonly Stage[], forced: ReadonlySet<string>): Promise<Map<string, string>> {
	const hashes = new Map<string, string>();
	for (const [index, stage] of stages.entries()) {
		const hash = await hashStage(stage, hashes);
		const directory = path.join(isoCacheDirectory, stage.name);
		const place = `[${index + 1}/${stages.length}] ${stage.title}`;
		if (!forced.has(stage.name) && (await readStamp(directory)) === hash) {
			say(`${place}: nothing has changed.`);
		} else {
			say(`${place}…`);
			const started = Date.now();
			await runStage(stage, directory, hash);
			say(`${place}: ${((Date.now() - started) / 1000).toFixed(0)} s.`);
		}
		const outcome = await stage.outcome?.(directory);
		hashes.set(stage.name, outcome === undefined ? hash : createHash('sha256').update(outcome).digest('hex'));
	}
	return hashes;
}

async function runStage(stage: Stage, directory: string, hash: string): Promise<void> {
	const made = `${directory}.new`;
	await rm(made, { recursive: true, force: true });
	await mkdir(made, { recursive: true });
	await stage.run({ directory: made, from: (name, ...parts) => path.join(isoCacheDirectory, name, ...parts) });
	await writeFile(path.join(made, stampFile), hash);
	await rm(directory, { recursive: true, force: true });
	await rename(made, directory);
}

async function readStamp(directory: string): Promise<string | undefined> {
	return readFile(path.join(directory, stampFile), 'utf8').catch(() => undefined);
}

async function hashStage(stage: Stage, earlier: ReadonlyMap<string, string>): Promise<string> {
	const hash = createHash('sha256');
	for (const name of stage.uses) hash.update(`${name} ${earlier.get(name)}\0`);
	hash.update(`${(await stage.values?.()) ?? ''}\0`);
	for (const file of (await Promise.all(stage.files.map(listFiles))).flat().sort()) {
		const { mode } = await stat(fromRoot(file));
		hash.update(`${file} ${(mode & 0o111) !== 0}\0`).update(await readFile(fromRoot(file)));
	}
	return hash.digest('hex');
}

async function listFiles(file: string): Promise<string[]> {
	if (!(await stat(fromRoot(file))).isDirectory()) return [file];
	const entries = await readdir(fromRoot(file), { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => path.relative(fromRoot(), path.join(entry.parentPath, entry.name)));
}
