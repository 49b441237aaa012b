/** Process groups, sessions, signals to them, and what parents hear of their children. */
import type { Signal } from '#abi/structures.generated.ts';
import type { System } from '#runtime/system.ts';
import { ensure, equal, fails, isPending } from './assertions.ts';
import { endless, guestModule } from './guest-module.ts';
import type { ContractCase, TestProcess } from './machine.ts';

const spawnNothing = { arguments: [], environment: [], workingDirectory: '/' };

async function stateOf(system: System, pid: number): Promise<string | undefined> {
	return (await system.processList()).find((process) => process.pid === pid)?.state;
}

/** A shell that waits for input that never comes: a child of `parent`. */
async function startWaitingShell(parent: System, options: { group?: number; newSession?: boolean } = {}) {
	const { read } = await parent.pipeCreate();
	const pid = await parent.processSpawn('sh', { ...spawnNothing, ...options, standardInput: read });
	await parent.handleClose(read);
	return pid;
}

async function exits(process: TestProcess, code: number): Promise<void> {
	void process.system.processExit(code).catch(() => {});
	await process.ended;
}

const groupCases: ContractCase[] = [
	{
		title: 'a process joins the group of its parent, a new one, or one of its session',
		async run(machine) {
			const self = await machine.system.processSelf();
			const plain = await machine.start();
			equal([plain.start.group, plain.start.session], [self.group, self.session], 'group and session of the parent');
			const leader = await machine.start({ group: 0 });
			equal([leader.start.group, leader.start.session], [leader.pid, self.session], 'a new group');
			const member = await machine.start({ group: leader.pid });
			equal(member.start.group, leader.pid, 'the group joined');
			const alone = await machine.start({ newSession: true });
			equal([alone.start.group, alone.start.session], [alone.pid, alone.pid], 'a new session');
			const listed = (await machine.system.processList()).find(({ pid }) => pid === member.pid);
			equal([listed?.group, listed?.session], [leader.pid, self.session], 'what is listed');
		},
	},
	{
		title: 'a group of another session, or one that is gone, cannot be joined',
		async run(machine) {
			const alone = await machine.start({ newSession: true });
			await fails('ESRCH', machine.start({ group: alone.pid }), 'a group of another session');
			await fails('ESRCH', machine.start({ group: 999_999 }), 'a group that never was');
			const leader = await machine.start({ group: 0 });
			await exits(leader, 0);
			const member = await machine.start({ group: leader.pid });
			equal(member.start.group, leader.pid, 'the group of an ended child that was not asked for');
			await exits(member, 0);
			for (const { pid } of [leader, member]) await machine.system.processWait(pid);
			await fails('ESRCH', machine.start({ group: leader.pid }), 'a group without anybody');
		},
	},
	{
		title: 'a signal to a group reaches each of it and nobody else',
		async run(machine) {
			const first = await machine.start({ group: 0 });
			const second = await machine.start({ group: first.pid });
			const other = await machine.start({ group: 0 });
			const heard: string[] = [];
			for (const process of [first, second, other])
				process.system.onSignal((signal) => heard.push(`${process.pid} ${signal}`));
			await machine.system.processKillGroup(first.pid, 'hangup');
			for (const process of [first, second, other]) await process.system.processSelf();
			equal(heard.toSorted(), [`${first.pid} hangup`, `${second.pid} hangup`], 'who has heard it');
			await machine.system.processKillGroup(first.pid, 'kill');
			for (const process of [first, second]) equal((await process.ended).code, 137, 'code');
			await fails('ESRCH', machine.system.processKillGroup(first.pid, 'kill'), 'the group afterwards');
			equal((await other.system.processSelf()).pid, other.pid, 'the other goes on');
		},
	},
	{
		title: 'a program cannot signal the group of the system',
		async run(machine) {
			const { system } = await machine.start({ group: 0 });
			const listed = await system.processList();
			const group = listed.find(({ pid }) => pid === machine.systemPid)?.group ?? 0;
			await fails('EPERM', system.processKillGroup(group, 'stop'));
			equal(await stateOf(machine.system, machine.systemPid), 'running', 'the part of the system');
		},
	},
	{
		title: 'a signal that ends a process tells its number by the exit code',
		async run(machine) {
			const codes: [Signal, number][] = [
				['abort', 134],
				['kill', 137],
				['pipe', 141],
			];
			for (const [signal, code] of codes) {
				const process = await machine.start();
				await machine.system.processKill(process.pid, signal);
				equal(await process.ended, { code, reason: 'signal' }, signal);
			}
		},
	},
];

const stopCases: ContractCase[] = [
	{
		title: 'a stopped process stands still at its next call until it may go on',
		async run(machine) {
			const process = await machine.start();
			const signals: string[] = [];
			process.system.onSignal((signal) => signals.push(signal));
			await machine.system.processKill(process.pid, 'stop');
			equal(await stateOf(machine.system, process.pid), 'stopped', 'state');
			const path = `${machine.folder}/made while stopped`;
			const write = process.system.pathWrite(path, new Uint8Array(1), 'create-new');
			ensure(await isPending(write, () => machine.system.processSelf()), 'the call to wait');
			await fails('ENOENT', machine.system.pathStat(path), 'what it asked for');
			await machine.system.processKill(process.pid, 'interrupt');
			await machine.system.processKill(process.pid, 'continue');
			await write;
			equal(signals, ['interrupt'], 'signals, once it went on');
			equal(await stateOf(machine.system, process.pid), 'running', 'state after it went on');
		},
	},
	{
		title: 'a stopped process can be killed',
		async run(machine) {
			const process = await machine.start();
			await machine.system.processKill(process.pid, 'stop');
			await machine.system.processKill(process.pid, 'kill');
			equal((await process.ended).code, 137, 'code');
		},
	},
	{
		title: 'a stopped process whose parent ends is asked to end and goes on',
		async run(machine) {
			const parent = await machine.start();
			const pid = await startWaitingShell(parent.system);
			await parent.system.processKill(pid, 'stop');
			const ended = machine.system.processWait(pid);
			await exits(parent, 0);
			ensure((await ended).code > 128, 'a code that tells the signal');
		},
	},
];

/** What `wait_any` tells, without the group. */
async function nextEvent(system: System, parts: { group?: number; stops?: boolean; wait?: boolean } = {}) {
	const { group = 0, stops = false, wait = true } = parts;
	const event = await system.processWaitAny(group, stops, wait);
	return event === undefined ? undefined : [event.pid, event.kind, event.status?.code];
}

const waitCases: ContractCase[] = [
	{
		title: 'a parent hears of each child once, as it ends',
		async run(machine) {
			const parent = await machine.start();
			await fails('ECHILD', parent.system.processWaitAny(0, false, true), 'a process without children');
			const pids = [await startWaitingShell(parent.system), await startWaitingShell(parent.system)];
			equal(await nextEvent(parent.system, { wait: false }), undefined, 'before anything has happened');
			const waiting = nextEvent(parent.system);
			ensure(await isPending(waiting, () => parent.system.processSelf()), 'the call to wait');
			for (const pid of pids.toReversed()) await machine.system.processKill(pid, 'kill');
			equal(await waiting, [pids[1], 'ended', 137], 'the first that ended');
			equal(await nextEvent(parent.system), [pids[0], 'ended', 137], 'the second');
			await fails('ECHILD', parent.system.processWaitAny(0, true, false), 'when all have been told');
			await fails('ESRCH', parent.system.processWait(pids[0] as number), 'the status that was told');
		},
	},
	{
		title: 'children of other groups and of other parents are nobody’s business',
		async run(machine) {
			const parent = await machine.start();
			const first = await startWaitingShell(parent.system, { group: 0 });
			const second = await startWaitingShell(parent.system, { group: 0 });
			await machine.system.processKill(first, 'kill');
			equal(await nextEvent(parent.system, { group: second, wait: false }), undefined, 'the other group');
			const stranger = await machine.start();
			await fails('ECHILD', stranger.system.processWaitAny(first, true, false), 'a stranger');
			equal(await nextEvent(parent.system, { group: first }), [first, 'ended', 137], 'its own group');
			await fails('ECHILD', parent.system.processWaitAny(first, true, true), 'a group of which nobody is left');
		},
	},
	{
		title: 'a parent hears that a child was stopped and went on, if it wants to',
		async run(machine) {
			const parent = await machine.start();
			const pid = await startWaitingShell(parent.system);
			const waiting = nextEvent(parent.system, { stops: true });
			await parent.system.processKill(pid, 'stop');
			equal(await waiting, [pid, 'stopped', undefined], 'the stop');
			equal(await nextEvent(parent.system, { stops: true, wait: false }), undefined, 'the stop a second time');
			await parent.system.processKill(pid, 'continue');
			equal(await nextEvent(parent.system, { wait: false }), undefined, 'for who asks for ends only');
			equal(await nextEvent(parent.system, { stops: true }), [pid, 'continued', undefined], 'going on');
		},
	},
	{
		title: 'who waits for a child by its number hears of it, and the other call of the parent goes on waiting',
		async run(machine) {
			const parent = await machine.start();
			const [first, second] = [await startWaitingShell(parent.system), await startWaitingShell(parent.system)];
			const any = nextEvent(parent.system);
			const one = parent.system.processWait(first);
			await parent.system.processSelf();
			await machine.system.processKill(first, 'kill');
			equal((await one).code, 137, 'code');
			ensure(await isPending(any, () => machine.system.processSelf()), 'the other call to wait');
			await machine.system.processKill(second, 'kill');
			equal(await any, [second, 'ended', 137], 'the next child');
		},
	},
	{
		title: 'an orphan belongs to the system, and nothing of its end is kept',
		async run(machine) {
			const parent = await machine.start();
			const pid = await startWaitingShell(parent.system);
			const early = await startWaitingShell(parent.system);
			await machine.system.processKill(early, 'kill');
			await exits(parent, 0);
			const listed = (await machine.system.processList()).find((process) => process.pid === pid);
			equal(listed?.parent, 0, 'parent');
			await fails('ESRCH', machine.system.processWait(early), 'an end that the parent has not asked for');
			const waiting = machine.system.processWait(pid);
			await machine.system.processKill(pid, 'kill');
			equal((await waiting).code, 137, 'the end of the orphan, for who waits for it');
			await fails('ESRCH', machine.system.processWait(pid), 'the end of the orphan afterwards');
		},
	},
];

/** Starts one after the other until it is refused; gives how many there are. */
async function bomb(system: System): Promise<number> {
	for (let count = 0; count < 100; count++) {
		try {
			await startWaitingShell(system);
		} catch (error) {
			await fails('EAGAIN', Promise.reject(error), 'one too many');
			return count;
		}
	}
	throw new Error('100 processes were not too many');
}

const bombCases: ContractCase[] = [
	{
		title: 'a fork bomb stays within the limit, also when those between have ended',
		async run(machine) {
			const root = await machine.start({ limits: { processes: 6 }, newSession: true });
			const before = new Set((await machine.system.processList()).map(({ pid }) => pid));
			const spin = `${machine.folder}/spin.wasm`;
			await machine.system.pathWrite(spin, guestModule({ body: endless() }), 'create-new');
			const options = { ...spawnNothing, arguments: ['-c', `start "${spin}"`] };
			const between = await root.system.processSpawn('sh', options);
			equal(await root.system.processWait(between), { code: 0, reason: 'exited' }, 'the one between');
			equal(await bomb(root.system), 4, 'what it may start beside itself and the orphan');
			const inside = await root.system.processSpawn('sh', options).catch(() => 0);
			equal(inside, 0, 'one more');
			for (const { pid } of (await machine.system.processList()).filter(({ pid }) => !before.has(pid)))
				await machine.system.processKill(pid, 'kill');
		},
	},
	{
		title: 'a child cannot be given a higher limit of processes than its ancestors have',
		async run(machine) {
			const root = await machine.start({ limits: { processes: 3 }, newSession: true });
			const { read } = await root.system.pipeCreate();
			const options = { ...spawnNothing, limits: { processes: 100 }, standardInput: read };
			for (let child = 0; child < 2; child++) await root.system.processSpawn('sh', options);
			await fails('EAGAIN', root.system.processSpawn('sh', options), 'the third');
			await machine.system.processKillGroup(root.pid, 'kill');
		},
	},
];

export const jobCases: ContractCase[] = [...groupCases, ...stopCases, ...waitCases, ...bombCases];
