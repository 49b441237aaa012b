/** Symbolic links, several names of one file, renames over what is open, and holes. */
import assert from 'node:assert/strict';
import { type FileSystem, type Inode, maximumLinks, toNanoseconds } from '#fs/file-system.ts';
import { assertFails, type Case, readText, text, writeFile } from './file-system-assertions.ts';

const long = toNanoseconds(1000);

export const linkCases: readonly Case[] = [
	[
		'a symbolic link keeps its target as it is, and is no file and no directory',
		(fs) => {
			for (const [index, target] of ['a', '../b/./c/', '/absolute', 'größe 😀', 'x'.repeat(4000)].entries()) {
				const link = fs.createLink(fs.root, `link ${index}`, target);
				assert.equal(fs.readLink(link), target);
				const { kind, size, links } = fs.stat(link);
				assert.deepEqual([kind, size, links], ['link', text(target).length, 1]);
			}
			const link = fs.find(fs.root, 'link 0') as Inode;
			assertFails('EINVAL', () => fs.read(link, 0, new Uint8Array(1)));
			assertFails('EINVAL', () => fs.write(link, 0, text('x')));
			assertFails('EINVAL', () => fs.truncate(link, 0));
			assertFails('ENOTDIR', () => fs.find(link, 'a'));
			assertFails('ENOTDIR', () => fs.create(link, 'a', 'file'));
			assertFails('ENOTDIR', () => fs.removeDirectory(fs.root, 'link 0'));
			assertFails('EEXIST', () => fs.createLink(fs.root, 'link 0', 'other'));
			assertFails('EINVAL', () => fs.readLink(fs.root));
			assert.equal(fs.list(fs.root, '', 1).kinds[0], 2);
		},
	],
	[
		'removing a link, alone or with its tree, leaves what it points to',
		(fs) => {
			const kept = fs.create(fs.root, 'kept', 'directory');
			const file = writeFile(fs, kept, 'file', 'here');
			const tree = fs.create(fs.root, 'tree', 'directory');
			fs.createLink(tree, 'to the directory', '../kept');
			fs.createLink(tree, 'round', '.');
			fs.createLink(fs.root, 'to the file', 'kept/file');
			assert.equal(fs.removeTree(fs.root, 'tree').length, 3);
			assert.equal(fs.removeTree(fs.root, 'to the file').length, 1);
			assert.equal(readText(fs, file), 'here');
			assert.deepEqual(fs.list(fs.root, '', 9).names, ['kept']);
		},
	],
	[
		'a link is renamed as itself and may replace a file',
		(fs) => {
			const link = fs.createLink(fs.root, 'link', 'nowhere');
			writeFile(fs, fs.root, 'file', 'old');
			fs.rename({ directory: fs.root, name: 'link' }, { directory: fs.root, name: 'file' }, true);
			assert.equal(fs.find(fs.root, 'file'), link);
			assert.equal(fs.readLink(link), 'nowhere');
			fs.create(fs.root, 'directory', 'directory');
			const from = { directory: fs.root, name: 'directory' };
			assertFails('ENOTDIR', () => fs.rename(from, { directory: fs.root, name: 'file' }, true));
		},
	],
	[
		'names of one file in several directories share content, times and count',
		(fs) => {
			const one = fs.create(fs.root, 'one', 'directory');
			const two = fs.create(fs.root, 'two', 'directory');
			const file = writeFile(fs, one, 'a', 'first');
			fs.link(file, two, 'b');
			fs.link(file, fs.root, 'c');
			fs.setTimes(two, { modified: long });
			fs.write(fs.find(two, 'b') as Inode, 0, text('FIRST'));
			assert.equal(readText(fs, fs.find(fs.root, 'c') as Inode), 'FIRST');
			assert.equal(fs.stat(two).modifiedTime, long, 'a write is no change of the directory');
			assert.equal(fs.stat(file).links, 3);
			fs.removeTree(fs.root, 'one');
			assert.equal(readText(fs, fs.find(two, 'b') as Inode), 'FIRST');
			assert.equal(fs.stat(fs.find(two, 'b') as Inode).links, 2);
			assertFails('EEXIST', () => fs.link(fs.find(two, 'b') as Inode, fs.root, 'c'));
		},
	],
	[
		'a directory has one name, and a link may have two',
		(fs) => {
			const directory = fs.create(fs.root, 'd', 'directory');
			assertFails('EISDIR', () => fs.link(directory, fs.root, 'e'));
			const link = fs.createLink(fs.root, 'link', 'target');
			fs.link(link, fs.root, 'other');
			fs.unlink(fs.root, 'link');
			assert.equal(fs.readLink(fs.find(fs.root, 'other') as Inode), 'target');
		},
	],
	[
		'a file that is replaced while it is open stays whole for those who have it open',
		(fs) => {
			const old = writeFile(fs, fs.root, 'a', 'old content');
			fs.commit();
			fs.retain(old);
			writeFile(fs, fs.root, 'b', 'new');
			fs.rename({ directory: fs.root, name: 'b' }, { directory: fs.root, name: 'a' }, true);
			fs.commit();
			assert.equal(readText(fs, old), 'old content');
			fs.write(old, 0, text('OLD'));
			assert.equal(readText(fs, old), 'OLD content');
			assert.equal(readText(fs, fs.find(fs.root, 'a') as Inode), 'new');
			fs.release(old);
			fs.commit();
			assertFails('ENOENT', () => fs.stat(old));
		},
	],
	[
		'every change of names changes the times of the directories, and of nothing else',
		(fs) => {
			const one = fs.create(fs.root, 'one', 'directory');
			const two = fs.create(fs.root, 'two', 'directory');
			const file = writeFile(fs, one, 'a', 'x');
			const steps: (() => unknown)[] = [
				() => fs.create(one, 'b', 'file'),
				() => fs.unlink(one, 'b'),
				() => fs.create(one, 'c', 'directory'),
				() => fs.removeDirectory(one, 'c'),
				() => fs.createLink(one, 'd', 'target'),
				() => fs.removeTree(one, 'd'),
				() => fs.link(file, one, 'e'),
				() => fs.rename({ directory: one, name: 'e' }, { directory: one, name: 'f' }, false),
				() => fs.rename({ directory: one, name: 'f' }, { directory: two, name: 'g' }, false),
			];
			for (const [index, step] of steps.entries()) {
				for (const inode of [one, two, fs.root]) fs.setTimes(inode, { modified: long });
				fs.setTimes(file, { modified: long });
				step();
				assert.ok(fs.stat(one).modifiedTime > long, `step ${index}`);
				assert.equal(fs.stat(two).modifiedTime > long, index === 8, `step ${index} and the other directory`);
				assert.equal(fs.stat(fs.root).modifiedTime, long, `step ${index} and the root`);
				assert.equal(fs.stat(file).modifiedTime, long, `step ${index} and the file`);
			}
		},
	],
	[
		'times are kept to the nanosecond',
		(fs) => {
			const file = fs.create(fs.root, 'a', 'file');
			const [accessed, modified] = [1_234_567_890_123_456_700n, 871_347_600_000_000_100n];
			fs.setTimes(file, { accessed, modified });
			const { accessedTime, modifiedTime } = fs.stat(file);
			// A host takes times as numbers of seconds, which end at some hundred nanoseconds.
			const near = (one: bigint, other: bigint): boolean => one - other < 1000n && other - one < 1000n;
			assert.ok(near(accessedTime, accessed) && near(modifiedTime, modified), `${accessedTime} ${modifiedTime}`);
		},
	],
];

function fill(fs: FileSystem, inode: Inode, length: number): void {
	fs.write(inode, 0, new Uint8Array(length).fill(7));
}

function bytesAt(fs: FileSystem, inode: Inode, offset: number, length: number): number[] {
	const bytes = new Uint8Array(length);
	fs.read(inode, offset, bytes);
	return [...bytes];
}

export const sparseCases: readonly Case[] = [
	[
		'holes take no room, and are told from what is stored',
		(fs) => {
			const file = fs.create(fs.root, 'a', 'file');
			fs.truncate(file, 2 ** 40);
			assert.equal(fs.usage(file).storedBytes, 0);
			assert.equal(fs.findData(file, 0), undefined);
			fs.write(file, 10_000_000, text('here'));
			assert.equal(fs.usage(file).bytes, 2 ** 40);
			assert.equal(fs.usage(file).storedBytes, 65_536);
			const part = fs.findData(file, 0);
			assert.ok(part !== undefined && part.start <= 10_000_000 && part.end >= 10_000_004);
			assert.equal(part.end - part.start, 65_536);
			assert.deepEqual(fs.findData(file, 10_000_001), { start: 10_000_001, end: part.end });
			assert.equal(fs.findData(file, part.end), undefined);
			assert.equal(fs.findData(file, 2 ** 40), undefined);
		},
	],
	[
		'a part that is cleared reads as zeros, keeps the size and gives up its room',
		(fs) => {
			const file = fs.create(fs.root, 'a', 'file');
			fill(fs, file, 400_000);
			const before = fs.usage(file).storedBytes;
			fs.clear(file, 100_000, 200_000);
			assert.equal(fs.stat(file).size, 400_000);
			assert.deepEqual(bytesAt(fs, file, 99_999, 2), [7, 0]);
			assert.deepEqual(bytesAt(fs, file, 299_999, 2), [0, 7]);
			assert.equal(before - fs.usage(file).storedBytes, 2 * 65_536);
			assert.deepEqual(fs.findData(file, 131_072), { start: 262_144, end: 400_000 });
			fs.clear(file, 0, 2 ** 40);
			assert.deepEqual([fs.stat(file).size, fs.usage(file).storedBytes], [400_000, 0]);
			fs.clear(file, 500_000, 5);
			assert.equal(fs.stat(file).size, 400_000);
		},
	],
	[
		'a copy that shares content with its source is cleared by itself',
		(fs) => {
			const file = fs.create(fs.root, 'a', 'file');
			fill(fs, file, 200_000);
			fs.commit();
			const copy = fs.copy(file, fs.root, 'b');
			fs.clear(copy, 1000, 190_000);
			assert.deepEqual(bytesAt(fs, file, 150_000, 1), [7]);
			assert.deepEqual(bytesAt(fs, copy, 999, 2), [7, 0]);
			fs.rollback();
			assert.equal(fs.find(fs.root, 'b'), undefined);
			assert.deepEqual(bytesAt(fs, file, 150_000, 1), [7]);
		},
	],
	[
		'room that was allocated is zero, is stored, and keeps what was there',
		(fs) => {
			const file = writeFile(fs, fs.root, 'a', 'head');
			fs.allocate(file, 2, 200_000);
			assert.deepEqual([fs.stat(file).size, fs.usage(file).storedBytes], [200_002, 200_002]);
			assert.deepEqual(bytesAt(fs, file, 0, 6), [...text('head'), 0, 0]);
			assert.deepEqual(fs.findData(file, 0), { start: 0, end: 200_002 });
			fs.allocate(file, 0, 10);
			assert.equal(fs.stat(file).size, 200_002);
			fs.truncate(file, 1_000_000);
			fs.allocate(file, 900_000, 50_000);
			assert.deepEqual(fs.findData(file, 300_000), { start: 851_968, end: 983_040 });
		},
	],
	[
		'a file has as many names as the system allows, and not one more',
		(fs) => {
			const file = writeFile(fs, fs.root, 'a', 'x');
			for (let name = 1; name < maximumLinks; name++) fs.link(file, fs.root, String(name));
			assertFails('EMLINK', () => fs.link(file, fs.root, 'one too many'));
			assert.equal(fs.stat(file).links, maximumLinks);
			fs.unlink(fs.root, '7');
			fs.link(file, fs.root, 'instead');
		},
	],
];
