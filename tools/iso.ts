/**
 * `npm run iso`: builds `dist/iso/vitrine-VERSION-amd64.iso`, an image that a PC starts from.
 *
 * It needs Debian 12 or newer, some of its packages (it says which are missing before it starts), a network for Debian's
 * packages the first time, and six gigabytes. Root is not needed where user namespaces are allowed.
 *
 * - `npm run iso -- --update` fetches Debian's newest packages.
 * - `npm run iso -- --inputs FILE` makes an image again from the list of inputs that came with it, and from nothing else.
 * - `npm run iso -- --keep` builds it in `.cache/iso` alone and leaves `dist/iso` as it is.
 * - `npm run iso -- --sign KEY` signs it with a secret key of minisign (`minisign -G -s NAME.key -p NAME.pub`). The public
 *   key beside it goes into the image, which then takes updates that were signed with the same key.
 * - `npm run iso -- --output FOLDER` puts it there instead of `dist/iso`.
 * - `npm run iso -- --again STAGE` runs one stage whatever its stamp says.
 */
import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { makeComment } from '#hosts/pc/update/signed-release.ts';
import { hashFile } from './iso/archives.ts';
import { collectInputs } from './iso/collect-inputs.ts';
import { compareInputs, formatInputs, type Inputs, parseInputs } from './iso/inputs.ts';
import { readRelease } from './iso/release.ts';
import { findMissing } from './iso/requirements.ts';
import { makeSbom, readShippedPackages } from './iso/sbom.ts';
import { isoCacheDirectory, runStages } from './iso/stage.ts';
import { makeStages } from './iso/stages.ts';
import { FetchError, fetchFailedStatus } from './setup/fetch-error.ts';
import { fileLock } from './setup/file-lock.ts';
import { fromRoot } from './setup/paths.ts';
import { say } from './setup/progress.ts';
import { getOutput, runCommand } from './setup/run-command.ts';

interface BuildOptions {
	/** Stages that run whatever their stamps say. */
	readonly forced: ReadonlySet<string>;
	/** What it must be made from; anything else is refused. */
	readonly wanted?: Inputs | undefined;
	readonly signingKey?: string | undefined;
	readonly staysInCache?: boolean | undefined;
	readonly outputDirectory: string;
}

async function buildImage({ forced, wanted, staysInCache, ...options }: BuildOptions): Promise<void> {
	const missing = await findMissing();
	if (missing.length > 0) throw new Error(`The image cannot be built here yet.\n\n${missing.join('\n\n')}\n`);
	using _lock = await fileLock(`${isoCacheDirectory}.lock`);
	const hashes = await runStages(makeStages(wanted), forced);
	const inputs = await collectInputs(hashes.get('image') ?? '');
	if (wanted !== undefined) refuseOthers(wanted, inputs);
	if (!staysInCache) await publishAll(inputs, options);
}

function refuseOthers(wanted: Inputs, inputs: Inputs): void {
	const { different, other } = compareInputs(wanted, inputs);
	if (different.length > 0) throw new Error(`This is not made from what the list names:\n  ${different.join('\n  ')}`);
	if (other.length > 0) say(`Other programs made this image, so it may differ:\n  ${other.join('\n  ')}`);
}

/** The image and what tells about it: packages, bill of materials, sums, and the signature if there is a key. */
async function publishAll(
	inputs: Inputs,
	{ signingKey, outputDirectory }: Pick<BuildOptions, 'signingKey' | 'outputDirectory'>,
): Promise<void> {
	const { version, floor, epochSeconds } = await readRelease();
	const name = `vitrine-${version}-amd64.iso`;
	await mkdir(outputDirectory, { recursive: true });
	await publish(path.join(isoCacheDirectory, 'image', 'vitrine.iso'), path.join(outputDirectory, name));
	await publish(path.join(isoCacheDirectory, 'base', 'packages.list'), path.join(outputDirectory, `${name}.packages`));
	await writeFile(path.join(outputDirectory, `${name}.inputs`), formatInputs(inputs));
	const sha256 = (await hashFile(path.join(outputDirectory, name))) ?? '';
	const npm = readShippedPackages(await readFile(fromRoot('package-lock.json'), 'utf8'));
	await writeFile(
		path.join(outputDirectory, `${name}.spdx.json`),
		makeSbom({ version, epochSeconds, image: { name, sha256 }, debian: inputs.archives, npm }),
	);
	const names = [name, `${name}.inputs`, `${name}.packages`, `${name}.spdx.json`];
	const sums = await getOutput('sha256sum', names, { directory: outputDirectory });
	await writeFile(path.join(outputDirectory, 'SHA256SUMS'), sums);
	await rm(path.join(outputDirectory, `${name}.minisig`), { force: true });
	const sizeBytes = (await stat(path.join(outputDirectory, name))).size;
	const comment = makeComment({ version, floor, sizeBytes });
	if (signingKey !== undefined) await sign(path.join(outputDirectory, name), signingKey, comment);
	const megabytes = sizeBytes / 1e6;
	console.log(`${path.relative(fromRoot(), path.join(outputDirectory, name))}: ${megabytes.toFixed(0)} MB`);
}

/** minisign asks for the key's password by itself. */
async function sign(image: string, key: string, comment: string): Promise<void> {
	const { status } = await runCommand('minisign', ['-S', '-s', key, '-m', image, '-t', comment], { show: true });
	if (status === 127) throw new Error('Signing needs minisign: sudo apt-get install minisign');
	if (status !== 0) throw new Error('The image was built, and not signed.');
}

/** Puts a file in its place in one step, so that what stands there is always whole. */
async function publish(file: string, target: string): Promise<void> {
	await copyFile(file, `${target}.new`);
	await rename(`${target}.new`, target);
}

try {
	const { values } = parseArgs({
		options: {
			update: { type: 'boolean' },
			again: { type: 'string', multiple: true },
			inputs: { type: 'string' },
			keep: { type: 'boolean' },
			sign: { type: 'string' },
			output: { type: 'string' },
		},
	});
	const forced = new Set(values.again ?? []);
	if (values.update) forced.add('fetch');
	const names = makeStages().map(({ name }) => name);
	const unknown = [...forced].find((name) => !names.includes(name));
	if (unknown !== undefined) throw new Error(`There is no stage ${unknown}: they are ${names.join(', ')}.`);
	const wanted = values.inputs === undefined ? undefined : parseInputs(await readFile(values.inputs, 'utf8'));
	// Who signs with a key makes images that believe it.
	if (values.sign !== undefined) process.env.VITRINE_UPDATE_KEY ??= `${values.sign.replace(/\.key$/, '')}.pub`;
	await buildImage({
		forced,
		wanted,
		signingKey: values.sign,
		staysInCache: values.keep,
		outputDirectory: values.output ?? fromRoot('dist', 'iso'),
	});
} catch (error) {
	say(error instanceof Error ? error.message : String(error));
	process.exitCode = error instanceof FetchError ? fetchFailedStatus : 1;
}
