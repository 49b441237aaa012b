/**
 * `npm run iso:reproduce`: is the image in `dist/iso` what anybody gets who builds it? Builds it again from the list of inputs
 * that stands beside it, in another folder, with another time zone and umask, and by another account if this is root's and
 * there is one that is able to; then compares every byte. What differs is told stage by stage.
 *
 * Rules of use: `npm run iso` has made the image from this state of the repository. It takes as long as a first build, without
 * a network.
 */
import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { archiveDirectory, hashFile } from './iso/archives.ts';
import { readRelease } from './iso/release.ts';
import { isoCacheDirectory } from './iso/stage.ts';
import { cacheDirectory, fromRoot } from './setup/paths.ts';
import { say } from './setup/progress.ts';
import { getOutput, runCommand } from './setup/run-command.ts';

/** Nothing of this may reach the image. */
const otherEnvironment = { TZ: 'Asia/Kolkata', LANG: 'C', LC_ALL: 'C' };

/** Files that tell of the building itself, and are not part of what is built. */
const isAboutBuilding = (name: string): boolean => name === '.inputs' || name === 'base.tar' || name === 'status';

/** Puts all that the build reads into a new folder: the repository's files, what npm installed, the archives. */
async function copyRepository(target: string): Promise<void> {
	const words = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
	const files = (await getOutput('git', words, { directory: fromRoot() })).split('\0');
	for (const file of files.filter((name) => name !== '')) {
		await mkdir(path.dirname(path.join(target, file)), { recursive: true });
		await cp(fromRoot(file), path.join(target, file));
	}
	await getOutput('cp', ['-a', fromRoot('node_modules'), path.join(target, 'node_modules')]);
	await getOutput('cp', ['-a', path.join(cacheDirectory, 'debian'), path.join(target, '.cache', 'debian')]);
	const archives = path.join(target, path.relative(fromRoot(), archiveDirectory));
	await mkdir(archives, { recursive: true });
	for (const entry of await readdir(archiveDirectory, { withFileTypes: true }))
		if (entry.isFile()) await cp(path.join(archiveDirectory, entry.name), path.join(archives, entry.name));
}

/** An account that may use user namespaces, other than root: the first of `/etc/subuid`. */
async function findOtherAccount(): Promise<string | undefined> {
	if (process.getuid?.() !== 0) return undefined;
	const ranges = await readFile('/etc/subuid', 'utf8').catch(() => '');
	return /^[a-z_][^:\n]*(?=:)/m.exec(ranges)?.[0];
}

async function buildAgain(directory: string, inputs: string, account: string | undefined): Promise<void> {
	const command = ['sh', '-c', `umask 027; exec "$0" tools/run.mjs iso --inputs "$1"`, process.execPath, inputs];
	const [program = '', ...words] = account === undefined ? command : ['runuser', '-u', account, '--', ...command];
	const { status } = await runCommand(program, words, {
		directory,
		environment: { ...otherEnvironment, HOME: directory, USER: account ?? process.env.USER ?? '' },
		show: true,
	});
	if (status !== 0) throw new Error(`The second build failed (${status}).`);
}

/** The files of the stages that are not equal, as `STAGE/FILE`. */
async function findDifferences(other: string): Promise<string[]> {
	const different: string[] = [];
	for (const stage of ['base', 'kernel', 'system', 'loader', 'vitrine', 'image'])
		for (const name of await readdir(path.join(isoCacheDirectory, stage))) {
			const file = path.join(stage, name);
			if (isAboutBuilding(name)) continue;
			const hashes = await Promise.all([isoCacheDirectory, other].map((place) => hashFile(path.join(place, file))));
			if (hashes[0] !== hashes[1]) different.push(file);
		}
	return different;
}

const { version } = await readRelease();
const name = `vitrine-${version}-amd64.iso`;
const parent = await mkdtemp(path.join(process.env.VITRINE_REPRODUCE ?? tmpdir(), 'vitrine-again-'));
try {
	const directory = path.join(parent, 'a folder of somebody else');
	const account = await findOtherAccount();
	await copyRepository(directory);
	if (account !== undefined) await getOutput('chown', ['-R', `${account}:`, parent]);
	say(`Building again in ${directory}${account === undefined ? '' : `, as ${account}`}…`);
	const first = fromRoot('dist', 'iso', name);
	await cp(`${first}.inputs`, path.join(directory, 'wanted.inputs'));
	await buildAgain(directory, 'wanted.inputs', account);
	const hashes = await Promise.all([first, path.join(directory, 'dist', 'iso', name)].map(hashFile));
	if (hashes[0] === hashes[1]) console.log(`The same, bit for bit: ${hashes[0]}  ${name}`);
	else {
		const different = await findDifferences(path.join(directory, path.relative(fromRoot(), isoCacheDirectory)));
		console.log(`Not the same:\n  ${hashes.join('\n  ')}\nDifferent: ${different.join(', ') || 'the image alone'}`);
		process.exitCode = 1;
	}
} finally {
	await rm(parent, { recursive: true, force: true });
}
