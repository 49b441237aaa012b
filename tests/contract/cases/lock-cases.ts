/** Advisory locks: who is kept out, who waits, and how a lock ends. */
import { rights } from '#abi/rights.ts';
import type { System } from '#runtime/system.ts';
import { bytes, ensure, equal, fails, isPending, text } from './assertions.ts';
import type { ContractCase, Machine } from './machine.ts';

const forEver = 0xffff_ffff;
const both = rights.read | rights.write;

async function openTwo({ system, folder }: Machine, name = 'f'): Promise<[one: number, other: number]> {
	const one = await system.fileOpen(`${folder}/${name}`, 'open-or-create', both);
	return [one, await system.fileOpen(`${folder}/${name}`, 'open', both)];
}

async function locksOf(system: System, handle: number): Promise<string[]> {
	const locks = await system.fileLocks(handle);
	return locks.map(({ kind, offset, length, own }) => `${own ? 'own' : 'other'} ${kind} ${offset}+${length}`);
}

const holdCases: ContractCase[] = [
	{
		title: 'an exclusive lock keeps every other out, shared ones live together',
		async run(machine) {
			const { system } = machine;
			const [one, other] = await openTwo(machine);
			await system.fileLock(one, 'shared', 0, 0, 0);
			await system.fileLock(other, 'shared', 0, 0, 0);
			await fails('EAGAIN', system.fileLock(one, 'exclusive', 0, 0, 0));
			await system.fileUnlock(other, 0, 0);
			await system.fileLock(one, 'exclusive', 0, 0, 0);
			await fails('EAGAIN', system.fileLock(other, 'shared', 100, 1, 0));
			await fails('ETIMEDOUT', system.fileLock(other, 'shared', 100, 1, 1));
			equal(await locksOf(system, other), ['other exclusive 0+0'], 'locks');
			await system.fileUnlock(one, 0, 0);
			equal(await locksOf(system, other), [], 'locks at the end');
		},
	},
	{
		title: 'parts of a file are locked by themselves, split and joined',
		async run(machine) {
			const { system } = machine;
			const [one, other] = await openTwo(machine);
			await system.fileLock(one, 'exclusive', 10, 20, 0);
			await system.fileLock(other, 'exclusive', 0, 10, 0);
			await system.fileLock(other, 'exclusive', 30, 0, 0);
			await fails('EAGAIN', system.fileLock(other, 'shared', 29, 1, 0));
			await system.fileUnlock(one, 15, 5);
			await system.fileLock(one, 'shared', 20, 5, 0);
			equal(
				await locksOf(system, one),
				['other exclusive 0+10', 'own exclusive 10+5', 'own shared 20+5', 'own exclusive 25+5', 'other exclusive 30+0'],
				'locks',
			);
			await system.fileLock(one, 'exclusive', 15, 10, 0);
			equal((await locksOf(system, one))[1], 'own exclusive 10+20', 'joined');
			await fails('EINVAL', system.fileLock(one, 'shared', 2 ** 53 - 2, 2, 0));
		},
	},
	{
		title: 'a lock belongs to the open file: duplicates share it, and the last one closed gives it back',
		async run(machine) {
			const { system } = machine;
			const [one, other] = await openTwo(machine);
			const second = await system.handleDuplicate(one, both);
			await system.fileLock(one, 'exclusive', 0, 0, 0);
			await system.fileLock(second, 'exclusive', 5, 5, 0);
			await system.handleClose(one);
			await fails('EAGAIN', system.fileLock(other, 'shared', 0, 0, 0));
			await system.handleClose(second);
			await system.fileLock(other, 'exclusive', 0, 0, 0);
		},
	},
	{
		title: 'a lock needs the right to what it keeps others from, and a file',
		async run({ system, folder }) {
			await system.pathWrite(`${folder}/f`, bytes('x'), 'create-new');
			const reader = await system.fileOpen(`${folder}/f`, 'open', rights.read);
			const writer = await system.fileOpen(`${folder}/f`, 'open', rights.write);
			await fails('EACCES', system.fileLock(reader, 'exclusive', 0, 0, 0));
			await fails('EACCES', system.fileLock(writer, 'shared', 0, 0, 0));
			await system.fileLock(reader, 'shared', 0, 0, 0);
			await fails('EAGAIN', system.fileLock(writer, 'exclusive', 0, 0, 0));
			const device = await system.fileOpen('/dev/null', 'open', both);
			await fails('EINVAL', system.fileLock(device, 'shared', 0, 0, 0));
		},
	},
	{
		title: 'a program cannot hoard locked parts without end',
		async run(machine) {
			const { system } = machine;
			const [one] = await openTwo(machine);
			const made = Array.from({ length: 1024 }, (_, index) => system.fileLock(one, 'shared', index * 2, 1, 0));
			await Promise.all(made);
			await fails('EAGAIN', system.fileLock(one, 'shared', 5000, 1, 0));
			await fails('EAGAIN', system.fileLock(one, 'exclusive', 5000, 1, forEver));
			equal((await system.fileLocks(one)).length, 1024, 'parts');
		},
	},
];

const waitCases: ContractCase[] = [
	{
		title: 'those who wait get the lock in their order, and nobody overtakes a waiting writer',
		async run(machine) {
			const { system, folder } = machine;
			const [one, other] = await openTwo(machine);
			const late = await system.fileOpen(`${folder}/f`, 'open', both);
			await system.fileLock(one, 'shared', 0, 0, 0);
			const order: string[] = [];
			const writer = system.fileLock(other, 'exclusive', 0, 0, forEver).then(() => order.push('writer'));
			const reader = system.fileLock(late, 'shared', 0, 0, forEver).then(() => order.push('reader'));
			ensure(await isPending(Promise.race([writer, reader]), () => system.processSelf()), 'both to wait');
			await system.fileLock(one, 'shared', 50, 50, 0);
			await system.fileUnlock(one, 0, 0);
			await writer;
			ensure(await isPending(reader, () => system.processSelf()), 'the reader to wait for the writer');
			await system.handleClose(other);
			await reader;
			equal(order, ['writer', 'reader'], 'order');
		},
	},
	{
		title: 'a wait ends when its handle is closed, its time is over or the holder is killed',
		async run(machine) {
			const { system, folder } = machine;
			const [one, other] = await openTwo(machine);
			const holder = await machine.start();
			const held = await holder.system.fileOpen(`${folder}/f`, 'open', both);
			await holder.system.fileLock(held, 'exclusive', 0, 0, 0);
			const cancelled = fails('ECANCELED', system.fileLock(one, 'exclusive', 0, 0, forEver));
			await system.handleClose(one);
			await cancelled;
			await fails('ETIMEDOUT', system.fileLock(other, 'exclusive', 0, 0, 5));
			const waiting = system.fileLock(other, 'exclusive', 0, 0, forEver);
			await system.processKill(holder.pid, 'kill');
			await waiting;
			equal(await locksOf(system, other), ['own exclusive 0+0'], 'locks');
		},
	},
	{
		title: 'one who waits and is killed lets those behind it pass',
		async run(machine) {
			const { system, folder } = machine;
			const [one] = await openTwo(machine);
			await system.fileLock(one, 'shared', 0, 0, 0);
			const [waiter, last] = [await machine.start(), await machine.start()];
			const other = await last.system.fileOpen(`${folder}/f`, 'open', both);
			const handle = await waiter.system.fileOpen(`${folder}/f`, 'open', both);
			const lost = fails('ECANCELED', waiter.system.fileLock(handle, 'exclusive', 0, 0, forEver));
			await waiter.system.processSelf();
			const behind = last.system.fileLock(other, 'shared', 0, 0, forEver);
			ensure(await isPending(behind, () => last.system.processSelf()), 'the one behind to wait');
			await system.processKill(waiter.pid, 'kill');
			await behind;
			await lost;
		},
	},
	{
		title: 'programs that would wait for each other for ever are told',
		async run(machine) {
			const { system, folder } = machine;
			const [a] = await openTwo(machine, 'a');
			const [b] = await openTwo(machine, 'b');
			const other = await machine.start();
			const otherA = await other.system.fileOpen(`${folder}/a`, 'open', both);
			const otherB = await other.system.fileOpen(`${folder}/b`, 'open', both);
			await system.fileLock(a, 'exclusive', 0, 0, 0);
			await other.system.fileLock(otherB, 'exclusive', 0, 0, 0);
			const waiting = system.fileLock(b, 'exclusive', 0, 0, forEver);
			ensure(await isPending(waiting, () => system.processSelf()), 'the first to wait');
			await fails('EDEADLK', other.system.fileLock(otherA, 'exclusive', 0, 0, forEver));
			await fails('ETIMEDOUT', other.system.fileLock(otherA, 'exclusive', 0, 0, 5));
			await other.system.fileUnlock(otherB, 0, 0);
			await waiting;
		},
	},
	{
		title: 'two readers that both want to write are told, tasks of one program are not',
		async run(machine) {
			const { system, folder } = machine;
			const [mine, second] = await openTwo(machine);
			const other = await machine.start();
			const theirs = await other.system.fileOpen(`${folder}/f`, 'open', both);
			await system.fileLock(mine, 'shared', 0, 0, 0);
			await other.system.fileLock(theirs, 'shared', 0, 0, 0);
			const waiting = system.fileLock(mine, 'exclusive', 0, 0, forEver);
			ensure(await isPending(waiting, () => system.processSelf()), 'the first to wait');
			await fails('EDEADLK', other.system.fileLock(theirs, 'exclusive', 0, 0, forEver));
			await other.system.handleClose(theirs);
			await waiting;
			const task = system.fileLock(second, 'shared', 0, 0, forEver);
			ensure(await isPending(task, () => system.processSelf()), 'the other task to wait');
			await system.fileUnlock(mine, 0, 0);
			await task;
		},
	},
	{
		title: 'who has the lock reads what was written before',
		async run(machine) {
			const { system, folder } = machine;
			await system.pathWrite(`${folder}/n`, bytes('0'), 'create-new');
			const count = async ({ system: own }: { system: System }): Promise<void> => {
				const handle = await own.fileOpen(`${folder}/n`, 'open', both);
				for (let round = 0; round < 25; round++) {
					await own.fileLock(handle, 'exclusive', 0, 0, forEver);
					const value = Number(text(await own.fileRead(handle, 0, 20)));
					await own.fileWrite(handle, 0, bytes(String(value + 1)));
					await own.fileUnlock(handle, 0, 0);
				}
			};
			await Promise.all([machine, await machine.start(), await machine.start()].map(count));
			equal(text(await system.pathRead(`${folder}/n`, 20)), '75');
		},
	},
];

export const lockCases: ContractCase[] = [...holdCases, ...waitCases];
