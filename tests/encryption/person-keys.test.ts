/** Whose keys there are, over rings and a vault that say what the test wants. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyIdentifier } from '#efs/key-identifier.ts';
import type { KeyRings, OpenRing } from '#kernel/encryption/key-rings.ts';
import { VaultPersonKeys } from '#kernel/encryption/vault-person-keys.ts';
import type { KeyVault, OpenedRing, OpenKey, RingId } from '#vault/key-vault.ts';

const anna = 'S-1-5-21-1-2-3-1000';
const publicKey = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);
const openKey = (fill: number): OpenKey => ({
	key: fill,
	record: { name: new Uint8Array(16), publicKey: publicKey(fill), sealed: new Uint8Array() },
});

/** Accounts with one person, who has key 1 and perhaps an open ring. */
class OnePerson implements KeyRings {
	open: OpenRing | undefined;
	code = false;
	backedUp: string | undefined;
	#close: ((user: string) => void) | undefined;
	openRingOf = (user: string): OpenRing | undefined => (user === anna ? this.open : undefined);
	people = () => [{ sid: anna, publicKey: publicKey(1) }];
	hasRecoveryCode = (): boolean => this.code;
	contextOf = (): Uint8Array => new Uint8Array();
	backedUpKeyOf = (): string | undefined => this.backedUp;
	setBackedUpKey(_: string, key: string): void {
		this.backedUp = key;
	}
	addOlderKeys(): void {}
	onClosed(listener: (user: string) => void): void {
		this.#close = listener;
	}
	logOff(): void {
		this.#close?.(anna);
		this.open = undefined;
	}
}

function setUp(agents = 0) {
	const closed: RingId[] = [];
	const backup: OpenedRing = { ring: 9, keys: [openKey(7)] };
	const vault: Partial<KeyVault> = {
		openExport: async (_, passphrase) => (passphrase === 'right' ? backup : undefined),
		closeRing: (ring) => void closed.push(ring),
	};
	const rings = new OnePerson();
	const keys = new VaultPersonKeys(vault as KeyVault);
	const list = Array.from(
		{ length: agents },
		() => ({ kind: 'agent', publicKey: publicKey(5), name: 'Bank' }) as const,
	);
	keys.attach({ rings, agents: () => list, nameOf: () => 'Anna' });
	return { keys, rings, closed };
}

test('nothing is encrypted for a person without a way back', () => {
	const { keys, rings } = setUp();
	assert.equal(keys.recipientOf(anna), undefined);
	rings.code = true;
	assert.equal(keys.recipientOf(anna)?.name, anna);
	rings.code = false;
	rings.backedUp = keyIdentifier(publicKey(2));
	assert.equal(keys.recipientOf(anna), undefined, 'a backup of another key is no way back');
	rings.backedUp = keyIdentifier(publicKey(1));
	assert.deepEqual(keys.statusOf(anna).recovery, ['backup']);
	assert.notEqual(keys.recipientOf(anna), undefined);
	assert.notEqual(setUp(1).keys.recipientOf(anna), undefined, 'an agent is a way back');
	assert.equal(keys.recipientOf('S-1-5-21-1-2-3-1001'), undefined);
});

test('keys of a backup that were lent go when the person logs off', async () => {
	const { keys, rings, closed } = setUp();
	rings.open = { ring: 3, keys: [openKey(1)] };
	await assert.rejects(keys.openBackup(new Uint8Array(), 'wrong'), { code: 'EACCES' });
	keys.lend(anna, await keys.openBackup(new Uint8Array(), 'right'));
	assert.deepEqual(
		keys.unlockedKeysOf(anna).map(({ key }) => key),
		[1, 7],
	);
	rings.logOff();
	assert.deepEqual(closed, [9]);
	assert.deepEqual(keys.unlockedKeysOf(anna), []);
	rings.open = { ring: 4, keys: [openKey(1)] };
	assert.equal(keys.unlockedKeysOf(anna).length, 1);
});
