/** What people do with encrypted files: encrypt, open, share, take away, renew, decrypt, back up; and who may not. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Conversion } from '#efs/file-encryption.ts';
import type { Inode } from '#fs/file-system.ts';
import { SimulatedDisk } from '../crash/simulated-disk.ts';
import { ManualClock, openTestVolume, SeededRandom } from '../crash/test-volume.ts';
import { ann, ben, type EncryptedTestVolume, encryptVolume, makePeople, ownedBy } from './encrypted-test-volume.ts';

const step = 40_000;
const size = 150_001;
const content = new SeededRandom(7).bytes(size);

async function start(): Promise<EncryptedTestVolume & { disk: SimulatedDisk; reopen(): Promise<EncryptedTestVolume> }> {
	const disk = new SimulatedDisk();
	const people = makePeople();
	const first = encryptVolume(await openTestVolume(disk), people);
	const reopen = async () => encryptVolume(await openTestVolume(disk), people);
	return { ...first, disk, reopen };
}

function make({ volume }: EncryptedTestVolume, name: string, bytes: Uint8Array = content): Inode {
	const inode = volume.create(volume.root, name, 'file', ownedBy(ann));
	volume.write(inode, 0, bytes);
	volume.commit();
	return inode;
}

function read({ volume }: Pick<EncryptedTestVolume, 'volume'>, inode: Inode): Uint8Array {
	const bytes = new Uint8Array(volume.stat(inode).size);
	assert.equal(volume.read(inode, 0, bytes), bytes.length);
	return bytes;
}

/** Steps to the end, each durable. */
function convertAll({ volume, encryption }: EncryptedTestVolume, inode: Inode): Conversion[] {
	const steps: Conversion[] = [];
	for (;;) {
		const left = encryption.convert(inode, step);
		volume.commit();
		if (left === undefined) return steps;
		steps.push(left);
	}
}

/** The bytes below, without any key. */
function raw({ volume }: EncryptedTestVolume, inode: Inode): Uint8Array {
	const bytes = new Uint8Array(volume.inner.stat(inode).size);
	volume.inner.read(inode, 0, bytes);
	return bytes;
}

function recipient({ keys }: EncryptedTestVolume, sid: string) {
	return keys.recipientOf(sid) ?? assert.fail(`${sid} has no key`);
}

function encrypted(system: EncryptedTestVolume, name: string): Inode {
	const inode = make(system, name);
	system.encryption.beginEncryption(inode, [recipient(system, ann)]);
	system.volume.commit();
	convertAll(system, inode);
	system.encryption.requireKeys(inode, ann);
	return inode;
}

const refused = { code: 'EACCES' } as const;

describe('encrypting a file', () => {
	it('goes in steps, each of which leaves a file that is read as before', async () => {
		const system = await start();
		const inode = make(system, 'a');
		system.encryption.beginEncryption(inode, [recipient(system, ann)]);
		system.volume.commit();
		const steps = [];
		for (;;) {
			assert.deepEqual(read(system, inode), content);
			const left = system.encryption.convert(inode, step);
			system.volume.commit();
			if (left === undefined) break;
			steps.push(left.doneBytes);
		}
		assert.deepEqual(steps, [65_536, 131_072]);
		assert.equal(system.encryption.encryptionOf(inode)?.conversion, undefined);
		assert.equal(Buffer.from(raw(system, inode)).includes(Buffer.from(content.subarray(0, 16))), false);
		assert.deepEqual(read(system, inode), content);
		assert.throws(() => system.encryption.beginEncryption(inode, [recipient(system, ann)]), { code: 'EEXIST' });
	});

	it('goes on after a restart, with what was written and cut meanwhile', async () => {
		const system = await start();
		const inode = make(system, 'a');
		system.encryption.beginEncryption(inode, [recipient(system, ann)]);
		system.encryption.convert(inode, step);
		system.volume.commit();
		system.volume.write(inode, 10_000, new Uint8Array(100_000).fill(9));
		system.volume.write(inode, size + 30_000, Uint8Array.of(1, 2, 3));
		system.volume.commit();
		const expected = read(system, inode);
		system.volume.close();
		const again = { ...(await system.reopen()) };
		again.encryption.requireKeys(inode, ann);
		assert.equal(again.encryption.encryptionOf(inode)?.conversion?.kind, 'encrypting');
		assert.deepEqual(read(again, inode), expected);
		convertAll(again, inode);
		assert.deepEqual(read(again, inode), expected);
		assert.equal(Buffer.from(raw(again, inode)).includes(Buffer.alloc(64, 9)), false);
	});

	it('asks for a commit after every change, also while memory alone knows of it', async () => {
		const system = await start();
		const inode = make(system, 'a');
		const asksFor = (change: () => unknown): boolean => {
			assert.equal(system.volume.dirty, false);
			change();
			const { dirty } = system.volume;
			system.volume.commit();
			return dirty;
		};
		assert.equal(
			asksFor(() => system.encryption.beginEncryption(inode, [recipient(system, ann)])),
			true,
		);
		assert.equal(
			asksFor(() => system.encryption.convert(inode, step)),
			true,
		);
		convertAll(system, inode);
		assert.equal(
			asksFor(() => system.encryption.share(inode, ann, [recipient(system, ben)])),
			true,
		);
		assert.equal(
			asksFor(() => system.volume.write(inode, 10, Uint8Array.of(1))),
			true,
		);
		assert.equal(
			asksFor(() => read(system, inode)),
			false,
		);
	});

	it('is turned round by a cancel, and undone with its group', async () => {
		const system = await start();
		const inode = make(system, 'a');
		system.encryption.beginEncryption(inode, [recipient(system, ann)]);
		system.encryption.convert(inode, step);
		system.volume.commit();
		system.encryption.convert(inode, step);
		system.volume.rollback();
		assert.equal(system.encryption.encryptionOf(inode)?.conversion?.doneBytes, 65_536);
		system.encryption.cancelConversion(inode);
		convertAll(system, inode);
		assert.equal(system.encryption.isEncrypted(inode), false);
		assert.deepEqual(raw(system, inode), content);
		assert.deepEqual(system.volume.inner.listExtended(inode), []);
		system.encryption.beginEncryption(inode, [recipient(system, ann)]);
		system.volume.rollback();
		assert.equal(system.encryption.isEncrypted(inode), false);
		assert.deepEqual(read(system, inode), content);
	});

	it('keeps holes, and leaves nothing of them when it is decrypted', async () => {
		const system = await start();
		const inode = make(system, 'a', new Uint8Array());
		system.volume.write(inode, 1_000_000, content);
		system.volume.commit();
		const expected = read(system, inode);
		const { storedBytes } = system.volume.usage(inode);
		system.encryption.beginEncryption(inode, [recipient(system, ann)]);
		convertAll(system, inode);
		assert.deepEqual(read(system, inode), expected);
		assert.equal(system.volume.usage(inode).storedBytes, storedBytes);
		// What somebody put into a hole below is no content.
		system.volume.inner.write(inode, 70_000, Uint8Array.of(1, 2, 3));
		assert.deepEqual(read(system, inode), expected);
		system.encryption.beginDecryption(inode, ann);
		convertAll(system, inode);
		assert.deepEqual(raw(system, inode), expected);
	});
});

describe('who can open a file', () => {
	it('is nobody but those for whom it is', async () => {
		const system = await start();
		const inode = encrypted(system, 'a');
		assert.throws(() => system.encryption.requireKeys(inode, ben), { ...refused, message: /S-1-5-21-1-2-3-1000/ });
		system.encryption.share(inode, ann, [recipient(system, ben)]);
		system.volume.commit();
		system.encryption.requireKeys(inode, ben);
		assert.deepEqual(
			system.encryption.encryptionOf(inode)?.recipients.map(({ name }) => name),
			[ann, ben],
		);
		system.encryption.revoke(inode, ann, [recipient(system, ben).publicKey]);
		system.volume.commit();
		system.encryption.forgetKeysOf(ben);
		assert.throws(() => system.encryption.requireKeys(inode, ben), refused);
		assert.throws(() => system.encryption.revoke(inode, ann, [recipient(system, ann).publicKey]), { code: 'EINVAL' });
		assert.throws(() => system.encryption.share(inode, ben, [recipient(system, ben)]), refused);
	});

	it('is nobody after a restart until keys are there, and after log off again', async () => {
		const system = await start();
		const inode = encrypted(system, 'a');
		system.volume.close();
		const again = await system.reopen();
		assert.throws(() => read(again, inode), refused);
		assert.throws(() => again.volume.write(inode, 0, content), refused);
		assert.throws(() => again.volume.truncate(inode, 0), refused);
		again.keys.logOff(ann);
		assert.throws(() => again.encryption.requireKeys(inode, ann), refused);
		again.keys.logOn(ann);
		again.encryption.requireKeys(inode, ann);
		assert.deepEqual(read(again, inode), content);
		again.encryption.forgetKeysOf(ann);
		assert.throws(() => read(again, inode), refused);
		assert.equal(again.cipher.openKeys - system.cipher.openKeys, 0);
	});

	it('is the agent too, when the policy names one; an update adds and removes agents', async () => {
		const system = await start();
		const agent = { ...system.cipher.createPerson(), kind: 'agent', name: 'Recovery' } as const;
		const inode = encrypted(system, 'a');
		system.keys.agentList.push(agent);
		assert.deepEqual(system.encryption.update(inode, ann), { added: 1, removed: 0 });
		assert.deepEqual(system.encryption.update(inode, ann), { added: 0, removed: 0 });
		system.volume.commit();
		const kinds = () => system.encryption.encryptionOf(inode)?.recipients.map(({ kind }) => kind);
		assert.deepEqual(kinds(), ['user', 'agent']);
		system.keys.agentList.pop();
		assert.deepEqual(system.encryption.update(inode, ann), { added: 0, removed: 1 });
		assert.deepEqual(kinds(), ['user']);
	});

	it('is another key after a renewal, which goes on after a restart', async () => {
		const system = await start();
		const inode = encrypted(system, 'a');
		system.encryption.share(inode, ann, [recipient(system, ben)]);
		system.volume.commit();
		const before = raw(system, inode);
		system.encryption.beginRenewal(inode, ann, [recipient(system, ann)]);
		system.encryption.convert(inode, step);
		system.volume.commit();
		system.encryption.forgetKeysOf(ben);
		assert.throws(() => system.encryption.requireKeys(inode, ben), refused);
		assert.deepEqual(read(system, inode), content);
		system.volume.close();
		const again = await system.reopen();
		again.encryption.requireKeys(inode, ann);
		assert.deepEqual(read(again, inode), content);
		assert.equal(again.encryption.encryptionOf(inode)?.conversion?.kind, 'renewing');
		again.encryption.share(inode, ann, [recipient(again, ben)]);
		again.volume.commit();
		again.encryption.requireKeys(inode, ben);
		convertAll(again, inode);
		assert.deepEqual(read(again, inode), content);
		assert.equal(again.encryption.encryptionOf(inode)?.epoch, 2);
		assert.deepEqual(again.volume.inner.listExtended(inode), ['system.efs', 'system.efs.map.0']);
		const after = raw(again, inode);
		for (let at = 0; at < size; at += 65_536)
			assert.notDeepEqual(after.subarray(at, at + 16), before.subarray(at, at + 16));
	});
});

describe('a folder that encrypts', () => {
	it('encrypts what is made in it, for its maker and the agents, in folders below too', async () => {
		const system = await start();
		const { volume, encryption } = system;
		const folder = volume.create(volume.root, 'f', 'directory', ownedBy(ann));
		encryption.setFolderEncryption(folder, true);
		const below = volume.create(folder, 'g', 'directory', ownedBy(ann));
		const inode = volume.create(below, 'a', 'file', ownedBy(ben));
		volume.write(inode, 0, content);
		volume.commit();
		assert.deepEqual(
			encryption.encryptionOf(inode)?.recipients.map(({ name }) => name),
			[ben],
		);
		assert.deepEqual(read(system, inode), content);
		assert.throws(() => encryption.requireKeys(inode, ann), refused);
		const stranger = ownedBy('S-1-5-21-9-9-9-9');
		assert.throws(() => volume.create(folder, 'b', 'file', stranger), { ...refused, message: /until you have a key/ });
		assert.equal(volume.find(folder, 'b'), undefined);
	});

	it('encrypts a plain file that enters it, or refuses it so that it is copied', async () => {
		const system = await start();
		const { volume, encryption } = system;
		const folder = volume.create(volume.root, 'f', 'directory', ownedBy(ann));
		encryption.setFolderEncryption(folder, true);
		const small = make(system, 'small');
		volume.rename({ directory: volume.root, name: 'small' }, { directory: folder, name: 'small' }, false);
		volume.commit();
		encryption.requireKeys(small, ann);
		assert.deepEqual(read(system, small), content);
		assert.equal(Buffer.from(raw(system, small)).includes(Buffer.from(content.subarray(0, 16))), false);
		const large = make(system, 'large', Uint8Array.of(1));
		volume.truncate(large, (16 << 20) + 1);
		volume.create(volume.root, 'g', 'directory', ownedBy(ann));
		for (const name of ['large', 'g'])
			assert.throws(() => volume.rename({ directory: volume.root, name }, { directory: folder, name }, false), {
				code: 'EXDEV',
			});
		assert.throws(() => volume.copy(large, folder, 'copy', ownedBy(ann)), { code: 'EXDEV' });
		volume.rename({ directory: folder, name: 'small' }, { directory: volume.root, name: 'back' }, false);
		assert.equal(encryption.isEncrypted(small), true);
	});
});

describe('programs that know nothing of encryption', () => {
	it('save by a new file renamed over the old one, and it stays encrypted for the same people', async () => {
		const system = await start();
		const { volume, encryption } = system;
		const old = encrypted(system, 'a');
		encryption.share(old, ann, [recipient(system, ben)]);
		const saved = make(system, 'a.saving', content.subarray(5));
		volume.rename({ directory: volume.root, name: 'a.saving' }, { directory: volume.root, name: 'a' }, true);
		volume.commit();
		for (const person of [ann, ben]) encryption.requireKeys(saved, person);
		assert.deepEqual(read(system, saved), content.subarray(5));
		assert.equal(Buffer.from(raw(system, saved)).includes(Buffer.from(content.subarray(5, 21))), false);
	});

	it('copy it without opening it, and the copy is as independent as any', async () => {
		const system = await start();
		const { volume, encryption } = system;
		const inode = encrypted(system, 'a');
		volume.write(inode, 3, Uint8Array.of(1, 2, 3));
		const copied = volume.copy(inode, volume.root, 'b', ownedBy(ann));
		volume.commit();
		const expected = read(system, inode);
		encryption.requireKeys(copied, ann);
		volume.write(inode, 0, new Uint8Array(50_000));
		volume.commit();
		assert.deepEqual(read(system, copied), expected);
		volume.write(copied, 100_000, new Uint8Array(10));
		volume.unlink(volume.root, 'a');
		volume.commit();
		expected.fill(0, 100_000, 100_010);
		assert.deepEqual(read(system, copied), expected);
	});

	it('go on reading what was deleted while they have it open', async () => {
		const system = await start();
		const { volume } = system;
		const inode = encrypted(system, 'a');
		volume.retain(inode);
		volume.unlink(volume.root, 'a');
		volume.write(inode, 0, Uint8Array.of(7));
		volume.rollback();
		assert.deepEqual(read(system, inode), content);
		volume.unlink(volume.root, 'a');
		volume.write(inode, 0, Uint8Array.of(7));
		volume.commit();
		assert.equal(read(system, inode)[0], 7);
		volume.release(inode);
		volume.commit();
		assert.throws(() => volume.stat(inode), { code: 'ENOENT' });
	});

	it('see no attribute of the encryption, and cannot set one', async () => {
		const system = await start();
		const inode = encrypted(system, 'a');
		assert.deepEqual(system.volume.listExtended(inode), []);
		assert.equal(system.volume.findExtended(inode, 'system.efs'), undefined);
		assert.throws(() => system.volume.setExtended(inode, 'system.efs', undefined), { code: 'EPERM' });
		system.volume.setAttributes(inode, 1);
		assert.equal(system.volume.stat(inode).attributes, 17);
	});
});

describe('a previous version', () => {
	it('is whole, opens with the key of then, and is given back as it was', async () => {
		const clock = new ManualClock();
		const inner = await openTestVolume(new SimulatedDisk(), { clock });
		const system = encryptVolume(inner, makePeople());
		const { volume, encryption } = system;
		const versions = volume.versions ?? assert.fail('there are none');
		const inode = encrypted(system, 'a');
		clock.advance(60_000);
		versions.expectChange(inode);
		// Several writes of one group, which make it longer: the version is as it was stored.
		volume.write(inode, size, Uint8Array.of(1));
		clock.advance(60_000);
		volume.write(inode, size + 70_000, Uint8Array.of(2));
		volume.commit();
		const [version] = versions.list(inode);
		assert.ok(version);
		assert.equal(versions.list(inode).length, 1);
		assert.throws(() => encryption.requireKeys(version.inode, ben), refused);
		encryption.requireKeys(version.inode, ann);
		assert.deepEqual(read(system, version.inode), content);
		versions.restore(inode, version.inode);
		volume.rollback();
		assert.equal(volume.stat(inode).size, size + 70_001);
		versions.restore(inode, version.inode);
		volume.commit();
		encryption.requireKeys(inode, ann);
		assert.deepEqual(read(system, inode), content);
	});

	it('is opened with its own key when it is given back, and by nobody for whom it never was', async () => {
		const clock = new ManualClock();
		const system = encryptVolume(await openTestVolume(new SimulatedDisk(), { clock }), makePeople());
		const { volume, encryption } = system;
		const versions = volume.versions ?? assert.fail('there are none');
		const old = encrypted(system, 'a');
		const saved = encrypted(system, 'a.saving');
		clock.advance(60_000);
		versions.expectChange(old);
		volume.rename({ directory: volume.root, name: 'a.saving' }, { directory: volume.root, name: 'a' }, true);
		volume.commit();
		encryption.share(saved, ann, [recipient(system, ben)]);
		volume.commit();
		encryption.requireKeys(saved, ben);
		const [version] = versions.list(saved);
		versions.restore(saved, version?.inode ?? 0);
		volume.commit();
		encryption.requireKeys(saved, ann);
		assert.deepEqual(read(system, saved), content);
		assert.throws(() => encryption.requireKeys(saved, ben), refused);
	});

	it('from before a file was encrypted makes no plain file of it', async () => {
		const clock = new ManualClock();
		const system = encryptVolume(await openTestVolume(new SimulatedDisk(), { clock }), makePeople());
		const { volume, encryption } = system;
		const versions = volume.versions ?? assert.fail('there are none');
		const inode = make(system, 'a');
		clock.advance(60_000);
		versions.expectChange(inode);
		volume.write(inode, 0, new Uint8Array(9));
		volume.commit();
		encryption.beginEncryption(inode, [recipient(system, ann)]);
		convertAll(system, inode);
		const [version] = versions.list(inode);
		versions.restore(inode, version?.inode ?? 0);
		volume.commit();
		assert.equal(encryption.isEncrypted(inode), true);
		encryption.requireKeys(inode, ann);
		assert.deepEqual(read(system, inode), content);
		assert.equal(Buffer.from(raw(system, inode)).includes(Buffer.from(content.subarray(0, 16))), false);
	});
});

describe('the raw form', () => {
	it('is read without a key and becomes the same file again', async () => {
		const system = await start();
		const { volume, encryption } = system;
		const inode = encrypted(system, 'a');
		volume.truncate(inode, 5_000_000);
		volume.commit();
		system.keys.logOff(ann);
		encryption.forgetKeysOf(ann);
		const form = new Uint8Array(encryption.rawSize(inode));
		for (let at = 0; at < form.length; ) at += encryption.readRaw(inode, at, form.subarray(at, at + 77_777));
		const restored = make(system, 'b', form);
		encryption.restoreRaw(restored);
		volume.commit();
		assert.throws(() => read(system, restored), refused);
		system.keys.logOn(ann);
		encryption.requireKeys(restored, ann);
		const expected = new Uint8Array(5_000_000);
		expected.set(content);
		assert.deepEqual(read(system, restored), expected);
		for (const damage of [form.subarray(0, form.length - 1), form.subarray(1), content, new Uint8Array()]) {
			const other = make(system, `damaged ${damage.length}`, damage);
			assert.throws(() => encryption.restoreRaw(other), { code: 'EINVAL' });
			volume.unlink(volume.root, `damaged ${damage.length}`);
		}
	});
});
