import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite, test } from 'node:test';
import { DevicePart, FileBlockDevice } from '#hosts/pc/installed-disk/block-device.ts';
import { makeEnvironmentBlock, parseEnvironmentBlock } from '#hosts/pc/installed-disk/environment-block.ts';
import { findFatFile } from '#hosts/pc/update/fat-file.ts';
import { makeComment, readSignedRelease, UpdateRefusal } from '#hosts/pc/update/signed-release.ts';
import { StateSector } from '#hosts/pc/update/state-sector.ts';
import { Updater } from '#hosts/pc/update/updater.ts';
import { compareVersions, isVersion } from '#hosts/pc/update/version.ts';
import { findProgram } from '../../tools/iso/requirements.ts';
import { getOutput } from '../../tools/setup/run-command.ts';
import { CutDisk } from './cut-disk.ts';
import { makeImage, makeSignedImage, makeSigningKey } from './signed-images.ts';

const slotBytes = 128 * 1024;
const key = makeSigningKey();

interface Shape {
	readonly state?: Readonly<Record<string, string>>;
	readonly running?: Partial<Updater['running']>;
	readonly whole?: CutDisk;
}

function makeUpdater({ state = { good: 'a', version_a: '1.0.0' }, running = {}, whole }: Shape = {}) {
	const disk = whole ?? new CutDisk(new Uint8Array(4096 + 2 * slotBytes));
	const block = new CutDisk(makeEnvironmentBlock(new Map(Object.entries(state))));
	const slots = { a: new DevicePart(disk, 4096, slotBytes), b: new DevicePart(disk, 4096 + slotBytes, slotBytes) };
	const updater = new Updater({
		running: { slot: 'a', isTrial: false, version: '1.0.0', floor: '0.5.0', key: key.publicFile, ...running },
		state: new StateSector(block, 0),
		slots,
	});
	return { updater, slots, block };
}

const reasonOf = (promise: Promise<unknown>): Promise<string> =>
	promise.then(
		() => 'taken',
		(error: unknown) => (error instanceof UpdateRefusal ? error.reason : `${(error as { code?: string }).code}`),
	);

suite('What is no update is refused before anything is written', () => {
	const whole = makeSignedImage(key, '2.0.0');

	async function refusalOf(image: Uint8Array, signature: string, shape: Shape = {}): Promise<string> {
		const { updater, slots } = makeUpdater(shape);
		const before = await updater.readState();
		const reason = await reasonOf(updater.install(new CutDisk(image), signature));
		assert.deepEqual(await updater.readState(), before, 'the state is as it was');
		assert.ok(
			(await slots.b.read(0, slotBytes)).every((byte) => byte === 0),
			'the slot is as it was',
		);
		return reason;
	}

	test('One changed bit, a cut-off end, a longer end', async () => {
		const changed = Uint8Array.from(whole.bytes);
		changed[50_000] = (changed[50_000] as number) ^ 1;
		assert.equal(await refusalOf(changed, whole.signature), 'damaged');
		assert.equal(await refusalOf(whole.bytes.subarray(0, -2048), whole.signature), 'damaged');
		assert.equal(await refusalOf(Buffer.concat([whole.bytes, new Uint8Array(2048)]), whole.signature), 'damaged');
	});

	test("Another's key, a forged comment, the signature of something else, no signature", async () => {
		const foreign = makeSignedImage(makeSigningKey(), '2.0.0');
		assert.equal(await refusalOf(foreign.bytes, foreign.signature), 'foreign');
		assert.equal(await refusalOf(whole.bytes, whole.signature.replace('2.0.0', '9.0.0')), 'forged');
		assert.equal(await refusalOf(whole.bytes, whole.signature.replace('floor=0.0.1', 'floor=0.0.0')), 'forged');
		const note = key.sign(whole.bytes, 'a note about Vitrine 2.0.0');
		assert.equal(await refusalOf(whole.bytes, note), 'foreign');
		for (const text of ['', 'untrusted comment: x\n', whole.signature.slice(0, 60), '\0'.repeat(500)])
			assert.equal(await refusalOf(whole.bytes, text), 'unreadable');
		assert.equal(await refusalOf(whole.bytes, whole.signature, { running: { key: undefined } }), 'foreign');
	});

	test('A version before the floor of the image, or of the disk', async () => {
		const old = makeSignedImage(key, '0.4.9');
		assert.equal(await refusalOf(old.bytes, old.signature), 'below-floor');
		const state = { good: 'a', floor: '2.0.1' };
		assert.equal(await refusalOf(whole.bytes, whole.signature, { state }), 'below-floor');
	});

	test('What does not fit into a slot', async () => {
		const large = makeSignedImage(key, '2.0.0', { sizeBytes: slotBytes + 2048 });
		assert.equal(await refusalOf(large.bytes, large.signature), 'too-large');
	});

	test('Anything while the running version is not the one that starts', async () => {
		const trial = { slot: 'b', isTrial: true } as const;
		assert.equal(await refusalOf(whole.bytes, whole.signature, { running: trial }), 'EBUSY');
	});
});

suite('An update', () => {
	test('It is written, tried once, and kept when it works; then its floor is the disk’s', async () => {
		const { updater, slots, block } = makeUpdater();
		const { bytes, signature } = makeSignedImage(key, '2.0.0', { floor: '1.5.0' });
		const told: string[] = [];
		const report = (step: string, done: number, total: number) => void told.push(`${step} ${done}/${total}`);
		await updater.install(new CutDisk(bytes), signature, { report });
		assert.deepEqual(Buffer.from(await slots.b.read(0, bytes.length)), Buffer.from(bytes));
		assert.deepEqual(
			told,
			['checking', 'writing', 'comparing'].map((step) => `${step} 90112/90112`),
		);
		const { pending, mayTry, versions } = await updater.readState();
		assert.deepEqual(
			{ pending, mayTry, versions },
			{ pending: 'b', mayTry: true, versions: { a: '1.0.0', b: '2.0.0' } },
		);
		const next = new Updater({
			running: { slot: 'b', isTrial: true, version: '2.0.0', floor: '1.5.0', key: key.publicFile },
			state: new StateSector(block, 0),
			slots,
		});
		await next.keep();
		assert.deepEqual(await next.readState(), {
			good: 'b',
			pending: undefined,
			mayTry: false,
			versions: { a: '1.0.0', b: '2.0.0' },
			floor: '1.5.0',
		});
	});

	test('Cancelled at any byte it leaves the running version, and a slot that holds nothing', async () => {
		const { bytes, signature } = makeSignedImage(key, '2.0.0');
		for (const at of ['checking', 'writing', 'comparing']) {
			const { updater, slots } = makeUpdater();
			const cancelled = new AbortController();
			const report = (step: string) => step === at && cancelled.abort();
			const work = { report, signal: cancelled.signal, stepBytes: 16_384 };
			assert.equal(await reasonOf(updater.install(new CutDisk(bytes), signature, work)), 'ECANCELED', at);
			const { good, pending } = await updater.readState();
			assert.deepEqual({ good, pending }, { good: 'a', pending: undefined });
			assert.ok(
				(await slots.b.read(16 * 2048, 2048)).every((byte) => byte === 0),
				at,
			);
		}
	});

	test('A disk that loses what is written to it is found out, and nothing is armed', async () => {
		class WornDisk extends CutDisk {
			override async write(place: number, bytes: Uint8Array): Promise<void> {
				const worn = Uint8Array.from(bytes);
				if (place > slotBytes) worn[7] = 0xff - (worn[7] as number);
				await super.write(place, worn);
			}
		}
		const { updater } = makeUpdater({ whole: new WornDisk(new Uint8Array(4096 + 2 * slotBytes)) });
		const { bytes, signature } = makeSignedImage(key, '2.0.0');
		assert.equal(await reasonOf(updater.install(new CutDisk(bytes), signature)), 'damaged');
		assert.equal((await updater.readState()).pending, undefined);
	});

	test('A version that did not come up can be tried again, or left', async () => {
		const state = { good: 'a', try: 'b', tries: '0', version_a: '1.0.0', version_b: '2.0.0' };
		const { updater } = makeUpdater({ state });
		await updater.tryOther();
		assert.equal((await updater.readState()).mayTry, true);
		await updater.withdraw();
		assert.equal((await updater.readState()).pending, undefined);
		const alone = makeUpdater();
		assert.equal(await reasonOf(alone.updater.tryOther()), 'ENOENT');
	});
});

suite('The state of the start', () => {
	test('Names that are not ours stay in the block, and a damaged block counts as GRUB counts it', async () => {
		const { updater, block } = makeUpdater({ state: { good: 'b', other: 'x' }, running: { slot: 'b' } });
		await updater.keep();
		assert.equal(parseEnvironmentBlock(await block.read(0, 512))?.get('other'), 'x');
		await block.write(0, new Uint8Array(512).fill(1));
		assert.equal((await updater.readState()).good, 'a');
	});

	test('The file stands where FAT says, in a file system that mkfs.vfat made', async (context) => {
		const mkfs = findProgram('mkfs.vfat');
		if (mkfs === undefined || findProgram('mcopy') === undefined)
			return context.skip('dosfstools or mtools is missing');
		const directory = await mkdtemp(path.join(tmpdir(), 'vitrine-fat-'));
		try {
			const image = path.join(directory, 'fat.img');
			await getOutput(mkfs, ['-F', '32', '-s', '1', '-C', image, '65536']);
			await writeFile(path.join(directory, 'grubenv'), makeEnvironmentBlock(new Map([['good', 'b']])));
			for (let number = 0; number < 40; number++) await getOutput('mmd', ['-i', image, `::a long name ${number}`]);
			await getOutput('mmd', ['-i', image, '::vitrine']);
			await getOutput('mcopy', ['-i', image, path.join(directory, 'grubenv'), '::vitrine/grubenv']);
			await using device = await FileBlockDevice.open(image, 'write');
			const sector = await StateSector.find(device);
			assert.equal((await sector.read()).good, 'b');
			await sector.change((state) => ({ ...state, good: 'a' }));
			const read = await getOutput('mtype', ['-i', image, '::vitrine/grubenv']);
			assert.match(read, /\ngood=a\n/);
			await assert.rejects(findFatFile(device, ['VITRINE', 'NOTHING']), /no NOTHING/);
			await assert.rejects(findFatFile(new CutDisk(makeImage(90_112)), ['VITRINE']), /no FAT32/);
		} finally {
			await rm(directory, { recursive: true });
		}
	});
});

suite('Versions', () => {
	test('They are compared by number', () => {
		const sorted = ['0.0.9', '0.1.0', '0.9.9', '0.10.0', '1.0.0', '1.0.10'];
		assert.deepEqual(sorted.toReversed().sort(compareVersions), sorted);
		for (const text of ['', '1', '1.0', '01.0.0', '1.0.0-x', '1.0.0\n', '-1.0.0', '1.0.0.0'])
			assert.equal(isVersion(text), false);
	});

	test('What is signed with an odd version is no update of Vitrine', () => {
		const comment = makeComment({ version: '2', floor: '1.0.0', sizeBytes: 1 });
		assert.throws(() => readSignedRelease(key.sign(new Uint8Array(1), comment), key.publicFile), { reason: 'foreign' });
	});
});
