import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OsError } from '#abi/errors.ts';
import { Pipe, pipeCapacity } from './pipe.ts';
import { Wait } from './wait.ts';

const bytes = (length: number, value = 1): Uint8Array<ArrayBuffer> => new Uint8Array(length).fill(value);

/** What became of a wait. */
function outcomeOf<T>(wait: Wait<T>): { kind: string; value?: unknown } {
	let outcome: { kind: string; value?: unknown } = { kind: 'pending' };
	wait.whenOver((over) => {
		outcome = over;
	});
	return outcome;
}

describe('a pipe', () => {
	it('gives no reader memory that another one sees', () => {
		const pipe = new Pipe();
		const written = bytes(1000);
		pipe.write(written);
		const part = pipe.read(10);
		assert.ok(part !== undefined && part.buffer !== written.buffer);
		assert.equal(part.buffer.byteLength, 10);
		assert.equal(pipe.read(5000)?.length, 990);
	});

	it('takes a write when there is room for all of it', () => {
		const pipe = new Pipe();
		assert.equal(pipe.write(bytes(pipeCapacity - 1)), true);
		assert.equal(pipe.write(bytes(2)), false);
		assert.equal(pipe.write(bytes(1)), true);
	});

	it('lets blocked writes in by their order as room comes', () => {
		const pipe = new Pipe();
		pipe.write(bytes(pipeCapacity, 1));
		const waits = [2, 3].map((value) => {
			const wait = new Wait<void>();
			assert.equal(pipe.write(bytes(pipeCapacity, value)), false);
			pipe.admitWriter(bytes(pipeCapacity, value), wait);
			return wait;
		});
		const read = [1, 2, 3].map(() => pipe.read(pipeCapacity)?.[0]);
		assert.deepEqual(read, [1, 2, 3]);
		assert.deepEqual(
			waits.map((wait) => outcomeOf(wait).kind),
			['resolved', 'resolved'],
		);
	});

	it('serves blocked readers by their order and skips those that gave up', () => {
		const pipe = new Pipe();
		const waits = [10, 10, 10].map((maximum) => {
			const wait = new Wait<Uint8Array<ArrayBuffer>>();
			pipe.admitReader(maximum, wait);
			return wait;
		});
		waits[0]?.abandon();
		pipe.write(bytes(15));
		assert.equal((outcomeOf(waits[1] as Wait<Uint8Array>).value as Uint8Array).length, 10);
		assert.equal((outcomeOf(waits[2] as Wait<Uint8Array>).value as Uint8Array).length, 5);
	});

	it('drops a blocked write whose process has ended', () => {
		const pipe = new Pipe();
		pipe.write(bytes(pipeCapacity, 1));
		const wait = new Wait<void>();
		pipe.admitWriter(bytes(5, 2), wait);
		wait.abandon();
		pipe.read(pipeCapacity);
		assert.equal(pipe.read(10), undefined);
	});

	it('ends when its last writer closes, and refuses writes without a reader', () => {
		const pipe = new Pipe();
		pipe.write(bytes(3));
		pipe.closeWriter();
		assert.equal(pipe.read(10)?.length, 3);
		assert.equal(pipe.read(10)?.length, 0);
		pipe.closeReader();
		assert.throws(
			() => pipe.write(bytes(1)),
			(error: unknown) => error instanceof OsError && error.code === 'EPIPE',
		);
	});
});
