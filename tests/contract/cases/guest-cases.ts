/** Programs for WASI as processes: how they end, what they are told, what they use, and that their limits hold. */
import { directoryRights, rights } from '#abi/rights.ts';
import type { ProcessInfo, ResourceLimits, SpawnOptions } from '#abi/structures.generated.ts';
import type { System } from '#runtime/system.ts';
import { ensure, equal, fails, isPending, text } from './assertions.ts';
import {
	call,
	divide,
	drop,
	endless,
	equals,
	type GuestParts,
	growMemory,
	guestModule,
	i32,
	i64,
	load,
	openFile,
	readFrom,
	recurse,
	scratch,
	store,
	unreachable,
	when,
	writeTo,
} from './guest-module.ts';
import { runKillCampaign } from './kill-campaign.ts';
import type { ContractCase, Machine } from './machine.ts';

let programs = 0;

/** Puts a program onto the volume and starts it. */
async function startGuest(machine: Machine, parts: GuestParts, options: Partial<SpawnOptions> = {}): Promise<number> {
	const path = `${machine.folder}/program ${++programs}.wasm`;
	await machine.system.pathWrite(path, guestModule(parts), 'create-new');
	const defaults = { arguments: [], environment: [], workingDirectory: machine.folder };
	return machine.system.processSpawn(path, { ...defaults, ...options });
}

async function infoOf(system: System, pid: number): Promise<ProcessInfo> {
	const info = (await system.processList()).find((process) => process.pid === pid);
	if (info === undefined) throw new Error(`process ${pid} has ended`);
	return info;
}

/** Asks until what the system tells of the process fits. */
async function until(system: System, pid: number, fits: (info: ProcessInfo) => boolean): Promise<ProcessInfo> {
	for (;;) {
		const info = await infoOf(system, pid);
		if (fits(info)) return info;
		await pause(system);
	}
}

/** Lets others run. */
async function pause(system: System, milliseconds = 5): Promise<void> {
	const event = await system.eventCreate(false);
	await system.eventWait(event, milliseconds).catch(() => {});
	await system.handleClose(event);
}

const spin: GuestParts = { body: endless() };
const clockAtScratch = call('clock_time_get', i32(1), i64(1n), i32(scratch));
const spinWithCalls: GuestParts = { body: endless(clockAtScratch, drop) };
const readForEver: GuestParts = { body: endless(readFrom(0, scratch, 100), drop) };

const crashes: readonly (readonly [title: string, parts: GuestParts, words: RegExp])[] = [
	['gives up', { body: unreachable }, /gave up/],
	['calls itself without end', { body: recurse }, /too deep/],
	['reads behind its memory', { body: [load(70_000), drop] }, /memory that it does not have/],
	['divides by zero', { body: [divide(i32(1), i32(0)), drop] }, /divided by zero/],
	['reserves more memory than it may', { body: [], memoryPages: 65_537 }, /cannot be compiled/],
];

const crashCases: ContractCase[] = crashes.map(([title, parts, words]) => ({
	title: `a program that ${title} ends as crashed, and the log says what happened in words`,
	async run(machine) {
		const { system } = machine;
		const pid = await startGuest(machine, parts);
		const { code, reason } = await system.processWait(pid);
		equal(code, 134, 'exit code');
		ensure(words.test(reason), `a reason in words, not ${reason}`);
		const events = (await system.logRead(0, 100_000)).filter(({ message }) => message.includes(`(${pid}) crashed`));
		equal(
			events.map(({ level, source }) => [level, source]),
			[['error', 'process']],
			'events',
		);
		ensure(words.test(events[0]?.message ?? ''), 'the words in the log');
	},
}));

const signalCases: ContractCase[] = [
	{
		title: 'a program in an endless loop is ended by each signal that asks, and by kill',
		async run(machine) {
			const codes = { hangup: 129, interrupt: 130, quit: 131, terminate: 143, kill: 137 } as const;
			for (const [signal, code] of Object.entries(codes)) {
				const pid = await startGuest(machine, spin);
				await until(machine.system, pid, ({ processorTimeUs = 0 }) => processorTimeUs > 0);
				await machine.system.processKill(pid, signal as keyof typeof codes);
				equal(await machine.system.processWait(pid), { code, reason: 'signal' }, signal);
			}
		},
	},
	{
		title: 'a program that raises a signal gets its default action',
		async run(machine) {
			const raised = { terminate: [15, 143], abort: [6, 134], user: [10, 138], child: [16, 0], none: [0, 0] } as const;
			for (const [name, [number, code]] of Object.entries(raised)) {
				const exit = call('proc_exit', call('proc_raise', i32(number)));
				const pid = await startGuest(machine, { body: exit });
				equal((await machine.system.processWait(pid)).code, code, name);
			}
			const wrong = await startGuest(machine, { body: call('proc_exit', call('proc_raise', i32(99))) });
			equal((await machine.system.processWait(wrong)).code, 28, 'EINVAL for a signal that there is not');
		},
	},
	{
		title: 'a writer to a pipe that nobody reads is told EPIPE; one that does not listen to it is ended',
		async run(machine) {
			const { system } = machine;
			const outcomes: number[] = [];
			for (const body of [call('proc_exit', writeTo(i32(1), scratch, 1)), endless(writeTo(i32(1), scratch, 1), drop)]) {
				const { read, write } = await system.pipeCreate();
				await system.handleClose(read);
				const pid = await startGuest(machine, { body }, { standardOutput: write });
				outcomes.push((await system.processWait(pid)).code);
				await system.handleClose(write);
			}
			equal(outcomes, [64, 141], 'exit codes: the error number, and that of SIGPIPE');
		},
	},
	{
		title: 'a stopped program stands still, although its pipe needs no call of the kernel',
		async run(machine) {
			const { system } = machine;
			const { read, write } = await system.pipeCreate();
			const body = endless(writeTo(i32(1), scratch, 1), drop);
			const pid = await startGuest(machine, { body }, { standardOutput: write });
			await system.handleClose(write);
			await system.streamRead(read, 1);
			await system.processKill(pid, 'stop');
			// At most the call that it was in goes on; it may have filled the pipe before.
			let reading = system.streamRead(read, 100_000);
			for (let round = 0; round < 4 && !(await isPending(reading, () => pause(system, 20))); round++)
				reading = system.streamRead(read, 100_000);
			ensure(await isPending(reading, () => pause(system, 20)), 'no more bytes');
			equal((await infoOf(system, pid)).state, 'stopped', 'state');
			await system.processKill(pid, 'continue');
			ensure((await reading).length > 0, 'bytes when it goes on');
			await system.processKill(pid, 'kill');
			await system.handleClose(read);
		},
	},
];

const handleCases: ContractCase[] = [
	{
		title: 'a program is given more handles than three, with the rights that its parent has by them',
		async run(machine) {
			const { system, folder } = machine;
			const { read, write } = await system.pipeCreate();
			await system.pathWrite(`${folder}/given`, new TextEncoder().encode('from the file'), 'create-new');
			const file = await system.fileOpen(`${folder}/given`, 'open', rights.read);
			const directory = await system.directoryOpen(folder, directoryRights);
			// One directory at 3, itself the working directory at 4; what was handed over at 5 and 6.
			const copy = [readFrom(5, scratch, 13), drop, writeTo(i32(6), scratch, 13), drop];
			const isRefused = call('proc_exit', writeTo(i32(5), scratch, 1));
			const options = {
				descriptors: { handles: [file, write] },
				workingDirectory: '/here',
				namespace: { mounts: [{ path: '/here', directory, readOnly: false }] },
			};
			const pid = await startGuest(machine, { body: [copy, isRefused] }, options);
			equal(text(await system.streamRead(read, 100)), 'from the file', 'what came through');
			ensure((await system.processWait(pid)).code !== 0, 'writing to be refused');
			await fails(
				'EBADF',
				startGuest(machine, spin, { descriptors: { handles: [123_456] } }),
				'a handle that there is not',
			);
			for (const handle of [read, write, file, directory]) await system.handleClose(handle);
		},
	},
];

const usageCases: ContractCase[] = [
	{
		title: 'time of the processor is told of a program that never calls, and not of one that waits',
		async run(machine) {
			const { system } = machine;
			const { read, write } = await system.pipeCreate();
			const waiting = await startGuest(machine, readForEver, { standardInput: read });
			const busy = await startGuest(machine, spin);
			await until(system, waiting, ({ calls }) => calls > 0);
			const timeOf = async (pid: number) => (await infoOf(system, pid)).processorTimeUs ?? 0;
			const before = [await timeOf(waiting), await timeOf(busy)] as const;
			await until(system, busy, ({ processorTimeUs = 0 }) => processorTimeUs > before[1] + 100_000);
			const waited = (await timeOf(waiting)) - before[0];
			ensure(waited < 25_000, `less than 25 ms for the one that waits, not ${waited / 1000} ms`);
			for (const pid of [waiting, busy]) await system.processKill(pid, 'kill');
			for (const handle of [read, write]) await system.handleClose(handle);
		},
	},
	{
		title: 'memory, bytes and calls are told, also those that no call of the kernel was needed for',
		async run(machine) {
			const { system } = machine;
			const [input, output] = [await system.pipeCreate(), await system.pipeCreate()];
			const body = [
				growMemory(99),
				drop,
				writeTo(i32(1), scratch, 1000),
				drop,
				endless(readFrom(0, scratch, 10), drop),
			];
			const streams = { standardInput: input.read, standardOutput: output.write };
			const pid = await startGuest(machine, { body }, streams);
			equal(text(await system.streamRead(output.read, 5000)).length, 1000, 'bytes that came');
			await system.streamWrite(input.write, new Uint8Array(7));
			const { calls, crossings, memoryBytes = 0, ...info } = await until(system, pid, ({ bytesRead }) => bytesRead > 0);
			equal([info.bytesWritten, info.bytesRead], [1000, 7], 'bytes written and read');
			ensure(
				memoryBytes >= 100 * 65_536 && memoryBytes < 110 * 65_536,
				`100 pages of memory, not ${memoryBytes} bytes`,
			);
			ensure(calls >= 3 && crossings > 0, `three calls, not ${calls}`);
			await system.processKill(pid, 'kill');
		},
	},
];

async function codeUnder(machine: Machine, parts: GuestParts, limits: ResourceLimits): Promise<[number, string]> {
	const { code, reason } = await machine.system.processWait(await startGuest(machine, parts, { limits }));
	return [code, reason];
}

const limitCases: ContractCase[] = [
	{
		title: 'a program that opens files without end is refused at its limit of handles, and so is its child',
		async run(machine) {
			const opened = [store(20, openFile(4, 512, 1, 16)), when(load(20), call('proc_exit', load(20)))];
			const parts: GuestParts = { bytes: [[512, 'f']], body: endless(...opened) };
			equal(await codeUnder(machine, parts, { handles: 20 }), [33, 'exited'], 'EMFILE');
			const parent = await machine.start({ limits: { handles: 3 } });
			for (let handle = 0; handle < 3; handle++) await parent.system.eventCreate(false);
			await fails('EMFILE', parent.system.eventCreate(false), 'the fourth');
			const { folder } = machine;
			const options = { arguments: [], environment: [], workingDirectory: folder, limits: { handles: 4096 } };
			const child = await parent.system.processSpawn(`${folder}/program ${programs}.wasm`, options);
			equal((await parent.system.processWait(child)).code, 33, 'EMFILE for a child that was promised more');
		},
	},
	{
		title: 'a program cannot have more memory than its limit, nor begin with more',
		async run(machine) {
			const limits = { memoryBytes: 10 * 65_536 };
			const grow = (pages: number): GuestParts => ({
				body: [when(equals(growMemory(pages), i32(-1)), call('proc_exit', i32(7)))],
			});
			equal(await codeUnder(machine, grow(9), limits), [0, 'exited'], 'as much as it may');
			equal(await codeUnder(machine, grow(10), limits), [7, 'exited'], 'a page more');
			const [code, reason] = await codeUnder(machine, { body: [], memoryPages: 11 }, limits);
			ensure(code === 134 && reason.includes('720896'), `a reason that says how much it needs, not ${reason}`);
		},
	},
	{
		title: 'a program in an endless loop is ended when its time is over',
		async run(machine) {
			equal(await codeUnder(machine, spin, { wallTimeMs: 50 }), [137, 'time limit'], 'status');
		},
	},
	{
		title: 'a program cannot use more of the processor than its share, if it calls',
		async run(machine) {
			const { system } = machine;
			const pid = await startGuest(machine, spinWithCalls, { limits: { processorPercent: 20 } });
			const first = await until(system, pid, ({ processorTimeUs = 0 }) => processorTimeUs > 20_000);
			const began = performance.now();
			const last = await until(system, pid, () => performance.now() - began > 400);
			const elapsed = performance.now() - began;
			const share = ((last.processorTimeUs ?? 0) - (first.processorTimeUs ?? 0)) / 1000 / elapsed;
			ensure(share > 0.05 && share < 0.35, `about a fifth, not ${(share * 100).toFixed(0)} %`);
			await system.processKill(pid, 'kill');
		},
	},
];

const killCases: ContractCase[] = [
	{
		title: 'programs that are killed at random moments spoil nothing for those that are left',
		run: (machine) => runKillCampaign(machine, { seed: 3, rounds: 15 }),
	},
];

export const guestCases: ContractCase[] = [
	...killCases,
	...crashCases,
	...signalCases,
	...handleCases,
	...usageCases,
	...limitCases,
];
