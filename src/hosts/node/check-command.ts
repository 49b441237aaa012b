/** `vitrine check`: reads a whole volume and verifies every checksum. Exit status 1 when something is damaged. */
import { existsSync } from 'node:fs';
import { openNodeVolume } from './open-node-volume.ts';

export async function checkVolume(directory: string): Promise<number> {
	if (!existsSync(directory)) throw new Error(`There is no directory "${directory}".`);
	const volume = await openNodeVolume(directory);
	try {
		const { identifier, files, contentBytes } = volume.status();
		const damaged = await volume.check();
		process.stdout.write(`Volume ${identifier}: ${files} files and folders, ${contentBytes} bytes.\n`);
		for (const path of damaged) process.stdout.write(`damaged: ${path}\n`);
		const { health } = volume.status();
		process.stdout.write(
			damaged.length === 0 ? `Every checksum is right. Health: ${health}.\n` : `${damaged.length} damaged.\n`,
		);
		return damaged.length === 0 ? 0 : 1;
	} finally {
		volume.close();
	}
}
