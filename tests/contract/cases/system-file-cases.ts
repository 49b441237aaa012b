/** `/dev` and `/proc`: in every call they do as on Unix, and tell nobody what is not theirs to know. */
import { rights } from '#abi/rights.ts';
import { bytes, ensure, equal, equalBytes, fails, text } from './assertions.ts';
import type { ContractCase } from './machine.ts';

const both = rights.read | rights.write;
const zeros = (length: number): Uint8Array => new Uint8Array(length);

const deviceCases: ContractCase[] = [
	{
		title: 'the null device is empty and takes everything',
		async run({ system, folder }) {
			const device = await system.fileOpen('/dev/null', 'replace', both);
			await system.streamWrite(device, bytes('gone'));
			await system.fileWrite(device, 1_000_000, bytes('gone'));
			equal((await system.streamRead(device, 10)).length, 0, 'bytes read');
			equal((await system.fileRead(device, 5, 10)).length, 0, 'bytes read at an offset');
			await system.pathWrite('/dev/null', bytes('gone'), 'open');
			equal((await system.pathRead('/dev/null', 10)).length, 0, 'bytes of all');
			await system.pathCopy('/dev/null', `${folder}/empty`);
			equal((await system.pathStat(`${folder}/empty`)).size, 0, 'size of the copy');
		},
	},
	{
		title: 'zero, full and random give what they say, as much as is asked for',
		async run({ system }) {
			for (const name of ['zero', 'full']) {
				const device = await system.fileOpen(`/dev/${name}`, 'open', rights.read);
				equalBytes(await system.streamRead(device, 100_000), zeros(100_000));
				equalBytes(await system.fileRead(device, 2 ** 50, 10), zeros(10));
			}
			const full = await system.fileOpen('/dev/full', 'open', rights.write);
			await fails('ENOSPC', system.streamWrite(full, bytes('x')));
			const drawn = new Set<string>();
			for (const name of ['random', 'urandom', 'random']) {
				const device = await system.fileOpen(`/dev/${name}`, 'open', both);
				await system.streamWrite(device, bytes('stir'));
				drawn.add((await system.streamRead(device, 100_000)).join());
			}
			equal(drawn.size, 3, 'different draws');
		},
	},
	{
		title: 'a device is told as one, is always ready, and has neither size, lock nor end',
		async run({ system }) {
			const device = await system.fileOpen('/dev/zero', 'open', both);
			equal(await system.handleKind(device), 'device', 'kind');
			equal((await system.pathStat('/dev/zero')).kind, 'device', 'kind by path');
			equal((await system.handleStatus(device)).size, 0, 'size');
			equal(await system.streamPoll([device], [device], -1), [0, 1], 'ready');
			equal(await system.streamSeek(device, 5, 'end'), 5, 'position');
			equalBytes(await system.streamRead(device, 3), zeros(3));
			await fails('EINVAL', system.fileTruncate(device, 10));
			await fails('ENOTSUP', system.fileAllocate(device, 0, 10));
			await fails('ENOTSUP', system.fileClear(device, 0, 10));
			await fails('ENOTSUP', system.fileFindData(device, 0));
			await system.fileSync(device);
		},
	},
	{
		title: 'no name is made, moved or removed among the devices',
		async run({ system, folder }) {
			await system.pathWrite(`${folder}/f`, bytes('x'), 'create-new');
			await fails('EEXIST', system.pathWrite('/dev/null', bytes('x'), 'create-new'));
			for (const call of [
				() => system.pathWrite('/dev/new', bytes('x'), 'create-new'),
				() => system.fileOpen('/dev/new', 'open-or-create', both),
				() => system.pathMakeDirectory('/dev/new'),
				() => system.pathMakeLink('/dev/new', 'null'),
			])
				await fails('EROFS', call());
			for (const remove of [
				() => system.pathUnlink('/dev/null'),
				() => system.pathRemoveTree('/dev/null'),
				() => system.pathRename('/dev/null', '/dev/other', false),
			])
				ensure(['EROFS', 'EACCES'].includes(await codeOf(remove())), 'a refusal');
			await fails('EXDEV', system.pathRename(`${folder}/f`, '/dev/f', false));
			await fails('EBUSY', system.pathRemoveTree('/dev'));
			ensure((await system.pathList('/dev', '', 99)).names.join() === 'full,null,random,tty,urandom,zero', 'the names');
		},
	},
];

async function codeOf(call: Promise<unknown>): Promise<string> {
	try {
		await call;
		return 'done';
	} catch (error) {
		return error instanceof Error && 'code' in error ? String(error.code) : 'other';
	}
}

const processCases: ContractCase[] = [
	{
		title: 'a process finds itself, its arguments, environment, handles and mounts',
		async run(machine) {
			const { system: own, pid } = await machine.start({
				arguments: ['one', 'two words'],
				environment: ['A=1', 'B=ü'],
				workingDirectory: machine.folder,
			});
			const read = async (name: string): Promise<string> => text(await own.pathRead(`/proc/self/${name}`, 100_000));
			equal(await read('cmdline'), 'contract\0one\0two words\0');
			equal(await read('environ'), 'A=1\0B=ü\0');
			equal(await own.pathReadLink('/proc/self'), String(pid));
			equal(await own.pathReadLink('/proc/self/cwd'), machine.folder);
			ensure((await read('status')).includes(`Pid:\t${pid}\n`), 'its pid in its status');
			const handle = await own.fileOpen('f', 'create-new', both);
			equal(await own.pathReadLink(`/proc/self/fd/${handle}`), `${machine.folder}/f`);
			await own.pathRename('f', 'g', false);
			equal(await own.pathReadLink(`/proc/self/fd/${handle}`), `${machine.folder}/g`);
			await own.fileWrite(handle, 0, bytes('by its number'));
			equal(text(await own.pathRead(`/proc/self/fd/${handle}`, 99)), 'by its number');
			const { read: pipe } = await own.pipeCreate();
			equal(await own.pathReadLink(`/proc/self/fd/${pipe}`), 'a pipe');
			ensure(/ \/ rw\n$/.test(await read('mounts')), 'the root among the mounts');
			ensure(/^\d+\.\d\d\n$/.test(text(await own.pathRead('/proc/uptime', 99))), 'the time since the start');
		},
	},
	{
		title: 'the files of a process that has ended are gone, also by a handle that was opened before',
		async run(machine) {
			const { system } = machine;
			const other = await machine.start();
			const directory = await system.directoryOpen(`/proc/${other.pid}`, rights.read | rights.list | rights.walk);
			const status = await system.fileOpen(`/proc/${other.pid}/status`, 'open', rights.read);
			ensure((await system.fileRead(status, 0, 10_000)).length > 0, 'a status');
			await system.processKill(other.pid, 'kill');
			await other.ended;
			await fails('ENOENT', system.fileRead(status, 0, 10_000));
			await fails('ENOENT', system.atStatus(directory, 'status', true));
			await fails('ENOENT', system.pathStat(`/proc/${other.pid}`));
			await system.handleClose(status);
			await system.handleClose(directory);
		},
	},
	{
		title: 'what is told of processes cannot be changed, and names that are no numbers of processes lead nowhere',
		async run({ system }) {
			await fails('EACCES', system.pathMakeDirectory('/proc/new'));
			for (const name of ['0', '01', '-1', '1e0', '99999999', 'self/../none', 'self/fd/99999999'])
				await fails('ENOENT', system.pathStat(`/proc/${name}`));
			ensure((await codeOf(system.fileOpen('/proc/self/status', 'open', both))) !== 'done', 'no handle to write by');
			await fails('EINVAL', system.pathReadLink('/proc/self/status'));
		},
	},
	{
		title: 'a program that sees a part of the files sees neither devices nor processes, unless they are given to it',
		async run(machine) {
			const { system, folder } = machine;
			const handle = await system.directoryOpen(folder, 0x1ff & ~(rights.wait | rights.signal));
			const namespace = { mounts: [{ path: '/own', directory: handle, readOnly: false }] };
			const { system: own } = await machine.start({ namespace });
			for (const path of ['/proc', '/proc/self/environ', '/dev/null', '/own/../proc'])
				await fails('ENOENT', own.pathStat(path));
		},
	},
];

export const systemFileCases: ContractCase[] = [...deviceCases, ...processCases];
