/** On loop devices: files that Linux takes for disks. They need root and the loop driver; without, these tests are skipped. */
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { mkdir, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, suite, test } from 'node:test';
import { FileBlockDevice } from '../../installed-disk/block-device.ts';
import { readTable, writeNewTable } from '../../installed-disk/gpt.ts';
import { leastDiskBytes, partitionNames, planInstalledDisk, sectorBytes } from '../../installed-disk/layout.ts';
import { MediumImage } from '../../installed-disk/medium-image.ts';
import { writeHeaderLayout } from '../header-layout.ts';
import { KeptSettings } from '../kept-settings.ts';
import { runTool, tryTool } from '../run-tool.ts';
import type { VerbWork } from '../verb.ts';
import { changePassphrase, makeDataPartition } from './data-partition.ts';
import { installTo } from './install.ts';
import { type Disk, findDisk, listDisks, partitionPath } from './list-disks.ts';
import { makeDataOn } from './make-data.ts';
import { planData, planInstall } from './plan-use.ts';

const options = { kinds: ['loop'] };
const mebibyte = 1024 * 1024;
const linuxData = '0FC63DAF-8483-4772-8E79-3D69D8477DE4';

let directory = '';
let devices: string[] = [];

async function makeFile(name: string, sizeBytes: number): Promise<string> {
	const file = path.join(directory, name);
	await using made = await open(file, 'w');
	await made.truncate(sizeBytes);
	return file;
}

async function attach(file: string, ...words: string[]): Promise<string> {
	const device = (await runTool('losetup', ['--find', '--show', ...words, file])).trim();
	devices.push(device);
	return device;
}

async function findLoop(device: string): Promise<Disk> {
	const disk = (await listDisks(options)).find((candidate) => candidate.path === device);
	assert.ok(disk, `${device} is listed`);
	return disk;
}

/** What an image looks like from outside: a disc's mark, a partition table, and bytes that are all different. */
async function makeImage(name: string, sizeBytes: number): Promise<string> {
	const file = await makeFile(name, sizeBytes);
	await using image = await FileBlockDevice.open(file, 'write');
	for (let place = 0; place < sizeBytes; place += mebibyte) await image.write(place, randomBytes(mebibyte));
	await image.write(16 * 2048 + 1, Buffer.from('CD001'));
	const part = { number: 1, name: 'ISO9660', type: linuxData, startSector: 64, sectors: 1024 };
	await writeNewTable(image, [part], randomUUID);
	return file;
}

function makeWork(signal = new AbortController().signal): VerbWork & { readonly steps: Set<string> } {
	const steps = new Set<string>();
	return { signal, steps, report: (step) => void steps.add(step) };
}

const loader = {
	bootImage: Uint8Array.from({ length: sectorBytes }, (_, index) => (index < 440 ? 0x90 : 0)),
	coreImage: new Uint8Array(4 * sectorBytes).fill(7),
	bootPartition: new Uint8Array(mebibyte).fill(9),
};

async function openImage(file: string): Promise<{ image: MediumImage; device: FileBlockDevice }> {
	const device = await FileBlockDevice.open(file, 'read');
	const image = await MediumImage.open(device);
	assert.ok(image, 'it is an image');
	return { image, device };
}

async function typeOf(partition: string): Promise<string> {
	const words = ['--probe', '--output', 'value', '--match-tag'];
	const tell = async (tag: string) => (await tryTool('blkid', [...words, tag, partition])).output.trim();
	return `${await tell('TYPE')} ${await tell('LABEL')}`;
}

async function findReasonToSkip(): Promise<string | false> {
	if (process.getuid?.() !== 0) return 'root is needed to make a file a disk';
	for (const tool of ['losetup', 'mkfs.ext4', 'cryptsetup', 'partx', 'wipefs'])
		if ((await tryTool(tool, ['--version']).catch(() => undefined)) === undefined) return `${tool} is missing`;
	const folder = await mkdtemp(path.join(tmpdir(), 'vitrine-loop-'));
	try {
		await using file = await open(path.join(folder, 'disk'), 'w');
		await file.truncate(mebibyte);
		const { status, output } = await tryTool('losetup', ['--find', '--show', path.join(folder, 'disk')]);
		if (status !== 0) return 'this system makes no file a disk';
		await runTool('losetup', ['--detach', output.trim()]);
		return false;
	} finally {
		await rm(folder, { recursive: true });
	}
}

const skip = await findReasonToSkip();

suite('Disks', { skip }, () => {
	before(async () => {
		directory = await mkdtemp(path.join(tmpdir(), 'vitrine-disks-'));
	});
	after(() => rm(directory, { recursive: true }));
	afterEach(async () => {
		for (const device of devices) {
			// Its partitions would come back with the next file.
			await tryTool('partx', ['--delete', device]);
			await runTool('losetup', ['--detach', device]);
		}
		devices = [];
	});

	test('A disk is listed with what is on it, and a part that is mounted makes it one in use', async () => {
		const device = await attach(await makeFile('listed', 80 * mebibyte));
		await runTool('mkfs.ext4', ['-q', '-L', 'OLD THINGS', device]);
		const disk = await findLoop(device);
		assert.deepEqual(
			disk.parts.map(({ label, format, sizeBytes }) => ({ label, format, sizeBytes })),
			[{ label: 'OLD THINGS', format: 'ext4', sizeBytes: 80 * mebibyte }],
		);
		assert.equal((await planData(disk)).use, 'possible');
		const place = path.join(directory, 'mounted');
		await mkdir(place);
		await runTool('mount', ['-o', 'ro', device, place]);
		try {
			const used = await findLoop(device);
			assert.equal(planInstall(used), 'in-use');
			await assert.rejects(makeDataOn(used, '', makeWork()), { code: 'EINVAL', detail: 'in-use' });
		} finally {
			await runTool('umount', [place]);
		}
		assert.equal(await typeOf(device), 'ext4 OLD THINGS');
	});

	test('A disk that was unplugged and another that came in its place are not taken for each other', async () => {
		const file = await makeFile('first', 64 * mebibyte);
		const device = await attach(file);
		const { identifier } = await findLoop(device);
		await runTool('losetup', ['--detach', device]);
		await runTool('losetup', [device, await makeFile('second', 64 * mebibyte)]);
		await assert.rejects(findDisk(identifier, options), { code: 'EINVAL' });
	});

	test('A disk that is too small, or that cannot be written, is told apart and left alone', async () => {
		const small = await findLoop(await attach(await makeFile('small', 32 * mebibyte)));
		assert.equal((await planData(small)).use, 'too-small');
		assert.equal(planInstall(small), 'too-small');
		const locked = await findLoop(await attach(await makeFile('locked', 128 * mebibyte), '--read-only'));
		assert.equal((await planData(locked)).use, 'read-only');
		const large = await findLoop(await attach(await makeFile('large', leastDiskBytes), '--sector-size', '4096'));
		assert.equal(planInstall(large), 'not-supported');
	});

	test('A data partition on another disk takes all of it', async () => {
		const device = await attach(await makeFile('data', 128 * mebibyte));
		const work = makeWork();
		await makeDataOn(await findLoop(device), '', work);
		assert.equal(await typeOf(partitionPath(device, 1)), 'ext4 VITRINE-DATA');
		const [part] = (await findLoop(device)).parts;
		assert.equal(part?.label, partitionNames.data);
		assert.equal(part.sizeBytes, 126 * mebibyte);
		assert.deepEqual([...work.steps], ['preparing', 'data']);
	});

	test('Behind an image a data partition leaves every byte of the image as it was', async () => {
		const imageBytes = 8 * mebibyte;
		const image = await makeImage('image-behind', imageBytes);
		const bytes = await readFile(image);
		const stick = await makeFile('stick', 160 * mebibyte);
		{
			await using device = await FileBlockDevice.open(stick, 'write');
			await device.write(0, bytes);
		}
		const device = await attach(stick);
		await runTool('partx', ['--update', device]);
		const started = { ...(await findLoop(device)), startedFrom: true };
		const plan = await planData(started);
		assert.deepEqual({ use: plan.use, erases: plan.erases }, { use: 'possible', erases: false });
		await makeDataOn(started, '', makeWork());
		assert.equal(await typeOf(partitionPath(device, 2)), 'ext4 VITRINE-DATA');
		const { image: found, device: opened } = await openImage(device);
		await using _ = opened;
		assert.equal(found.sizeBytes, imageBytes);
		assert.equal(Buffer.compare(await found.read(0, imageBytes), bytes), 0);
		assert.equal(Buffer.compare(await found.read(700, 40_000), bytes.subarray(700, 40_700)), 0);
		const again = { ...(await findLoop(device)), startedFrom: true };
		assert.equal((await planData(again)).use, 'there-already');
	});

	test('An installation lays the disk out, copies the image whole, and makes the disk start last', async () => {
		const imageFile = await makeImage('image-install', 12 * mebibyte);
		const device = await attach(await makeFile('target', leastDiskBytes + 64 * mebibyte));
		const { image, device: source } = await openImage(imageFile);
		await using _ = source;
		const work = makeWork();
		await installTo(await findLoop(device), { image, loader, passphrase: '' }, work);
		assert.deepEqual([...work.steps], ['preparing', 'copying', 'flushing', 'checking', 'data', 'loader']);
		await using disk = await FileBlockDevice.open(device, 'read');
		const plans = planInstalledDisk(disk.sizeBytes);
		assert.deepEqual((await readTable(disk))?.partitions, plans);
		const slot = plans.find(({ name }) => name === partitionNames.a);
		const copied = await disk.read((slot?.startSector ?? 0) * sectorBytes, 12 * mebibyte);
		assert.equal(Buffer.compare(copied, await readFile(imageFile)), 0);
		assert.equal(await typeOf(partitionPath(device, 5)), 'ext4 VITRINE-DATA');
		assert.deepEqual([...(await disk.read(510, 2))], [0x55, 0xaa]);
	});

	test('An installation that is cancelled leaves a disk that nothing starts from', async () => {
		const imageFile = await makeImage('image-cancel', 12 * mebibyte);
		const device = await attach(await makeFile('cancelled', leastDiskBytes));
		const { image, device: source } = await openImage(imageFile);
		await using _ = source;
		for (const step of ['preparing', 'copying', 'checking', 'data']) {
			const cancelling = new AbortController();
			const work = { signal: cancelling.signal, report: (now: string) => now === step && cancelling.abort() };
			await assert.rejects(
				installTo(await findLoop(device), { image, loader, passphrase: '' }, work),
				{ code: 'ECANCELED' },
				step,
			);
			await using disk = await FileBlockDevice.open(device, 'read');
			assert.equal(await readTable(disk), undefined, step);
			assert.equal(
				(await disk.read(0, sectorBytes)).every((byte) => byte === 0),
				true,
				step,
			);
			assert.deepEqual((await findLoop(device)).parts, [], step);
		}
	});

	test('What the disk gives back otherwise than it was written ends the installation', async () => {
		const imageFile = await makeImage('image-lying', 12 * mebibyte);
		const device = await attach(await makeFile('lying', leastDiskBytes));
		const { image, device: source } = await openImage(imageFile);
		await using _ = source;
		const target = await findLoop(device);
		// Somebody writes to the disk while it is checked, ahead of where the check is: the slot's own cache does not know of it.
		let isSpoilt = false;
		const report = (step: string) => {
			if (step !== 'checking' || isSpoilt) return;
			isSpoilt = true;
			const slot = planInstalledDisk(target.sizeBytes).find(({ name }) => name === partitionNames.a);
			spoil(device, (slot?.startSector ?? 0) * sectorBytes + 10 * mebibyte);
		};
		const work = { signal: new AbortController().signal, report };
		await assert.rejects(installTo(target, { image, loader, passphrase: '' }, work), { code: 'EILSEQ' });
	});

	test('What was chosen for the PC goes along to a data partition, and its keyboard stands before the passphrase', async () => {
		const settings = path.join(directory, 'settings');
		await new KeptSettings(settings).write('keyboard', 'de(nodeadkeys) us');
		await new KeptSettings(settings).write('time-zone', 'Europe/Berlin');
		const plain = await makeFile('with-settings', 64 * mebibyte);
		await makeDataPartition(plain, '', { settings });
		const read = (name: string) => runTool('debugfs', ['-R', `cat /settings/${name}`, plain]);
		assert.deepEqual([await read('keyboard'), await read('time-zone')], ['de(nodeadkeys) us\n', 'Europe/Berlin\n']);
		assert.equal((await tryTool('e2fsck', ['-f', '-n', plain])).status, 0);
		const encrypted = await makeFile('with-layout', 64 * mebibyte);
		await makeDataPartition(encrypted, 'passwörter', { derivation: cheap, settings }).catch((error: unknown) =>
			assert.match(String(error), /device-mapper/),
		);
		const layouts = async () =>
			(
				JSON.parse(await runTool('cryptsetup', ['token', 'export', '--token-id', '30', encrypted])) as {
					layouts: string;
				}
			).layouts;
		assert.equal(await layouts(), 'de(nodeadkeys) us');
		await writeHeaderLayout(encrypted, 'fr');
		assert.equal(await layouts(), 'fr');
	});

	test('An encrypted data partition opens by its passphrase alone, and by the new one when it was changed', async () => {
		const file = await makeFile('encrypted', 64 * mebibyte);
		const opens = async (passphrase: string) =>
			(await tryTool('cryptsetup', ['open', '--test-passphrase', '--key-file', '-', file], { input: passphrase }))
				.status;
		// Where Linux maps no devices, the encrypted partition is made and cannot be opened.
		await makeDataPartition(file, 'first words ä', { derivation: cheap }).catch((error: unknown) =>
			assert.match(String(error), /device-mapper/),
		);
		assert.equal(await typeOf(file), 'crypto_LUKS VITRINE-DATA');
		assert.deepEqual([await opens('first words ä'), await opens('first words')], [0, 2]);
		await assert.rejects(changePassphrase(file, { present: 'wrong words', next: 'next words' }, cheap), {
			code: 'EACCES',
		});
		await changePassphrase(file, { present: 'first words ä', next: 'next words' }, cheap);
		assert.deepEqual([await opens('first words ä'), await opens('next words')], [2, 0]);
	});
});

/** A derivation of the key that a test can wait for. */
const cheap = ['--pbkdf', 'pbkdf2', '--pbkdf-force-iterations', '1000'];

/** At once, so that nothing comes between it and what follows. */
function spoil(device: string, place: number): void {
	const disk = openSync(device, 'r+');
	writeSync(disk, randomBytes(sectorBytes), 0, sectorBytes, place);
	fsyncSync(disk);
	closeSync(disk);
}
