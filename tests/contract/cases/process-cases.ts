/** Processes: their start, their end, and that nothing of them stays. */
import { OsError } from '#abi/errors.ts';
import { rights } from '#abi/rights.ts';
import type { System } from '#runtime/system.ts';
import { bytes, ensure, equal, fails, isPending, text } from './assertions.ts';
import type { ContractCase, Machine } from './machine.ts';

const spawnNothing = { arguments: [], environment: [], workingDirectory: '/' };

const lifeCases: ContractCase[] = [
	{
		title: 'a process knows what it was started with',
		async run(machine) {
			const options = { arguments: ['one', 'två'], environment: ['A=1'], workingDirectory: '/Users/Owner/../Owner' };
			const process = await machine.start(options);
			const self = await process.system.processSelf();
			equal(self.pid, process.pid, 'pid');
			equal(self.arguments, options.arguments, 'arguments');
			equal(self.environment, options.environment, 'environment');
			equal(self.workingDirectory, '/Users/Owner', 'working directory');
			equal(self.standardInput, undefined, 'standard input');
			const listed = (await machine.system.processList()).find(({ pid }) => pid === process.pid);
			equal(listed?.parent, (await machine.system.processSelf()).pid, 'parent');
			equal(listed?.state, 'running', 'state');
		},
	},
	{
		title: 'an exit code reaches all who wait, and is kept for the parent',
		async run(machine) {
			const process = await machine.start();
			const other = await machine.start();
			const waits = [machine.system.processWait(process.pid), other.system.processWait(process.pid)];
			ensure(await isPending(Promise.race(waits), () => machine.system.processSelf()), 'the waits to wait');
			void process.system.processExit(42).catch(() => {});
			for (const status of await Promise.all(waits)) equal(status, { code: 42, reason: 'exited' }, 'status');
			await fails('ESRCH', machine.system.processWait(process.pid), 'asking a second time');
			const late = await machine.start();
			void late.system.processExit(7).catch(() => {});
			await late.ended;
			equal((await machine.system.processWait(late.pid)).code, 7, 'code asked for afterwards');
			await fails('ESRCH', machine.system.processWait(999_999));
		},
	},
	{
		title: 'a killed process ends at once with the code of its signal',
		async run(machine) {
			const process = await machine.start();
			const event = await process.system.eventCreate(false);
			const cancelled = fails('ECANCELED', process.system.eventWait(event, 0xffff_ffff), 'its call under way');
			await machine.system.processSelf();
			await machine.system.processKill(process.pid, 'kill');
			equal(await machine.system.processWait(process.pid), { code: 137, reason: 'signal' }, 'status');
			await cancelled;
			await fails('ESRCH', machine.system.processKill(process.pid, 'kill'));
		},
	},
	{
		title: 'signals that may be refused are delivered and end nothing by themselves',
		async run(machine) {
			const process = await machine.start();
			const signals: string[] = [];
			process.system.onSignal((signal) => signals.push(signal));
			await machine.system.processKill(process.pid, 'interrupt');
			await machine.system.processKill(process.pid, 'terminate');
			await process.system.processSelf();
			equal(signals, ['interrupt', 'terminate'], 'signals');
		},
	},
	{
		title: 'a program cannot end the system, nor start what does not exist',
		async run(machine) {
			const { system } = await machine.start();
			const pid = machine.systemPid;
			await fails('EPERM', system.processKill(pid, 'kill'));
			await fails('EPERM', system.processKill(pid, 'terminate'));
			for (const name of ['', 'no such program', 'toString', '__proto__', '../sh'])
				await fails('ENOENT', system.processSpawn(name, spawnNothing));
		},
	},
	{
		title: 'a process is given the handles named, and no others',
		async run(machine) {
			const pipe = await machine.system.pipeCreate();
			const process = await machine.start({ standardInput: pipe.read });
			equal(process.start.standardOutput, undefined, 'standard output');
			await machine.system.handleClose(pipe.read);
			await machine.system.streamWrite(pipe.write, bytes('handed over'));
			equal(text(await process.system.streamRead(process.start.standardInput as number, 100)), 'handed over');
			await fails('EACCES', process.system.streamWrite(process.start.standardInput as number, bytes('x')));
			const before = (await machine.system.processList()).length;
			await fails('EBADF', machine.system.processSpawn('sh', { ...spawnNothing, standardInput: 123_456 }));
			equal((await machine.system.processList()).length, before, 'processes after a refused start');
		},
	},
	{
		title: 'what a process has used is told',
		async run(machine) {
			const { system, pid } = await machine.start();
			await system.processSetTitle('Counting');
			await system.pathWrite(`${machine.folder}/f`, new Uint8Array(1000), 'create-new');
			await system.pathRead(`${machine.folder}/f`, 1000);
			await system.pathRead(`${machine.folder}/f`, 1000);
			const listed = (await machine.system.processList()).find((process) => process.pid === pid);
			equal(listed?.title, 'Counting', 'title');
			equal(listed?.calls, 4, 'calls');
			equal(listed?.bytesWritten, 1000, 'bytes written');
			equal(listed?.bytesRead, 2000, 'bytes read');
		},
	},
];

async function runShell(machine: Machine, command: string): Promise<{ output: string; code: number }> {
	const { system } = machine;
	const pipe = await system.pipeCreate();
	const options = {
		...spawnNothing,
		arguments: ['-c', command],
		standardOutput: pipe.write,
		standardError: pipe.write,
	};
	const pid = await system.processSpawn('sh', options);
	await system.handleClose(pipe.write);
	let output = '';
	for (let part = await system.streamRead(pipe.read, 65_536); part.length > 0; ) {
		output += text(part);
		part = await system.streamRead(pipe.read, 65_536);
	}
	await system.handleClose(pipe.read);
	return { output, code: (await system.processWait(pid)).code };
}

function ignoreNobody(error: unknown): void {
	if (!(error instanceof OsError && error.code === 'ESRCH')) throw error;
}

/** Until the program has asked for its input, and waits. */
async function untilReading(system: System, pid: number): Promise<void> {
	for (;;) {
		const process = (await system.processList()).find((candidate) => candidate.pid === pid);
		if (process === undefined || process.calls > 0) return;
	}
}

const manyCases: ContractCase[] = [
	{
		title: 'a worker program runs with its streams and its exit code',
		async run(machine) {
			equal(await runShell(machine, 'echo hello; exit 3'), { output: 'hello\n', code: 3 }, 'result');
		},
	},
	{
		title: 'a worker program that waits for ever is ended by kill and by terminate',
		async run(machine) {
			const { system } = machine;
			const pipe = await system.pipeCreate();
			for (const signal of ['kill', 'terminate', 'interrupt'] as const) {
				for (const programArguments of [[], ['-c', 'cat']]) {
					const given = { arguments: programArguments, standardInput: pipe.read, newSession: true };
					const options = { ...spawnNothing, ...given };
					const pid = await system.processSpawn('sh', options);
					await untilReading(system, pid);
					await system.processKill(pid, signal);
					const { code } = await system.processWait(pid);
					ensure(signal === 'kill' ? code === 137 : code > 128, `a code that tells the signal, not ${code}`);
					// What it had started itself, such as `cat`, has heard nothing.
					await system.processKillGroup(pid, 'kill').catch(ignoreNobody);
				}
			}
		},
	},
	{
		title: '64 processes work side by side and leave nothing behind',
		async run(machine) {
			const { system, folder } = machine;
			const before = (await system.processList()).length;
			const own = (await system.processList())[0]?.handles;
			const processes = await Promise.all(Array.from({ length: 64 }, () => machine.start()));
			await Promise.all(
				processes.map(async (process) => {
					const path = `${folder}/${process.pid}`;
					const file = await process.system.fileOpen(path, 'create-new', rights.read | rights.write);
					for (let line = 0; line < 10; line++)
						await process.system.streamWrite(file, bytes(`${process.pid} ${line}\n`));
					void process.system.watchRead(await process.system.watchOpen(folder, true)).catch(() => {});
				}),
			);
			equal((await system.pathList(folder, '', 100)).names.length, 64, 'files');
			for (const [index, process] of processes.entries()) {
				if (index % 2 === 0) void process.system.processExit(0).catch(() => {});
				else await system.processKill(process.pid, 'kill');
			}
			await Promise.all(processes.map(({ ended }) => ended));
			const after = await system.processList();
			equal(after.length, before, 'processes');
			equal(after[0]?.handles, own, 'handles of the first process');
			for (const { pid } of processes)
				equal(text(await system.pathRead(`${folder}/${pid}`, 1000)).split('\n').length, 11, 'lines');
		},
	},
	{
		title: 'a port that goes away in mid-call harms nobody',
		async run(machine) {
			const process = await machine.start();
			const pipe = await process.system.pipeCreate();
			void process.system.streamRead(pipe.read, 10).catch(() => {});
			for (let count = 0; count < 50; count++)
				void process.system
					.pathWrite(`${machine.folder}/f${count}`, new Uint8Array(1000), 'create-new')
					.catch(() => {});
			process.dropPort();
			await machine.system.processSelf();
			await machine.system.processKill(process.pid, 'kill').catch(() => {});
			await process.ended;
			for (const name of (await machine.system.pathList(machine.folder, '', 100)).names)
				equal((await machine.system.pathStat(`${machine.folder}/${name}`)).size, 1000, `size of ${name}`);
		},
	},
];

const systemCases: ContractCase[] = [
	{
		title: 'the log keeps events in order with their writer',
		async run(machine) {
			const { system, pid } = await machine.start();
			const last = (await system.logRead(0, 100_000)).at(-1)?.sequence ?? 0;
			await system.logWrite('warning', 'first');
			await system.logWrite('error', 'second');
			const events = (await system.logRead(last, 10)).filter(({ source }) => source.endsWith(`(${pid})`));
			equal(
				events.map(({ level, message }) => [level, message]),
				[
					['warning', 'first'],
					['error', 'second'],
				],
				'events',
			);
			equal((await system.logRead(Number.MAX_SAFE_INTEGER, 10)).length, 0, 'events of the future');
		},
	},
	{
		title: 'the system and its volume tell of themselves',
		async run({ system, folder }) {
			const info = await system.systemInfo();
			ensure(info.version !== '' && ['web', 'node'].includes(info.host), 'a version and a host');
			const before = await system.volumeStatus();
			await Promise.all(
				Array.from({ length: 20 }, (_, index) =>
					system.pathWrite(`${folder}/f${index}`, new Uint8Array(100_000), 'create-new'),
				),
			);
			const after = await system.volumeStatus();
			// Meanwhile the system may have begun a file of its log, or ended one.
			ensure(Math.abs(after.files - before.files - 20) <= 4, `20 files more than ${before.files}, not ${after.files}`);
			const grown = after.contentBytes - before.contentBytes;
			ensure(grown > 1_900_000 && grown < 2_100_000, `about 2 MB more, not ${grown} bytes`);
			equal(after.health, 'good', 'health');
			equal(await system.volumeCheck(), [], 'damaged paths');
		},
	},
];

export const processCases: ContractCase[] = [...lifeCases, ...manyCases, ...systemCases];
