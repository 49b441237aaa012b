/** The independent reader finds in a volume's files what the volume was given. */
import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { SystemVolume } from '#fs/system-volume.ts';
import { openNodeVolume } from '#hosts/node/open-node-volume.ts';
import { StoredVolume } from '../../tools/efs-read/stored-volume.ts';

const name = 'Grüße 🐟.txt';
const size = 300_001;
let directory: string;
let volume: SystemVolume;

const pattern = (offset: number, length: number): Uint8Array =>
	Uint8Array.from({ length }, (_, place) => ((offset + place) * 31) >>> 3);

before(async () => {
	directory = await mkdtemp(path.join(tmpdir(), 'vitrine-stored-'));
	volume = await openNodeVolume(path.join(directory, 'volume'));
	const folder = volume.create(volume.root, 'folder', 'directory');
	const file = volume.create(folder, name, 'file');
	volume.write(file, 0, pattern(0, 100));
	volume.write(file, 200_000, pattern(200_000, size - 200_000));
	volume.setExtended(file, 'system.note', Uint8Array.of(1, 2, 3));
	volume.commit();
	// As after a power cut: the log has not been emptied.
	await cp(path.join(directory, 'volume'), path.join(directory, 'cut'), { recursive: true });
	volume.close();
});

after(() => rm(directory, { recursive: true }));

for (const folder of ['volume', 'cut']) {
	test(`a file is read from the folder "${folder}"`, () => {
		const stored = new StoredVolume(path.join(directory, folder));
		try {
			const found = stored.find(`/folder/${name}`);
			assert.deepEqual({ kind: found?.kind, size: found?.size }, { kind: 'file', size });
			const { inode = 0 } = found ?? {};
			assert.deepEqual(stored.read(inode, 0, 120), Uint8Array.from([...pattern(0, 100), ...new Array(20).fill(0)]));
			assert.deepEqual(stored.read(inode, 262_100, 1000), pattern(262_100, 1000));
			assert.deepEqual(stored.attribute(inode, 'system.note'), Uint8Array.of(1, 2, 3));
			assert.equal(stored.list(stored.find('/folder')?.inode ?? 0)[0]?.name, name);
			assert.equal(stored.find('/folder/other'), undefined);
			assert.equal(stored.identifier.length, 16);
		} finally {
			stored.close();
		}
	});
}
