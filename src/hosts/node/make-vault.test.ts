import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, suite, test } from 'node:test';
import type { FileKey, OpenedRing, Piece } from '#vault/key-vault.ts';
import { stampBytes } from '#vault/key-vault.ts';
import { makeVault } from './make-vault.ts';

const vault = makeVault();
after(() => vault.close());

const context = new TextEncoder().encode('volume and person');
const info = new TextEncoder().encode('this file');
const associated = new TextEncoder().encode('this place');

const piecesOf = (bytes: Uint8Array, length: number): Piece[] =>
	Array.from({ length: Math.ceil(bytes.length / length) }, (_, index) => {
		const part = bytes.subarray(index * length, (index + 1) * length);
		return { from: part, into: part, associated, stamp: new Uint8Array(stampBytes) };
	});
const firstKey = ({ keys }: OpenedRing) => keys[0]!;
function sealForOpening(key: FileKey, length: number): { plain: Uint8Array; sealed: Uint8Array; pieces: Piece[] } {
	const plain = new Uint8Array(randomBytes(length));
	const sealed = plain.slice();
	const pieces = piecesOf(sealed, 16_384);
	vault.seal(key, pieces);
	return { plain, sealed, pieces };
}

suite('The key vault', () => {
	test('seals and opens pieces in one crossing, each under a nonce of its own', async () => {
		await vault.prepare();
		const key = vault.createFileKey();
		for (const length of [1, 16_384, 100_000, 3_000_000]) {
			const { plain, sealed, pieces } = sealForOpening(key, length);
			assert.notDeepEqual(sealed, plain);
			const nonces = new Set(pieces.map(({ stamp }) => Buffer.from(stamp.subarray(0, 12)).toString('hex')));
			assert.equal(nonces.size, pieces.length);
			assert.equal(vault.open(key, pieces), true);
			assert.deepEqual(sealed, plain);
		}
	});

	test('opens pieces while its caller does other things', () => {
		const key = vault.createFileKey();
		for (const length of [16_384, 1_000_000, 8_000_000]) {
			const { plain, sealed, pieces } = sealForOpening(key, length);
			const opening = vault.beginOpen(key, pieces);
			const other = sealForOpening(key, 700_000);
			assert.equal(vault.open(key, other.pieces), true);
			assert.equal(opening.finish(), true);
			assert.deepEqual(sealed, plain);
			assert.deepEqual(other.sealed, other.plain);
		}
	});

	test('refuses a piece that was changed in any part, and hands out nothing of the batch', () => {
		const key = vault.createFileKey();
		for (const part of ['into', 'stamp', 'associated'] as const) {
			const { sealed, pieces } = sealForOpening(key, 3_000_000);
			const changed = { ...pieces[77]!, [part]: pieces[77]![part].slice() };
			changed[part]![0]! ^= 1;
			const from = part === 'into' ? changed.into : changed.from;
			const tried = pieces.with(77, { ...changed, from });
			assert.equal(vault.open(key, tried), false);
			assert.ok(sealed.subarray(0, 77 * 16_384).every((byte) => byte === 0));
		}
		const { pieces } = sealForOpening(key, 10);
		assert.equal(vault.open(vault.createFileKey(), pieces), false);
	});

	test('wraps a file key for people, and unwraps it with their key and the same info alone', async () => {
		const [anna, bert] = await Promise.all([vault.createRing(context), vault.createRing(context)]);
		const key = vault.createFileKey();
		const { plain, sealed, pieces } = sealForOpening(key, 20_000);
		const wrapped = vault.wrapFileKey(key, firstKey(anna).record.publicKey, info);
		assert.equal(wrapped.encapsulated.length, 32);
		assert.equal(wrapped.ciphertext.length, 48);
		assert.equal(vault.unwrapFileKey(firstKey(bert).key, wrapped, info), undefined);
		assert.equal(vault.unwrapFileKey(firstKey(anna).key, wrapped, associated), undefined);
		const again = vault.unwrapFileKey(firstKey(anna).key, wrapped, info);
		assert.ok(again !== undefined);
		assert.deepEqual(vault.authenticate(again, plain), vault.authenticate(key, plain));
		assert.equal(vault.open(again, pieces), true);
		assert.deepEqual(sealed, plain);
	});

	test('forgets with a ring what the ring has unwrapped', async () => {
		const ring = await vault.createRing(context);
		const made = vault.createFileKey();
		const wrapped = vault.wrapFileKey(made, firstKey(ring).record.publicKey, info);
		const key = vault.unwrapFileKey(firstKey(ring).key, wrapped, info)!;
		vault.closeRing(ring.ring);
		vault.forgetFileKey(made);
		assert.throws(() => vault.seal(key, piecesOf(new Uint8Array(10), 10)), { code: 'EACCES' });
		assert.throws(() => vault.authenticate(made, info), { code: 'EACCES' });
		assert.throws(() => vault.unwrapFileKey(firstKey(ring).key, wrapped, info), { code: 'EACCES' });
		await assert.rejects(vault.sealSlot(ring.ring, { kind: 'none' }, context), { code: 'EACCES' });
	});

	test('refuses what is out of bounds, and goes on', () => {
		const key = vault.createFileKey();
		const piece = piecesOf(new Uint8Array(16), 16)[0]!;
		assert.throws(() => vault.seal(key, [{ ...piece, stamp: new Uint8Array(27) }]), { code: 'EINVAL' });
		assert.throws(() => vault.seal(key, [{ ...piece, into: new Uint8Array(1) }]), { code: 'EINVAL' });
		assert.throws(() => vault.authenticate(key, new Uint8Array(10_000_000)), { code: 'EINVAL' });
		assert.throws(() => vault.wrapFileKey(key, new Uint8Array(31), info), { code: 'EINVAL' });
		assert.throws(() => vault.wrapFileKey(key, new Uint8Array(32), info), { code: 'EINVAL' });
		vault.seal(key, [piece]);
		assert.equal(vault.open(key, [piece]), true);
	});
});

suite('A ring', () => {
	const slots = async (ring: number) => ({
		password: await vault.sealSlot(ring, { kind: 'password', password: 'Füße und Hände' }, context),
		none: await vault.sealSlot(ring, { kind: 'none' }, context),
		passkey: await vault.sealSlot(ring, { kind: 'passkey', output: new Uint8Array(32).fill(7) }, context),
	});

	test('opens by each of its secrets, in its own context alone', async () => {
		const made = await vault.createRing(context);
		const keys = made.keys.map(({ record }) => record);
		const { password, none, passkey } = await slots(made.ring);
		vault.closeRing(made.ring);
		const open = (slot: Uint8Array, opener: Parameters<typeof vault.openRing>[0]['opener'], where = context) =>
			vault.openRing({ slot, opener, context: where, keys });
		// The same letters, composed otherwise.
		const typed = 'Füße und Hände'.normalize('NFD');
		assert.ok(await open(password, { kind: 'password', password: typed }));
		assert.ok(await open(none, { kind: 'none' }));
		assert.ok(await open(passkey, { kind: 'passkey', output: new Uint8Array(32).fill(7) }));
		assert.equal(await open(password, { kind: 'password', password: 'Fuesse' }), undefined);
		assert.equal(await open(passkey, { kind: 'passkey', output: new Uint8Array(32) }), undefined);
		assert.equal(await open(none, { kind: 'none' }, info), undefined);
	});

	test('opens by its recovery code, as it is typed', async () => {
		const made = await vault.createRing(context);
		const code = await vault.createRecoveryCode();
		const slot = await vault.sealSlot(made.ring, { kind: 'recovery-code', code }, context);
		const request = { slot, context, keys: made.keys.map(({ record }) => record) };
		assert.ok(await vault.openRing({ ...request, opener: { kind: 'recovery-code', code: code.toLowerCase() } }));
		const other = await vault.createRecoveryCode();
		assert.equal(await vault.openRing({ ...request, opener: { kind: 'recovery-code', code: other } }), undefined);
		const mistyped = vault.openRing({ ...request, opener: { kind: 'recovery-code', code: `${code}X` } });
		await assert.rejects(mistyped, { code: 'EINVAL' });
	});

	test('opens nothing from a slot or a key record of which any byte was changed', async () => {
		const made = await vault.createRing(context);
		const keys = made.keys.map(({ record }) => record);
		const slot = await vault.sealSlot(made.ring, { kind: 'none' }, context);
		for (let index = 0; index < slot.length; index++) {
			const changed = slot.slice();
			changed[index]! ^= 1;
			const opened = vault.openRing({ slot: changed, opener: { kind: 'none' }, context, keys });
			assert.equal(await opened.catch(() => undefined), undefined, `byte ${index}`);
		}
		for (const part of ['name', 'publicKey', 'sealed'] as const)
			for (let index = 0; index < keys[0]![part].length; index++) {
				const bytes = keys[0]![part].slice();
				bytes[index]! ^= 1;
				const changed = [{ ...keys[0]!, [part]: bytes }];
				const opened = vault.openRing({ slot, opener: { kind: 'none' }, context, keys: changed });
				await assert.rejects(opened, { code: 'EILSEQ' }, `${part} ${index}`);
			}
	});

	test('computes nothing for a slot that asks for too much', async () => {
		const made = await vault.createRing(context);
		const slot = await vault.sealSlot(made.ring, { kind: 'password', password: 'a' }, context);
		const view = new DataView(slot.buffer, slot.byteOffset);
		for (const [place, value] of [
			[2, 0xffffffff],
			[2, 0],
			[6, 0],
			[6, 11],
		] as const) {
			const old = view.getUint32(place);
			view.setUint32(place, value);
			const opened = vault.openRing({ slot, opener: { kind: 'password', password: 'a' }, context, keys: [] });
			await assert.rejects(opened, { code: 'EILSEQ' });
			view.setUint32(place, old);
		}
	});

	test('is opened by an agent, who then opens what was made for its person', async () => {
		const agent = await vault.createAgent('a phrase', 'Agent of the house');
		const person = await vault.createRing(context);
		const wrapped = vault.wrapFileKey(vault.createFileKey(), firstKey(person).record.publicKey, info);
		const slot = await vault.sealSlot(person.ring, { kind: 'agent', publicKey: agent.publicKey }, context);
		const keys = person.keys.map(({ record }) => record);
		vault.closeRing(person.ring);
		assert.equal(await vault.openExport(agent.file, 'another phrase'), undefined);
		const opened = await vault.openExport(agent.file, 'a phrase');
		assert.deepEqual(opened?.keys[0]?.record.name, agent.name);
		const rescued = await vault.openRing({ slot, opener: { kind: 'agent', ring: opened!.ring }, context, keys });
		assert.ok(vault.unwrapFileKey(firstKey(rescued!).key, wrapped, info) !== undefined);
		const stranger = await vault.createRing(context);
		const tried = vault.openRing({ slot, opener: { kind: 'agent', ring: stranger.ring }, context, keys });
		assert.equal(await tried, undefined);
	});

	test('takes over the keys of another, and has them after it was opened anew', async () => {
		const old = await vault.createRing(context);
		const wrapped = vault.wrapFileKey(vault.createFileKey(), firstKey(old).record.publicKey, info);
		const made = await vault.createRing(context);
		await vault.addKey(made.ring);
		const adopted = await vault.adoptKeys(made.ring, old.ring);
		assert.equal(adopted.length, 1);
		assert.deepEqual(await vault.adoptKeys(made.ring, old.ring), []);
		vault.closeRing(old.ring);
		const slot = await vault.sealSlot(made.ring, { kind: 'none' }, context);
		const keys = [...made.keys, ...adopted].map(({ record }) => record);
		const opened = await vault.openRing({ slot, opener: { kind: 'none' }, context, keys });
		assert.ok(vault.unwrapFileKey(opened!.keys[1]!.key, wrapped, info) !== undefined);
	});

	for (const format of ['age', 'p12'] as const)
		test(`is saved as .${format} and opened from it by its passphrase alone`, async () => {
			const made = await vault.createRing(context);
			await vault.addKey(made.ring);
			const wrapped = vault.wrapFileKey(vault.createFileKey(), firstKey(made).record.publicKey, info);
			const file = await vault.exportKeys({ ring: made.ring, format, passphrase: 'correct horse', label: 'Anna' });
			vault.closeRing(made.ring);
			assert.equal(await vault.openExport(file, 'wrong'), undefined);
			const opened = await vault.openExport(file, 'correct horse');
			assert.equal(opened?.keys.length, 2);
			assert.ok(vault.unwrapFileKey(firstKey(opened!).key, wrapped, info) !== undefined);
		});

	test('is not opened from a file that holds no keys', async () => {
		await assert.rejects(vault.openExport(new Uint8Array(randomBytes(500)), 'a'), { code: 'EILSEQ' });
		await assert.rejects(vault.openExport(new Uint8Array(), 'a'), { code: 'EILSEQ' });
	});
});
