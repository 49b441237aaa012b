/** Copy, move, delete, restore, rename and their undo, on the real kernel. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OsError } from '#abi/errors.ts';
import { asked, FileMachine } from './file-machine.ts';

const documents = '/Users/Owner/Documents';
const pictures = '/Users/Owner/Pictures';

async function withFolder(): Promise<FileMachine> {
	const machine = await FileMachine.start();
	await machine.put({
		[`${documents}/lathe/`]: '',
		[`${documents}/lathe/parts/`]: '',
		[`${documents}/lathe/LATHE.EXE`]: 'MZ',
		[`${documents}/lathe/parts/bolt.nc`]: 'G0 X0',
	});
	await machine.system.pathSetTimes(`${documents}/lathe/LATHE.EXE`, 946_684_800_000);
	await machine.system.pathSetAttributes(`${documents}/lathe/LATHE.EXE`, 2);
	return machine;
}

test('a copied folder has the same content, dates and attributes', async () => {
	await using machine = await withFolder();
	await machine.done(machine.files.operations.copy([`${documents}/lathe`], pictures));
	assert.deepEqual(await machine.tree(pictures), ['lathe/', 'lathe/LATHE.EXE', 'lathe/parts/', 'lathe/parts/bolt.nc']);
	assert.equal(await machine.read(`${pictures}/lathe/parts/bolt.nc`), 'G0 X0');
	const { modifiedTime, attributes } = await machine.system.pathStat(`${pictures}/lathe/LATHE.EXE`);
	assert.deepEqual([modifiedTime, attributes], [946_684_800_000, 2]);
});

test('undo takes a copy back and redo makes it again', async () => {
	await using machine = await withFolder();
	const { operations, history } = machine.files;
	await machine.done(operations.copy([`${documents}/lathe`], pictures));
	assert.equal(history.nextUndo?.title, 'Copy of “lathe”');
	await machine.done(operations.undo());
	assert.deepEqual(await machine.tree(pictures), []);
	await machine.done(operations.redo());
	assert.equal((await machine.tree(pictures)).length, 4);
	await machine.done(operations.undo());
	assert.deepEqual(await machine.tree(pictures), []);
});

test('copying into the same folder makes a second one with a number', async () => {
	await using machine = await FileMachine.start();
	await machine.put({ [`${documents}/a.txt`]: 'one' });
	await machine.done(machine.files.operations.copy([`${documents}/a.txt`], documents));
	await machine.done(machine.files.operations.copy([`${documents}/a.txt`], documents));
	assert.deepEqual(await machine.tree(documents), ['a (2).txt', 'a (3).txt', 'a.txt']);
});

async function withManyFiles(): Promise<FileMachine> {
	const machine = await FileMachine.start();
	await machine.put({ [`${documents}/many/`]: '' });
	const names = Array.from({ length: 2000 }, (_, number) => `${documents}/many/${number}`);
	await Promise.all(names.map((name) => machine.put({ [name]: name })));
	return machine;
}

test('a cancelled copy of a folder leaves nothing behind', async () => {
	await using machine = await withManyFiles();
	const transfer = machine.files.operations.copy([`${documents}/many`], pictures);
	while ((await machine.staged()).length < 2) assert.ok(!transfer.ended);
	transfer.cancel();
	await transfer.finished;
	assert.equal(transfer.state, 'cancelled');
	assert.ok(transfer.itemsDone < transfer.itemsTotal);
	assert.deepEqual(await machine.tree(pictures), []);
	assert.deepEqual(await machine.staged(), []);
});

test('a paused copy stands still and goes on when it is resumed', async () => {
	await using machine = await withManyFiles();
	const transfer = machine.files.operations.copy([`${documents}/many`], pictures);
	while ((await machine.staged()).length < 2) assert.ok(!transfer.ended);
	transfer.pause();
	assert.equal(transfer.state, 'paused');
	// What the kernel has been asked for already is still done.
	let standing = -1;
	while (standing !== transfer.itemsDone) {
		standing = transfer.itemsDone;
		for (let calls = 0; calls < 10; calls++) await machine.system.volumeStatus();
	}
	assert.ok(standing < transfer.itemsTotal);
	assert.deepEqual(await machine.tree(pictures), []);
	transfer.resume();
	await machine.done(transfer);
	assert.equal((await machine.tree(pictures)).length, 2001);
});

test('a full disk stops the copy with clear words, and no half folder appears', async () => {
	await using machine = await FileMachine.start({ capacityBytes: 3_000_000 });
	await machine.put({ [`${documents}/set/`]: '' });
	for (const name of ['a', 'b', 'c']) {
		await machine.system.pathWrite(`${documents}/set/${name}`, new Uint8Array(700_000), 'create-new');
	}
	const transfer = machine.files.operations.copy([`${documents}/set`], pictures);
	await transfer.finished;
	assert.equal(transfer.failures.length, 1);
	assert.match(transfer.failures[0]?.reason ?? '', /The disk is full/);
	assert.deepEqual(await machine.tree(pictures), []);
	assert.equal((await machine.tree(documents)).length, 4);
});

test('replacing asks first, and undo brings the replaced file back', async () => {
	await using machine = await FileMachine.start();
	await machine.put({ [`${documents}/a.txt`]: 'new', [`${pictures}/a.txt`]: 'old' });
	const transfer = machine.files.operations.copy([`${documents}/a.txt`], pictures);
	await asked(transfer);
	assert.equal(transfer.question?.existing.path, `${pictures}/a.txt`);
	assert.equal(transfer.question?.incoming.size, 3);
	transfer.question?.answer({ choice: 'replace', forAllFurther: false });
	await machine.done(transfer);
	assert.equal(await machine.read(`${pictures}/a.txt`), 'new');
	await machine.done(machine.files.operations.undo());
	assert.equal(await machine.read(`${pictures}/a.txt`), 'old');
});

test('what was to be replaced is in its place when its replacement does not fit', async () => {
	await using machine = await FileMachine.start({ capacityBytes: 40_000 });
	await machine.put({ [`${pictures}/a/`]: '', [`${pictures}/a/old`]: 'old', [`${documents}/x/`]: '' });
	await machine.put({ [`${documents}/x/a`]: 'x'.repeat(25_000) });
	const transfer = machine.files.operations.copy([`${documents}/x/a`], pictures);
	await asked(transfer);
	transfer.question?.answer({ choice: 'replace', forAllFurther: false });
	await transfer.finished;
	assert.match(transfer.failures[0]?.reason ?? '', /The disk is full/);
	assert.deepEqual(await machine.tree(pictures), ['a/', 'a/old']);
	assert.equal(await machine.files.recycleBin.isEmpty(), true);
	assert.equal(machine.files.history.nextUndo, undefined);
});

test('what is replaced stands in its place until its replacement is complete', async () => {
	await using machine = await FileMachine.start();
	await machine.put({ [`${documents}/disk.img`]: 'old' });
	const stood: Promise<string>[] = [];
	const file = new File([new Uint8Array(9 << 20)], 'disk.img');
	const slice = file.slice.bind(file);
	file.slice = (...range) => {
		stood.push(machine.read(`${documents}/disk.img`));
		return slice(...range);
	};
	const transfer = machine.files.bringIn([{ kind: 'file', name: file.name, file: async () => file }], documents);
	await asked(transfer);
	transfer.question?.answer({ choice: 'replace', forAllFurther: false });
	await machine.done(transfer);
	assert.deepEqual(await Promise.all(stood), ['old', 'old', 'old']);
	assert.equal((await machine.system.pathStat(`${documents}/disk.img`)).size, 9 << 20);
	await machine.done(machine.files.operations.undo());
	assert.equal(await machine.read(`${documents}/disk.img`), 'old');
});

test('a folder is not replaced by a file out of itself', async () => {
	await using machine = await FileMachine.start();
	await machine.put({ [`${documents}/a/`]: '', [`${documents}/a/b/`]: '', [`${documents}/a/b/a`]: 'inner' });
	const transfer = machine.files.operations.move([`${documents}/a/b/a`], documents);
	await asked(transfer);
	transfer.question?.answer({ choice: 'replace', forAllFurther: false });
	await transfer.finished;
	assert.equal(transfer.failures.length, 1);
	assert.equal(await machine.read(`${documents}/a/b/a`), 'inner');
});

test('one answer can hold for all further conflicts', async () => {
	await using machine = await FileMachine.start();
	const names = ['1', '2', '3', '4'];
	for (const name of names) await machine.put({ [`${documents}/${name}`]: 'new', [`${pictures}/${name}`]: 'old' });
	const transfer = machine.files.operations.copy(
		names.map((name) => `${documents}/${name}`),
		pictures,
	);
	await asked(transfer);
	assert.equal(transfer.question?.further, 3);
	transfer.question?.answer({ choice: 'keep-both', forAllFurther: true });
	await machine.done(transfer);
	assert.deepEqual(await machine.tree(pictures), ['1', '1 (2)', '2', '2 (2)', '3', '3 (2)', '4', '4 (2)']);
});

test('to merge all further folders replaces no file without a question', async () => {
	await using machine = await FileMachine.start();
	await machine.put({ [`${documents}/set/`]: '', [`${documents}/set/a`]: 'new' });
	await machine.put({ [`${pictures}/set/`]: '', [`${pictures}/set/a`]: 'old' });
	const transfer = machine.files.operations.copy([`${documents}/set`], pictures);
	await asked(transfer);
	const first = transfer.question;
	const second = new Promise<void>((resolve, reject) => {
		transfer.onChange(() => {
			if (transfer.question !== undefined && transfer.question !== first) resolve();
			else if (transfer.ended) reject(new Error('The file was replaced without a question.'));
		});
	});
	first?.answer({ choice: 'replace', forAllFurther: true });
	await second;
	assert.equal(transfer.question?.existing.path, `${pictures}/set/a`);
	transfer.question?.answer({ choice: 'skip', forAllFurther: true });
	await machine.done(transfer);
	assert.equal(await machine.read(`${pictures}/set/a`), 'old');
});

test('a skipped item stays where it was', async () => {
	await using machine = await FileMachine.start();
	await machine.put({ [`${documents}/a`]: 'new', [`${pictures}/a`]: 'old', [`${documents}/b`]: 'b' });
	const transfer = machine.files.operations.move([`${documents}/a`, `${documents}/b`], pictures);
	await asked(transfer);
	transfer.question?.answer({ choice: 'skip', forAllFurther: false });
	await machine.done(transfer);
	assert.equal(await machine.read(`${pictures}/a`), 'old');
	assert.deepEqual(await machine.tree(documents), ['a']);
});

test('moving a folder onto one of its name merges them, and undo separates them again', async () => {
	await using machine = await withFolder();
	await machine.put({ [`${pictures}/lathe/`]: '', [`${pictures}/lathe/notes.txt`]: 'n' });
	const transfer = machine.files.operations.move([`${documents}/lathe`], pictures);
	await asked(transfer);
	transfer.question?.answer({ choice: 'replace', forAllFurther: false });
	await machine.done(transfer);
	assert.deepEqual(await machine.tree(documents), []);
	assert.equal((await machine.tree(pictures)).length, 5);
	await machine.done(machine.files.operations.undo());
	assert.deepEqual(await machine.tree(pictures), ['lathe/', 'lathe/notes.txt']);
	assert.equal((await machine.tree(documents)).length, 4);
});

test('a folder is not moved or copied into itself', async () => {
	await using machine = await withFolder();
	for (const operation of ['move', 'copy'] as const) {
		const transfer = machine.files.operations[operation]([`${documents}/lathe`], `${documents}/lathe/parts`);
		await transfer.finished;
		assert.match(transfer.failures[0]?.reason ?? '', /into itself/);
	}
	assert.equal((await machine.tree(documents)).length, 4);
});

test('the Recycle Bin keeps place, name and dates, and makes missing folders again', async () => {
	await using machine = await withFolder();
	const { operations, recycleBin } = machine.files;
	await machine.done(operations.recycle([`${documents}/lathe/LATHE.EXE`]));
	await machine.done(operations.recycle([`${documents}/lathe`]));
	const items = await recycleBin.list();
	assert.deepEqual(items.map(({ name }) => name).sort(), ['LATHE.EXE', 'lathe']);
	const program = items.find(({ name }) => name === 'LATHE.EXE');
	assert.equal(program?.path, `${documents}/lathe/LATHE.EXE`);
	await machine.done(operations.restore([program?.id ?? '']));
	assert.deepEqual(await machine.tree(documents), ['lathe/', 'lathe/LATHE.EXE']);
	assert.equal((await machine.system.pathStat(`${documents}/lathe/LATHE.EXE`)).modifiedTime, 946_684_800_000);
	await machine.done(operations.undo());
	assert.deepEqual(await machine.tree(documents), []);
});

test('restoring onto a taken name asks', async () => {
	await using machine = await FileMachine.start();
	await machine.put({ [`${documents}/a.txt`]: 'first' });
	await machine.done(machine.files.operations.recycle([`${documents}/a.txt`]));
	await machine.put({ [`${documents}/a.txt`]: 'second' });
	const [item] = await machine.files.recycleBin.list();
	const transfer = machine.files.operations.restore([item?.id ?? '']);
	await asked(transfer);
	transfer.question?.answer({ choice: 'keep-both', forAllFurther: false });
	await machine.done(transfer);
	assert.deepEqual(await machine.tree(documents), ['a (2).txt', 'a.txt']);
	assert.equal(await machine.read(`${documents}/a (2).txt`), 'first');
});

test('an emptied Recycle Bin is empty, and an orphaned record is forgotten', async () => {
	const orphan = JSON.stringify({ path: '/x', kind: 'file', bytes: 1, deletedTime: 1 });
	await using machine = await FileMachine.start();
	await machine.put({ [`${documents}/a`]: 'a', [`${documents}/b`]: 'b', '/Recycle Bin/Owner/x.json': orphan });
	await machine.done(machine.files.operations.recycle([`${documents}/a`, `${documents}/b`]));
	assert.equal((await machine.files.recycleBin.list()).length, 2);
	await machine.done(machine.files.operations.emptyRecycleBin());
	assert.equal(await machine.files.recycleBin.isEmpty(), true);
	assert.deepEqual(await machine.tree('/Recycle Bin/Owner'), []);
});

test('looking into the Recycle Bin while files are deleted loses none of them', async () => {
	await using machine = await withManyFiles();
	const { operations, recycleBin } = machine.files;
	const paths = Array.from({ length: 300 }, (_, number) => `${documents}/many/${number}`);
	const transfer = operations.recycle(paths);
	while (!transfer.ended) await recycleBin.list();
	await machine.done(transfer);
	assert.equal((await recycleBin.list()).length, 300);
	const undo = operations.undo();
	while (undo?.ended === false) await recycleBin.list();
	await machine.done(undo);
	assert.equal((await machine.tree(`${documents}/many`)).length, 2000);
	assert.equal(await recycleBin.isEmpty(), true);
});

test('the record of a deleted file is read once, however often one looks', async () => {
	await using machine = await FileMachine.start();
	const names = Array.from({ length: 50 }, (_, number) => `${documents}/${number}`);
	for (const name of names) await machine.put({ [name]: '' });
	const { operations, recycleBin } = machine.files;
	await machine.done(operations.recycle(names));
	const read = machine.system.pathRead.bind(machine.system);
	let reads = 0;
	machine.system.pathRead = (...parameters) => {
		reads++;
		return read(...parameters);
	};
	const [first, second] = [await recycleBin.list(), await recycleBin.list()];
	assert.deepEqual(second, first);
	assert.equal(reads, 50);
	const gone = first[0]?.id ?? '';
	await recycleBin.remove(gone);
	assert.equal((await recycleBin.list()).length, 49);
});

test('what somebody else has put into the Recycle Bin is shown, not removed', async () => {
	await using machine = await FileMachine.start();
	await machine.put({
		'/Recycle Bin/Owner/notes.json': '{"mine":1}',
		'/Recycle Bin/Owner/letter': 'Dear',
		'/Recycle Bin/Owner/o.json': '0',
	});
	const items = await machine.files.recycleBin.list();
	assert.deepEqual(items.map(({ name, bytes }) => [name, bytes]).sort(), [
		['letter', 4],
		['notes.json', 10],
		['o.json', 1],
	]);
	await machine.done(machine.files.operations.restore(['letter']));
	assert.equal(await machine.read('/letter'), 'Dear');
	await machine.done(machine.files.operations.emptyRecycleBin());
	assert.deepEqual(await machine.tree('/Recycle Bin/Owner'), []);
});

test('twelve operations of all kinds are undone and redone in order', async () => {
	await using machine = await withFolder();
	const { operations } = machine.files;
	const states: string[] = [];
	const note = async (): Promise<void> => {
		const trees = await Promise.all([documents, pictures].map((folder) => machine.tree(folder)));
		states.push(JSON.stringify(trees));
	};
	await note();
	const steps: (() => Promise<unknown>)[] = [
		() => operations.makeFolder(pictures, 'New folder'),
		() => operations.makeFolder(pictures, 'New folder'),
		() => operations.rename(`${pictures}/New folder`, 'Jobs'),
		() => machine.done(operations.copy([`${documents}/lathe`], `${pictures}/Jobs`)),
		() => machine.done(operations.move([`${pictures}/Jobs/lathe/parts`], pictures)),
		() => operations.makeFile(documents, 'note.txt'),
		() => operations.rename(`${documents}/note.txt`, 'NOTE.TXT'),
		() => machine.done(operations.copy([`${documents}/NOTE.TXT`], documents)),
		() => machine.done(operations.renameMany([`${documents}/NOTE.TXT`, `${documents}/NOTE (2).TXT`], 'n')),
		() => machine.done(operations.recycle([`${documents}/n (1).TXT`, `${pictures}/parts`])),
		() => machine.done(operations.move([`${documents}/lathe`], `${pictures}/Jobs/lathe`)),
		() => machine.done(operations.recycle([`${pictures}/Jobs`])),
	];
	for (const step of steps) {
		await step();
		await note();
	}
	for (let index = steps.length - 1; index >= 0; index--) {
		await machine.done(operations.undo());
		assert.equal(JSON.stringify(await Promise.all([documents, pictures].map((f) => machine.tree(f)))), states[index]);
	}
	assert.equal(operations.undo(), undefined);
	for (let index = 1; index <= steps.length; index++) {
		await machine.done(operations.redo());
		assert.equal(JSON.stringify(await Promise.all([documents, pictures].map((f) => machine.tree(f)))), states[index]);
	}
});

test('undo during a copy takes back the copy, not what was done before it', async () => {
	await using machine = await withFolder();
	const { operations } = machine.files;
	const made = await operations.makeFolder(pictures, 'kept');
	const copying = operations.copy([`${documents}/lathe`], pictures);
	await machine.done(operations.undo());
	assert.equal(copying.state, 'finished');
	assert.deepEqual(await machine.tree(pictures), ['kept/']);
	await machine.done(operations.undo());
	assert.deepEqual(await machine.tree(pictures), []);
	assert.equal(made, `${pictures}/kept`);
});

test('a name that is taken is refused', async () => {
	await using machine = await FileMachine.start();
	await machine.put({ [`${documents}/a`]: '', [`${documents}/b`]: '' });
	await assert.rejects(
		machine.files.operations.rename(`${documents}/a`, 'b'),
		(error: unknown) => error instanceof OsError && error.code === 'EEXIST',
	);
});

test('what an interrupted copy left is removed at the next start', async () => {
	await using machine = await FileMachine.start();
	await machine.put({
		'/Users/Owner/Settings/Unfinished copies/': '',
		'/Users/Owner/Settings/Unfinished copies/half': 'x',
	});
	await machine.files.open();
	assert.deepEqual(await machine.staged(), []);
});

test('attributes of a folder are set with all below, and undone', async () => {
	await using machine = await withFolder();
	const path = `${documents}/lathe/parts/bolt.nc`;
	await machine.done(machine.files.operations.setAttributes([`${documents}/lathe`], { set: 1, clear: 2, below: true }));
	assert.equal((await machine.system.pathStat(path)).attributes, 1);
	assert.equal((await machine.system.pathStat(`${documents}/lathe/LATHE.EXE`)).attributes, 1);
	await machine.done(machine.files.operations.undo());
	assert.equal((await machine.system.pathStat(path)).attributes, 0);
	assert.equal((await machine.system.pathStat(`${documents}/lathe/LATHE.EXE`)).attributes, 2);
});

test('settings of files that cannot be read or make no sense keep nobody out', async () => {
	await using machine = await FileMachine.start();
	const path = '/Users/Owner/Settings/files.json';
	await machine.put({ [`${path}/`]: '' });
	await machine.files.open();
	await machine.system.pathRemoveDirectory(path);
	await machine.put({
		[path]: JSON.stringify({ folderViews: { '/a': { kind: 'icons' }, '/b': 7 }, showHidden: 'yes' }),
	});
	await machine.files.open();
	const { settings } = machine.files;
	assert.equal(settings.viewOf('/a').kind, 'icons');
	assert.equal(settings.viewOf('/a').order.column, 'name');
	assert.equal(settings.viewOf('/b').kind, 'details');
	assert.equal(settings.content.showHidden, false);
});

test('folders that the system needs stay where they are, under their names', async () => {
	await using machine = await FileMachine.start();
	const { operations } = machine.files;
	const needed = ['/System', '/Users/Owner/Desktop', '/Recycle Bin'];
	for (const transfer of [
		operations.recycle(needed),
		operations.deleteForGood(needed),
		operations.move(needed, pictures),
	]) {
		await transfer.finished;
		assert.deepEqual(transfer.failures.map(({ path }) => path).sort(), [...needed].sort());
		assert.match(transfer.failures[0]?.reason ?? '', /^The system needs this folder/);
	}
	await assert.rejects(operations.rename('/System', 'Old system'), /needs this folder/);
	for (const path of needed) assert.equal((await machine.system.pathStat(path)).kind, 'directory');
});

test('what lies in a folder that is deleted too goes with it', async () => {
	await using machine = await withFolder();
	const { operations } = machine.files;
	const found = [`${documents}/lathe/LATHE.EXE`, `${documents}/lathe`, `${documents}/lathe/parts`];
	await machine.done(operations.recycle(found));
	assert.deepEqual(
		(await machine.files.recycleBin.list()).map(({ name }) => name),
		['lathe'],
	);
	await machine.done(operations.undo());
	await machine.done(operations.move(found, pictures));
	assert.deepEqual(await machine.tree(pictures), ['lathe/', 'lathe/LATHE.EXE', 'lathe/parts/', 'lathe/parts/bolt.nc']);
});

test('many are named after one, passing over the names that are taken', async () => {
	await using machine = await FileMachine.start();
	await machine.put({
		[`${documents}/a.txt`]: 'a',
		[`${documents}/b.md`]: 'b',
		[`${documents}/v1.2/`]: '',
		[`${documents}/x (1).txt`]: 'in the way',
	});
	const { operations } = machine.files;
	await machine.done(operations.renameMany([`${documents}/a.txt`, `${documents}/b.md`, `${documents}/v1.2`], 'x'));
	assert.deepEqual(await machine.tree(documents), ['x (1).txt', 'x (2).txt', 'x (3).md', 'x (4)/']);
	await machine.done(operations.undo());
	assert.deepEqual(await machine.tree(documents), ['a.txt', 'b.md', 'v1.2/', 'x (1).txt']);
});
