import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { CallTurns } from '#kernel/call-turns.ts';
import type { ProgramImage, RunningProgram } from '#kernel/program-launcher.ts';
import { GuestLauncher } from './guest-launcher.ts';
import type { FromGuestWorker } from './guest-messages.ts';

/** The smallest program, with a memory and an empty `_start`: it is compiled, and never run. */
const module = Uint8Array.from(
	Buffer.from(
		'0061736d01000000010401600000030201000503010000071302066d656d6f72790200065f737461727400000a040102000b',
		'hex',
	),
);
const image: ProgramImage = { key: 'module', read: () => module, limits: {}, pipes: [] };
const start = {
	pid: 1,
	group: 1,
	session: 1,
	program: 'p',
	arguments: [],
	environment: [],
	workingDirectory: '/',
	mounts: [],
};
const idle: FromGuestWorker = { type: 'idle' };

/** Workers that run nothing, and end when they are let. */
class Workers {
	readonly all: { told: (message: FromGuestWorker) => void; posted: number; isEnding: boolean; end: () => void }[] = [];
	readonly launcher: GuestLauncher;

	constructor(maximumPrograms: number) {
		const turns = new CallTurns({ defer: queueMicrotask, now: () => 0, watchMs: 0 });
		this.launcher = new GuestLauncher({
			turns,
			maximumPrograms,
			makeWorker: (told) => {
				const ending = Promise.withResolvers<void>();
				const worker = { told, posted: 0, isEnding: false, end: ending.resolve };
				this.all.push(worker);
				return {
					post: () => void worker.posted++,
					terminate: () => {
						worker.isEnding = true;
						return ending.promise;
					},
				};
			},
		});
	}

	launch(): RunningProgram {
		return this.launcher.launch({ ...start }, image, (reason) => assert.fail(reason));
	}

	async untilStarted(count: number): Promise<void> {
		while (this.started < count) await settle();
	}

	get started(): number {
		return this.all.reduce((sum, { posted }) => sum + posted, 0);
	}
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

suite('The launcher of guests', () => {
	test('refuses one program too many, and takes it when another has ended', () => {
		const workers = new Workers(3);
		for (let count = 0; count < 3; count++) workers.launch();
		assert.throws(() => workers.launch(), { code: 'EAGAIN' });
		workers.all[0]?.told(idle);
		workers.launch();
		assert.throws(() => workers.launch(), { code: 'EAGAIN' });
		workers.launcher.close();
	});

	test('uses a Worker again, until too many memories wait in it to be collected', () => {
		const workers = new Workers(100);
		for (let count = 0; count < 100; count++) {
			workers.launch();
			workers.all.at(-1)?.told(idle);
		}
		const ended = workers.all.filter(({ isEnding }) => isEnding).length;
		assert.ok(ended >= 3 && ended <= 5, `${ended} Workers ended`);
		workers.launcher.close();
	});

	test('begins a program when those that were killed have left it room', async () => {
		const workers = new Workers(40);
		const crowd = Array.from({ length: 40 }, () => workers.launch());
		await workers.untilStarted(40);
		const ends = crowd.map((program) => program.terminate({ code: 137, reason: 'signal' }));
		for (let count = 0; count < 40; count++) workers.launch();
		// As many as there is room for beside those that are about to end.
		await workers.untilStarted(64);
		await settle();
		assert.equal(workers.started, 64);
		for (const { end } of workers.all.slice(0, 40)) end();
		await Promise.all(ends);
		await workers.untilStarted(80);
		workers.launcher.close();
	});
});
