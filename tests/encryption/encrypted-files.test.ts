/** Encrypted files through system calls, with real keys: who can open what, and what is said to who cannot. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { attributeBits } from '#abi/attributes.ts';
import { rights } from '#abi/rights.ts';
import { openNodeVolume } from '#hosts/node/open-node-volume.ts';
import { change, decode, encode, People, type Person, proveRecovery, readText, writeText } from './people.ts';

describe('an interrupted change', { timeout: 120_000 }, () => {
	let directory: string;
	/** Closed whatever happens: what holds the keys keeps this process from ending. */
	const opened: People[] = [];
	const open = async (): Promise<People> => {
		const people = new People(await openNodeVolume(directory));
		opened.push(people);
		return people;
	};
	before(async () => {
		directory = await mkdtemp(path.join(tmpdir(), 'vitrine-change-'));
	});
	after(async () => {
		for (const people of opened) people.close();
		await rm(directory, { recursive: true });
	});

	it('goes on after the computer was started again, and the file is whole meanwhile', async () => {
		const bytes = Uint8Array.from({ length: 12_000_000 }, (_, place) => (place * 13) % 256);
		const first = await open();
		await first.create('Anna', 'blue horses');
		const { system, home } = await first.logOn('Anna', 'blue horses');
		await proveRecovery({ system, home, sid: '', name: '' }, 'blue horses');
		await system.pathWrite(`${home}/large`, bytes, 'create-new');
		await system.encryptionBegin(`${home}/large`, 'encrypt');
		const { doneBytes } = await system.encryptionContinue(`${home}/large`);
		first.close();

		const again = await open();
		await again.findAccounts();
		const anna = await again.logOn('Anna', 'blue horses');
		const { unfinished } = await anna.system.encryptionRead(`${home}/large`);
		assert.deepEqual([unfinished?.change, unfinished?.doneBytes], ['encrypt', doneBytes]);
		assert.deepEqual(await anna.system.pathRead(`${home}/large`, 20_000_000), bytes);
		await change(anna.system, `${home}/large`, 'encrypt');
		assert.equal((await anna.system.encryptionRead(`${home}/large`)).unfinished, undefined);
		assert.deepEqual(await anna.system.pathRead(`${home}/large`, 20_000_000), bytes);
	});
});

describe('encrypted files of two people', { timeout: 120_000 }, () => {
	let people: People;
	let anna: Person;
	let bert: Person;
	const shared = '/Users/Public';

	before(async () => {
		people = new People(await openNodeVolume(undefined));
		await people.create('Anna', 'blue horses');
		await people.create('Bert', 'green ladders');
		anna = await people.logOn('Anna', 'blue horses');
		bert = await people.logOn('Bert', 'green ladders');
	});
	after(() => people.close());

	it('encrypts nothing before a way back was proved', async () => {
		const path = `${shared}/early.txt`;
		await writeText(anna.system, path, 'early');
		await assert.rejects(anna.system.encryptionBegin(path, 'encrypt'), { code: 'EPERM' });
		await assert.rejects(anna.system.encryptionBegin(shared, 'encrypt'), { code: 'EPERM' });
		assert.deepEqual((await anna.system.encryptionKeys()).recovery, []);
		await proveRecovery(anna, 'blue horses');
		assert.deepEqual((await anna.system.encryptionKeys()).recovery, ['code']);
		await change(anna.system, path, 'encrypt');
		assert.equal(await readText(anna.system, path), 'early');
	});

	it('opens a file for its person alone, who has permission or not', async () => {
		const path = `${shared}/anna.txt`;
		await writeText(anna.system, path, 'only Anna');
		assert.equal(await readText(bert.system, path), 'only Anna');
		await change(anna.system, path, 'encrypt');
		assert.equal(await readText(anna.system, path), 'only Anna');
		const { encrypted, mayOpen, holders } = await anna.system.encryptionRead(path);
		assert.deepEqual([encrypted, mayOpen, holders.map(({ name }) => name)], [true, true, ['Anna']]);
		for (const other of [bert.system, people.admin]) {
			await assert.rejects(other.pathRead(path, 100), { code: 'EACCES', message: /Anna/ });
			await assert.rejects(other.fileOpen(path, 'open', 1), { code: 'EACCES' });
			await assert.rejects(other.pathWrite(path, encode('x'), 'replace'), { code: 'EACCES' });
			await assert.rejects(other.pathCopy(path, `${shared}/copy`), { code: 'EACCES' });
			await assert.rejects(other.encryptionBegin(path, 'decrypt'), { code: 'EACCES' });
			await assert.rejects(other.encryptionShare(path, bert.sid), { code: 'EACCES' });
			assert.equal((await other.encryptionRead(path)).mayOpen, false);
		}
		assert.equal((await bert.system.pathStat(path)).attributes & attributeBits.encrypted, attributeBits.encrypted);
	});

	it('shares with a person and takes it back', async () => {
		const path = `${shared}/both.txt`;
		await writeText(anna.system, path, 'for both');
		await change(anna.system, path, 'encrypt');
		await anna.system.encryptionShare(path, bert.sid);
		assert.equal(await readText(bert.system, path), 'for both');
		await bert.system.pathWrite(path, encode('for both, by Bert'), 'replace');
		assert.equal(await readText(anna.system, path), 'for both, by Bert');
		const { holders } = await anna.system.encryptionRead(path);
		const key = holders.find(({ name }) => name === 'Bert')?.key ?? '';
		await anna.system.encryptionRevoke(path, key);
		await change(anna.system, path, 'renew');
		await assert.rejects(bert.system.pathRead(path, 100), { code: 'EACCES' });
		assert.equal(await readText(anna.system, path), 'for both, by Bert');
		await assert.rejects(anna.system.encryptionRevoke(path, (await anna.system.encryptionKeys()).key), {
			code: 'EINVAL',
		});
	});

	it('encrypts what is made in an encrypted folder, and what is moved there', async () => {
		const folder = `${anna.home}/Private`;
		await anna.system.pathMakeDirectory(folder);
		await change(anna.system, folder, 'encrypt');
		await writeText(anna.system, `${folder}/new.txt`, 'new');
		await writeText(anna.system, `${anna.home}/old.txt`, 'old');
		await anna.system.pathRename(`${anna.home}/old.txt`, `${folder}/old.txt`, false);
		await anna.system.pathMakeDirectory(`${folder}/deeper`);
		await writeText(anna.system, `${folder}/deeper/deep.txt`, 'deep');
		for (const name of ['new.txt', 'old.txt', 'deeper/deep.txt']) {
			assert.equal((await anna.system.encryptionRead(`${folder}/${name}`)).encrypted, true, name);
			await assert.rejects(people.admin.pathRead(`${folder}/${name}`, 100), { code: 'EACCES' });
		}
	});

	it('converts a large file in steps, that can be turned round', async () => {
		const path = `${anna.home}/large`;
		const bytes = Uint8Array.from({ length: 9_000_001 }, (_, place) => place % 251);
		await anna.system.pathWrite(path, bytes, 'create-new');
		await anna.system.encryptionBegin(path, 'encrypt');
		const step = await anna.system.encryptionContinue(path);
		assert.equal(step.finished, false);
		assert.ok(step.doneBytes > 0 && step.doneBytes < bytes.length);
		assert.deepEqual((await anna.system.encryptionRead(path)).unfinished?.change, 'encrypt');
		assert.deepEqual(await anna.system.pathRead(path, 20_000_000), bytes);
		await assert.rejects(anna.system.encryptionBegin(path, 'decrypt'), { code: 'EBUSY' });
		await anna.system.encryptionCancel(path);
		await change(anna.system, path, 'decrypt');
		assert.equal((await anna.system.encryptionRead(path)).encrypted, false);
		assert.ok((await change(anna.system, path, 'encrypt')) >= 2);
		assert.deepEqual(await anna.system.pathRead(path, 20_000_000), bytes);
	});

	it('closes at log off and opens at the next log on', async () => {
		const path = `${shared}/closed.txt`;
		await writeText(anna.system, path, 'closed');
		await change(anna.system, path, 'encrypt');
		await anna.system.encryptionShare(path, bert.sid);
		assert.equal(await readText(bert.system, path), 'closed');
		await people.logOff(anna);
		assert.equal(await readText(bert.system, path), 'closed', 'who else had it open goes on');
		await people.logOff(bert);
		anna = await people.logOn('Anna', 'blue horses');
		bert = await people.logOn('Bert', 'green ladders');
		assert.equal(await readText(anna.system, path), 'closed');
		const handle = await bert.system.fileOpen(path, 'open', rights.read);
		await people.logOff(anna);
		assert.equal(decode(await bert.system.fileRead(handle, 0, 100)), 'closed', 'although her keys opened it first');
		await bert.system.handleClose(handle);
		anna = await people.logOn('Anna', 'blue horses');
		assert.equal(await readText(anna.system, path), 'closed');
		await change(anna.system, path, 'decrypt');
		assert.equal(await readText(people.admin, path), 'closed');
	});

	it('gives its raw form to who may read and has no key, and takes it back', async () => {
		const path = `${shared}/raw.txt`;
		await writeText(anna.system, path, 'raw '.repeat(10_000));
		await change(anna.system, path, 'encrypt');
		const raw = await bert.system.encryptionRawRead(path, 0, 1 << 20);
		assert.equal(decode(raw).includes('raw raw'), false);
		const copy = `${shared}/restored.txt`;
		await anna.system.pathWrite(copy, raw, 'create-new');
		await anna.system.encryptionRawRestore(copy);
		assert.equal(await readText(anna.system, copy), 'raw '.repeat(10_000));
		await assert.rejects(bert.system.pathRead(copy, 100), { code: 'EACCES' });
		await assert.rejects(anna.system.encryptionRawRead(`${anna.home}/Private`, 0, 10), { code: 'EINVAL' });
	});

	it('lets nobody decide that what others make in a folder of all is encrypted', async () => {
		await proveRecovery(bert, 'green ladders');
		for (const folder of ['/', '/Users', '/Recycle Bin', anna.home])
			await assert.rejects(bert.system.encryptionBegin(folder, 'encrypt'), { code: /EACCES|EPERM/ }, folder);
		await assert.rejects(people.admin.encryptionBegin('/Users', 'encrypt'), { code: 'EPERM' });
		await people.admin.pathMakeDirectory('/Tools');
		await assert.rejects(bert.system.encryptionBegin('/Tools', 'encrypt'), { code: 'EACCES' });
		await people.admin.pathWrite('/Tools/plain.txt', encode('plain'), 'create-new');
		assert.equal((await people.admin.encryptionRead('/Tools/plain.txt')).encrypted, false);
	});

	it('encrypts nothing of the system', async () => {
		await people.admin.pathWrite('/System/note.txt', encode('x'), 'create-new');
		await assert.rejects(people.admin.encryptionBegin('/System/note.txt', 'encrypt'), { code: 'EPERM' });
	});
});
