/**
 * The test vectors of docs/formats/efs2.md: files that are made with known keys and nonces are stored as the page says, and
 * what the page gives is opened. `VITRINE_WRITE_VECTORS=1` writes them anew, for a new version of the format.
 */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { it } from 'node:test';
import type { Inode } from '#fs/file-system.ts';
import { SimulatedDisk } from '../crash/simulated-disk.ts';
import { openTestVolume, SeededRandom } from '../crash/test-volume.ts';
import { ann, encryptVolume, ownedBy, type People } from './encrypted-test-volume.ts';
import { ReferenceCipher } from './reference-cipher.ts';
import { ReferenceKeys } from './reference-keys.ts';

const file = new URL('../../docs/formats/efs2-vectors.json', import.meta.url);

interface FileVector {
	readonly name: string;
	readonly plain: Readonly<Record<string, string>>;
	readonly size: number;
	/** Stored bytes by their offset; all others are zero. */
	readonly stored: Readonly<Record<string, string>>;
	readonly attributes: Readonly<Record<string, string>>;
}

interface Vectors {
	readonly recipient: { readonly name: string; readonly secret: string; readonly publicKey: string };
	readonly keys: readonly { readonly fileKey: string; readonly data: string; readonly header: string }[];
	readonly files: readonly FileVector[];
}

/** What is written, by offset. The second has a hole of 16 MiB and a tree above its map. */
const files: readonly { name: string; plain: Readonly<Record<string, Uint8Array>> }[] = [
	{ name: 'one chunk', plain: { 0: Buffer.from('A file of one chunk.') } },
	{ name: 'a hole and a tree', plain: { 16777216: Buffer.from('last') } },
];

function makePerson(): People<ReferenceCipher> & { secret: Uint8Array } {
	const random = new SeededRandom(2026);
	const secret = random.bytes(32);
	const cipher = new ReferenceCipher(random);
	const keys = new ReferenceKeys(cipher);
	keys.add(ann, secret);
	return { cipher, keys, secret };
}

async function makeVectors(): Promise<Vectors> {
	const person = makePerson();
	const inner = await openTestVolume(new SimulatedDisk());
	const { volume, encryption } = encryptVolume(inner, person);
	encryption.setFolderEncryption(volume.root, true);
	const vectors = files.map(({ name, plain }): FileVector => {
		const inode = volume.create(volume.root, name, 'file', ownedBy(ann));
		for (const [offset, bytes] of Object.entries(plain)) volume.write(inode, Number(offset), bytes);
		volume.commit();
		const { size } = inner.stat(inode);
		const stored = Object.fromEntries(
			Object.keys(plain).map((offset) => {
				const length = Math.min(65_536, size - Number(offset));
				return [offset, hex(read(inner, inode, Number(offset), length))];
			}),
		);
		const names = inner.listExtended(inode);
		const attributes = names.map((attribute) => [
			attribute,
			hex(inner.findExtended(inode, attribute) ?? new Uint8Array()),
		]);
		const plainText = Object.entries(plain).map(([offset, bytes]) => [offset, hex(bytes)]);
		return { name, plain: Object.fromEntries(plainText), size, stored, attributes: Object.fromEntries(attributes) };
	});
	const recipient = person.keys.recipientOf(ann) ?? assert.fail();
	inner.close();
	return {
		recipient: { name: ann, secret: hex(person.secret), publicKey: hex(recipient.publicKey) },
		keys: person.cipher.derivedKeys.map(({ fileKey, data, header }) => ({
			fileKey: hex(fileKey),
			data: hex(data),
			header: hex(header),
		})),
		files: vectors,
	};
}

it('files with known keys are stored as the vectors say', async () => {
	const vectors = await makeVectors();
	if (process.env.VITRINE_WRITE_VECTORS !== undefined)
		await writeFile(file, `${JSON.stringify(vectors, null, '\t')}\n`);
	assert.deepEqual(JSON.parse(await readFile(file, 'utf8')), vectors);
});

it('files that are put together from the vectors are opened', async () => {
	const { recipient, files: stored } = JSON.parse(await readFile(file, 'utf8')) as Vectors;
	const cipher = new ReferenceCipher();
	const keys = new ReferenceKeys(cipher);
	keys.add(recipient.name, Buffer.from(recipient.secret, 'hex'));
	const inner = await openTestVolume(new SimulatedDisk());
	for (const { name, plain, size, stored: content, attributes } of stored) {
		const inode = inner.create(inner.root, name, 'file');
		for (const [offset, bytes] of Object.entries(content))
			inner.write(inode, Number(offset), Buffer.from(bytes, 'hex'));
		inner.truncate(inode, size);
		for (const [attribute, value] of Object.entries(attributes))
			inner.setExtended(inode, attribute, Buffer.from(value, 'hex'));
		inner.setAttributes(inode, 16);
		const { volume, encryption } = encryptVolume(inner, { cipher, keys });
		encryption.requireKeys(inode, recipient.name);
		const whole = new Uint8Array(size);
		for (const [offset, bytes] of Object.entries(plain)) whole.set(Buffer.from(bytes, 'hex'), Number(offset));
		assert.deepEqual(read(volume, inode, 0, size), whole, name);
	}
	inner.close();
});

function read(
	files: { read(inode: Inode, offset: number, into: Uint8Array): number },
	inode: Inode,
	at: number,
	length: number,
) {
	const bytes = new Uint8Array(length);
	assert.equal(files.read(inode, at, bytes), length);
	return bytes;
}

function hex(bytes: Uint8Array): string {
	return Buffer.from(bytes).toString('hex');
}
