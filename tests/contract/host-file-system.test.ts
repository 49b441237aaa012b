/** A directory of the host does what every file system must do, but for undoing. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before } from 'node:test';
import { HostFileSystem } from '#hosts/node/host-file-system.ts';
import { fileSystemSuite } from './file-system-suite.ts';

let parent: string;
before(async () => {
	parent = await mkdtemp(path.join(tmpdir(), 'vitrine-host-'));
});
after(() => rm(parent, { recursive: true }));

fileSystemSuite(
	'a directory of the host',
	async () => new HostFileSystem(await mkdtemp(path.join(parent, 'case-')), { readOnly: false }),
	{ isHost: true },
);
