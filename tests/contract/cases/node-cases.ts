/** What a file can have beside its bytes: extended attributes, holes, names that ignore case, links. */
import { attributeBits } from '#abi/attributes.ts';
import { directoryRights, rights } from '#abi/rights.ts';
import { bytes, ensure, equal, equalBytes, fails, text } from './assertions.ts';
import type { ContractCase } from './machine.ts';

const both = rights.read | rights.write;

const attributeCases: ContractCase[] = [
	{
		title: 'extended attributes are the same by path, by handle and by every name',
		async run({ system, folder }) {
			await system.pathWrite(`${folder}/f`, bytes('x'), 'create-new');
			await system.pathSetExtendedAttribute(`${folder}/f`, 'user.origin', bytes('floppy 7'));
			const directory = await system.directoryOpen(folder, directoryRights);
			await system.atMakeLink(directory, 'link', 'f');
			await system.atAddName(directory, 'f', false, directory, 'second');
			for (const name of ['f', 'link', 'second'])
				equal(text(await system.pathGetExtendedAttribute(`${folder}/${name}`, 'user.origin')), 'floppy 7');
			const { handle } = await system.atOpen(directory, 'f', 0, rights.read | rights.adjust);
			await system.handleSetExtendedAttribute(handle, 'user.empty', new Uint8Array(0));
			equal(await system.handleListExtendedAttributes(handle), ['user.empty', 'user.origin'], 'names');
			await system.pathRemoveExtendedAttribute(`${folder}/f`, 'user.origin');
			await fails('ENODATA', system.handleGetExtendedAttribute(handle, 'user.origin'));
			await fails('ENODATA', system.pathRemoveExtendedAttribute(`${folder}/f`, 'user.origin'));
			equal((await system.handleGetExtendedAttribute(handle, 'user.empty')).length, 0, 'length');
			await system.handleSetExtendedAttribute(directory, 'user.view', bytes('icons'));
			equal(text(await system.pathGetExtendedAttribute(folder, 'user.view')), 'icons');
		},
	},
	{
		title: 'attributes of the system are out of reach, and there are no others',
		async run({ system, folder }) {
			await system.pathWrite(`${folder}/f`, bytes('x'), 'create-new');
			const path = `${folder}/f`;
			for (const name of ['system.descriptor', 'system.'])
				for (const call of [
					() => system.pathGetExtendedAttribute(path, name),
					() => system.pathSetExtendedAttribute(path, name, bytes('x')),
					() => system.pathRemoveExtendedAttribute(path, name),
				])
					await fails('EPERM', call());
			for (const name of ['', 'user', 'USER.a', 'security.x', 'trusted.a', ' user.a'])
				await fails('ENOTSUP', system.pathSetExtendedAttribute(path, name, bytes('x')));
			await fails('EINVAL', system.pathSetExtendedAttribute(path, 'user.', bytes('x')));
			await fails('EINVAL', system.pathSetExtendedAttribute(path, 'user.a\0b', bytes('x')));
			equal(await system.pathListExtendedAttributes(path), [], 'names');
		},
	},
	{
		title: 'an attribute has its limits, and one too many is refused',
		async run({ system, folder }) {
			const path = `${folder}/f`;
			await system.pathWrite(path, bytes('x'), 'create-new');
			await fails('ENAMETOOLONG', system.pathSetExtendedAttribute(path, `user.${'x'.repeat(251)}`, bytes('')));
			await fails('E2BIG', system.pathSetExtendedAttribute(path, 'user.a', new Uint8Array(65_537)));
			const value = new Uint8Array(65_536).fill(9);
			const longest = `user.${'x'.repeat(250)}`;
			await system.pathSetExtendedAttribute(path, longest, value);
			equalBytes(await system.pathGetExtendedAttribute(path, longest), value);
			for (let count = 1; count < 128; count++)
				await system.pathSetExtendedAttribute(path, `user.${count}`, bytes('x'));
			await fails('E2BIG', system.pathSetExtendedAttribute(path, 'user.one too many', bytes('x')));
			await system.pathSetExtendedAttribute(path, 'user.7', bytes('again'));
			equal((await system.pathListExtendedAttributes(path)).length, 128, 'attributes');
		},
	},
	{
		title: 'a handle that may not adjust sets no attribute, and one that may not read tells none',
		async run({ system, folder }) {
			await system.pathWrite(`${folder}/f`, bytes('x'), 'create-new');
			const reader = await system.fileOpen(`${folder}/f`, 'open', rights.read);
			const writer = await system.fileOpen(`${folder}/f`, 'open', rights.write);
			await fails('EACCES', system.handleSetExtendedAttribute(reader, 'user.a', bytes('x')));
			await fails('EACCES', system.handleRemoveExtendedAttribute(writer, 'user.a'));
			await fails('EACCES', system.handleGetExtendedAttribute(writer, 'user.a'));
			await fails('EACCES', system.handleListExtendedAttributes(writer));
			equal(await system.handleListExtendedAttributes(reader), [], 'names');
		},
	},
	{
		title: 'a copy and a move keep attributes, and a watch tells of their change',
		async run({ system, folder }) {
			await system.pathWrite(`${folder}/f`, bytes('x'), 'create-new');
			const watch = await system.watchOpen(folder, false);
			await system.pathSetExtendedAttribute(`${folder}/f`, 'user.a', bytes('1'));
			equal(await system.watchRead(watch), [{ kind: 'changed', path: `${folder}/f` }], 'changes');
			await system.pathCopy(`${folder}/f`, `${folder}/copy`);
			await system.pathRename(`${folder}/f`, `${folder}/moved`, false);
			for (const name of ['copy', 'moved'])
				equal(text(await system.pathGetExtendedAttribute(`${folder}/${name}`, 'user.a')), '1');
		},
	},
];

const sparseCases: ContractCase[] = [
	{
		title: 'a hole takes no room, is found, and a cleared part becomes one',
		async run({ system, folder }) {
			const file = await system.fileOpen(`${folder}/f`, 'create-new', both);
			await system.fileTruncate(file, 10_000_000_000);
			equal(await system.fileFindData(file, 0), [], 'data');
			equal((await system.pathUsage(`${folder}/f`)).storedBytes, 0, 'stored');
			await system.fileWrite(file, 5_000_000_000, new Uint8Array(300_000).fill(1));
			const [part] = await system.fileFindData(file, 0);
			ensure(part !== undefined && part.offset <= 5_000_000_000 && part.length < 500_000, 'the written part');
			await system.fileClear(file, 5_000_000_000, 200_000);
			const { bytes: size, storedBytes } = await system.pathUsage(folder);
			equal(size, 10_000_000_000, 'size');
			ensure(storedBytes > 90_000 && storedBytes < 300_000, `room of the rest, not ${storedBytes}`);
			equalBytes(await system.fileRead(file, 5_000_199_999, 2), new Uint8Array([0, 1]));
			await system.pathCopy(`${folder}/f`, `${folder}/copy`);
			equal((await system.pathUsage(`${folder}/copy`)).storedBytes, storedBytes, 'stored of the copy');
		},
	},
	{
		title: 'allocated room is there, zero, and no more than was asked for',
		async run({ system, folder }) {
			const file = await system.fileOpen(`${folder}/f`, 'create-new', both);
			await system.fileWrite(file, 0, bytes('head'));
			await system.fileAllocate(file, 0, 1_000_000);
			equal((await system.fileStat(file)).size, 1_000_000, 'size');
			ensure((await system.pathUsage(`${folder}/f`)).storedBytes >= 1_000_000, 'the room');
			equal(text((await system.fileRead(file, 0, 6)).subarray(0, 4)), 'head');
			await fails('ENOTSUP', system.fileAllocate(file, 0, 2 ** 31));
			await fails('EFBIG', system.fileAllocate(file, 2 ** 40, 1));
			await fails('EINVAL', system.fileClear(file, 0, 0));
			const reader = await system.handleDuplicate(file, rights.read);
			await fails('EACCES', system.fileClear(reader, 0, 1));
		},
	},
];

const caseCases: ContractCase[] = [
	{
		title: 'in a folder that ignores case every call finds a name of any case, under its real path',
		async run({ system, folder }) {
			await system.pathMakeDirectory(`${folder}/C`);
			await system.pathSetAttributes(`${folder}/C`, attributeBits.ignoresCase);
			await system.pathMakeDirectory(`${folder}/C/Games`);
			const watch = await system.watchOpen(folder, true);
			await system.pathWrite(`${folder}/C/GAMES/Doom.Exe`, bytes('old'), 'create-new');
			await system.pathWrite(`${folder}/C/games/DOOM.EXE`, bytes('new'), 'open-or-create');
			equal(text(await system.pathRead(`${folder}/C/GaMeS/doom.exe`, 10)), 'new');
			await fails('EEXIST', system.pathWrite(`${folder}/C/games/doom.exe`, bytes('x'), 'create-new'));
			await fails('EEXIST', system.pathMakeDirectory(`${folder}/C/GAMES`));
			equal((await system.pathList(`${folder}/C/games`, '', 9)).names, ['Doom.Exe'], 'names');
			equal(await system.watchRead(watch), [{ kind: 'created', path: `${folder}/C/Games/Doom.Exe` }], 'changes');
			await fails('ENOENT', system.pathStat(`${folder}/c`));
		},
	},
	{
		title: 'in a folder that ignores case a rename changes the case, of what is open too',
		async run({ system, folder }) {
			await system.pathMakeDirectory(`${folder}/C`);
			await system.pathSetAttributes(`${folder}/C`, attributeBits.ignoresCase);
			await system.pathMakeDirectory(`${folder}/C/sub`);
			const file = await system.fileOpen(`${folder}/C/SUB/file`, 'create-new', both);
			await system.pathRename(`${folder}/C/SUB`, `${folder}/C/Sub`, false);
			equal((await system.pathList(`${folder}/C`, '', 9)).names, ['Sub'], 'names');
			const watch = await system.watchOpen(folder, true);
			await system.fileWrite(file, 0, bytes('x'));
			equal(await system.watchRead(watch), [{ kind: 'changed', path: `${folder}/C/Sub/file` }], 'changes');
			await fails('EINVAL', system.pathRename(`${folder}/C/SUB`, `${folder}/C/sub/deeper`, false));
			await system.pathRemoveTree(`${folder}/C/SUB`);
			equal((await system.pathList(`${folder}/C`, '', 9)).names, [], 'names');
		},
	},
];

const linkCases: ContractCase[] = [
	{
		title: 'links that lead round are told, in the middle and at the end of a path',
		async run({ system, folder }) {
			const directory = await system.directoryOpen(folder, directoryRights);
			await system.atMakeLink(directory, 'a', 'b');
			await system.atMakeLink(directory, 'b', 'a');
			await system.atMakeLink(directory, 'self', 'self/deeper');
			for (const path of ['a', 'b/x', 'self']) await fails('ELOOP', system.pathStat(`${folder}/${path}`));
			await fails('ELOOP', system.pathRead(`${folder}/a`, 10));
			await fails('ELOOP', system.fileOpen(`${folder}/a`, 'open', rights.read));
			await system.pathUnlink(`${folder}/a`);
			equal((await system.pathList(folder, '', 9)).names, ['b', 'self'], 'names');
		},
	},
	{
		title: 'what removes a link leaves what it points to, however it is spelled',
		async run({ system, folder }) {
			await system.pathMakeDirectory(`${folder}/kept`);
			await system.pathWrite(`${folder}/kept/file`, bytes('here'), 'create-new');
			const directory = await system.directoryOpen(folder, directoryRights);
			for (const name of ['one', 'two', 'three']) await system.atMakeLink(directory, name, 'kept');
			await system.pathMakeDirectory(`${folder}/tree`);
			await system.atMakeLink(directory, 'tree/up', '../kept');
			await system.pathRemoveTree(`${folder}/one`);
			await system.pathUnlink(`${folder}/two`);
			await fails('ENOTDIR', system.pathRemoveDirectory(`${folder}/three`));
			await system.pathRemoveTree(`${folder}/tree`);
			await system.pathRename(`${folder}/three`, `${folder}/moved`, false);
			equal(text(await system.pathRead(`${folder}/moved/file`, 10)), 'here');
			equal((await system.pathList(folder, '', 9)).names, ['kept', 'moved'], 'names');
		},
	},
	{
		title: 'a file that is replaced or removed while it is open stays whole, and its room comes back',
		async run({ system, folder }) {
			await system.pathWrite(`${folder}/f`, new Uint8Array(200_000).fill(5), 'create-new');
			const open = await system.fileOpen(`${folder}/f`, 'open', both);
			await system.pathWrite(`${folder}/new`, bytes('new'), 'create-new');
			await system.pathRename(`${folder}/new`, `${folder}/f`, true);
			equalBytes(await system.fileRead(open, 199_998, 10), new Uint8Array([5, 5]));
			await system.fileWrite(open, 0, bytes('still'));
			equal(text(await system.pathRead(`${folder}/f`, 10)), 'new');
			equal((await system.fileStat(open)).links, 0, 'links');
			await system.handleClose(open);
			equal((await system.pathUsage(folder)).files, 1, 'files');
		},
	},
];

export const nodeCases: ContractCase[] = [...attributeCases, ...sparseCases, ...caseCases, ...linkCases];
