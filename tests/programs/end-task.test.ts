/** End task through real system calls: polite first, and sure within two seconds. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { endTask } from '#programs/task-manager/end-task.ts';
import type { WorkerProgram } from '#runtime/worker-program.ts';
import { ProcessorWaits } from '../browser/processor-waits.ts';
import { TestMachine } from './test-machine.ts';

const never = () => new Promise<number>(() => {});

const polite: WorkerProgram = (system) =>
	new Promise((resolve) => {
		system.onSignal((signal) => resolve(signal === 'terminate' ? 7 : 8));
	});

const deaf: WorkerProgram = (system) => {
	system.onSignal(() => {});
	return never();
};

let machine: TestMachine;

before(async () => {
	machine = new TestMachine({ polite, deaf });
	await machine.system.pathMakeDirectory('/home');
});

after(() => machine[Symbol.asyncDispose]());

async function endOf(program: string): Promise<{ milliseconds: number; code: number }> {
	const pid = await machine.spawn(program, [], []);
	const status = machine.system.processWait(pid);
	const waits = await ProcessorWaits.begin();
	const started = performance.now();
	await endTask(machine.system, pid);
	const took = performance.now() - started;
	return { milliseconds: took - (await waits.since()), code: (await status).code };
}

test('A program that listens ends by itself, at once', async () => {
	const { milliseconds, code } = await endOf('polite');
	assert.equal(code, 7);
	assert.ok(milliseconds < 500, `${milliseconds} ms`);
});

test('A program that does not listen is gone within two seconds', async () => {
	const { milliseconds, code } = await endOf('deaf');
	assert.equal(code, 137);
	assert.ok(milliseconds < 2000, `${milliseconds} ms`);
});

test('A process that has gone already is no error', async () => {
	await endTask(machine.system, 99_999);
});
