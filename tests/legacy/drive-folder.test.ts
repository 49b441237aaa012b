/** A folder as drive C:, on the real kernel: what the guest does to its files, the volume has, and nothing is lost. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attributeBits } from '#abi/attributes.ts';
import { DriveFolder, type ScanEntry } from '#legacy/dos/drive-folder.ts';
import { FileMachine } from '../desktop/file-machine.ts';

const root = '/Users/Owner/Desktop/GAME';

/** The engine's files as the guest changes them. */
class GuestFiles {
	readonly files = new Map<string, { bytes: Uint8Array<ArrayBuffer> | null; time: number }>();
	#time = 1000;

	static async load(folder: DriveFolder): Promise<GuestFiles> {
		const guest = new GuestFiles();
		for (const [path, bytes, time] of await folder.load(() => undefined)) guest.files.set(path, { bytes, time });
		return guest;
	}

	write(path: string, text: string): void {
		this.files.set(path, { bytes: new TextEncoder().encode(text), time: this.#time++ });
	}

	rename(from: string, to: string): void {
		const file = this.files.get(from);
		assert.ok(file);
		this.files.delete(from);
		this.files.set(to, file);
	}

	scan(): ScanEntry[] {
		return [...this.files].map(([path, { bytes, time }]) => [path, bytes?.length ?? -1, bytes === null ? 0 : time]);
	}

	async save(folder: DriveFolder): Promise<void> {
		await folder.save(this.scan(), async (path) => this.files.get(path)?.bytes ?? null);
	}
}

async function start(tree: Readonly<Record<string, string>>, capacityBytes?: number) {
	const machine = await FileMachine.start(capacityBytes === undefined ? {} : { capacityBytes });
	try {
		await machine.put({ [`${root}/`]: '' });
		await machine.put(Object.fromEntries(Object.entries(tree).map(([path, text]) => [`${root}/${path}`, text])));
		const folder = new DriveFolder(machine.system, root);
		return { machine, folder, guest: await GuestFiles.load(folder) };
	} catch (error) {
		// Left open, it would keep the test from ending.
		await machine[Symbol.asyncDispose]();
		throw error;
	}
}

async function read(machine: FileMachine, path: string): Promise<string> {
	return new TextDecoder().decode(await machine.system.pathRead(`${root}/${path}`, 1_000_000));
}

async function names(machine: FileMachine, path = ''): Promise<string[]> {
	return (await machine.system.pathList(`${root}${path}`, '', 1000)).names;
}

test('files come into drive C: under names that DOS knows', async () => {
	const { machine, folder, guest } = await start({
		'play.exe': 'MZ',
		'Long name.text': 'x',
		'sub/': '',
		'sub/a.dat': '1',
	});
	await using _machine = machine;
	assert.deepEqual([...guest.files.keys()].sort(), ['LONGNA~1.TEX', 'PLAY.EXE', 'SUB', 'SUB/A.DAT']);
	assert.equal(folder.findDosPath('play.exe'), 'PLAY.EXE');
	assert.equal(folder.differsFrom(guest.scan()), false);
});

test('what the guest writes is on the volume, under the names the volume had', async () => {
	const { machine, folder, guest } = await start({ 'play.exe': 'MZ', 'Long name.text': 'old' });
	await using _machine = machine;
	guest.write('LONGNA~1.TEX', 'new');
	guest.write('SCORE.DAT', '9000');
	assert.equal(folder.differsFrom(guest.scan()), true);
	await guest.save(folder);
	assert.equal(await read(machine, 'Long name.text'), 'new');
	assert.equal(await read(machine, 'SCORE.DAT'), '9000');
	assert.deepEqual(await names(machine), ['Long name.text', 'SCORE.DAT', 'play.exe']);
	assert.equal(folder.differsFrom(guest.scan()), false);
});

test('folders made, files renamed and deleted follow', async () => {
	const { machine, folder, guest } = await start({ 'a.txt': 'A', 'sub/': '', 'sub/b.txt': 'B' });
	await using _machine = machine;
	guest.files.set('NEW', { bytes: null, time: 0 });
	guest.write('NEW/C.TXT', 'C');
	guest.rename('A.TXT', 'Z.TXT');
	guest.files.delete('SUB/B.TXT');
	guest.files.delete('SUB');
	await guest.save(folder);
	assert.deepEqual(await names(machine), ['NEW', 'Z.TXT']);
	assert.equal(await read(machine, 'Z.TXT'), 'A');
	assert.equal(await read(machine, 'NEW/C.TXT'), 'C');
});

test('a full disk loses neither the old file nor the change, which is saved once there is room', async () => {
	const { machine, folder, guest } = await start({ 'a.txt': 'A', 'big.dat': 'x'.repeat(40_000) }, 100_000);
	await using _machine = machine;
	guest.write('MORE.DAT', 'y'.repeat(50_000));
	await assert.rejects(guest.save(folder), /full/);
	assert.equal(await read(machine, 'a.txt'), 'A');
	await machine.system.pathUnlink(`${root}/big.dat`);
	guest.files.delete('BIG.DAT');
	await guest.save(folder);
	assert.equal((await read(machine, 'MORE.DAT')).length, 50_000);
});

test('a file that the person added meanwhile is left alone', async () => {
	const { machine, folder, guest } = await start({ 'a.txt': 'A' });
	await using _machine = machine;
	await machine.put({ [`${root}/mine.txt`]: 'mine' });
	guest.write('A.TXT', 'AA');
	await guest.save(folder);
	assert.deepEqual(await names(machine), ['a.txt', 'mine.txt']);
});

test('one file that cannot be saved does not keep the others back', async () => {
	const { machine, folder, guest } = await start({ 'a.txt': 'A', 'b.txt': 'B', 'c.txt': 'C' });
	await using _machine = machine;
	await machine.system.pathSetAttributes(`${root}/a.txt`, attributeBits.readOnly);
	guest.write('A.TXT', 'AA');
	guest.write('B.TXT', 'BB');
	guest.files.delete('C.TXT');
	await assert.rejects(guest.save(folder), /a\.txt/);
	assert.equal(await read(machine, 'a.txt'), 'A');
	assert.equal(await read(machine, 'b.txt'), 'BB');
	assert.equal(await read(machine, 'c.txt'), 'C', 'names go only when all content is there');
	await machine.system.pathSetAttributes(`${root}/a.txt`, 0);
	await guest.save(folder);
	assert.equal(await read(machine, 'a.txt'), 'AA');
	assert.deepEqual(await names(machine), ['a.txt', 'b.txt']);
});

test('a file that somebody else changed or made meanwhile is kept beside the guest’s', async () => {
	const { machine, folder, guest } = await start({ 'a.txt': 'A', 'gone.txt': 'G' });
	await using _machine = machine;
	await machine.put({ [`${root}/a.txt`]: 'by hand', [`${root}/NEW.TXT`]: 'mine', [`${root}/gone.txt`]: 'edited' });
	guest.write('A.TXT', 'AA');
	guest.write('NEW.TXT', 'guest');
	guest.files.delete('GONE.TXT');
	await guest.save(folder);
	guest.write('A.TXT', 'AAA');
	await guest.save(folder);
	assert.deepEqual(await names(machine), [
		'NEW (from outside).TXT',
		'NEW.TXT',
		'a (from outside).txt',
		'a.txt',
		'gone.txt',
	]);
	assert.equal(await read(machine, 'a (from outside).txt'), 'by hand');
	assert.equal(await read(machine, 'a.txt'), 'AAA');
	assert.equal(await read(machine, 'NEW (from outside).TXT'), 'mine');
	assert.equal(await read(machine, 'gone.txt'), 'edited');
});

test('no name of the guest leads out of the folder', async () => {
	const { machine, folder, guest } = await start({ 'a.txt': 'A' });
	await using _machine = machine;
	guest.write('../OUT.TXT', 'out');
	guest.write('IN.TXT', 'in');
	await assert.rejects(guest.save(folder), /EINVAL|not valid|invalid/i);
	assert.equal(await read(machine, 'IN.TXT'), 'in');
	await assert.rejects(machine.system.pathStat('/Users/Owner/Desktop/OUT.TXT'));
});

test('a large file that does not fit leaves nothing unfinished behind', async () => {
	const { machine, folder, guest } = await start({ 'a.txt': 'A' }, 18_000_000);
	await using _machine = machine;
	guest.write('BIG.DAT', 'x'.repeat(20_000_000));
	await assert.rejects(guest.save(folder), /full/);
	assert.deepEqual(await names(machine), ['a.txt']);
});

test('a file made again under the name of one that was deleted is that one, not another of like spelling', async () => {
	const { machine, folder, guest } = await start({ 'A.TXT': 'upper', 'a.txt': 'lower' });
	await using _machine = machine;
	guest.files.delete('A~1.TXT');
	await guest.save(folder);
	guest.write('A~1.TXT', 'again');
	guest.files.delete('A.TXT');
	await guest.save(folder);
	guest.write('A.TXT', 'first again');
	await guest.save(folder);
	assert.deepEqual(await names(machine), ['A.TXT', 'a.txt']);
	assert.equal(await read(machine, 'A.TXT'), 'first again');
	assert.equal(await read(machine, 'a.txt'), 'again');
});
