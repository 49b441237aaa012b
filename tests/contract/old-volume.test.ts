/** A volume from before there were accounts goes on as it was: its files, its owner, what was deleted. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OsError } from '#abi/errors.ts';
import type { Inode } from '#fs/file-system.ts';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import { attachProcess } from '#hosts/common/attach-process.ts';
import { hostClock } from '#hosts/common/host-clock.ts';
import { startHeadless } from '#hosts/node/start-headless.ts';
import { childToken } from '#security/token.ts';

const oldFiles = [
	'/Users/Owner/Documents/letter',
	'/Users/Owner/Settings/desktop.json',
	'/Recycle Bin/7f1c',
	'/Recycle Bin/7f1c.json',
	// Of this very name, by chance.
	'/Recycle Bin/Owner',
];

class OldVolume extends MemoryFileSystem {
	/** Stays, as files of the host do. */
	override close(): void {}
}

function makeOldVolume(): OldVolume {
	const volume = new OldVolume({ clock: hostClock });
	for (const path of oldFiles) {
		const names = path.split('/').slice(1);
		const last = names.pop() as string;
		let directory: Inode = volume.root;
		for (const name of names) directory = volume.find(directory, name) ?? volume.create(directory, name, 'directory');
		volume.write(volume.create(directory, last, 'file'), 0, new TextEncoder().encode(path));
	}
	volume.commit();
	return volume;
}

async function look(volume: OldVolume) {
	const headless = startHeadless(volume);
	try {
		const { kernel } = headless;
		const [session] = kernel.sessions.all;
		assert.ok(session);
		const everyday = attachProcess(kernel, 'program', childToken(session.token), session);
		const read = async (path: string) =>
			new TextDecoder().decode(
				await everyday.pathRead(path, 100).catch((error: OsError) => new TextEncoder().encode(error.code)),
			);
		return {
			accounts: (await everyday.accountList()).map(({ name, kind, credentials, home, sid }) => {
				return { name, kind, credentials, home, number: sid.split('-').at(-1) };
			}),
			session: (await everyday.sessionSelf())?.name,
			letter: await read('/Users/Owner/Documents/letter'),
			bins: (await headless.system.pathList('/Recycle Bin', '', 10)).names,
			deleted: (await everyday.pathList('/Recycle Bin/Owner', '', 10)).names,
			chance: await read('/Recycle Bin/Owner/Owner'),
		};
	} finally {
		headless.close();
	}
}

describe('a volume from before there were accounts', () => {
	it('keeps its files and what was deleted, for its owner, who needs no password; and so it stays', async () => {
		const volume = makeOldVolume();
		const first = await look(volume);
		assert.deepEqual(first, {
			accounts: [{ name: 'Owner', kind: 'administrator', credentials: ['none'], home: '/Users/Owner', number: '1000' }],
			session: 'Owner',
			letter: '/Users/Owner/Documents/letter',
			bins: ['Owner'],
			deleted: ['7f1c', '7f1c.json', 'Owner'],
			chance: '/Recycle Bin/Owner',
		});
		assert.deepEqual(await look(volume), first);
	});

	it('starts on a full disk, and is asked again the next time', async () => {
		const volume = makeOldVolume();
		const { commit } = volume;
		Object.defineProperty(volume, 'commit', {
			configurable: true,
			value: () => {
				volume.rollback();
				throw new OsError('ENOSPC');
			},
		});
		const headless = startHeadless(volume);
		assert.equal((await headless.system.sessionSelf())?.name, 'Owner');
		assert.equal((await headless.system.pathRead('/Users/Owner/Documents/letter', 100)).length, 29);
		headless.close();
		Object.defineProperty(volume, 'commit', { configurable: true, value: commit });
		assert.deepEqual((await look(volume)).deleted, ['7f1c', '7f1c.json', 'Owner']);
	});
});
