/** Terminals: lines, keys that are signals, whose turn it is, size, and the end. */
import type { System } from '#runtime/system.ts';
import { bytes, ensure, equal, fails, isPending, text } from './assertions.ts';
import { call, drop, guestModule, i32, readFrom, scratch, writeTo } from './guest-module.ts';
import type { ContractCase, Machine } from './machine.ts';

const fdstatSize = 24;
const characterDevice = 2;
/** `fd_seek` and `fd_tell` of preview 1. */
const seekAndTell = (1n << 2n) | (1n << 5n);
const size = { rows: 24, columns: 80 };
const raw = { canonical: false, echo: false, signals: false, outputNewlines: false };

/** A process at a terminal of its own, in a session of its own. */
async function startAtTerminal(machine: Machine) {
	const { system } = machine;
	const { controller, terminal } = await system.terminalCreate(size);
	const process = await machine.start({
		...{ standardInput: terminal, standardOutput: terminal, standardError: terminal },
		newSession: true,
	});
	const handle = process.start.standardInput;
	ensure(handle !== undefined, 'a standard stream');
	const type = (keys: string): Promise<void> => system.streamWrite(controller, bytes(keys));
	return { process, handle, controller, terminal, type };
}

async function readText(system: System, handle: number): Promise<string> {
	return text(await system.streamRead(handle, 1000));
}

/** Tells what its standard input is on its standard error, then copies a line from its input to its output. */
const lineCopier = guestModule({
	body: [
		[call('fd_fdstat_get', i32(0), i32(scratch)), drop],
		[writeTo(i32(2), scratch, fdstatSize), drop],
		[readFrom(0, scratch, 100), drop],
		[writeTo(i32(1), scratch, 6), drop],
	],
});

export const terminalCases: ContractCase[] = [
	{
		title: 'a program for WASI knows its terminal, reads a line that is typed there, and answers',
		async run({ system, folder }) {
			await system.pathWrite(`${folder}/copy.wasm`, lineCopier, 'create-new');
			const { controller, terminal } = await system.terminalCreate(size);
			const told = await system.pipeCreate();
			const pid = await system.processSpawn(`${folder}/copy.wasm`, {
				...{ arguments: [], environment: [], workingDirectory: '/', newSession: true },
				...{ standardInput: terminal, standardOutput: terminal, standardError: told.write },
			});
			for (const handle of [told.write, terminal]) await system.handleClose(handle);
			const fdstat = await system.streamRead(told.read, fdstatSize);
			const view = new DataView(fdstat.buffer, fdstat.byteOffset);
			equal(view.getUint8(0), characterDevice, 'its sort');
			equal(view.getBigUint64(8, true) & seekAndTell, 0n, 'rights to a position, which a terminal does not have');
			await system.streamWrite(controller, bytes('hello\r'));
			let shown = '';
			while (!shown.endsWith('hello\r\nhello\r\n')) shown += await readText(system, controller);
			equal((await system.processWait(pid)).code, 0);
		},
	},
	{
		title: 'a line typed at a terminal is echoed, can be edited, and is read whole',
		async run(machine) {
			const { process, handle, controller, type } = await startAtTerminal(machine);
			const line = readText(process.system, handle);
			await type('lx\x7fs -l');
			ensure(await isPending(line, () => process.system.processSelf()), 'the read to wait for the end of the line');
			await type('a\r');
			equal(await line, 'ls -la\n');
			equal(await readText(machine.system, controller), 'lx\b \bs -la\r\n');
			await type('\x04');
			equal(await readText(process.system, handle), '', 'Ctrl+D at the start of a line');
			await process.system.streamWrite(handle, bytes('a\nb'));
			equal(await readText(machine.system, controller), 'a\r\nb');
		},
	},
	{
		title: 'in raw mode every byte goes to the program as it is',
		async run(machine) {
			const { process, handle, type } = await startAtTerminal(machine);
			await process.system.terminalSetMode(handle, raw);
			equal((await process.system.terminalMode(handle)).canonical, false);
			await type('\x03\x04\r\x1b[A');
			equal(await readText(process.system, handle), '\x03\x04\r\x1b[A');
		},
	},
	{
		title: 'Ctrl+C at a terminal ends the group in its foreground and nobody else',
		async run(machine) {
			const { process, handle, terminal, type } = await startAtTerminal(machine);
			const heard: string[] = [];
			process.system.onSignal((signal) => heard.push(`leader ${signal}`));
			const job = await machine.start({ standardInput: terminal, group: 0 });
			job.system.onSignal((signal) => heard.push(`job ${signal}`));
			const settle = (): Promise<unknown> => Promise.all([process.system.processSelf(), job.system.processSelf()]);
			await type('\x03');
			await settle();
			await process.system.terminalSetForeground(handle, job.start.group);
			await type('\x1c');
			await settle();
			equal(heard.join(), 'leader interrupt,job quit');
		},
	},
	{
		title: 'a process in the background waits for its turn before it reads what is typed',
		async run(machine) {
			const { process, handle, type } = await startAtTerminal(machine);
			const { system } = process;
			const { group } = process.start;
			await system.terminalSetForeground(handle, group + 1_000_000);
			const line = readText(system, handle);
			const changed = system.terminalSetMode(handle, { ...raw, canonical: true });
			await type('secret\r');
			ensure(await isPending(line, () => system.processSelf()), 'the reader to wait');
			ensure(await isPending(changed, () => system.processSelf()), 'the change of mode to wait');
			await system.terminalSetForeground(handle, group);
			equal(await line, 'secret\n');
			await changed;
		},
	},
	{
		title: 'a terminal tells its size, and who waits hears of another one',
		async run(machine) {
			const { process, handle, controller } = await startAtTerminal(machine);
			const { system } = process;
			equal((await system.terminalSize(handle)).columns, 80);
			const next = system.terminalAwaitSize(handle, size);
			ensure(await isPending(next, () => system.processSelf()), 'the wait for another size');
			await machine.system.terminalSetSize(controller, size);
			ensure(await isPending(next, () => system.processSelf()), 'the same size to be no news');
			await machine.system.terminalSetSize(controller, { rows: 40, columns: 120 });
			equal((await next).columns, 120);
			equal((await system.terminalAwaitSize(handle, size)).rows, 40);
		},
	},
	{
		title: 'a terminal whose window has closed gives the end to readers and EIO to writers',
		async run(machine) {
			const { process, handle, controller } = await startAtTerminal(machine);
			const { system } = process;
			const signals: string[] = [];
			system.onSignal((signal) => signals.push(signal));
			const line = readText(system, handle);
			await machine.system.handleClose(controller);
			equal(await line, '');
			await fails('EIO', system.streamWrite(handle, bytes('x')));
			await fails('EIO', system.terminalAwaitSize(handle, size));
			equal(signals.join(), 'hangup');
		},
	},
	{
		title: 'a terminal is opened by its own processes only, by call and as /dev/tty',
		async run(machine) {
			const { process, controller } = await startAtTerminal(machine);
			const { system } = process;
			const again = await system.terminalOpen();
			equal(await system.handleKind(again), 'terminal');
			const byPath = await system.fileOpen('/dev/tty', 'open', 3);
			await system.streamWrite(byPath, bytes('seen'));
			equal(await readText(machine.system, controller), 'seen');
			const stranger = await machine.start();
			await fails('ENXIO', stranger.system.terminalOpen());
			await fails('ENXIO', stranger.system.fileOpen('/dev/tty', 'open', 3));
			const pipe = await system.pipeCreate();
			await fails('ENOTTY', system.terminalMode(pipe.read));
		},
	},
	{
		title: 'a flood of keys that nobody reads waits at the controller, and Ctrl+C passes it',
		async run(machine) {
			const { process, handle, type } = await startAtTerminal(machine);
			let interrupted = 0;
			process.system.onSignal(() => interrupted++);
			await process.system.terminalSetMode(handle, { ...raw, signals: true });
			await type('x'.repeat(70_000));
			const waiting = type('y'.repeat(1000));
			ensure(await isPending(waiting, () => process.system.processSelf()), 'more keys to wait');
			await type('\x03');
			await process.system.processSelf();
			equal(interrupted, 1, 'signals');
			await waiting;
			equal((await process.system.streamRead(handle, 100_000)).length, 1000, 'bytes left after the signal');
		},
	},
	{
		title: 'a poll at a terminal is answered when a line is ready',
		async run(machine) {
			const { process, handle, type } = await startAtTerminal(machine);
			const ready = process.system.streamPoll([handle], [], -1);
			await type('half');
			ensure(await isPending(ready, () => process.system.processSelf()), 'half a line to be no news');
			await type('\r');
			equal((await ready).join(), '0');
		},
	},
];
