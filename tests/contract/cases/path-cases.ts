/** Files and directories by path. */
import { attributeBits } from '#abi/attributes.ts';
import { listDirectory } from '#runtime/directory-pages.ts';
import { bytes, ensure, equal, equalBytes, fails, seededRandom, text } from './assertions.ts';
import type { ContractCase } from './machine.ts';

const nameCases: ContractCase[] = [
	{
		title: 'no spelling with dots leaves the tree',
		async run({ system, folder }) {
			await system.pathWrite(`${folder}/in`, bytes('inside'), 'create-new');
			const up = '../'.repeat(1000);
			equal(text(await system.pathRead(`/${up}${folder.slice(1)}/./in`, 100)), 'inside');
			await system.pathMakeDirectory(`${folder}/x`);
			equal(text(await system.pathRead(`${folder}/x/../in`, 100)), 'inside');
			await fails('ENOENT', system.pathRead(`${folder}/none/../in`, 100));
			const { inode } = await system.pathStat('/');
			equal((await system.pathStat(`/${up}`)).inode, inode, 'inode above the root');
			equal(await system.pathResolve(`${folder}/../../../..${folder}/in`), `${folder}/in`);
		},
	},
	{
		title: 'names of 255 units, of emoji and reserved elsewhere are kept exactly',
		async run({ system, folder }) {
			const names = [
				'n'.repeat(255),
				`${'😀'.repeat(127)}x`,
				'CON',
				'aux.txt',
				'a:b*c?',
				'é',
				'e\u0301',
				'...',
				' ',
				'%2e%2e',
				'\u202E',
				'\uD800',
				'half\uDC00',
			];
			await Promise.all(names.map((name) => system.pathWrite(`${folder}/${name}`, bytes(name), 'create-new')));
			for (const name of names) equal(text(await system.pathRead(`${folder}/${name}`, 2000)), name.toWellFormed());
			equal((await system.pathList(folder, '', 100)).names, [...names].sort(), 'names');
		},
	},
	{
		title: 'names that are too long are refused by every call',
		async run({ system, folder }) {
			for (const name of ['n'.repeat(256), '😀'.repeat(255)]) {
				const path = `${folder}/${name}`;
				await fails('ENAMETOOLONG', system.pathWrite(path, bytes('x'), 'create-new'));
				await fails('ENAMETOOLONG', system.pathMakeDirectory(path));
				await fails('ENAMETOOLONG', system.fileOpen(path, 'open-or-create', 3));
				await fails('ENAMETOOLONG', system.pathStat(path));
				await fails('ENAMETOOLONG', system.pathRename(folder, path, false));
			}
			equal((await system.pathList(folder, '', 10)).names.length, 0, 'entries made');
		},
	},
	{
		title: 'a path goes through directories only',
		async run({ system, folder }) {
			await system.pathWrite(`${folder}/file`, bytes('x'), 'create-new');
			await fails('ENOTDIR', system.pathStat(`${folder}/file/below`));
			await fails('ENOTDIR', system.pathWrite(`${folder}/file/below`, bytes('x'), 'create-new'));
			await fails('ENOTDIR', system.pathList(`${folder}/file`, '', 1));
			await fails('ENOENT', system.pathWrite(`${folder}/none/below`, bytes('x'), 'create-new'));
			await fails('EISDIR', system.pathRead(folder, 100));
			await fails('EISDIR', system.pathWrite(folder, bytes('x'), 'replace'));
		},
	},
	{
		title: 'a path of another case is found when it is asked for so',
		async run({ system, folder }) {
			await system.pathMakeDirectory(`${folder}/Games`);
			await system.pathWrite(`${folder}/Games/DOOM.EXE`, bytes('x'), 'create-new');
			equal(await system.pathResolve(`${folder}/GAMES/doom.exe`), `${folder}/Games/DOOM.EXE`);
			await fails('ENOENT', system.pathResolve(`${folder}/games/quake.exe`));
			await fails('ENOENT', system.pathStat(`${folder}/games`));
		},
	},
	{
		title: 'the root can be listed and neither removed, moved nor written',
		async run({ system, folder }) {
			ensure((await system.pathList('/', '', 100)).names.includes('Users'), 'Users in the root');
			await fails('EBUSY', system.pathRemoveTree('/'));
			await fails('EBUSY', system.pathRemoveDirectory('/..'));
			await fails('EBUSY', system.pathRename('/', `${folder}/x`, false));
			await fails('EEXIST', system.pathMakeDirectory('/'));
		},
	},
];

const changeCases: ContractCase[] = [
	{
		title: 'a whole file is written as its mode says',
		async run({ system, folder }) {
			const path = `${folder}/f`;
			await fails('ENOENT', system.pathWrite(path, bytes('x'), 'open'));
			await system.pathWrite(path, bytes('long first text'), 'create-new');
			await fails('EEXIST', system.pathWrite(path, bytes('x'), 'create-new'));
			await system.pathWrite(path, bytes('short'), 'open');
			equal(text(await system.pathRead(path, 100)), 'short');
			await system.pathWrite(path, bytes(''), 'replace');
			equal((await system.pathStat(path)).size, 0, 'size');
			await fails('EINVAL', system.pathWrite(path, bytes('x'), 'append'));
			await system.pathWrite(path, bytes('abc'), 'open-or-create');
			await fails('EFBIG', system.pathRead(path, 2));
			equal((await system.pathRead(path, 3)).length, 3, 'length');
		},
	},
	{
		title: 'a removed name is gone, and wrong kinds are refused',
		async run({ system, folder }) {
			await system.pathMakeDirectory(`${folder}/d`);
			await system.pathWrite(`${folder}/d/f`, bytes('x'), 'create-new');
			await fails('EISDIR', system.pathUnlink(`${folder}/d`));
			await fails('ENOTDIR', system.pathRemoveDirectory(`${folder}/d/f`));
			await fails('ENOTEMPTY', system.pathRemoveDirectory(`${folder}/d`));
			await system.pathUnlink(`${folder}/d/f`);
			await fails('ENOENT', system.pathUnlink(`${folder}/d/f`));
			await system.pathRemoveDirectory(`${folder}/d`);
			await fails('ENOENT', system.pathStat(`${folder}/d`));
		},
	},
	{
		title: 'a tree is removed as a whole',
		async run({ system, folder }) {
			const made: Promise<void>[] = [];
			for (let outer = 0; outer < 20; outer++) {
				made.push(system.pathMakeDirectory(`${folder}/t${outer === 0 ? '' : `/${outer}`}`));
				for (let inner = 0; inner < 20; inner++)
					made.push(
						system.pathWrite(`${folder}/t${outer === 0 ? '' : `/${outer}`}/f${inner}`, bytes('12345'), 'create-new'),
					);
			}
			await Promise.all(made);
			equal(
				await system.pathUsage(`${folder}/t`),
				{ files: 400, directories: 20, bytes: 2000, storedBytes: 2000 },
				'usage',
			);
			await system.pathRemoveTree(`${folder}/t`);
			equal(await system.pathUsage(folder), { files: 0, directories: 1, bytes: 0, storedBytes: 0 }, 'usage after');
		},
	},
	{
		title: 'a rename moves in one step and replaces only when asked',
		async run({ system, folder }) {
			await system.pathWrite(`${folder}/a`, bytes('A'), 'create-new');
			await system.pathWrite(`${folder}/b`, bytes('B'), 'create-new');
			await fails('EEXIST', system.pathRename(`${folder}/a`, `${folder}/b`, false));
			await system.pathRename(`${folder}/a`, `${folder}/b`, true);
			equal(text(await system.pathRead(`${folder}/b`, 10)), 'A');
			await fails('ENOENT', system.pathStat(`${folder}/a`));
			await system.pathRename(`${folder}/b`, `${folder}/B`, false);
			equal((await system.pathList(folder, '', 10)).names, ['B'], 'names');
			await system.pathRename(`${folder}/B`, `${folder}/B`, false);
		},
	},
	{
		title: 'a directory is never moved into itself or over a full one',
		async run({ system, folder }) {
			await system.pathMakeDirectory(`${folder}/d`);
			await system.pathMakeDirectory(`${folder}/d/e`);
			await system.pathMakeDirectory(`${folder}/full`);
			await system.pathWrite(`${folder}/full/x`, bytes('x'), 'create-new');
			await fails('EINVAL', system.pathRename(`${folder}/d`, `${folder}/d/e/f`, false));
			await fails('EINVAL', system.pathRename(`${folder}/d`, `${folder}/d/e`, true));
			await fails('ENOTEMPTY', system.pathRename(`${folder}/d`, `${folder}/full`, true));
			await fails('ENOTDIR', system.pathRename(`${folder}/d`, `${folder}/full/x`, true));
			await fails('EISDIR', system.pathRename(`${folder}/full/x`, `${folder}/d`, true));
		},
	},
	{
		title: 'a copy has the bytes and is apart from its source',
		async run({ system, folder }) {
			const random = seededRandom(1);
			const content = new Uint8Array(300_000).map(() => random() * 256);
			await system.pathWrite(`${folder}/a`, content, 'create-new');
			await system.pathCopy(`${folder}/a`, `${folder}/b`);
			await system.pathWrite(`${folder}/a`, bytes('other'), 'open');
			equalBytes(await system.pathRead(`${folder}/b`, 400_000), content);
			await fails('EEXIST', system.pathCopy(`${folder}/a`, `${folder}/b`));
			await fails('EISDIR', system.pathCopy(folder, `${folder}/c`));
			await fails('ENOENT', system.pathCopy(`${folder}/none`, `${folder}/c`));
		},
	},
	{
		title: 'a read-only file keeps its content until the bit is taken away',
		async run({ system, folder }) {
			const path = `${folder}/f`;
			await system.pathWrite(path, bytes('kept'), 'create-new');
			await system.pathSetAttributes(path, attributeBits.readOnly);
			await system.pathWrite(`${folder}/g`, bytes('x'), 'create-new');
			await fails('EACCES', system.pathWrite(path, bytes('x'), 'open'));
			await fails('EACCES', system.fileOpen(path, 'open', 3));
			await fails('EACCES', system.pathRename(`${folder}/g`, path, true));
			await fails('EINVAL', system.pathSetAttributes(path, 32));
			equal(text(await system.pathRead(path, 10)), 'kept');
			await system.pathSetAttributes(path, 0);
			await system.pathWrite(path, bytes('new'), 'open');
		},
	},
	{
		title: 'the time that was set is the time that is told',
		async run({ system, folder }) {
			const path = `${folder}/f`;
			await system.pathWrite(path, bytes('x'), 'create-new');
			for (const time of [0, 871_347_600_000, -5000, 1.5e12]) {
				await system.pathSetTimes(path, time);
				equal((await system.pathStat(path)).modifiedTime, time, 'time');
			}
		},
	},
];

const lookCases: ContractCase[] = [
	{
		title: 'a long directory is listed page by page, whole and in order',
		async run({ system, folder }) {
			const names = Array.from({ length: 3000 }, (_, index) => `file ${(index * 1009) % 3000}`);
			await Promise.all(names.map((name) => system.pathWrite(`${folder}/${name}`, new Uint8Array(3), 'create-new')));
			const paged: string[] = [];
			let cursor = '';
			do {
				const page = await system.pathList(folder, cursor, 271);
				ensure(page.sizes.length === page.names.length && page.sizes.every((size) => size === 3), 'sizes of 3');
				paged.push(...page.names);
				cursor = page.next;
			} while (cursor !== '');
			equal(paged.join('|'), names.sort().join('|'), 'names');
			equal((await listDirectory(system, folder)).length, 3000, 'entries');
			await fails('EINVAL', system.pathList(folder, '', 0));
		},
	},
	{
		title: 'a search finds parts of names in any case, beginnings first',
		async run({ system, folder }) {
			await system.pathMakeDirectory(`${folder}/Letters`);
			for (const name of ['Letters/my letter', 'letter.txt', 'other', 'LETTERHEAD'])
				await system.pathWrite(`${folder}/${name}`, bytes('x'), 'create-new');
			const hits = await system.pathSearch(folder, 'letter', 10);
			const paths = ['LETTERHEAD', 'Letters', 'letter.txt', 'Letters/my letter'].map((name) => `${folder}/${name}`);
			equal(
				hits.map(({ path }) => path),
				paths,
				'hits',
			);
			equal((await system.pathSearch(folder, 'letter', 2)).length, 2, 'hits within the limit');
			equal((await system.pathSearch(`${folder}/Letters`, 'other', 10)).length, 0, 'hits elsewhere');
		},
	},
	{
		title: 'relative paths start at the working directory',
		async run(machine) {
			await machine.system.pathWrite(`${machine.folder}/f`, bytes('here'), 'create-new');
			const { system } = await machine.start({ workingDirectory: machine.folder });
			equal(text(await system.pathRead('f', 10)), 'here');
			equal(text(await system.pathRead(`../${machine.folder.split('/').at(-1)}/f`, 10)), 'here');
			equal(await system.pathResolve('F'), `${machine.folder}/f`);
		},
	},
];

export const pathCases: ContractCase[] = [...nameCases, ...changeCases, ...lookCases];
