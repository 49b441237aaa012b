import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { OsError } from '#abi/errors.ts';
import type { PcJobState } from '#abi/structures.generated.ts';
import { Wait } from '../wait.ts';
import type { PcProgress } from './pc-host.ts';
import { PcJob } from './pc-job.ts';

/** A job whose work is played by the test. */
function makeJob() {
	const result = Promise.withResolvers<unknown>();
	const ended = Promise.withResolvers<OsError | undefined>();
	const told: { tell: (progress: PcProgress) => void; cancelled: boolean } = {
		tell: () => undefined,
		cancelled: false,
	};
	const job = new PcJob(
		(onProgress) => {
			told.tell = onProgress;
			return {
				done: result.promise,
				cancel: () => {
					told.cancelled = true;
				},
			};
		},
		({ error }) => ended.resolve(error),
	);
	job.retain();
	return { job, told, result, ended: ended.promise };
}

suite('Something that the PC does', () => {
	test('Who waits learns of the next change, and of every step', () => {
		const { job, told } = makeJob();
		const seen: PcJobState[] = [];
		for (const step of ['copying', 'checking']) {
			const wait = new Wait<PcJobState>();
			wait.whenOver((outcome) => outcome.kind === 'resolved' && seen.push(outcome.value));
			job.admit(wait);
			told.tell({ step, doneBytes: 0, totalBytes: 1000 });
		}
		assert.deepEqual(
			seen.map(({ step, sequence }) => `${step} ${sequence}`),
			['copying 2', 'checking 3'],
		);
	});

	test('A thousand small advances are at most some hundred changes', () => {
		const { job, told } = makeJob();
		for (let done = 0; done <= 1000; done++) told.tell({ step: 'copying', doneBytes: done, totalBytes: 1000 });
		assert.ok(job.state.sequence < 210, String(job.state.sequence));
		assert.equal(job.state.doneBytes, 1000);
	});

	test('It ends as done, as failed with its error, or as cancelled', async () => {
		const done = makeJob();
		done.result.resolve({});
		assert.equal(await done.ended, undefined);
		assert.equal(done.job.state.phase, 'done');
		const failed = makeJob();
		failed.result.reject(new OsError('ENOSPC', 'the disk is full'));
		await failed.ended;
		const { phase, error, problem } = failed.job.state;
		assert.deepEqual({ phase, error, problem }, { phase: 'failed', error: 'ENOSPC', problem: 'the disk is full' });
		const cancelled = makeJob();
		cancelled.result.reject(new OsError('ECANCELED'));
		await cancelled.ended;
		assert.equal(cancelled.job.state.phase, 'cancelled');
	});

	test('Closing the last handle cancels it, unless it is over', async () => {
		const { job, told } = makeJob();
		job.release();
		assert.equal(told.cancelled, true);
		const over = makeJob();
		over.result.resolve({});
		await over.ended;
		over.job.release();
		assert.equal(over.told.cancelled, false);
	});
});
