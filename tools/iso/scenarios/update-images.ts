/**
 * The images that the scenario of updates needs: two versions of what is in this tree, signed with a key of the scenario,
 * and a third that is signed as well as the others and cannot start.
 *
 * `VITRINE_KEEP_IMAGES=1` takes those of the last time: two builds take minutes.
 */
import { copyFile, mkdir, open, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { makeComment } from '#hosts/pc/update/signed-release.ts';
import { fromRoot } from '../../setup/paths.ts';
import { say } from '../../setup/progress.ts';
import { getOutput, runCommand } from '../../setup/run-command.ts';
import { findProgram } from '../requirements.ts';

export interface UpdateImages {
	readonly first: string;
	/** A stick with version 0.2.0 on it, as `u.iso`. */
	readonly goodStick: string;
	/** A stick with version 0.3.0, which stops before the desktop. */
	readonly brokenStick: string;
}

export async function makeUpdateImages(folder: string): Promise<UpdateImages> {
	const images = {
		first: path.join(folder, 'vitrine-0.1.0-amd64.iso'),
		next: path.join(folder, 'vitrine-0.2.0-amd64.iso'),
	};
	const sticks = { goodStick: path.join(folder, 'good.stick'), brokenStick: path.join(folder, 'broken.stick') };
	const isKept = process.env.VITRINE_KEEP_IMAGES === '1' && (await exists(sticks.brokenStick));
	if (isKept) return { first: images.first, ...sticks };
	await mkdir(folder, { recursive: true });
	const key = path.join(folder, 'test.key');
	await getOutput('minisign', ['-G', '-W', '-f', '-s', key, '-p', path.join(folder, 'test.pub')]);
	for (const version of ['0.1.0', '0.2.0']) await buildVersion(version, key, folder);
	await makeStick(sticks.goodStick, images.next);
	const broken = path.join(folder, 'broken.iso');
	await breakImage(images.next, broken);
	const comment = makeComment({ version: '0.3.0', floor: '0.1.0', sizeBytes: (await stat(broken)).size });
	await getOutput('minisign', ['-S', '-s', key, '-m', broken, '-t', comment]);
	await makeStick(sticks.brokenStick, broken);
	await rm(broken);
	return { first: images.first, ...sticks };
}

function exists(file: string): Promise<boolean> {
	return stat(file).then(
		() => true,
		() => false,
	);
}

async function buildVersion(version: string, key: string, folder: string): Promise<void> {
	say(`Building version ${version}…`);
	const words = [fromRoot('tools/run.mjs'), 'iso', '--sign', key, '--output', folder];
	const { status, output } = await runCommand(process.execPath, words, {
		environment: { VITRINE_VERSION: version, VITRINE_FAST_BUILD: '1' },
	});
	if (status !== 0) throw new Error(`Version ${version} could not be built:\n${output.slice(-2000)}`);
}

/** Wipes the beginning of the largest part, so that it is none: squashfs begins with `hsqs`. */
async function breakImage(image: string, broken: string): Promise<void> {
	await copyFile(image, broken);
	await using file = await open(broken, 'r+');
	const sector = Buffer.alloc(2048);
	for (let place = 0; (await file.read(sector, 0, sector.length, place)).bytesRead > 0; place += sector.length) {
		if (sector.toString('latin1', 0, 4) !== 'hsqs') continue;
		await file.write(Buffer.alloc(2048), 0, 2048, place);
		return;
	}
	throw new Error('The image has no squashfs.');
}

/** A file that is a stick without partitions, with the image and its signature on it under short names. */
async function makeStick(stick: string, image: string): Promise<void> {
	await rm(stick, { force: true });
	const kibibytes = Math.ceil((await stat(image)).size / 1024) + 16_384;
	const mkfs = findProgram('mkfs.vfat') ?? 'mkfs.vfat';
	await getOutput(mkfs, ['-F', '32', '-n', 'KINGSTON', '-C', stick, String(kibibytes)]);
	await getOutput('mcopy', ['-i', stick, image, '::u.iso']);
	await getOutput('mcopy', ['-i', stick, `${image}.minisig`, '::u.iso.minisig']);
}
