/** Symbolic links in the hands of the desktop: they are copied, moved and deleted themselves, never followed by it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostExport } from '#desktop/files/host-export.ts';
import { Transfer } from '#desktop/files/transfer.ts';
import { FileMachine } from './file-machine.ts';

const documents = '/Users/Owner/Documents';
const pictures = '/Users/Owner/Pictures';

/** A folder with links to a file, to a folder, to the folder itself, and to nothing. */
async function withLinks(): Promise<FileMachine> {
	const machine = await FileMachine.start();
	const { system } = machine;
	await machine.put({
		[`${documents}/kept/`]: '',
		[`${documents}/kept/letter.txt`]: 'dear',
		[`${documents}/set/`]: '',
		[`${documents}/set/file`]: 'own',
	});
	await system.pathMakeLink(`${documents}/set/to file`, '../kept/letter.txt');
	await system.pathMakeLink(`${documents}/set/to folder`, `${documents}/kept`);
	await system.pathMakeLink(`${documents}/set/round`, '.');
	await system.pathMakeLink(`${documents}/set/nowhere`, 'gone');
	return machine;
}

async function assertKept(machine: FileMachine): Promise<void> {
	assert.equal(await machine.read(`${documents}/kept/letter.txt`), 'dear');
}

test('a folder of links is copied with its links, not with what they point to', async () => {
	await using machine = await withLinks();
	await machine.done(machine.files.operations.copy([`${documents}/set`, `${documents}/set/round`], pictures));
	const names = (await machine.system.pathList(`${pictures}/set`, '', 99)).names;
	assert.deepEqual(names, ['file', 'nowhere', 'round', 'to file', 'to folder']);
	assert.equal(await machine.system.pathReadLink(`${pictures}/set/round`), '.');
	assert.equal(await machine.system.pathReadLink(`${pictures}/round`), '.');
	assert.equal(await machine.read(`${pictures}/set/to folder/letter.txt`), 'dear');
});

test('what deletes a link, to the bin or for good, leaves what it points to', async () => {
	await using machine = await withLinks();
	const { operations, history } = machine.files;
	const links = ['to file', 'to folder', 'round', 'nowhere'].map((name) => `${documents}/set/${name}`);
	await machine.done(operations.recycle(links));
	assert.deepEqual((await machine.system.pathList(`${documents}/set`, '', 99)).names, ['file']);
	await assertKept(machine);
	const items = await machine.files.recycleBin.list();
	assert.deepEqual(items.map(({ name }) => name).sort(), ['nowhere', 'round', 'to file', 'to folder']);
	assert.ok(history.nextUndo !== undefined);
	await machine.done(operations.undo());
	for (const link of links) assert.equal((await machine.system.pathStatLink(link)).kind, 'link');
	await machine.done(operations.deleteForGood([...links, `${documents}/set`]));
	await assertKept(machine);
	assert.deepEqual((await machine.system.pathList(documents, '', 99)).names.includes('set'), false);
});

test('attributes set for everything inside stay inside', async () => {
	await using machine = await withLinks();
	await machine.done(machine.files.operations.setAttributes([`${documents}/set`], { set: 2, clear: 0, below: true }));
	assert.equal((await machine.system.pathStat(`${documents}/set/file`)).attributes, 2);
	assert.equal((await machine.system.pathStat(`${documents}/kept`)).attributes, 0);
	assert.equal((await machine.system.pathStat(`${documents}/kept/letter.txt`)).attributes, 0);
});

test('a ZIP has the files behind links, and says which links lead to folders or nowhere', async () => {
	await using machine = await withLinks();
	const transfer = new Transfer('export');
	const { content } = await new HostExport(machine.system, transfer).export([`${documents}/set`]);
	const { unzipSync } = await import('fflate');
	const files = unzipSync(new Uint8Array(await content.arrayBuffer()));
	assert.deepEqual(Object.keys(files).sort(), ['set/', 'set/file', 'set/to file']);
	assert.deepEqual(
		transfer.failures.map(({ path }) => path).sort(),
		['nowhere', 'round', 'to folder'].map((name) => `${documents}/set/${name}`),
	);
});

test('a copied folder keeps its extended attributes and those of its files', async () => {
	await using machine = await withLinks();
	const { system } = machine;
	await system.pathSetExtendedAttribute(`${documents}/kept`, 'user.view', new Uint8Array([1]));
	await system.pathSetExtendedAttribute(`${documents}/kept/letter.txt`, 'user.origin', new Uint8Array([2]));
	await machine.done(machine.files.operations.copy([`${documents}/kept`], pictures));
	assert.deepEqual(await system.pathGetExtendedAttribute(`${pictures}/kept`, 'user.view'), new Uint8Array([1]));
	const copied = await system.pathGetExtendedAttribute(`${pictures}/kept/letter.txt`, 'user.origin');
	assert.deepEqual(copied, new Uint8Array([2]));
});
