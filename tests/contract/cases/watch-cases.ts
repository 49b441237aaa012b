/** Watches, and that changes are answered in groups without anybody noticing. */
import { directoryRights, rights } from '#abi/rights.ts';
import type { Change } from '#abi/structures.generated.ts';
import { watchDirectory } from '#runtime/watch-directory.ts';
import { bytes, ensure, equal, fails, isPending, text } from './assertions.ts';
import type { ContractCase, Machine } from './machine.ts';

/** What a watch tells until a file named `end` is made, as `kind path-from-the-folder`. */
async function gather(machine: Machine, handle: number, action: () => Promise<unknown>): Promise<string[]> {
	const { system, folder } = machine;
	await action();
	await system.pathWrite(`${folder}/end`, new Uint8Array(0), 'create-new');
	const changes: Change[] = [];
	while (!changes.some(({ path }) => path === `${folder}/end`)) changes.push(...(await system.watchRead(handle)));
	return changes
		.map(({ kind, path }) => `${kind} ${path.slice(folder.length)}`)
		.filter((line) => !line.endsWith('/end'));
}

const tellCases: ContractCase[] = [
	{
		title: 'a watch tells what is made, changed, moved and removed in its directory',
		async run(machine) {
			const { system, folder } = machine;
			const watch = await system.watchOpen(folder, false);
			const told = await gather(machine, watch, async () => {
				await system.pathWrite(`${folder}/a`, bytes('x'), 'create-new');
				await system.pathWrite(`${folder}/a`, bytes('y'), 'open');
				await system.pathMakeDirectory(`${folder}/d`);
				await system.pathWrite(`${folder}/d/deep`, bytes('x'), 'create-new');
				await system.pathRename(`${folder}/a`, `${folder}/b`, false);
				await system.pathUnlink(`${folder}/b`);
			});
			equal(told, ['created /a', 'created /d', 'removed /a', 'created /b', 'removed /b'], 'changes');
		},
	},
	{
		title: 'a recursive watch tells of what is below, and an open file by its present path',
		async run(machine) {
			const { system, folder } = machine;
			await system.pathMakeDirectory(`${folder}/d`);
			const file = await system.fileOpen(`${folder}/d/f`, 'create-new', rights.write);
			await system.pathRename(`${folder}/d`, `${folder}/e`, false);
			const watch = await system.watchOpen(folder, true);
			const told = await gather(machine, watch, () => system.fileWrite(file, 0, bytes('x')));
			equal(told, ['changed /e/f'], 'changes');
		},
	},
	{
		title: 'a rename is told as a pair, and the half that is seen alone',
		async run({ system, folder }) {
			await system.pathMakeDirectory(`${folder}/in`);
			await system.pathWrite(`${folder}/in/a`, bytes('x'), 'create-new');
			const watch = await system.watchOpen(`${folder}/in`, false);
			await system.pathRename(`${folder}/in/a`, `${folder}/in/b`, false);
			await system.pathRename(`${folder}/in/b`, `${folder}/out`, false);
			await system.pathRename(`${folder}/out`, `${folder}/in/c`, false);
			const told = await system.watchRead(watch);
			const numbers = [...new Set(told.map(({ rename }) => rename))];
			equal(
				told.map(({ kind, path, rename }) => `${kind} ${path.slice(folder.length)} ${numbers.indexOf(rename)}`),
				['removed /in/a 0', 'created /in/b 0', 'removed /in/b 1', 'created /in/c 2'],
				'changes',
			);
			ensure(!numbers.includes(undefined), 'a number for each rename');
		},
	},
	{
		title: 'a watch of a directory’s handle tells paths from there, and goes where the directory goes',
		async run({ system, folder }) {
			await system.pathMakeDirectory(`${folder}/d`);
			const directory = await system.directoryOpen(`${folder}/d`, rights.list);
			const watch = await system.directoryWatch(directory, true);
			await system.handleClose(directory);
			await system.pathRename(`${folder}/d`, `${folder}/moved`, false);
			await system.pathMakeDirectory(`${folder}/moved/e`);
			await system.pathWrite(`${folder}/moved/e/f`, bytes('x'), 'create-new');
			await system.pathWrite(`${folder}/d`, bytes('x'), 'create-new');
			await system.pathRemoveTree(`${folder}/moved`);
			const told = (await system.watchRead(watch)).map(({ kind, path }) => `${kind} ${path}`);
			equal(told, ['created e', 'created e/f', 'removed '], 'changes');
			const writer = await system.directoryOpen(folder, rights.walk);
			await fails('EACCES', system.directoryWatch(writer, true));
		},
	},
	{
		title: 'a program that sees a part of the files is told the paths that it knows, and no other',
		async run(machine) {
			const { system, folder } = machine;
			await system.pathMakeDirectory(`${folder}/secret name`);
			await system.pathMakeDirectory(`${folder}/secret name/d`);
			const handle = await system.directoryOpen(`${folder}/secret name`, directoryRights);
			const namespace = { mounts: [{ path: '/own', directory: handle, readOnly: false }] };
			const { system: own } = await machine.start({ namespace });
			const watch = await own.watchOpen('/own/d', true);
			await own.pathWrite('/own/d/f', bytes('x'), 'create-new');
			equal(await own.watchRead(watch), [{ kind: 'created', path: '/own/d/f' }], 'changes');
			await system.pathRename(`${folder}/secret name`, `${folder}/other name`, false);
			const told = await own.watchRead(watch);
			equal(
				told.map(({ kind, path }) => `${kind} ${path}`),
				['removed /own/d'],
				'changes',
			);
		},
	},
	{
		title: 'a watch through a link watches what the link points to',
		async run({ system, folder }) {
			await system.pathMakeDirectory(`${folder}/real`);
			const directory = await system.directoryOpen(folder, directoryRights);
			await system.atMakeLink(directory, 'link', 'real');
			const watch = await system.watchOpen(`${folder}/link`, false);
			await system.pathWrite(`${folder}/link/f`, bytes('x'), 'create-new');
			equal(await system.watchRead(watch), [{ kind: 'created', path: `${folder}/real/f` }], 'changes');
		},
	},
	{
		title: 'a watched directory that goes away is told',
		async run({ system, folder }) {
			await system.pathMakeDirectory(`${folder}/outer`);
			await system.pathMakeDirectory(`${folder}/outer/inner`);
			const watch = await system.watchOpen(`${folder}/outer/inner`, false);
			const change = system.watchRead(watch);
			await system.pathRemoveTree(`${folder}/outer`);
			equal(await change, [{ kind: 'removed', path: `${folder}/outer` }], 'change');
		},
	},
	{
		title: 'a watch with nothing to tell waits, and closing it ends the wait',
		async run(machine) {
			const { system, folder } = machine;
			const watch = await system.watchOpen(folder, false);
			const waiting = system.watchRead(watch);
			ensure(await isPending(waiting, () => system.processSelf()), 'the watch to wait');
			const cancelled = fails('ECANCELED', waiting);
			await system.handleClose(watch);
			await cancelled;
			await system.pathWrite(`${folder}/f`, bytes('x'), 'create-new');
			await fails('ENOTDIR', system.watchOpen(`${folder}/f`, false));
			await fails('ENOENT', system.watchOpen(`${folder}/none`, false));
		},
	},
	{
		title: 'a watch that nobody reads overflows once and goes on after',
		async run({ system, folder }) {
			const watch = await system.watchOpen(folder, false);
			const made = Array.from({ length: 5000 }, (_, index) =>
				system.pathWrite(`${folder}/${index}`, new Uint8Array(0), 'create-new'),
			);
			await Promise.all(made);
			equal(await system.watchRead(watch), [{ kind: 'overflow', path: folder }], 'changes');
			await system.pathUnlink(`${folder}/77`);
			equal(await system.watchRead(watch), [{ kind: 'removed', path: `${folder}/77` }], 'changes after');
		},
	},
	{
		title: 'a process killed while it waits for changes leaves the watch of others alone',
		async run(machine) {
			const { system, folder } = machine;
			const other = await machine.start();
			const lost = fails('ECANCELED', other.system.watchRead(await other.system.watchOpen(folder, true)));
			const told = system.watchRead(await system.watchOpen(folder, true));
			await system.processKill(other.pid, 'kill');
			await lost;
			await system.pathWrite(`${folder}/f`, bytes('x'), 'create-new');
			equal((await told).length, 1, 'changes');
		},
	},
	{
		title: 'a listener is called until it is disposed of',
		async run(machine) {
			const { system, folder } = machine;
			let resolve: (changes: readonly Change[]) => void = () => {};
			const first = new Promise<readonly Change[]>((settle) => {
				resolve = settle;
			});
			const watching = await watchDirectory(system, { path: folder, onChanges: (changes) => resolve(changes) });
			await system.pathWrite(`${folder}/f`, bytes('x'), 'create-new');
			equal(await first, [{ kind: 'created', path: `${folder}/f` }], 'changes');
			const { pid } = await system.processSelf();
			const countHandles = async () => (await system.processList()).find((process) => process.pid === pid)?.handles;
			const before = (await countHandles()) ?? 0;
			watching.dispose();
			await system.processSelf();
			equal(await countHandles(), before - 1, 'handles');
		},
	},
];

const groupCases: ContractCase[] = [
	{
		title: 'calls sent together are done in their order and each is answered',
		async run({ system, folder }) {
			const calls = Array.from({ length: 400 }, (_, index) => [
				system.pathWrite(`${folder}/f`, bytes(`version ${index}`), 'open-or-create'),
				system.pathRead(`${folder}/f`, 100).then((content) => equal(text(content), `version ${index}`)),
			]).flat();
			await Promise.all(calls);
			equal(text(await system.pathRead(`${folder}/f`, 100)), 'version 399');
		},
	},
	{
		title: 'one failing call in a group fails alone',
		async run({ system, folder }) {
			const results = await Promise.allSettled([
				system.pathMakeDirectory(`${folder}/d`),
				system.pathMakeDirectory(`${folder}/d`),
				system.pathWrite(`${folder}/d/f`, bytes('x'), 'create-new'),
				system.pathRemoveDirectory(`${folder}/d`),
				system.pathRename(`${folder}/d/f`, `${folder}/g`, false),
			]);
			equal(
				results.map(({ status }) => status[0]),
				['f', 'r', 'f', 'r', 'f'],
				'outcomes',
			);
			equal((await system.pathList(folder, '', 10)).names, ['d', 'g'], 'names');
		},
	},
	{
		title: 'a file made and opened in one breath is usable at once',
		async run({ system, folder }) {
			const file = await system.fileOpen(`${folder}/f`, 'create-new', rights.read | rights.write);
			const writes = Array.from({ length: 100 }, (_, index) => system.fileWrite(file, index * 10, bytes('0123456789')));
			const size = system.fileStat(file);
			equal((await size).size, 1000, 'size');
			await Promise.all(writes);
			await system.handleClose(file);
		},
	},
];

export const watchCases: ContractCase[] = [...tellCases, ...groupCases];
