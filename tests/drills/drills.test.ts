/**
 * Recovery drills: a person who can no longer log on as before gets every file back, each way there is; and before that
 * nobody has them. `npm run drills` takes 100 files, `npm test` a few.
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { KeyBackupFormat } from '#abi/structures.generated.ts';
import { openNodeVolume } from '#hosts/node/open-node-volume.ts';
import type { System } from '#runtime/system.ts';
import { readBackup } from '../../tools/efs-read/backup-keys.ts';
import { readEncrypted } from '../../tools/efs-read/encrypted-file.ts';
import { StoredVolume } from '../../tools/efs-read/stored-volume.ts';
import { encode, People, type Person, proveRecovery } from '../encryption/people.ts';

const files = Number(process.env.VITRINE_RUNS ?? 12);
const passphrase = encode('seven small stones');
const folder = '/Users/Public/Private';

/** Contents of all lengths around the borders of chunks. */
function contentOf(file: number): Uint8Array<ArrayBuffer> {
	const length = [0, 1, 100, 65_535, 65_536, 65_537, 140_000, 1_000_000][file % 8] ?? 0;
	return Uint8Array.from({ length }, (_, place) => (place * 7 + file) % 256);
}

const pathOf = (file: number): string => `${folder}/file ${file}`;

async function writeAll({ system }: Person): Promise<void> {
	await system.pathMakeDirectory(folder);
	await system.encryptionBegin(folder, 'encrypt');
	for (let file = 0; file < files; file++) await system.pathWrite(pathOf(file), contentOf(file), 'create-new');
}

/** How many of the files can be read, and are as they were written. */
async function countReadable(system: System): Promise<number> {
	let count = 0;
	for (let file = 0; file < files; file++) {
		const bytes = await system.pathRead(pathOf(file), 1 << 20).catch(() => undefined);
		if (bytes !== undefined && Buffer.from(bytes).equals(Buffer.from(contentOf(file)))) count++;
	}
	return count;
}

describe(`recovery drills with ${files} files`, { timeout: 600_000 }, () => {
	let directory: string;
	before(async () => {
		directory = await mkdtemp(path.join(tmpdir(), 'vitrine-drill-'));
	});
	after(() => rm(directory, { recursive: true, force: true }));

	/** A computer with Anna, who has a proved way back and her files, and logs off. */
	async function prepare(name: string, more: (people: People, anna: Person) => Promise<void> = async () => {}) {
		const people = new People(await openNodeVolume(path.join(directory, name)));
		await people.create('Anna', 'the first password');
		const anna = await people.logOn('Anna', 'the first password');
		const code = await proveRecovery(anna, 'the first password');
		await more(people, anna);
		await writeAll(anna);
		assert.equal(await countReadable(anna.system), files);
		await people.logOff(anna);
		assert.equal(await countReadable(people.admin), 0, 'an administrator reads nothing');
		return { people, code, sid: anna.sid };
	}

	/** After it Anna has keys that open nothing of before. */
	async function resetPassword(people: People, sid: string): Promise<Person> {
		const effect = await people.admin.accountResetEffect(sid);
		assert.equal(effect.hasKeys, true);
		await people.admin.accountResetPassword(sid, { password: encode('a new password'), hint: '', mustChange: false });
		const anna = await people.logOn('Anna', 'a new password');
		assert.equal(await countReadable(anna.system), 0, 'a reset opens nothing');
		return anna;
	}

	it('the recovery code opens all of them', async () => {
		const { people, code } = await prepare('code');
		await assert.rejects(people.logOn('Anna', 'a wrong guess'), { code: 'EACCES' });
		const anna = await people.logOn('Anna', code, 'recovery');
		assert.equal(await countReadable(anna.system), files);
		people.close();
	});

	for (const format of ['age', 'p12'] satisfies KeyBackupFormat[])
		it(`a backup as .${format} opens all of them after the password was reset`, async () => {
			let backup = new Uint8Array();
			const { people, sid } = await prepare(format, async (_, { system }) => {
				backup = await system.encryptionBackup(format, passphrase);
				await assert.rejects(system.encryptionConfirmBackup(backup, encode('another phrase')), { code: 'EACCES' });
				await system.encryptionConfirmBackup(backup, passphrase);
				assert.ok((await system.encryptionKeys()).recovery.includes('backup'));
			});
			const { system } = await resetPassword(people, sid);
			await assert.rejects(system.encryptionRestore(backup, encode('another phrase'), true), { code: 'EACCES' });
			assert.equal((await system.encryptionRestore(backup, passphrase, true)).length, 1);
			assert.equal(await countReadable(system), files);
			await people.logOff({ sid, name: 'Anna', home: '', system });
			const again = await people.logOn('Anna', 'a new password');
			assert.equal(await countReadable(again.system), files, 'the keys were kept');
			people.close();
		});

	it('the old password opens all of them after the password was reset', async () => {
		const { people, sid } = await prepare('old-password');
		const { system } = await resetPassword(people, sid);
		await assert.rejects(system.accountUnlockKeys({ kind: 'password', secret: encode('a wrong guess') }), {
			code: 'EACCES',
		});
		await system.accountUnlockKeys({ kind: 'password', secret: encode('the first password') });
		assert.equal(await countReadable(system), files);
		people.close();
	});

	it('a recovery agent opens all of them, also of an account that was removed', async () => {
		let agent = new Uint8Array();
		const { people, sid } = await prepare('agent', async ({ admin }) => {
			agent = await admin.encryptionMakeAgent(passphrase);
			await admin.encryptionAddAgent('House agent', await admin.encryptionBackupKey(agent, passphrase));
		});
		await people.admin.accountRemove(sid, true);
		assert.equal(await countReadable(people.admin), 0);
		await people.admin.encryptionRestore(agent, passphrase, false);
		assert.equal(await countReadable(people.admin), files);
		people.close();
	});

	it('the independent reader opens all of them on a volume at rest', async () => {
		let backup = new Uint8Array();
		const { people } = await prepare('reader', async (_, { system }) => {
			backup = await system.encryptionBackup('age', passphrase);
		});
		people.close();
		const volume = new StoredVolume(path.join(directory, 'reader'));
		const keys = readBackup(backup, new TextDecoder().decode(passphrase));
		for (let file = 0; file < files; file++) {
			const node = volume.find(pathOf(file));
			assert.ok(node !== undefined);
			const bytes = Buffer.concat([...readEncrypted(volume, node, keys)]);
			assert.ok(bytes.equals(Buffer.from(contentOf(file))), `file ${file}`);
			assert.throws(() => [...readEncrypted(volume, node, [])], /None of the keys/);
		}
		volume.close();
	});
});
