/**
 * Makes a read-only compressed file system of an archive. Owners come straight from the archive, so no root is needed.
 *
 * By tar2sqfs, because mksquashfs (4.5.1) packs the same archive now this way and now that.
 */
import { getOutput } from '../setup/run-command.ts';
import { buildEnvironment, type Release } from './release.ts';

/**
 * For a release large blocks and a high level. `VITRINE_FAST_BUILD=1` gives an image a quarter larger, much sooner, and
 * `VITRINE_FAST_IMAGE=1` the same with the site as it is.
 */
const isFast = [process.env.VITRINE_FAST_BUILD, process.env.VITRINE_FAST_IMAGE].includes('1');
const [level, block] = isFast ? ['3', '256K'] : ['19', '1M'];

export const compressionWords = ['--compressor', 'zstd', '--comp-extra', `level=${level}`, '--block-size', block];

/** Leaves out the folders `without`, given as they stand in the archive: `./boot`; `./dev/*` leaves out what is in it. */
export async function compressArchive(
	archive: string,
	target: string,
	{ without, release }: { readonly without: readonly string[]; readonly release: Release },
): Promise<void> {
	const script =
		'archive=$1; target=$2; shift 2; set -f; tar --delete --wildcards -f - $WITHOUT <"$archive" | tar2sqfs "$@" "$target"';
	const words = ['--quiet', '--no-xattr', ...compressionWords];
	await getOutput('sh', ['-ec', script, 'sh', archive, target, ...words], {
		environment: { ...buildEnvironment(release), WITHOUT: without.join(' ') },
	});
}
