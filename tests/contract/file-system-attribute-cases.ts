/** Extended attributes, and directories that ignore case. */
import assert from 'node:assert/strict';
import { attributeBits } from '#abi/attributes.ts';
import type { FileSystem, Inode } from '#fs/file-system.ts';
import { assertFails, type Case, readText, text, writeFile } from './file-system-assertions.ts';

const value = (bytes: Uint8Array | undefined): string | undefined =>
	bytes === undefined ? undefined : new TextDecoder().decode(bytes);

export const attributeCases: readonly Case[] = [
	[
		'an extended attribute is set, replaced, listed in order and removed',
		(fs) => {
			for (const inode of [fs.create(fs.root, 'a', 'file'), fs.create(fs.root, 'd', 'directory'), fs.root]) {
				assert.deepEqual(fs.listExtended(inode), []);
				fs.setExtended(inode, 'user.b', text('one'));
				fs.setExtended(inode, 'user.a', new Uint8Array(65_536).fill(3));
				fs.setExtended(inode, 'user.é😀', text(''));
				fs.setExtended(inode, 'user.b', text('two'));
				assert.deepEqual(fs.listExtended(inode), ['user.a', 'user.b', 'user.é😀']);
				assert.equal(value(fs.findExtended(inode, 'user.b')), 'two');
				assert.equal(value(fs.findExtended(inode, 'user.é😀')), '');
				assert.deepEqual(fs.findExtended(inode, 'user.a'), new Uint8Array(65_536).fill(3));
				assert.equal(fs.findExtended(inode, 'user.B'), undefined);
				fs.setExtended(inode, 'user.a', undefined);
				fs.setExtended(inode, 'user.none', undefined);
				assert.deepEqual(fs.listExtended(inode), ['user.b', 'user.é😀']);
			}
			assertFails('ENOENT', () => fs.listExtended(9_999_999));
		},
	],
	[
		'a value that was handed over or given out is a copy',
		(fs) => {
			const inode = fs.create(fs.root, 'a', 'file');
			const bytes = text('kept');
			fs.setExtended(inode, 'user.a', bytes);
			bytes.fill(0);
			fs.findExtended(inode, 'user.a')?.fill(0);
			assert.equal(value(fs.findExtended(inode, 'user.a')), 'kept');
		},
	],
	[
		'attributes are the inode’s: every name shows them, a rename keeps them, a write leaves them',
		(fs) => {
			const inode = writeFile(fs, fs.root, 'a', 'x');
			fs.link(inode, fs.root, 'b');
			fs.setExtended(fs.find(fs.root, 'b') as Inode, 'user.a', text('1'));
			fs.rename({ directory: fs.root, name: 'a' }, { directory: fs.root, name: 'c' }, false);
			fs.write(inode, 0, text('y'));
			assert.equal(value(fs.findExtended(fs.find(fs.root, 'c') as Inode, 'user.a')), '1');
		},
	],
	[
		'a copy has those of programs and none of the system',
		(fs) => {
			const inode = writeFile(fs, fs.root, 'a', 'x');
			fs.setExtended(inode, 'user.a', text('1'));
			fs.setExtended(inode, 'system.a', text('2'));
			const copy = fs.copy(inode, fs.root, 'b');
			assert.deepEqual(fs.listExtended(copy), ['user.a']);
			fs.setExtended(copy, 'user.a', text('own'));
			assert.equal(value(fs.findExtended(inode, 'user.a')), '1');
		},
	],
	[
		'attributes go with their inode, alone or with its tree',
		(fs) => {
			const tree = fs.create(fs.root, 'tree', 'directory');
			const one = writeFile(fs, tree, 'one', 'x');
			const two = writeFile(fs, fs.root, 'two', 'x');
			for (const inode of [tree, one, two]) fs.setExtended(inode, 'user.a', text('1'));
			fs.removeTree(fs.root, 'tree');
			fs.unlink(fs.root, 'two');
			fs.commit();
			for (const inode of [tree, one, two]) assertFails('ENOENT', () => fs.listExtended(inode));
		},
	],
	[
		'a rollback undoes changes of attributes',
		(fs) => {
			const inode = writeFile(fs, fs.root, 'a', 'x');
			fs.setExtended(inode, 'user.a', text('1'));
			fs.commit();
			fs.setExtended(inode, 'user.a', text('2'));
			fs.setExtended(inode, 'user.b', text('3'));
			fs.rollback();
			assert.deepEqual(fs.listExtended(inode), ['user.a']);
			assert.equal(value(fs.findExtended(inode, 'user.a')), '1');
		},
	],
];

function makeFolded(fs: FileSystem): Inode {
	const directory = fs.create(fs.root, 'drive', 'directory');
	fs.setAttributes(directory, attributeBits.ignoresCase);
	return directory;
}

export const caseCases: readonly Case[] = [
	[
		'a directory that ignores case finds names of any case and keeps their spelling',
		(fs) => {
			const directory = makeFolded(fs);
			const file = writeFile(fs, directory, 'Straße Été.TXT', 'x');
			for (const name of ['Straße Été.TXT', 'STRAßE ÉTÉ.txt', 'straße e\u0301te\u0301.txt'])
				assert.deepEqual(fs.findEntry(directory, name), { name: 'Straße Été.TXT', inode: file });
			assert.equal(fs.find(directory, 'STRAßE'), undefined);
			assert.deepEqual(fs.list(directory, '', 9).names, ['Straße Été.TXT']);
			assert.equal(fs.find(fs.root, 'DRIVE'), undefined, 'the directory above does not');
		},
	],
	[
		'no second name of another case is made, by whatever way',
		(fs) => {
			const directory = makeFolded(fs);
			writeFile(fs, directory, 'Readme', 'x');
			const other = writeFile(fs, fs.root, 'other', 'y');
			assertFails('EEXIST', () => fs.create(directory, 'README', 'file'));
			assertFails('EEXIST', () => fs.create(directory, 'readme', 'directory'));
			assertFails('EEXIST', () => fs.createLink(directory, 'readme', 'x'));
			assertFails('EEXIST', () => fs.link(other, directory, 'README'));
			assertFails('EEXIST', () => fs.copy(other, directory, 'README'));
			const from = { directory: fs.root, name: 'other' };
			assertFails('EEXIST', () => fs.rename(from, { directory, name: 'README' }, false));
			fs.rename(from, { directory, name: 'README' }, true);
			assert.deepEqual(fs.list(directory, '', 9).names, ['README']);
			assert.equal(readText(fs, fs.find(directory, 'readme') as Inode), 'y');
		},
	],
	[
		'a rename changes the case, and removals take names of any case',
		(fs) => {
			const directory = makeFolded(fs);
			const file = writeFile(fs, directory, 'name', 'x');
			fs.rename({ directory, name: 'NAME' }, { directory, name: 'Name' }, false);
			assert.deepEqual(fs.list(directory, '', 9).names, ['Name']);
			assert.equal(fs.find(directory, 'name'), file);
			const below = fs.create(directory, 'Below', 'directory');
			fs.rename({ directory, name: 'below' }, { directory, name: 'BELOW' }, true);
			assert.equal(fs.find(directory, 'below'), below);
			assertFails('EINVAL', () => fs.rename({ directory, name: 'below' }, { directory: below, name: 'x' }, false));
			fs.unlink(directory, 'NAME');
			fs.removeDirectory(directory, 'below');
			fs.create(directory, 'tree', 'directory');
			fs.removeTree(directory, 'TREE');
			assert.deepEqual(fs.list(directory, '', 9).names, []);
		},
	],
	[
		'new directories in it ignore case too, moved ones stay as they are',
		(fs) => {
			const directory = makeFolded(fs);
			const below = fs.create(directory, 'below', 'directory');
			assert.equal(fs.stat(below).attributes, attributeBits.ignoresCase);
			assert.equal(fs.stat(fs.create(directory, 'file', 'file')).attributes, 0);
			const exact = fs.create(fs.root, 'exact', 'directory');
			fs.rename({ directory: fs.root, name: 'exact' }, { directory, name: 'moved' }, false);
			writeFile(fs, exact, 'a', '1');
			writeFile(fs, exact, 'A', '2');
			assert.equal(readText(fs, fs.find(exact, 'A') as Inode), '2');
		},
	],
	[
		'a directory cannot begin to ignore case while names would become one, nor can a file',
		(fs) => {
			const directory = fs.create(fs.root, 'd', 'directory');
			writeFile(fs, directory, 'a', '1');
			writeFile(fs, directory, 'A', '2');
			assertFails('EEXIST', () => fs.setAttributes(directory, attributeBits.ignoresCase));
			assertFails('EINVAL', () => fs.setAttributes(fs.find(directory, 'a') as Inode, attributeBits.ignoresCase));
			fs.unlink(directory, 'A');
			fs.setAttributes(directory, attributeBits.ignoresCase | attributeBits.hidden);
			assert.notEqual(fs.find(directory, 'A'), undefined);
			fs.setAttributes(directory, 0);
			assert.equal(fs.find(directory, 'A'), undefined);
		},
	],
];
