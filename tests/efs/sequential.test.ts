/** Reading a file from front to back while it is changed: what was opened ahead of the reader is never what was before. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { EncryptingVolume } from '#efs/encrypting-volume.ts';
import type { EncryptionKeys, Recipient } from '#efs/encryption-keys.ts';
import type { FileCipher } from '#efs/file-cipher.ts';
import type { Inode } from '#fs/file-system.ts';
import { makeVault } from '#hosts/node/make-vault.ts';
import { SimulatedDisk } from '../crash/simulated-disk.ts';
import { openTestVolume, SeededRandom } from '../crash/test-volume.ts';
import { ann, encryptVolume, makePeople } from './encrypted-test-volume.ts';

const size = 3_000_001;

/** Reads on and on in pieces, with changes in between, beside the bytes that must be there. */
function readAndChange(volume: EncryptingVolume, inode: Inode, random: SeededRandom): void {
	let expected = Buffer.from(random.bytes(size));
	let stored = Buffer.from(expected);
	volume.write(inode, 0, expected);
	volume.commit();
	for (let round = 0; round < 12; round++) {
		const step = random.pick([65_536, 200_000, 1 << 20, 4096 * 7]);
		for (let at = 0; at < expected.length; at += step) {
			const bytes = Buffer.alloc(step);
			const count = volume.read(inode, at, bytes);
			assert.ok(bytes.subarray(0, count).equals(expected.subarray(at, at + step)), `round ${round} at ${at}`);
			if (random.below(6) > 0) continue;
			const offset = random.below(expected.length);
			const change = Buffer.from(random.bytes(random.below(150_000)).subarray(0, size - offset));
			volume.write(inode, offset, change);
			const longer = Buffer.alloc(Math.max(expected.length, offset + change.length));
			longer.set(expected);
			longer.set(change, offset);
			expected = longer;
			const chance = random.below(4);
			if (chance === 0) {
				volume.rollback();
				expected = Buffer.from(stored);
			} else if (chance === 1) {
				volume.commit();
				stored = Buffer.from(expected);
			} else if (chance === 2) {
				const cut = size - random.below(500_000);
				volume.truncate(inode, cut);
				const shorter = Buffer.alloc(cut);
				shorter.set(expected.subarray(0, cut));
				expected = shorter;
			}
		}
		volume.commit();
		stored = Buffer.from(expected);
	}
}

describe('a file that is read from front to back and changed meanwhile', () => {
	it('is read as it is', async () => {
		const people = makePeople();
		const { volume, encryption } = encryptVolume(await openTestVolume(new SimulatedDisk()), people);
		for (const seed of [1, 2, 3]) {
			const inode = volume.create(volume.root, `${seed}`, 'file');
			encryption.beginEncryption(inode, [people.keys.recipientOf(ann) as Recipient]);
			encryption.requireKeys(inode, ann);
			readAndChange(volume, inode, new SeededRandom(seed));
		}
	});

	it('is read as it is with the vault in its own thread, and after a restart', async () => {
		const vault = makeVault();
		after(() => vault.close());
		const ring = await vault.createRing(new Uint8Array(8));
		const unlocked = ring.keys.map(({ key, record }) => ({ key, publicKey: record.publicKey }));
		const recipient: Recipient = { kind: 'user', name: ann, publicKey: unlocked[0]?.publicKey ?? assert.fail() };
		const keys: EncryptionKeys = { unlockedKeysOf: () => unlocked, recipientOf: () => recipient, agents: () => [] };
		const inner = await openTestVolume(new SimulatedDisk());
		const people = { cipher: vault as FileCipher, keys };
		const { volume, encryption } = encryptVolume(inner, people);
		const inode = volume.create(volume.root, 'a', 'file');
		encryption.beginEncryption(inode, [recipient]);
		readAndChange(volume, inode, new SeededRandom(4));
		encryption.beginRenewal(inode, ann, [recipient]);
		while (encryption.convert(inode, 1 << 20) !== undefined) volume.commit();
		volume.commit();
		const expected = Buffer.alloc(volume.stat(inode).size);
		volume.read(inode, 0, expected);
		const again = encryptVolume(inner, people);
		again.encryption.requireKeys(inode, ann);
		const bytes = Buffer.alloc(expected.length);
		for (let at = 0; at < bytes.length; at += 100_000) again.volume.read(inode, at, bytes.subarray(at, at + 100_000));
		assert.ok(bytes.equals(expected));
	});
});
