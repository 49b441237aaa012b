/**
 * Debian's part of the image as a compressed, read-only file system: `10-system.squashfs`. Owners and device nodes come
 * straight from the archive, so no root is needed.
 */
import path from 'node:path';
import { getOutput } from '../setup/run-command.ts';
import { buildEnvironment, readRelease } from './release.ts';
import type { Stage } from './stage.ts';

/** Large blocks and the highest level: a tenth smaller, and no slower to read. */
const compression = ['-comp', 'zstd', '-Xcompression-level', '19', '-b', '1M'];

export const systemStage: Stage = {
	name: 'system',
	title: "Compressing Debian's part",
	files: ['tools/iso/system-stage.ts'],
	uses: ['base'],
	async run({ directory, from }) {
		const target = path.join(directory, '10-system.squashfs');
		// The kernel stands beside the image, and devices are made by the running kernel.
		const left = ['boot', 'dev'];
		const script = 'archive=$1; shift; exec sqfstar "$@" <"$archive"';
		const words = [...compression, '-no-progress', '-quiet', '-no-xattrs', target, ...left];
		await getOutput('sh', ['-ec', script, 'sh', from('base', 'base.tar'), ...words], {
			environment: buildEnvironment(await readRelease()),
		});
	},
};
