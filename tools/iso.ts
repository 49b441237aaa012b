/**
 * `npm run iso`: builds `dist/iso/vitrine-VERSION-amd64.iso`, an image that a PC starts from.
 *
 * It needs Debian 12 or newer, some of its packages (it says which are missing before it starts), a network for Debian's
 * packages the first time, and six gigabytes. Root is not needed where user namespaces are allowed.
 *
 * - `npm run iso -- --update` fetches Debian's newest packages.
 * - `npm run iso -- --again STAGE` runs one stage whatever its stamp says.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { readRelease } from './iso/release.ts';
import { findMissing } from './iso/requirements.ts';
import { isoCacheDirectory, runStages } from './iso/stage.ts';
import { stages } from './iso/stages.ts';
import { fileLock } from './setup/file-lock.ts';
import { fromRoot } from './setup/paths.ts';
import { say } from './setup/progress.ts';

const outputDirectory = fromRoot('dist', 'iso');

async function buildImage(forced: ReadonlySet<string>): Promise<void> {
	const missing = await findMissing();
	if (missing.length > 0) throw new Error(`The image cannot be built here yet.\n\n${missing.join('\n\n')}\n`);
	using _lock = await fileLock(`${isoCacheDirectory}.lock`);
	await runStages(stages, forced);
	const { version } = await readRelease();
	const name = `vitrine-${version}-amd64.iso`;
	await publish(path.join(isoCacheDirectory, 'image', 'vitrine.iso'), name);
	await publish(path.join(isoCacheDirectory, 'base', 'packages.list'), `${name}.packages`);
	const image = path.join(outputDirectory, name);
	const sum = createHash('sha256');
	await pipeline(createReadStream(image), sum);
	await writeFile(path.join(outputDirectory, 'SHA256SUMS'), `${sum.digest('hex')}  ${name}\n`);
	const megabytes = (await stat(image)).size / 1e6;
	console.log(`${path.relative(fromRoot(), image)}: ${megabytes.toFixed(0)} MB`);
}

/** Puts a file in its place in one step, so that what stands there is always whole. */
async function publish(file: string, name: string): Promise<void> {
	await mkdir(outputDirectory, { recursive: true });
	const target = path.join(outputDirectory, name);
	await copyFile(file, `${target}.new`);
	await rename(`${target}.new`, target);
}

try {
	const { values } = parseArgs({
		options: { update: { type: 'boolean' }, again: { type: 'string', multiple: true } },
	});
	const forced = new Set(values.again ?? []);
	if (values.update) forced.add('base');
	const unknown = [...forced].find((name) => !stages.some((stage) => stage.name === name));
	if (unknown !== undefined)
		throw new Error(`There is no stage ${unknown}: they are ${stages.map(({ name }) => name).join(', ')}.`);
	await buildImage(forced);
} catch (error) {
	say(error instanceof Error ? error.message : String(error));
	process.exitCode = 1;
}
