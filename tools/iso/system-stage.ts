/** Debian's part of the image as a compressed, read-only file system: `10-system.squashfs`. */
import path from 'node:path';
import { compressArchive, compressionWords } from './compress-archive.ts';
import { readRelease } from './release.ts';
import type { Stage } from './stage.ts';
import { sealPart } from './verity.ts';

export const systemStage: Stage = {
	name: 'system',
	title: "Compressing Debian's part",
	files: ['tools/iso/system-stage.ts', 'tools/iso/compress-archive.ts', 'tools/iso/verity.ts'],
	uses: ['base'],
	values: async () => compressionWords.join(' '),
	async run({ directory, from }) {
		const target = path.join(directory, '10-system.squashfs');
		await compressArchive(from('base', 'base.tar'), target, {
			// The kernel stands beside the image, devices are made by the running kernel, and apt is not aboard.
			without: ['./boot', './dev', './etc/apt'],
			release: await readRelease(),
		});
		await sealPart(target);
	},
};
