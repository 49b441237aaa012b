/** Watches, and that changes are answered in groups without anybody noticing. */
import { rights } from '#abi/rights.ts';
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
			const before = (await system.processList())[0]?.handles ?? 0;
			watching.dispose();
			await system.processSelf();
			equal((await system.processList())[0]?.handles, before - 1, 'handles');
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
