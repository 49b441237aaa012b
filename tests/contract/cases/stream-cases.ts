/** Pipes, events and what happens to those who wait. */
import { rights } from '#abi/rights.ts';
import { bytes, ensure, equal, equalBytes, fails, isPending, text } from './assertions.ts';
import type { ContractCase, Machine } from './machine.ts';

/** Bytes that a pipe holds before its writers wait. */
const pipeCapacity = 262_144;

/** A process that holds one end of a pipe as its standard stream, and the other end here. */
async function startWithPipe(machine: Machine, end: 'read' | 'write') {
	const { system } = machine;
	const pipe = await system.pipeCreate();
	const process = await machine.start(end === 'read' ? { standardInput: pipe.read } : { standardOutput: pipe.write });
	await system.handleClose(pipe[end]);
	const handle = end === 'read' ? process.start.standardInput : process.start.standardOutput;
	ensure(handle !== undefined, 'a standard stream');
	return { process, handle, other: end === 'read' ? pipe.write : pipe.read };
}

async function readAll(machine: Machine, handle: number): Promise<Uint8Array> {
	const parts: number[] = [];
	for (;;) {
		const part = await machine.system.streamRead(handle, 65_536);
		if (part.length === 0) return Uint8Array.from(parts);
		for (const byte of part) parts.push(byte);
	}
}

const pipeCases: ContractCase[] = [
	{
		title: 'a pipe carries bytes in order and ends when no writer is left',
		async run({ system }) {
			const pipe = await system.pipeCreate();
			await system.streamWrite(pipe.write, bytes('one '));
			await system.streamWrite(pipe.write, bytes('two'));
			equal(text(await system.streamRead(pipe.read, 2)), 'on');
			equal(text(await system.streamRead(pipe.read, 100)), 'e two');
			await system.streamWrite(pipe.write, bytes('last'));
			await system.handleClose(pipe.write);
			equal(text(await system.streamRead(pipe.read, 100)), 'last');
			equal((await system.streamRead(pipe.read, 100)).length, 0, 'bytes at the end');
			await system.handleClose(pipe.read);
		},
	},
	{
		title: 'a reader of an empty pipe waits, and a writer of a full one does too',
		async run({ system }) {
			const pipe = await system.pipeCreate();
			const read = system.streamRead(pipe.read, 10);
			ensure(await isPending(read, () => system.processSelf()), 'the read to wait');
			await system.streamWrite(pipe.write, bytes('x'));
			equal(text(await read), 'x');
			const large = system.streamWrite(pipe.write, new Uint8Array(1_000_000));
			const write = system.streamWrite(pipe.write, bytes('behind'));
			ensure(await isPending(write, () => system.processSelf()), 'the write to wait');
			let left = 1_000_000;
			while (left > 0) left -= (await system.streamRead(pipe.read, Math.min(left, 65_536))).length;
			await Promise.all([large, write]);
			equal(text(await system.streamRead(pipe.read, 100)), 'behind');
		},
	},
	{
		title: 'five megabytes go through a pipe between two processes unharmed',
		async run(machine) {
			const { process, handle, other } = await startWithPipe(machine, 'write');
			const sent = new Uint8Array(5_000_000).map((_, index) => (index * 31) & 0xff);
			const writing = (async () => {
				for (let at = 0; at < sent.length; at += 70_001)
					await process.system.streamWrite(handle, sent.slice(at, at + 70_001));
				await process.system.handleClose(handle);
			})();
			equalBytes(await readAll(machine, other), sent);
			await writing;
		},
	},
	{
		title: 'concurrent writers of a pipe do not mix their bytes',
		async run(machine) {
			const { system } = machine;
			const pipe = await system.pipeCreate();
			const writers = await Promise.all([1, 2, 3, 4].map(() => machine.start({ standardOutput: pipe.write })));
			await system.handleClose(pipe.write);
			const lines = 50;
			for (const [index, { start, system: own }] of writers.entries()) {
				const line = bytes(`${String(index).repeat(2000)}\n`);
				for (let count = 0; count < lines; count++) void own.streamWrite(start.standardOutput as number, line);
				void own.handleClose(start.standardOutput as number);
			}
			const all = text(await readAll(machine, pipe.read))
				.trimEnd()
				.split('\n');
			equal(all.length, writers.length * lines, 'lines');
			ensure(
				all.every((line) => line.length === 2000 && new Set(line).size === 1),
				'every line to be of one writer',
			);
		},
	},
	{
		title: 'a writer without a reader gets EPIPE, even one that waits',
		async run({ system }) {
			const pipe = await system.pipeCreate();
			await system.streamWrite(pipe.write, new Uint8Array(pipeCapacity));
			const refused = fails('EPIPE', system.streamWrite(pipe.write, new Uint8Array(1)));
			await system.handleClose(pipe.read);
			await refused;
			await fails('EPIPE', system.streamWrite(pipe.write, new Uint8Array(1)));
		},
	},
	{
		title: 'a process killed while it waits in a pipe releases the other end',
		async run(machine) {
			const { process, handle, other } = await startWithPipe(machine, 'write');
			await process.system.streamWrite(handle, new Uint8Array(pipeCapacity));
			const ended = fails('ECANCELED', process.system.streamWrite(handle, bytes('never')), 'the blocked write');
			await machine.system.processSelf();
			await machine.system.processKill(process.pid, 'kill');
			await ended;
			equal((await readAll(machine, other)).length, pipeCapacity, 'bytes accepted before the kill');
		},
	},
	{
		title: 'a killed reader swallows nothing of what comes after',
		async run(machine) {
			const { system } = machine;
			const pipe = await system.pipeCreate();
			const reader = await machine.start({ standardInput: pipe.read });
			const lost = fails('ECANCELED', reader.system.streamRead(reader.start.standardInput as number, 100));
			await reader.system.processSelf();
			await system.processKill(reader.pid, 'kill');
			await lost;
			await system.streamWrite(pipe.write, bytes('for me'));
			equal(text(await system.streamRead(pipe.read, 100)), 'for me');
		},
	},
	{
		title: 'closing a handle ends the waits made through it, and only those',
		async run({ system }) {
			const pipe = await system.pipeCreate();
			const second = await system.handleDuplicate(pipe.read, rights.read);
			const ended = fails('ECANCELED', system.streamRead(pipe.read, 10));
			const lasting = system.streamRead(second, 10);
			await system.handleClose(pipe.read);
			await ended;
			await system.streamWrite(pipe.write, bytes('y'));
			equal(text(await lasting), 'y');
		},
	},
	{
		title: 'a write that was handed over is read even when its handle was closed behind it',
		async run(machine) {
			const { system } = machine;
			const pipe = await system.pipeCreate();
			const full = system.streamWrite(pipe.write, new Uint8Array(100_000));
			const behind = system.streamWrite(pipe.write, bytes('not lost'));
			await system.handleClose(pipe.write);
			const all = await readAll(machine, pipe.read);
			equal(text(all.subarray(100_000)), 'not lost');
			await Promise.all([full, behind]);
		},
	},
	{
		title: 'pipe ends have only their own right',
		async run({ system }) {
			const pipe = await system.pipeCreate();
			await fails('EACCES', system.streamRead(pipe.write, 1));
			await fails('EACCES', system.streamWrite(pipe.read, bytes('x')));
			await fails('EACCES', system.handleDuplicate(pipe.read, rights.read | rights.write));
			await fails('ESPIPE', system.fileRead(pipe.read, 0, 1));
		},
	},
];

const eventCases: ContractCase[] = [
	{
		title: 'an event wakes all who wait and stays set until it is reset',
		async run(machine) {
			const { system } = machine;
			const event = await system.eventCreate(false);
			const waits = [1, 2, 3].map(() => system.eventWait(event, 0xffff_ffff));
			ensure(await isPending(Promise.race(waits), () => system.processSelf()), 'the waits to wait');
			await system.eventSet(event, true);
			await Promise.all(waits);
			await system.eventWait(event, 0);
			await system.eventSet(event, false);
			await fails('ETIMEDOUT', system.eventWait(event, 0));
		},
	},
	{
		title: 'a wait for an event ends when its time has passed',
		async run({ system }) {
			const event = await system.eventCreate(false);
			await fails('ETIMEDOUT', system.eventWait(event, 20));
			const other = fails('ECANCELED', system.eventWait(event, 0xffff_ffff));
			await system.handleClose(event);
			await other;
		},
	},
	{
		title: 'a handle without the right to signal cannot set an event',
		async run({ system }) {
			const event = await system.eventCreate(false);
			const waiter = await system.handleDuplicate(event, rights.wait);
			await fails('EACCES', system.eventSet(waiter, true));
			await fails('EACCES', system.handleDuplicate(waiter, rights.signal));
			await system.eventSet(event, true);
			await system.eventWait(waiter, 0);
		},
	},
];

export const streamCases: ContractCase[] = [...pipeCases, ...eventCases];
