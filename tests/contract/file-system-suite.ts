/**
 * What every `FileSystem` must do: one set of cases for the memory file system, the volume, and those to come.
 *
 * Rules of use: `fileSystemSuite('name', make)` in a test file; `make` gives an empty, committed file system. One that
 * stands for a directory of the host says so with `isHost`: it cannot undo, and has no attributes.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type FileSystem, type Inode, toNanoseconds } from '#fs/file-system.ts';
import { assertFails, type Case, counts, readAll, readText, text, writeFile } from './file-system-assertions.ts';
import { attributeCases, caseCases } from './file-system-attribute-cases.ts';
import { linkCases, sparseCases } from './file-system-link-cases.ts';

/** Everything that can be seen of a tree, to compare before and after. */
function picture(fileSystem: FileSystem, directory: Inode = fileSystem.root, path = ''): string[] {
	const page = fileSystem.list(directory, '', 100_000);
	return page.names.flatMap((name, index) => {
		const inode = page.inodes[index] as number;
		const { kind, size, links, attributes, modifiedTime } = fileSystem.stat(inode);
		const line = `${path}/${name} ${inode} ${kind} ${size} ${links} ${attributes} ${modifiedTime}`;
		if (kind === 'directory') return [line, ...picture(fileSystem, inode, `${path}/${name}`)];
		return [`${line} ${Buffer.from(readAll(fileSystem, inode)).toString('hex').slice(0, 4096)}`];
	});
}

const nameCases: readonly Case[] = [
	[
		'a new file is empty, has one name and is found',
		(fs) => {
			const inode = fs.create(fs.root, 'a', 'file');
			assert.equal(fs.find(fs.root, 'a'), inode);
			const stat = fs.stat(inode);
			assert.deepEqual([stat.kind, stat.size, stat.links, stat.attributes], ['file', 0, 1, 0]);
			assert.ok(stat.createdTime > 0n && stat.modifiedTime >= stat.createdTime);
		},
	],
	[
		'a name that is taken is refused and nothing changes',
		(fs) => {
			writeFile(fs, fs.root, 'a', 'kept');
			fs.commit();
			assertFails('EEXIST', () => fs.create(fs.root, 'a', 'directory'));
			assert.equal(fs.dirty, false);
			assert.equal(readText(fs, fs.find(fs.root, 'a') as Inode), 'kept');
		},
	],
	[
		'names are exact, and found without case when asked',
		(fs) => {
			const upper = fs.create(fs.root, 'README.TXT', 'file');
			assert.equal(fs.find(fs.root, 'readme.txt'), undefined);
			assert.deepEqual(fs.findFolded(fs.root, 'ReadMe.txt'), { name: 'README.TXT', inode: upper });
			const lower = fs.create(fs.root, 'readme.txt', 'file');
			assert.deepEqual(fs.findFolded(fs.root, 'readme.txt'), { name: 'readme.txt', inode: lower });
			assert.deepEqual(fs.findFolded(fs.root, 'Readme.txt'), { name: 'README.TXT', inode: upper });
			assert.equal(fs.findFolded(fs.root, 'other'), undefined);
		},
	],
	[
		'a listing is ordered by code units and goes on after its cursor',
		(fs) => {
			const names = ['b', 'a', 'Z', 'é', '10', '9', '\uFFFD', '😀'];
			for (const name of names) fs.create(fs.root, name, name === 'a' ? 'directory' : 'file');
			const whole = fs.list(fs.root, '', 100);
			assert.deepEqual(whole.names, [...names].sort());
			assert.equal(whole.next, '');
			assert.equal(whole.kinds[whole.names.indexOf('a')], 1);
			const paged: string[] = [];
			let cursor = '';
			do {
				const page = fs.list(fs.root, cursor, 3);
				assert.ok(page.names.length <= 3);
				paged.push(...page.names);
				cursor = page.next;
			} while (cursor !== '');
			assert.deepEqual(paged, whole.names);
		},
	],
	[
		'a listing goes on when the entry of its cursor was removed',
		(fs) => {
			for (const name of ['a', 'b', 'c', 'd']) fs.create(fs.root, name, 'file');
			const page = fs.list(fs.root, '', 2);
			fs.unlink(fs.root, 'b');
			assert.deepEqual(fs.list(fs.root, page.next, 10).names, ['c', 'd']);
		},
	],
	[
		'a file may have two names',
		(fs) => {
			const inode = writeFile(fs, fs.root, 'a', 'one');
			fs.link(inode, fs.root, 'b');
			assert.equal(fs.stat(inode).links, 2);
			fs.unlink(fs.root, 'a');
			assert.equal(readText(fs, fs.find(fs.root, 'b') as Inode), 'one');
			assert.equal(fs.stat(inode).links, 1);
		},
	],
	[
		'a file is no directory and a directory is no file',
		(fs) => {
			const file = fs.create(fs.root, 'file', 'file');
			const directory = fs.create(fs.root, 'directory', 'directory');
			assertFails('ENOTDIR', () => fs.create(file, 'x', 'file'));
			assertFails('EISDIR', () => fs.unlink(fs.root, 'directory'));
			assertFails('ENOTDIR', () => fs.removeDirectory(fs.root, 'file'));
			assertFails('EISDIR', () => fs.write(directory, 0, text('x')));
			assertFails('ENOENT', () => fs.unlink(fs.root, 'nothing'));
		},
	],
	[
		'a directory goes when it is empty',
		(fs) => {
			const directory = fs.create(fs.root, 'd', 'directory');
			fs.create(directory, 'x', 'file');
			assertFails('ENOTEMPTY', () => fs.removeDirectory(fs.root, 'd'));
			fs.unlink(directory, 'x');
			fs.removeDirectory(fs.root, 'd');
			assert.equal(fs.find(fs.root, 'd'), undefined);
		},
	],
	[
		'a tree goes in one step and tells its inodes',
		(fs) => {
			const top = fs.create(fs.root, 'top', 'directory');
			const middle = fs.create(top, 'middle', 'directory');
			const made = [top, middle, writeFile(fs, top, 'a', '1'), writeFile(fs, middle, 'b', '2')];
			assert.deepEqual([...fs.removeTree(fs.root, 'top')].sort(), [...made].sort());
			assert.equal(fs.find(fs.root, 'top'), undefined);
			assert.deepEqual(counts(fs, fs.root), { files: 0, directories: 1, bytes: 0 });
			const file = fs.create(fs.root, 'single', 'file');
			assert.deepEqual(fs.removeTree(fs.root, 'single'), [file]);
		},
	],
];

/** What a host may not have: long names of any character, attributes. */
const ownNameCases: readonly Case[] = [
	[
		'names of 255 units, emoji and old reserved words are only names',
		(fs) => {
			const names = ['x'.repeat(255), '😀'.repeat(127), 'CON', 'nul.txt', 'a:b', 'é', 'e\u0301', ' ', '%', "'; --"];
			for (const name of names) writeFile(fs, fs.root, name, name);
			for (const name of names) assert.equal(readText(fs, fs.find(fs.root, name) as Inode), name);
			assert.equal(fs.list(fs.root, '', 100).names.length, names.length);
		},
	],
	[
		'a listing shows size, attributes and time of each entry',
		(fs) => {
			const inode = writeFile(fs, fs.root, 'a', 'twelve bytes');
			fs.setAttributes(inode, 3);
			fs.setTimes(inode, { modified: toNanoseconds(1_000_000) });
			const page = fs.list(fs.root, '', 10);
			assert.deepEqual(
				[page.sizes[0], page.attributes[0], page.modifiedTimes[0], page.inodes[0]],
				[12, 3, 1_000_000, inode],
			);
		},
	],
];

const renameCases: readonly Case[] = [
	[
		'a rename keeps inode and content',
		(fs) => {
			const inode = writeFile(fs, fs.root, 'a', 'x');
			const directory = fs.create(fs.root, 'd', 'directory');
			fs.rename({ directory: fs.root, name: 'a' }, { directory, name: 'b' }, false);
			assert.equal(fs.find(fs.root, 'a'), undefined);
			assert.equal(fs.find(directory, 'b'), inode);
			assert.equal(readText(fs, inode), 'x');
		},
	],
	[
		'a rename replaces only when asked',
		(fs) => {
			const inode = writeFile(fs, fs.root, 'a', 'new');
			writeFile(fs, fs.root, 'b', 'old');
			assertFails('EEXIST', () =>
				fs.rename({ directory: fs.root, name: 'a' }, { directory: fs.root, name: 'b' }, false),
			);
			fs.rename({ directory: fs.root, name: 'a' }, { directory: fs.root, name: 'b' }, true);
			assert.equal(fs.find(fs.root, 'b'), inode);
			assert.deepEqual(fs.list(fs.root, '', 10).names, ['b']);
		},
	],
	[
		'a rename that only changes case works',
		(fs) => {
			const inode = fs.create(fs.root, 'Name', 'file');
			fs.rename({ directory: fs.root, name: 'Name' }, { directory: fs.root, name: 'NAME' }, false);
			assert.equal(fs.find(fs.root, 'NAME'), inode);
			assert.equal(fs.find(fs.root, 'Name'), undefined);
		},
	],
	[
		'a directory is not moved into itself, nor over what is in the way',
		(fs) => {
			const outer = fs.create(fs.root, 'outer', 'directory');
			const inner = fs.create(outer, 'inner', 'directory');
			const file = fs.create(fs.root, 'file', 'file');
			const from = { directory: fs.root, name: 'outer' };
			assertFails('EINVAL', () => fs.rename(from, { directory: inner, name: 'x' }, false));
			assertFails('EINVAL', () => fs.rename(from, { directory: outer, name: 'x' }, false));
			assertFails('ENOTDIR', () => fs.rename(from, { directory: fs.root, name: 'file' }, true));
			const other = fs.create(fs.root, 'other', 'directory');
			fs.create(other, 'full', 'file');
			assertFails('ENOTEMPTY', () => fs.rename(from, { directory: fs.root, name: 'other' }, true));
			assertFails('EISDIR', () =>
				fs.rename({ directory: fs.root, name: 'file' }, { directory: fs.root, name: 'other' }, true),
			);
			assert.equal(fs.find(fs.root, 'file'), file);
			assert.equal(fs.find(fs.root, 'outer'), outer);
		},
	],
	[
		'a directory replaces an empty one',
		(fs) => {
			const moved = fs.create(fs.root, 'moved', 'directory');
			fs.create(fs.root, 'empty', 'directory');
			fs.rename({ directory: fs.root, name: 'moved' }, { directory: fs.root, name: 'empty' }, true);
			assert.equal(fs.find(fs.root, 'empty'), moved);
			assert.deepEqual(counts(fs, fs.root), { files: 0, directories: 2, bytes: 0 });
		},
	],
];

const contentCases: readonly Case[] = [
	[
		'what is written is read back, over every border of blocks',
		(fs) => {
			const inode = fs.create(fs.root, 'a', 'file');
			const expected = new Uint8Array(600_000);
			for (const [offset, length] of [
				[0, 10],
				[65_530, 20],
				[131_072, 65_536],
				[250_001, 300_000],
				[4095, 2],
			]) {
				const bytes = new Uint8Array(length as number).map((_, index) => (index * 7 + (offset as number)) & 0xff);
				fs.write(inode, offset as number, bytes);
				expected.set(bytes, offset);
			}
			const size = 550_001;
			assert.equal(fs.stat(inode).size, size);
			assert.deepEqual(readAll(fs, inode), expected.subarray(0, size));
			const part = new Uint8Array(100_000);
			assert.equal(fs.read(inode, 60_000, part), 100_000);
			assert.deepEqual(part, expected.subarray(60_000, 160_000));
		},
	],
	[
		'a hole reads as zeros and the end ends the reading',
		(fs) => {
			const inode = fs.create(fs.root, 'a', 'file');
			fs.write(inode, 1_000_000, text('end'));
			assert.equal(fs.stat(inode).size, 1_000_003);
			const bytes = new Uint8Array(10).fill(9);
			assert.equal(fs.read(inode, 500_000, bytes), 10);
			assert.deepEqual(bytes, new Uint8Array(10));
			assert.equal(fs.read(inode, 1_000_001, bytes), 2);
			assert.equal(fs.read(inode, 1_000_003, bytes), 0);
			assert.equal(fs.read(inode, 2 ** 40, bytes), 0);
		},
	],
	[
		'a cut and a new length leave zeros, not old bytes',
		(fs) => {
			const inode = writeFile(fs, fs.root, 'a', 'x'.repeat(200_000));
			fs.truncate(inode, 70_000);
			fs.truncate(inode, 200_000);
			const bytes = readAll(fs, inode);
			assert.equal(
				bytes.subarray(0, 70_000).every((byte) => byte === 0x78),
				true,
			);
			assert.equal(
				bytes.subarray(70_000).every((byte) => byte === 0),
				true,
			);
			fs.truncate(inode, 0);
			assert.equal(fs.stat(inode).size, 0);
		},
	],
	[
		'a large sparse file costs nothing and is cut again',
		(fs) => {
			const inode = fs.create(fs.root, 'a', 'file');
			fs.truncate(inode, 2 ** 40);
			assert.equal(fs.stat(inode).size, 2 ** 40);
			const bytes = new Uint8Array(100).fill(1);
			assert.equal(fs.read(inode, 2 ** 39, bytes), 100);
			assert.equal(
				bytes.every((byte) => byte === 0),
				true,
			);
			fs.commit();
			fs.truncate(inode, 5);
			fs.commit();
			assert.equal(fs.stat(inode).size, 5);
		},
	],
	[
		'a copy has the content and lives on its own',
		(fs) => {
			const inode = writeFile(fs, fs.root, 'a', 'a'.repeat(100_000));
			const copy = fs.copy(inode, fs.root, 'b');
			fs.write(inode, 50_000, text('changed'));
			fs.write(copy, 10, text('other'));
			assert.equal(readText(fs, copy), `${'a'.repeat(10)}other${'a'.repeat(100_000 - 15)}`);
			assert.equal(readText(fs, inode).slice(50_000, 50_007), 'changed');
			assert.equal(readText(fs, inode).slice(0, 20), 'a'.repeat(20));
			assertFails('EEXIST', () => fs.copy(inode, fs.root, 'b'));
		},
	],
	[
		'a write changes the time of the file, a new name that of the directory',
		(fs) => {
			const directory = fs.create(fs.root, 'd', 'directory');
			const inode = fs.create(directory, 'a', 'file');
			fs.setTimes(inode, { modified: toNanoseconds(1000) });
			fs.setTimes(directory, { modified: toNanoseconds(1000) });
			fs.write(inode, 0, text('x'));
			assert.ok(fs.stat(inode).modifiedTime > toNanoseconds(1000));
			assert.equal(fs.stat(directory).modifiedTime, toNanoseconds(1000));
			fs.create(directory, 'b', 'file');
			assert.ok(fs.stat(directory).modifiedTime > toNanoseconds(1000));
		},
	],
	[
		'an unlinked file lives while it is retained',
		(fs) => {
			const inode = writeFile(fs, fs.root, 'a', 'still here');
			fs.commit();
			fs.retain(inode);
			fs.retain(inode);
			fs.unlink(fs.root, 'a');
			fs.commit();
			assert.equal(readText(fs, inode), 'still here');
			fs.write(inode, 0, text('STILL'));
			fs.release(inode);
			assert.equal(readText(fs, inode), 'STILL here');
			assert.equal(fs.stat(inode).links, 0);
			fs.release(inode);
			fs.commit();
			assertFails('ENOENT', () => fs.stat(inode));
		},
	],
];

const treeCases: readonly Case[] = [
	[
		'a search ignores case, puts beginnings first and keeps to its limit and its directory',
		(fs) => {
			const directory = fs.create(fs.root, 'reports', 'directory');
			for (const name of ['Annual report', 'REPORT 1', 'report 2', 'other']) fs.create(directory, name, 'file');
			const paths = fs.search(fs.root, 'RePort', 10).map((hit) => hit.names.join('/'));
			assert.deepEqual(paths, ['reports', 'reports/REPORT 1', 'reports/report 2', 'reports/Annual report']);
			assert.equal(fs.search(fs.root, 'report', 2).length, 2);
			assert.deepEqual(
				fs.search(directory, 'oth', 10).map((hit) => hit.names),
				[['reports', 'other']],
			);
			assert.deepEqual(fs.search(fs.root, '%', 10), []);
			assert.deepEqual(fs.search(fs.root, '_', 10), []);
		},
	],
	[
		'usage counts a tree with its top, and a file',
		(fs) => {
			const directory = fs.create(fs.root, 'd', 'directory');
			const file = writeFile(fs, directory, 'a', '12345');
			writeFile(fs, fs.root, 'b', '123');
			assert.deepEqual(counts(fs, fs.root), { files: 2, directories: 2, bytes: 8 });
			assert.deepEqual(counts(fs, directory), { files: 1, directories: 1, bytes: 5 });
			assert.deepEqual(counts(fs, file), { files: 1, directories: 0, bytes: 5 });
		},
	],
];

const commitCases: readonly Case[] = [
	[
		'a file system is dirty from its first change until its commit',
		(fs) => {
			assert.equal(fs.dirty, false);
			fs.create(fs.root, 'a', 'file');
			assert.equal(fs.dirty, true);
			fs.commit();
			assert.equal(fs.dirty, false);
			fs.commit();
			fs.create(fs.root, 'b', 'file');
			fs.rollback();
			assert.equal(fs.dirty, false);
		},
	],
	[
		'a rollback undoes every kind of change',
		(fs) => {
			const directory = fs.create(fs.root, 'd', 'directory');
			const a = writeFile(fs, directory, 'a', 'a'.repeat(70_000));
			writeFile(fs, directory, 'b', 'bbb');
			writeFile(fs, fs.root, 'c', 'ccc');
			fs.link(a, fs.root, 'a2');
			fs.commit();
			const before = picture(fs);
			fs.write(a, 65_000, text('z'.repeat(2000)));
			fs.truncate(a, 3);
			fs.setAttributes(a, 7);
			fs.rename({ directory, name: 'b' }, { directory: fs.root, name: 'c' }, true);
			const made = fs.create(fs.root, 'e', 'directory');
			const copied = fs.copy(a, made, 'f');
			fs.write(copied, 1, text('q'));
			fs.unlink(fs.root, 'a2');
			fs.removeTree(fs.root, 'd');
			fs.setTimes(fs.root, { modified: toNanoseconds(5) });
			fs.rollback();
			assert.deepEqual(picture(fs), before);
			assert.deepEqual(counts(fs, fs.root), { files: 4, directories: 2, bytes: 140_006 });
		},
	],
	[
		'a rollback undoes only what came after the last commit',
		(fs) => {
			const a = writeFile(fs, fs.root, 'a', 'one');
			fs.commit();
			fs.write(a, 0, text('two'));
			fs.commit();
			fs.write(a, 0, text('three'));
			fs.rollback();
			assert.equal(readText(fs, a), 'two');
			fs.rollback();
			assert.equal(readText(fs, a), 'two');
		},
	],
	[
		'a retained file made in a lost group can still be released',
		(fs) => {
			const inode = fs.create(fs.root, 'a', 'file');
			fs.retain(inode);
			fs.rollback();
			fs.release(inode);
			assert.equal(fs.find(fs.root, 'a'), undefined);
		},
	],
	[
		'a retained file whose removal was lost is still there after its release',
		(fs) => {
			const inode = writeFile(fs, fs.root, 'a', 'kept');
			fs.commit();
			fs.retain(inode);
			fs.unlink(fs.root, 'a');
			fs.release(inode);
			fs.rollback();
			assert.equal(readText(fs, fs.find(fs.root, 'a') as Inode), 'kept');
		},
	],
	[
		'ten thousand files in one directory are listed whole and in order',
		(fs) => {
			const names = Array.from({ length: 10_000 }, (_, index) => `file ${(index * 7919) % 10_000}`);
			for (const name of names) fs.create(fs.root, name, 'file');
			fs.commit();
			assert.deepEqual(fs.list(fs.root, '', 100_000).names, [...names].sort());
		},
	],
];

export interface SuiteOptions {
	readonly dispose?: (fileSystem: FileSystem) => void | Promise<void>;
	readonly isHost?: boolean;
}

export function fileSystemSuite(
	name: string,
	make: () => FileSystem | Promise<FileSystem>,
	{ dispose, isHost }: SuiteOptions = {},
): void {
	const everywhere = [...nameCases, ...renameCases, ...contentCases, ...linkCases, ...treeCases];
	const ours = [...ownNameCases, ...attributeCases, ...caseCases, ...sparseCases, ...commitCases];
	describe(`${name} as a file system`, () => {
		for (const [title, run] of isHost ? everywhere : [...everywhere, ...ours]) {
			it(title, async () => {
				const fileSystem = await make();
				try {
					run(fileSystem);
				} finally {
					await dispose?.(fileSystem);
				}
			});
		}
	});
}
