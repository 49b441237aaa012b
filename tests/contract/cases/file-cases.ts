/** Open files, and what happens to them when their names go. */
import { rights } from '#abi/rights.ts';
import { bytes, ensure, equal, fails, text } from './assertions.ts';
import type { ContractCase } from './machine.ts';

const readWrite = rights.read | rights.write;

const openCases: ContractCase[] = [
	{
		title: 'a file is opened as its mode says',
		async run({ system, folder }) {
			const path = `${folder}/f`;
			await fails('ENOENT', system.fileOpen(path, 'open', rights.read));
			const first = await system.fileOpen(path, 'open-or-create', readWrite);
			await system.fileWrite(first, 0, bytes('content'));
			await fails('EEXIST', system.fileOpen(path, 'create-new', readWrite));
			const second = await system.fileOpen(path, 'replace', readWrite);
			equal((await system.fileStat(first)).size, 0, 'size after replace');
			await fails('EISDIR', system.fileOpen(folder, 'open', rights.read));
			await fails('EINVAL', system.fileOpen(path, 'open', 0));
			await fails('EINVAL', system.fileOpen(path, 'open', rights.signal));
			await fails('EINVAL', system.fileOpen(path, 'replace', rights.read));
			await system.handleClose(first);
			await system.handleClose(second);
			await fails('EBADF', system.fileStat(first));
		},
	},
	{
		title: 'a handle gives only the rights it was opened with',
		async run({ system, folder }) {
			const path = `${folder}/f`;
			await system.pathWrite(path, bytes('abc'), 'create-new');
			const reader = await system.fileOpen(path, 'open', rights.read);
			await fails('EACCES', system.fileWrite(reader, 0, bytes('x')));
			await fails('EACCES', system.streamWrite(reader, bytes('x')));
			await fails('EACCES', system.fileTruncate(reader, 0));
			const writer = await system.fileOpen(path, 'open', rights.write);
			await fails('EACCES', system.fileRead(writer, 0, 1));
			const both = await system.fileOpen(path, 'open', readWrite);
			const less = await system.handleDuplicate(both, rights.read);
			await fails('EACCES', system.fileWrite(less, 0, bytes('x')));
			await fails('EACCES', system.handleDuplicate(less, readWrite));
			equal(text(await system.pathRead(path, 10)), 'abc');
		},
	},
	{
		title: 'streams move a position that duplicates share, offsets do not',
		async run({ system, folder }) {
			const file = await system.fileOpen(`${folder}/f`, 'create-new', readWrite);
			await system.streamWrite(file, bytes('one '));
			const duplicate = await system.handleDuplicate(file, readWrite);
			await system.streamWrite(duplicate, bytes('two'));
			equal(text(await system.fileRead(file, 0, 100)), 'one two');
			equal((await system.streamRead(file, 10)).length, 0, 'bytes at the end');
			const fresh = await system.fileOpen(`${folder}/f`, 'open', rights.read);
			equal(text(await system.streamRead(fresh, 4)), 'one ');
			equal(text(await system.streamRead(fresh, 100)), 'two');
		},
	},
	{
		title: 'holes are zero, lengths beyond the end are cut, and sizes have a limit',
		async run({ system, folder }) {
			const file = await system.fileOpen(`${folder}/f`, 'create-new', readWrite);
			await system.fileWrite(file, 100_000, bytes('end'));
			const hole = await system.fileRead(file, 50_000, 1000);
			ensure(hole.length === 1000 && hole.every((byte) => byte === 0), 'a hole of zeros');
			equal((await system.fileRead(file, 100_001, 4_294_967_295)).length, 2, 'bytes to the end');
			equal((await system.fileRead(file, Number.MAX_SAFE_INTEGER, 10)).length, 0, 'bytes beyond the end');
			await fails('EFBIG', system.fileWrite(file, Number.MAX_SAFE_INTEGER, bytes('x')));
			await fails('EFBIG', system.fileTruncate(file, Number.MAX_SAFE_INTEGER));
			await system.fileTruncate(file, 2 ** 40);
			equal((await system.fileStat(file)).size, 2 ** 40, 'size');
			equal((await system.fileRead(file, 2 ** 40 - 5, 100)).length, 5, 'bytes at the far end');
			await fails('EFBIG', system.pathRead(`${folder}/f`, 4_294_967_295));
			await system.fileTruncate(file, 64 * 1024 * 1024 + 1);
			await fails('EFBIG', system.pathRead(`${folder}/f`, 4_294_967_295));
			await system.fileTruncate(file, 0);
		},
	},
	{
		title: 'concurrent appends of several processes are all there, none torn',
		async run(machine) {
			const path = `${machine.folder}/log`;
			const writers = await Promise.all([0, 1, 2, 3].map(() => machine.start()));
			await Promise.all(
				writers.map(async ({ system }, index) => {
					const file = await system.fileOpen(path, 'append', rights.write);
					const line = bytes(`${String(index).repeat(99)}\n`);
					await Promise.all(Array.from({ length: 50 }, () => system.streamWrite(file, line)));
					await system.handleClose(file);
				}),
			);
			const lines = text(await machine.system.pathRead(path, 1_000_000))
				.trimEnd()
				.split('\n');
			equal(lines.length, 200, 'lines');
			ensure(
				lines.every((line) => line.length === 99 && new Set(line).size === 1),
				'whole lines',
			);
		},
	},
];

const nameCases: ContractCase[] = [
	{
		title: 'an unlinked file lives until its last handle is closed',
		async run({ system, folder }) {
			const path = `${folder}/f`;
			const before = await system.volumeStatus();
			const file = await system.fileOpen(path, 'create-new', readWrite);
			const second = await system.handleDuplicate(file, readWrite);
			await system.fileWrite(file, 0, bytes('still here'));
			await system.pathUnlink(path);
			await system.pathWrite(path, bytes('another'), 'create-new');
			equal(text(await system.fileRead(file, 0, 100)), 'still here');
			await system.handleClose(file);
			await system.fileWrite(second, 0, bytes('STILL'));
			equal(text(await system.fileRead(second, 0, 100)), 'STILL here');
			equal((await system.fileStat(second)).links, 0, 'links');
			equal((await system.volumeStatus()).files, before.files + 2, 'files while one is only open');
			await system.handleClose(second);
			const after = await system.volumeStatus();
			equal(after.files, before.files + 1, 'files after the last close');
			equal(after.contentBytes, before.contentBytes + 'another'.length, 'bytes of content after the last close');
			equal(text(await system.pathRead(path, 100)), 'another');
		},
	},
	{
		title: 'a tree can be removed while a file in it is open',
		async run({ system, folder }) {
			await system.pathMakeDirectory(`${folder}/d`);
			const file = await system.fileOpen(`${folder}/d/f`, 'create-new', readWrite);
			await system.fileWrite(file, 0, bytes('held'));
			await system.pathRemoveTree(`${folder}/d`);
			equal(text(await system.fileRead(file, 0, 10)), 'held');
			await system.fileWrite(file, 4, bytes(' on'));
			equal(text(await system.fileRead(file, 0, 10)), 'held on');
			await system.handleClose(file);
			equal((await system.pathList(folder, '', 10)).names.length, 0, 'entries');
		},
	},
	{
		title: 'a rename over an open file leaves its reader the old content',
		async run({ system, folder }) {
			await system.pathWrite(`${folder}/old`, bytes('old'), 'create-new');
			await system.pathWrite(`${folder}/new`, bytes('new'), 'create-new');
			const file = await system.fileOpen(`${folder}/old`, 'open', rights.read);
			await system.pathRename(`${folder}/new`, `${folder}/old`, true);
			equal(text(await system.fileRead(file, 0, 10)), 'old');
			equal(text(await system.pathRead(`${folder}/old`, 10)), 'new');
		},
	},
	{
		title: 'a process that drops everything leaves no open file behind',
		async run(machine) {
			const { system, folder } = machine;
			const process = await machine.start();
			await system.pathWrite(`${folder}/f`, bytes('x'), 'create-new');
			for (let count = 0; count < 100; count++) await process.system.fileOpen(`${folder}/f`, 'open', rights.read);
			const before = (await system.processList()).find(({ pid }) => pid === process.pid);
			equal(before?.handles, 100, 'handles');
			await system.processKill(process.pid, 'kill');
			await process.ended;
			equal(
				(await system.processList()).some(({ pid }) => pid === process.pid),
				false,
				'still listed',
			);
		},
	},
	{
		title: 'a process cannot open handles without end',
		async run(machine) {
			const { system } = await machine.start();
			const file = await system.fileOpen(`${machine.folder}/f`, 'create-new', readWrite);
			const opened = await Promise.allSettled(
				Array.from({ length: 5000 }, () => system.handleDuplicate(file, rights.read)),
			);
			const refused = opened.filter(({ status }) => status === 'rejected').length;
			ensure(refused > 0 && refused < 5000, 'a limit on handles');
			await fails('EMFILE', system.pipeCreate());
			await fails('EMFILE', system.fileOpen(`${machine.folder}/g`, 'create-new', readWrite));
			await fails('ENOENT', system.pathStat(`${machine.folder}/g`));
		},
	},
];

export const fileCases: ContractCase[] = [...openCases, ...nameCases];
