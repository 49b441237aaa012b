/** Headers of encrypted files: one spelling each, and nothing else is read. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { OsError } from '#abi/errors.ts';
import { equalBytes } from '#efs/byte-writer.ts';
import { stampLength } from '#efs/file-cipher.ts';
import {
	chunkSize,
	earlierAttribute,
	formatHeader,
	type Header,
	headerAttribute,
	noDigest,
	parseHeader,
	requireRecipients,
	wrapInfo,
} from '#efs/header.ts';
import { SeededRandom } from '../crash/test-volume.ts';
import { ReferenceCipher } from './reference-cipher.ts';
import { ReferenceKeys } from './reference-keys.ts';

function makeHeader(random: SeededRandom): Header {
	return {
		volume: random.bytes(16),
		file: random.bytes(16),
		epoch: 3,
		size: 2 ** 40,
		sealedChunks: 77,
		rest: 'none',
		boundary: 0,
		direction: 'up',
		earlierDigest: noDigest,
		root: random.bytes(32),
		wraps: [1, 2].map((count) => ({
			kind: count === 1 ? 'user' : 'agent',
			publicKey: random.bytes(32),
			encapsulated: random.bytes(32),
			ciphertext: random.bytes(48),
			name: count === 1 ? 'S-1-5-21-1-2-3-1000' : 'Wiederherstellung für alle',
		})),
	};
}

it('is read as it was written', () => {
	const header = makeHeader(new SeededRandom(1));
	const message = formatHeader(header);
	const mac = new Uint8Array(32).fill(7);
	assert.deepEqual(parseHeader(new Uint8Array(Buffer.concat([message, mac]))), { header, message, mac });
	assert.deepEqual([headerAttribute, earlierAttribute], ['system.efs', 'system.efs.earlier']);
});

it('is refused when it is cut, longer, of another version, or says what cannot be', () => {
	const message = formatHeader(makeHeader(new SeededRandom(2)));
	const whole = Buffer.concat([message, new Uint8Array(32)]);
	const refuses = (bytes: Uint8Array, code: string): void =>
		assert.throws(
			() => parseHeader(bytes),
			(error) => error instanceof OsError && error.code === code,
		);
	for (let length = 0; length < whole.length; length++) refuses(whole.subarray(0, length), 'EILSEQ');
	refuses(Buffer.concat([whole, Buffer.of(0)]), 'EILSEQ');
	for (const [at, value] of [
		[0, 0],
		[7, 3],
		[68, 2],
		[135, 3],
	] as const) {
		const changed = Buffer.from(whole);
		changed[at] = value;
		refuses(changed, 'EILSEQ');
	}
	for (const at of [4, 5, 6]) {
		const changed = Buffer.from(whole);
		changed[at] = 9;
		refuses(changed, 'ENOTSUP');
	}
});

it('names those for whom it is', () => {
	const cipher = new ReferenceCipher();
	const keys = new ReferenceKeys(cipher);
	const { recipient } = keys.add('S-1-5-21-1-2-3-1000');
	requireRecipients([recipient, ...keys.agents()]);
	for (const wrong of [
		[],
		[{ ...recipient, publicKey: new Uint8Array(31) }],
		[{ ...recipient, name: 'é'.repeat(128) }],
	])
		assert.throws(() => requireRecipients(wrong), { code: 'EINVAL' });
	keys.logOff(recipient.name);
	assert.deepEqual(keys.unlockedKeysOf(recipient.name), []);
	keys.logOn(recipient.name);
	assert.equal(keys.unlockedKeysOf(recipient.name).length, 1);
});

it('seals pieces under a nonce each, and opens none that was changed', () => {
	const cipher = new ReferenceCipher();
	const key = cipher.createFileKey();
	const plain = new Uint8Array(chunkSize).fill(5);
	const pieces = [0, 1].map((number) => ({
		from: plain,
		into: new Uint8Array(chunkSize),
		associated: Uint8Array.of(number),
		stamp: new Uint8Array(stampLength),
	}));
	cipher.seal(key, pieces);
	assert.equal(equalBytes(pieces[0]?.stamp ?? noDigest, pieces[1]?.stamp ?? noDigest), false);
	const back = pieces.map(({ into, associated, stamp }) => ({ from: into, into: into.slice(), associated, stamp }));
	assert.equal(cipher.open(key, back), true);
	assert.deepEqual(back[1]?.into, plain);
	assert.equal(cipher.beginOpen(key, [{ ...back[0], associated: Uint8Array.of(1) } as never]).finish(), false);
});

it('wraps a file key for one person and one file', () => {
	const cipher = new ReferenceCipher();
	const random = new SeededRandom(3);
	const header = makeHeader(random);
	const [ann, ben] = [cipher.createPerson(), cipher.createPerson()];
	const info = wrapInfo(header, { kind: 'user', publicKey: ann.publicKey, name: '' });
	const key = cipher.createFileKey();
	const wrapped = cipher.wrapFileKey(key, ann.publicKey, info);
	const opened = cipher.unwrapFileKey(ann.key, wrapped, info) ?? assert.fail('it does not open');
	assert.deepEqual(
		cipher.authenticate(opened, random.bytes(9).fill(1)),
		cipher.authenticate(key, new Uint8Array(9).fill(1)),
	);
	assert.equal(cipher.unwrapFileKey(ben.key, wrapped, info), undefined);
	assert.equal(
		cipher.unwrapFileKey(ann.key, wrapped, wrapInfo({ ...header, epoch: 4 }, { kind: 'user', ...ann, name: '' })),
		undefined,
	);
});
