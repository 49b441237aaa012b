import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite, test } from 'node:test';
import { createApplianceVerbs } from './appliance-verbs.ts';
import { KeptSettings } from './kept-settings.ts';

const work = { signal: new AbortController().signal, report: () => undefined };
const wish = {
	start: '/Programs/LATHE.COM',
	account: 'S-1-5-21-1-2-3-1001',
	keptFolders: ["/Programs/It's", '/Orders'],
};
const ordinary = { start: '', account: '', keptFolders: [], left: false };

async function withVerbs(
	use: (ask: (verb: string, given: object) => Promise<unknown>, folder: string) => Promise<void>,
) {
	const folder = await mkdtemp(path.join(tmpdir(), 'vitrine-appliance-'));
	try {
		const verbs = createApplianceVerbs({ kept: new KeptSettings(folder), leftMark: path.join(folder, 'left') });
		await use(async (verb, given) => verbs[verb]?.run({ ...given }, work), folder);
	} finally {
		await rm(folder, { recursive: true });
	}
}

suite('What the PC does by itself', () => {
	test('Is what was set, from the next start on, until it is left or taken back', () =>
		withVerbs(async (ask, folder) => {
			assert.deepEqual(await ask('appliance.read', {}), ordinary);
			await ask('appliance.set', wish);
			assert.deepEqual(await ask('appliance.read', {}), { ...wish, left: true });
			await rm(path.join(folder, 'left'));
			assert.deepEqual(await ask('appliance.read', {}), { ...wish, left: false });
			await ask('appliance.leave', {});
			assert.deepEqual(await ask('appliance.read', {}), { ...wish, left: true });
			await ask('appliance.set', { start: '', account: '', keptFolders: [] });
			assert.deepEqual(await ask('appliance.read', {}), ordinary);
			assert.equal((await readFile(path.join(folder, 'appliance'), 'utf8')).split('\n').length, 2);
		}));

	test('Is nothing when somebody wrote something else onto the disk', () =>
		withVerbs(async (ask, folder) => {
			for (const line of ['{', '[]', 'null', '{"start":"x"}', JSON.stringify({ ...wish, account: 'root' })]) {
				await writeFile(path.join(folder, 'appliance'), `${line}\n`);
				assert.deepEqual(await ask('appliance.read', {}), ordinary, line);
			}
		}));

	test('Is refused with a word that does not fit', () =>
		withVerbs(async (ask) => {
			for (const part of [
				...[{ start: 'a\nb' }, { start: 7 }, { account: 'Owner' }, { keptFolders: 'x' }, { keptFolders: ['Orders'] }],
				...[{ keptFolders: new Array(17).fill('/x') }, { more: 1 }],
			])
				await assert.rejects(ask('appliance.set', { ...wish, ...part }), { code: 'EINVAL' });
		}));
});
