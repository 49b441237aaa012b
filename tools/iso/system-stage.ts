/**
 * Debian's part of the image as a compressed, read-only file system: `10-system.squashfs`. Owners come straight from the
 * archive, so no root is needed.
 *
 * By tar2sqfs, because mksquashfs (4.5.1) packs the same archive now this way and now that.
 */
import path from 'node:path';
import { getOutput } from '../setup/run-command.ts';
import { buildEnvironment, readRelease } from './release.ts';
import type { Stage } from './stage.ts';

/** For a release large blocks and a high level; `VITRINE_FAST_BUILD=1` gives an image a quarter larger, much sooner. */
const [level, block] = process.env.VITRINE_FAST_BUILD === '1' ? ['3', '256K'] : ['19', '1M'];
const compression = ['--compressor', 'zstd', '--comp-extra', `level=${level}`, '--block-size', block];

export const systemStage: Stage = {
	name: 'system',
	title: "Compressing Debian's part",
	files: ['tools/iso/system-stage.ts'],
	uses: ['base'],
	values: async () => compression.join(' '),
	async run({ directory, from }) {
		const target = path.join(directory, '10-system.squashfs');
		// The kernel stands beside the image, devices are made by the running kernel, and apt is not aboard.
		const script = 'archive=$1; shift; tar --delete -f - ./boot ./dev ./etc/apt <"$archive" | tar2sqfs "$@"';
		const words = ['--quiet', '--no-xattr', ...compression, target];
		await getOutput('sh', ['-ec', script, 'sh', from('base', 'base.tar'), ...words], {
			environment: buildEnvironment(await readRelease()),
		});
	},
};
