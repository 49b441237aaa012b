import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { openNodeVolume } from '#hosts/node/open-node-volume.ts';
import { contractSuite } from './contract-suite.ts';

const directories: string[] = [];

after(async () => {
	for (const directory of directories) await rm(directory, { recursive: true });
});

contractSuite('the volume', async () => {
	const directory = await mkdtemp(path.join(tmpdir(), 'vitrine-volume-'));
	directories.push(directory);
	return openNodeVolume(directory);
});
