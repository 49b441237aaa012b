/**
 * Debian's part of the image as a compressed, read-only file system: `10-system.squashfs`. Owners and device nodes come
 * straight from the archive, so no root is needed.
 */
import path from 'node:path';
import { getOutput } from '../setup/run-command.ts';
import { buildEnvironment, readRelease } from './release.ts';
import type { Stage } from './stage.ts';

/** For a release large blocks and a high level; `VITRINE_FAST_BUILD=1` gives an image a quarter larger, much sooner. */
const [level, block] = process.env.VITRINE_FAST_BUILD === '1' ? ['3', '256K'] : ['19', '1M'];
const compression = ['-comp', 'zstd', '-Xcompression-level', level, '-b', block];

export const systemStage: Stage = {
	name: 'system',
	title: "Compressing Debian's part",
	files: ['tools/iso/system-stage.ts'],
	uses: ['base'],
	values: async () => compression.join(' '),
	async run({ directory, from }) {
		const release = await readRelease();
		const target = path.join(directory, '10-system.squashfs');
		const root = ['-root-mode', '755', '-root-time', String(release.epochSeconds)];
		const words = ['-', target, '-tar', '-noappend', '-no-progress', '-quiet', '-no-xattrs', ...root, ...compression];
		// The kernel stands beside the image, and devices are made by the running kernel. The root folder belongs to whom
		// mksquashfs runs as: in a user namespace that is root, whoever builds.
		const script = 'archive=$1; shift; tar --delete -f - ./boot ./dev <"$archive" | mksquashfs "$@"';
		const shell = ['sh', '-ec', script, 'sh', from('base', 'base.tar'), ...words];
		const [program, ...rest] = process.getuid?.() === 0 ? shell : ['unshare', '--user', '--map-root-user', ...shell];
		await getOutput(program as string, rest, { environment: buildEnvironment(release) });
	},
};
