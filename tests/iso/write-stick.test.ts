/**
 * An image on its way to a stick: from a client through the keeper's socket to a loop device, read back there. Needs root and the
 * loop driver; without, it is skipped.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { EventEmitter, on } from 'node:events';
import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, beforeEach, suite, test } from 'node:test';
import type { AskLine } from '#hosts/common/machine-contract.ts';
import { FileBlockDevice } from '#hosts/pc/installed-disk/block-device.ts';
import { listDisks } from '#hosts/pc/keeper/disks/list-disks.ts';
import { planWrite } from '#hosts/pc/keeper/disks/plan-use.ts';
import { makeImageVerbs } from '#hosts/pc/keeper/image-verbs.ts';
import { KeeperServer } from '#hosts/pc/keeper/keeper-server.ts';
import { runTool, tryTool } from '#hosts/pc/keeper/run-tool.ts';
import { KeeperClient } from '#hosts/pc/keeper-client.ts';
import { makeSignedImage, makeSigningKey, type SignedImage } from '../update-cuts/signed-images.ts';

const mebibyte = 1024 * 1024;
const key = makeSigningKey();
/** No whole number of pieces. */
const image = makeSignedImage(key, '2.0.0', { sizeBytes: 9 * mebibyte + 2048 });

interface Watching {
	readonly signal?: AbortSignal;
	readonly whenStep?: (step: string) => void;
	/** All that there is was taken. */
	readonly whenSent?: () => void;
}

async function findObstacle(): Promise<string | false> {
	if (process.getuid?.() !== 0) return 'root is needed to make a file a disk';
	return (await tryTool('losetup', ['--find'])).status === 0 ? false : 'this system makes no file a disk';
}

suite('An image that is written to a stick', { skip: await findObstacle() }, () => {
	let root = '';
	let keeper: KeeperServer;
	let client: KeeperClient;
	let device = '';
	const told = new EventEmitter();
	before(async () => {
		root = await mkdtemp(path.join(tmpdir(), 'vitrine-stick-'));
		await mkdir(path.join(root, 'usr/share/vitrine'), { recursive: true });
		await writeFile(path.join(root, 'usr/share/vitrine/release.json'), '{"version":"1.0.0","floor":"1.0.0"}');
		await writeFile(path.join(root, 'usr/share/vitrine/update.pub'), key.publicFile);
		const verbs = new Map(Object.entries(makeImageVerbs({ root, kinds: ['loop'], allRemovable: true })));
		keeper = await KeeperServer.start({
			path: path.join(root, 'door'),
			verbs,
			say: (sentence) => told.emit('said', sentence),
		});
		client = new KeeperClient(path.join(root, 'door'));
	});
	after(async () => {
		await keeper.close();
		await rm(root, { recursive: true });
	});
	beforeEach(async () => {
		const file = path.join(root, 'stick');
		{
			await using stick = await open(file, 'w');
			await stick.write(randomBytes(mebibyte), 0, mebibyte, 0);
			await stick.truncate(16 * mebibyte);
		}
		device = (await runTool('losetup', ['--find', '--show', file])).trim();
	});
	afterEach(() => runTool('losetup', ['--detach', device]));

	/** What the keeper says when a verb has failed, and all that it had to do is done. */
	async function nextFailure(): Promise<string> {
		for await (const [sentence] of on(told, 'said')) if (/^image\.\w+: /.test(sentence)) return sentence;
		throw new Error('unreachable');
	}
	async function identify(): Promise<string> {
		const found = (await listDisks({ kinds: ['loop'] })).find((disk) => disk.path === device);
		assert.ok(found);
		return found.identifier;
	}
	/** The last line, and the steps before. `whenStep` is told each. */
	async function send(
		verb: 'image.check' | 'image.write',
		{ bytes, signature }: Pick<SignedImage, 'bytes' | 'signature'>,
		{ signal, whenStep, whenSent }: Watching = {},
	) {
		const steps = new Set<string>();
		let last: AskLine | undefined;
		const onLine = (line: AskLine) => {
			last = line;
			if (!('progress' in line)) return;
			steps.add(line.progress.step);
			whenStep?.(line.progress.step);
		};
		const given = { signature, sizeBytes: image.bytes.length };
		const source = (async function* () {
			for (let place = 0; place < bytes.length; place += mebibyte) yield bytes.subarray(place, place + mebibyte);
			whenSent?.();
		})();
		await client.ask(
			{ verb, arguments: verb === 'image.check' ? given : { ...given, disk: await identify() } },
			{ source, onLine, ...(signal && { signal }) },
		);
		return { last, steps: [...steps] };
	}
	async function readStick(length: number): Promise<Uint8Array> {
		await using stick = await FileBlockDevice.open(device, 'read');
		await stick.forgetCached();
		return await stick.read(0, length);
	}
	const isEmpty = async () => (await readStick(mebibyte)).every((byte) => byte === 0);

	test('Every byte is on it, and was read back', async () => {
		assert.deepEqual(await send('image.check', image), { last: { result: {} }, steps: ['checking'] });
		const { last, steps } = await send('image.write', image);
		assert.deepEqual(last, { result: {} });
		assert.deepEqual(steps, ['preparing', 'writing', 'comparing']);
		assert.equal(Buffer.compare(await readStick(image.bytes.length), image.bytes), 0);
	});

	test('One that was changed is found out before anything is erased', async () => {
		const changed = Uint8Array.from(image.bytes);
		changed[5 * mebibyte] = (changed[5 * mebibyte] as number) ^ 1;
		const before = await readStick(mebibyte);
		const { last } = await send('image.check', { ...image, bytes: changed });
		assert.deepEqual(last, { failure: { code: 'EILSEQ', detail: 'the image is not what was signed' } });
		assert.equal(Buffer.compare(await readStick(mebibyte), before), 0);
	});

	test('One that changes after it was checked leaves an empty stick', async () => {
		const changed = Uint8Array.from(image.bytes);
		changed[5 * mebibyte] = (changed[5 * mebibyte] as number) ^ 1;
		const { last } = await send('image.write', { ...image, bytes: changed });
		assert.deepEqual(last, { failure: { code: 'EILSEQ', detail: 'the image is not what was signed' } });
		assert.equal(await isEmpty(), true);
	});

	test('One without a signature is written when a person says so, and read back all the same', async () => {
		const unsigned = { bytes: image.bytes, signature: '' };
		assert.deepEqual(await send('image.check', unsigned), { last: { result: {} }, steps: [] });
		assert.deepEqual((await send('image.write', unsigned)).last, { result: {} });
		assert.equal(Buffer.compare(await readStick(image.bytes.length), image.bytes), 0);
	});

	test('A stick that gives back something else is found out', async () => {
		const spoiling: Promise<void>[] = [];
		const spoil = async () => {
			await using stick = await FileBlockDevice.open(device, 'write');
			await stick.write(8 * mebibyte, randomBytes(512));
			await stick.flush();
		};
		let written = 0;
		const whenStep = (step: string) => {
			// All but the last piece is on the stick by then.
			if (step === 'writing' && ++written === 3) spoiling.push(spoil());
		};
		const { last } = await send('image.write', image, { whenStep });
		await Promise.all(spoiling);
		assert.equal(last !== undefined && 'failure' in last ? last.failure.code : '', 'EILSEQ');
		assert.equal(await isEmpty(), true);
	});

	test('Cancelled at any step, it leaves an empty stick', async () => {
		for (const wanted of ['preparing', 'writing', 'comparing']) {
			const leaving = new AbortController();
			const failed = nextFailure();
			const whenStep = (step: string) => step === wanted && leaving.abort();
			const { last } = await send('image.write', image, { signal: leaving.signal, whenStep });
			assert.equal(last !== undefined && 'failure' in last ? last.failure.code : '', 'ECANCELED', wanted);
			await failed;
			assert.equal(await isEmpty(), true, wanted);
		}
	});

	test('Bytes that end before they are all leave an empty stick', async () => {
		const leaving = new AbortController();
		const short = { ...image, bytes: image.bytes.subarray(0, 3 * mebibyte) };
		const failed = nextFailure();
		await send('image.write', short, { signal: leaving.signal, whenSent: () => leaving.abort() });
		assert.match(await failed, /^image\.write: The operation was cancelled/);
		assert.equal(await isEmpty(), true);
	});

	test('What the PC was started from, what is built in, and what is in use is refused', async () => {
		const [disk] = (await listDisks({ kinds: ['loop'] })).filter((candidate) => candidate.path === device);
		assert.ok(disk);
		assert.equal(planWrite({ ...disk, removable: true }), 'possible');
		assert.equal(planWrite({ ...disk, removable: false }), 'not-removable');
		assert.equal(planWrite({ ...disk, removable: true, startedFrom: true }), 'started-from');
		assert.equal(planWrite({ ...disk, removable: true, inUse: true }), 'in-use');
		assert.equal(planWrite({ ...disk, removable: true, inUse: true, isOpenDrive: true }), 'possible');
		await runTool('mkfs.ext4', ['-q', device]);
		const place = path.join(root, 'mounted');
		await mkdir(place);
		await runTool('mount', [device, place]);
		try {
			assert.deepEqual((await send('image.write', image)).last, { failure: { code: 'EINVAL', detail: 'in-use' } });
		} finally {
			await runTool('umount', [place]);
		}
	});

	test('A forged signature is no signature', async () => {
		const judge = (signature: string) =>
			client.askFor('image.judge', { signature, sizeBytes: image.bytes.length }) as Promise<object>;
		assert.deepEqual(await judge(image.signature), { verdict: 'signed', version: '2.0.0' });
		assert.deepEqual(await judge(''), { verdict: 'unsigned', version: '' });
		assert.deepEqual(await judge(image.signature.replace('2.0.0', '9.0.0')), { verdict: 'damaged', version: '' });
		const foreign = makeSignedImage(makeSigningKey(), '2.0.0', { sizeBytes: image.bytes.length });
		assert.deepEqual(await judge(foreign.signature), { verdict: 'unverifiable', version: '' });
		assert.deepEqual(
			(await send('image.write', { ...image, signature: image.signature.replace('2.0.0', '9.0.0') })).last,
			{
				failure: { code: 'EILSEQ', detail: 'the image is not what was signed' },
			},
		);
	});
});
