import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { verifySignature, verifySum } from './verify-image.ts';
import { findObjections, readDeviceFacts, writeImage } from './write-image.ts';

let directory = '';
const content = randomBytes(9_000_000);
const at = (name: string) => path.join(directory, name);

before(async () => {
	directory = await mkdtemp(path.join(tmpdir(), 'vitrine-medium-'));
	await writeFile(at('vitrine.iso'), content);
});
after(() => rm(directory, { recursive: true }));

suite('Verifying an image', () => {
	const { privateKey, publicKey } = generateKeyPairSync('ed25519');
	const number = randomBytes(8);

	before(async () => {
		const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
		const line = Buffer.concat([Buffer.from('Ed'), number, raw]).toString('base64');
		await writeFile(at('key.pub'), `untrusted comment: a key\n${line}\n`);
		await writeFile(at('SHA256SUMS'), `${createHash('sha256').update(content).digest('hex')}  vitrine.iso\n`);
	});

	/** As minisign makes it; what is given stands for what a forger changes. */
	async function signImage(forged: { told?: string; keyNumber?: Buffer } = {}): Promise<void> {
		const comment = 'Vitrine';
		const { told = comment, keyNumber = number } = forged;
		const ofFile = sign(null, createHash('blake2b512').update(content).digest(), privateKey);
		const ofComment = sign(null, Buffer.concat([ofFile, Buffer.from(comment)]), privateKey);
		const first = Buffer.concat([Buffer.from('ED'), keyNumber, ofFile]).toString('base64');
		const lines = ['untrusted comment: x', first, `trusted comment: ${told}`, ofComment.toString('base64'), ''];
		await writeFile(at('vitrine.iso.minisig'), lines.join('\n'));
	}

	test('An image as it was published passes, by its sum and by its signature', async () => {
		await signImage();
		assert.equal((await verifySum(at('vitrine.iso'), at('SHA256SUMS'))).holds, true);
		assert.deepEqual(await verifySignature(at('vitrine.iso'), at('key.pub')), {
			holds: true,
			sentence: `vitrine.iso was signed with the key in ${at('key.pub')}: Vitrine`,
		});
	});

	test('One changed bit is found by both', async () => {
		await signImage();
		const changed = Buffer.from(content);
		changed[4_000_000] = (changed[4_000_000] as number) ^ 1;
		await writeFile(at('vitrine.iso'), changed);
		assert.equal((await verifySum(at('vitrine.iso'), at('SHA256SUMS'))).holds, false);
		assert.equal((await verifySignature(at('vitrine.iso'), at('key.pub'))).holds, false);
		await writeFile(at('vitrine.iso'), content);
	});

	test('A changed comment, another key and a missing line do not pass', async () => {
		await signImage({ told: 'A newer Vitrine' });
		assert.equal((await verifySignature(at('vitrine.iso'), at('key.pub'))).holds, false);
		await signImage({ keyNumber: randomBytes(8) });
		assert.match((await verifySignature(at('vitrine.iso'), at('key.pub'))).sentence, /another key/);
		await writeFile(at('other.iso'), content);
		assert.match((await verifySum(at('other.iso'), at('SHA256SUMS'))).sentence, /no line for other\.iso/);
	});
});

suite('Writing an image', () => {
	const roots = () => ({ sys: at('sys'), proc: at('proc') });

	async function plugIn(name: string, files: Readonly<Record<string, string>>): Promise<void> {
		await mkdir(at(`sys/block/${name}/device`), { recursive: true });
		for (const [file, text] of Object.entries(files)) await writeFile(at(`sys/block/${name}/${file}`), text);
	}

	before(async () => {
		await plugIn('sdb', { size: '31266816\n', removable: '1\n', 'device/model': 'Stick 16GB  \n' });
		await plugIn('sda', { size: '1000215216\n', removable: '0\n', 'device/model': 'Disk\n' });
		await mkdir(at('proc'), { recursive: true });
		await writeFile(at('proc/mounts'), '/dev/sda2 / ext4 rw 0 0\n/dev/sdb1 /media/stick vfat rw 0 0\n');
	});

	test('A disk, a device in use and one that is too small are refused, by name', async () => {
		const disk = findObjections(await readDeviceFacts('/dev/sda', roots()), 1000);
		assert.deepEqual(disk.length, 2);
		assert.match(disk[0] ?? '', /sda \(Disk\) is no removable device/);
		const stick = await readDeviceFacts('/dev/sdb', roots());
		assert.deepEqual(findObjections(stick, 1000), ['sdb is in use at /media/stick. Unmount it first.']);
		assert.match(findObjections({ ...stick, mounts: [] }, 1e12)[0] ?? '', /too small/);
		assert.deepEqual(findObjections({ ...stick, mounts: [] }, 1e9), []);
	});

	test('A part of a device is refused', async () => {
		await assert.rejects(readDeviceFacts('/dev/sdb1', roots()), /no whole disk or stick/);
	});

	test('What is written is compared, to the last byte', async () => {
		await writeFile(at('stick'), Buffer.alloc(10_000_000, 7));
		const parts: number[] = [];
		await writeImage(at('vitrine.iso'), at('stick'), (part) => parts.push(part));
		const written = await readFile(at('stick'));
		assert.ok(written.subarray(0, content.length).equals(content));
		assert.ok(written.subarray(content.length).every((byte) => byte === 7));
		assert.equal(parts.at(-1), 1);
	});

	test('A device that gives back something else is found out', async () => {
		await writeFile(at('worn'), Buffer.alloc(10_000_000));
		const wearOut = (part: number): void => {
			// Half of the way everything is written, and the comparison is about to reach what is damaged here.
			if (part === 0.5) damage(at('worn'), 8_999_999);
		};
		await assert.rejects(writeImage(at('vitrine.iso'), at('worn'), wearOut), /does not hold what was written/);
	});
});

function damage(file: string, place: number): void {
	const descriptor = openSync(file, 'r+');
	writeSync(descriptor, Buffer.from([(content[place] as number) ^ 1]), 0, 1, place);
	closeSync(descriptor);
}
