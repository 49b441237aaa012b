/** Live folders, the clipboard, bringing in and saving out, on the real kernel. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unzipSync } from 'fflate';
import { DirectoryModel } from '#desktop/files/directory-model.ts';
import { HostExport } from '#desktop/files/host-export.ts';
import { type HostItem, itemsOfFiles } from '#desktop/files/host-items.ts';
import { Transfer } from '#desktop/files/transfer.ts';
import { ProcessorWaits } from '../browser/processor-waits.ts';
import { FileMachine } from './file-machine.ts';

const documents = '/Users/Owner/Documents';
const pictures = '/Users/Owner/Pictures';
const byName = { order: { column: 'name', descending: false }, showHidden: false } as const;

function namesOf(model: DirectoryModel): string[] {
	return model.snapshot.entries.map(({ name }) => name);
}

/** Resolves at the next change after which the names are these. */
function becomes(model: DirectoryModel, names: readonly string[]): Promise<void> {
	return new Promise((resolve) => {
		const look = (): void => {
			if (JSON.stringify(namesOf(model)) === JSON.stringify(names)) resolve();
		};
		model.onChange(look);
		look();
	});
}

test('a folder is sorted and follows its changes', async () => {
	await using machine = await FileMachine.start();
	await machine.put({ [`${documents}/file 10`]: '', [`${documents}/file 9`]: '', [`${documents}/z/`]: '' });
	const model = new DirectoryModel(machine.system, documents, byName);
	await model.open();
	assert.deepEqual(namesOf(model), ['z', 'file 9', 'file 10']);
	await machine.put({ [`${documents}/file 1`]: 'x' });
	await becomes(model, ['z', 'file 1', 'file 9', 'file 10']);
	await machine.system.pathRename(`${documents}/file 9`, `${documents}/z/file 9`, false);
	await becomes(model, ['z', 'file 1', 'file 10']);
	await machine.system.pathSetAttributes(`${documents}/file 10`, 2);
	await becomes(model, ['z', 'file 1']);
	assert.equal(model.snapshot.hiddenCount, 1);
	model.setOptions({ showHidden: true });
	assert.equal(namesOf(model).length, 3);
	model.dispose();
});

test('a hundred thousand entries load in pages, and a flood of changes costs few updates', async () => {
	await using machine = await FileMachine.start();
	const makes: Promise<void>[] = [];
	for (let number = 0; number < 100_000; number++) {
		makes.push(machine.system.pathWrite(`${documents}/file ${number}`, new Uint8Array(), 'create-new'));
		if (makes.length >= 2000) await Promise.all(makes.splice(0));
	}
	const model = new DirectoryModel(machine.system, documents, byName);
	const waits = await ProcessorWaits.begin();
	const began = performance.now();
	await model.open();
	const tookMs = performance.now() - began - (await waits.since());
	assert.equal(model.snapshot.entries.length, 100_000);
	assert.deepEqual(namesOf(model).slice(0, 3), ['file 0', 'file 1', 'file 2']);
	assert.ok(tookMs < 3000, `it took ${tookMs} ms`);
	let updates = 0;
	model.onChange(() => updates++);
	const beganRemoving = performance.now();
	const removals = Array.from({ length: 5000 }, (_, number) =>
		machine.system.pathUnlink(`${documents}/file ${number}`),
	);
	await Promise.all(removals);
	await new Promise<void>((resolve) => {
		const look = (): void => void (model.snapshot.entries.length === 95_000 && resolve());
		model.onChange(look);
		look();
	});
	// What changes within 60 ms is one update, however long the machine takes for all.
	const most = 2 + (performance.now() - beganRemoving) / 60;
	assert.ok(updates <= most, `${updates} updates, at most ${most}`);
	model.dispose();
});

test('a folder that is not there says so', async () => {
	await using machine = await FileMachine.start();
	const model = new DirectoryModel(machine.system, '/nowhere', byName);
	await model.open();
	assert.equal(model.snapshot.state, 'failed');
});

test('cut files are pasted once and shown as cut until then', async () => {
	await using machine = await FileMachine.start();
	await machine.put({ [`${documents}/a`]: 'a' });
	const { clipboard, operations } = machine.files;
	clipboard.cut([`${documents}/a`]);
	assert.equal(clipboard.isCut(`${documents}/a`), true);
	await machine.done(clipboard.paste(pictures, operations));
	assert.equal(clipboard.isCut(`${documents}/a`), false);
	assert.equal(clipboard.paste(pictures, operations), undefined);
	assert.deepEqual(await machine.tree(pictures), ['a']);
});

function hostFile(name: string, content: BlobPart): HostItem {
	const file = new File([content], name, { lastModified: 946_684_800_000 });
	return { kind: 'file', name, file: async () => file };
}

test('a folder of the host comes in whole, with dates, and what may not come is named', async () => {
	await using machine = await FileMachine.start();
	const folder: HostItem = {
		kind: 'directory',
		name: 'OLDPROG',
		children: async () => [
			hostFile('PROG.EXE', 'MZ'),
			{ kind: 'directory', name: 'DATA', children: async () => [hostFile('naïve 😀.dat', 'x')] },
			hostFile('😀'.repeat(255), 'too long'),
			{ kind: 'file', name: 'gone', file: () => Promise.reject(new DOMException('gone', 'NotFoundError')) },
		],
	};
	const transfer = machine.files.bringIn([folder, hostFile('a/b', 'slash')], documents);
	await transfer.finished;
	assert.deepEqual(await machine.tree(documents), [
		'OLDPROG/',
		'OLDPROG/DATA/',
		'OLDPROG/DATA/naïve 😀.dat',
		'OLDPROG/PROG.EXE',
	]);
	assert.equal((await machine.system.pathStat(`${documents}/OLDPROG/PROG.EXE`)).modifiedTime, 946_684_800_000);
	const reasons = transfer.failures.map(({ reason }) => reason).sort();
	assert.equal(reasons.length, 3);
	assert.match(reasons[0] ?? '', /cannot contain the character/);
	assert.match(reasons[1] ?? '', /no longer on your computer/);
	assert.match(reasons[2] ?? '', /too long/);
	await machine.done(machine.files.operations.undo());
	assert.deepEqual(await machine.tree(documents), []);
});

test('a large file of the host comes in byte for byte', async () => {
	await using machine = await FileMachine.start();
	const bytes = new Uint8Array(13 * 1024 * 1024 + 7).map((_, index) => (index * 17) % 253);
	await machine.done(machine.files.bringIn([hostFile('disk.img', bytes)], documents));
	assert.equal(Buffer.compare(await machine.system.pathRead(`${documents}/disk.img`, 32 << 20), bytes), 0);
});

test('a full disk while bringing in leaves nothing half and says what to do', async () => {
	await using machine = await FileMachine.start({ capacityBytes: 8 << 20 });
	const transfer = machine.files.bringIn([hostFile('disk.img', new Uint8Array(32 << 20))], documents);
	await transfer.finished;
	assert.match(transfer.failures[0]?.reason ?? '', /The disk is full/);
	assert.deepEqual(await machine.tree(documents), []);
	assert.deepEqual(await machine.staged(), []);
});

test('files of a folder picker form their folders again', async () => {
	const file = (path: string): File => {
		const made = new File(['x'], path.split('/').at(-1) ?? '');
		Object.defineProperty(made, 'webkitRelativePath', { value: path });
		return made;
	};
	const [folder, ...others] = itemsOfFiles([file('set/a'), file('set/sub/b')]);
	assert.equal(others.length, 0);
	assert.ok(folder?.kind === 'directory');
	assert.deepEqual(
		(await folder.children()).map(({ name }) => name),
		['a', 'sub'],
	);
});

test('a folder is saved as a ZIP that holds all of it', async () => {
	await using machine = await FileMachine.start();
	await machine.put({
		[`${documents}/set/`]: '',
		[`${documents}/set/empty/`]: '',
		[`${documents}/set/ä.txt`]: 'one\n'.repeat(1000),
		[`${documents}/set/nothing`]: '',
	});
	const transfer = new Transfer('export');
	let saved: { name: string; content: Blob } | undefined;
	await transfer.run(async () => {
		saved = await new HostExport(machine.system, transfer).export([`${documents}/set`]);
	});
	assert.deepEqual(transfer.failures, []);
	assert.equal(saved?.name, 'set.zip');
	const files = unzipSync(new Uint8Array(await (saved?.content ?? new Blob()).arrayBuffer()));
	assert.deepEqual(Object.keys(files).sort(), ['set/', 'set/empty/', 'set/nothing', 'set/ä.txt']);
	assert.equal(new TextDecoder().decode(files['set/ä.txt']), 'one\n'.repeat(1000));
	assert.equal(transfer.fraction, 1);
});

test('a ZIP of files from several folders holds each, and no name that leads out of where it is unpacked', async () => {
	await using machine = await FileMachine.start();
	await machine.put({
		[`${documents}/one/`]: '',
		[`${documents}/two/`]: '',
		[`${documents}/one/a.txt`]: '1',
		[`${documents}/two/a.txt`]: '2',
		[`${documents}/..\\..\\evil.txt`]: '3',
	});
	const transfer = new Transfer('export');
	const paths = [`${documents}/one/a.txt`, `${documents}/two/a.txt`, `${documents}/..\\..\\evil.txt`];
	const { content } = await new HostExport(machine.system, transfer).export(paths);
	const files = unzipSync(new Uint8Array(await content.arrayBuffer()));
	const texts = Object.entries(files).map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]);
	assert.deepEqual(texts, [
		['a.txt', '1'],
		['a (2).txt', '2'],
		['.._.._evil.txt', '3'],
	]);
});
