/**
 * Kills programs for WASI at random moments, while they write to files and pipes that they share with the kernel and with
 * others, and while they wait, and looks after each whether those that are left can go on.
 *
 * Rules of use: system calls only. The same seed makes the same rounds, but for the moment in which the kill arrives.
 *
 * What must hold after a kill:
 * - Of a file, all that the program had written is there in order: no hole, nothing torn, nothing lost before something kept.
 * - In a pipe, what the others write is whole. Of what the killed one wrote, the last message alone may be cut short.
 * - Nobody waits for the killed one: its locks are free, and what it waited for reaches the next who waits.
 */

import { OsError } from '#abi/errors.ts';
import { directoryRights } from '#abi/rights.ts';
import type { SpawnOptions } from '#abi/structures.generated.ts';
import type { System } from '#runtime/system.ts';
import { ensure, equal, seededRandom } from './assertions.ts';
import {
	add,
	type Code,
	call,
	drop,
	endless,
	equals,
	type GuestParts,
	guestModule,
	i32,
	invert,
	load,
	openFile,
	readFrom,
	scratch,
	store,
	unreachable,
	when,
	writeTo,
} from './guest-module.ts';
import type { Machine } from './machine.ts';

const messageBytes = 1000;
const crashAfter = 1000;
/** The folder of the round is the only directory that a program is given. */
const roundDirectory = 3;

const recordName = 'records';
const nameAt = 512;
const fileAt = 16;
const countAt = scratch;

/** Writes the records 0, 1, 2, … each as itself and its complement, and does `then` between them. */
const recorder = (...then: readonly Code[]): GuestParts => ({
	bytes: [[nameAt, recordName]],
	body: [
		[openFile(roundDirectory, nameAt, recordName.length, fileAt), drop],
		endless(
			store(countAt + 4, invert(load(countAt))),
			[writeTo(load(fileAt), countAt, 8), drop],
			store(countAt, add(load(countAt), i32(1))),
			...then,
		),
	],
});

const writerOf = (letter: string): GuestParts => ({
	bytes: [[scratch, letter.toUpperCase() + letter.repeat(messageBytes - 1)]],
	body: endless(writeTo(i32(1), scratch, messageBytes), drop),
});

const programs = {
	record: recorder(),
	crash: recorder(when(equals(load(countAt), i32(crashAfter)), unreachable)),
	victim: writerOf('v'),
	survivor: writerOf('s'),
	// What was read goes on to standard output: its length stands at 8, where the next write expects it.
	copy: {
		body: endless(
			[readFrom(0, scratch, 100), drop, store(4, load(8)), store(0, i32(scratch))],
			[call('fd_write', i32(1), i32(0), i32(1), i32(8)), drop],
		),
	},
} satisfies Record<string, GuestParts>;

interface Round {
	readonly system: System;
	/** An empty folder for this round. */
	readonly folder: string;
	readonly random: () => number;
	readonly patienceMs: number;
	start(program: keyof typeof programs, options?: Partial<SpawnOptions>): Promise<number>;
}

/** A moment later, by chance; mostly after the program has begun. */
async function aMoment({ system, random }: Round, pid: number): Promise<void> {
	const begun = random() < 0.9 ? 1 : 0;
	for (let info = await find(system, pid); info !== undefined && info.calls < begun; ) info = await find(system, pid);
	for (let trips = Math.floor(random() ** 2 * 300); trips > 0; trips--) await system.processSelf();
}

async function find(system: System, pid: number) {
	return (await system.processList()).find((process) => process.pid === pid);
}

async function kill({ system }: Round, pid: number): Promise<void> {
	await system.processKill(pid, 'kill');
	equal(await system.processWait(pid), { code: 137, reason: 'signal' }, 'status of the killed one');
}

/** Fails when nothing has come of it soon. */
async function soon<T>({ system, patienceMs }: Round, what: string, promise: Promise<T>): Promise<T> {
	const event = await system.eventCreate(false);
	const limit = system.eventWait(event, patienceMs).catch((error: unknown): never => {
		const over = error instanceof OsError && error.code === 'ETIMEDOUT';
		throw over ? new Error(`${what} did not come: somebody waits for the killed one`) : error;
	});
	limit.catch(() => {});
	try {
		return await Promise.race([promise, limit as Promise<never>]);
	} finally {
		await system.handleClose(event);
	}
}

async function checkRecords({ system, folder }: Round, least: number): Promise<void> {
	const path = `${folder}/${recordName}`;
	const bytes = await system.pathRead(path, 64 * 1024 * 1024).catch((error: unknown) => {
		if (error instanceof OsError && error.code === 'ENOENT' && least === 0) return new Uint8Array(0);
		throw error;
	});
	equal(bytes.length % 8, 0, 'bytes of a torn record');
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	const count = bytes.length / 8;
	ensure(count >= least, `at least ${least} records, not ${count}`);
	for (let record = 0; record < count; record++)
		if (view.getInt32(record * 8, true) !== record || view.getInt32(record * 8 + 4, true) !== ~record)
			throw new Error(`record ${record} of ${count} is not what was written`);
}

async function killInFileWrite(round: Round): Promise<void> {
	const pid = await round.start('record');
	await aMoment(round, pid);
	await kill(round, pid);
	await checkRecords(round, 0);
}

async function crashAfterFileWrites(round: Round): Promise<void> {
	const pid = await round.start('crash');
	equal((await round.system.processWait(pid)).code, 134, 'exit code of the crashed one');
	await checkRecords(round, crashAfter);
}

/** Letters of messages in the order they came; one of the victim's may be cut short. */
function checkMessages(text: string): void {
	let cut = 0;
	for (const [message] of text.matchAll(/[VS]?[vs]*?(?=[VS]|$)/g)) {
		if (message === '') continue;
		const letter = message[0]?.toLowerCase() ?? '';
		ensure(message[0] !== letter && !/[VS]/.test(message.slice(1)), 'a message that has its beginning');
		ensure(message.slice(1) === letter.repeat(message.length - 1), 'a message of one writer alone');
		if (message.length < messageBytes && letter === 'v') cut++;
		else equal(message.length, messageBytes, `bytes of a message of the ${letter === 'v' ? 'victim' : 'survivor'}`);
	}
	ensure(cut <= 1, `one message cut short, not ${cut}`);
}

async function killAWriter(round: Round): Promise<void> {
	const { system } = round;
	const { read, write } = await system.pipeCreate();
	const survivor = await round.start('survivor', { standardOutput: write });
	const victim = await round.start('victim', { standardOutput: write });
	await system.handleClose(write);
	let text = '';
	const readMore = async (): Promise<void> => {
		const bytes = await soon(round, 'a message', system.streamRead(read, 65_536));
		text += new TextDecoder().decode(bytes);
	};
	for (let times = Math.floor(round.random() * 4); times > 0; times--) await readMore();
	await aMoment(round, victim);
	await kill(round, victim);
	// More than the pipe holds: the survivor has written since.
	for (const end = text.length + 600_000; text.length < end; ) await readMore();
	await kill(round, survivor);
	for (let length = -1; length < text.length; ) {
		length = text.length;
		await readMore();
	}
	checkMessages(text.slice(0, text.lastIndexOf('S')));
	await system.handleClose(read);
}

async function killAReader(round: Round): Promise<void> {
	const { system } = round;
	const [input, output] = [await system.pipeCreate(), await system.pipeCreate()];
	const streams = { standardInput: input.read, standardOutput: output.write };
	const survivor = await round.start('copy', streams);
	const victim = await round.start('copy', streams);
	for (const handle of [input.read, output.write]) await system.handleClose(handle);
	const chunk = (letter: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(letter.repeat(3000));
	const feeding = system.streamWrite(input.write, chunk('x'));
	await aMoment(round, victim);
	await kill(round, victim);
	await soon(round, 'the end of writing', feeding);
	await system.streamWrite(input.write, chunk('y'));
	let received = 0;
	while (received < 3000) {
		const bytes = await soon(round, 'a copied byte', system.streamRead(output.read, 65_536));
		received += bytes.filter((byte) => byte === 0x79).length;
	}
	await kill(round, survivor);
	for (const handle of [input.write, output.read]) await system.handleClose(handle);
}

async function killWhileWaiting(round: Round): Promise<void> {
	const { system } = round;
	const { read, write } = await system.pipeCreate();
	const victim = await round.start('copy', { standardInput: read });
	await aMoment(round, victim);
	await kill(round, victim);
	const reading = system.streamRead(read, 10);
	await system.streamWrite(write, new Uint8Array([7]));
	equal((await soon(round, 'the byte', reading))[0], 7, 'the byte that the killed one had waited for');
	for (const handle of [read, write]) await system.handleClose(handle);
}

const rounds = { killInFileWrite, crashAfterFileWrites, killAWriter, killAReader, killWhileWaiting };

export interface CampaignOptions {
	readonly seed: number;
	readonly rounds: number;
	/** How long to wait for what must come; 10 s when absent. */
	readonly patienceMs?: number;
	/** Rounds of this kind alone. */
	readonly only?: keyof typeof rounds;
}

export async function runKillCampaign(
	{ system, folder }: Pick<Machine, 'system' | 'folder'>,
	options: CampaignOptions,
) {
	const random = seededRandom(options.seed);
	for (const [name, parts] of Object.entries(programs))
		await system.pathWrite(`${folder}/${name}.wasm`, guestModule(parts), 'create-new');
	const kinds = Object.entries(rounds).filter(([name]) => options.only === undefined || options.only === name);
	for (let number = 0; number < options.rounds; number++) {
		const [name, run] = kinds[Math.floor(random() * kinds.length)] as (typeof kinds)[number];
		const roundFolder = `${folder}/round ${number}`;
		await system.pathMakeDirectory(roundFolder);
		const directory = await system.directoryOpen(roundFolder, directoryRights);
		const namespace = { mounts: [{ path: '/', directory, readOnly: false }] };
		const defaults = { arguments: [], environment: [], workingDirectory: '/', namespace };
		const start: Round['start'] = (program, given) =>
			system.processSpawn(`${folder}/${program}.wasm`, { ...defaults, ...given });
		try {
			await run({ system, folder: roundFolder, random, start, patienceMs: options.patienceMs ?? 10_000 });
		} catch (error) {
			const words = `round ${number} of seed ${options.seed}, ${name}: ${error instanceof Error ? error.message : error}`;
			throw new Error(words, { cause: error });
		}
		await system.handleClose(directory);
		await system.pathRemoveTree(roundFolder);
	}
}
