import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OsError } from '#abi/errors.ts';
import type { Port } from '#abi/messages.ts';
import { systemCalls } from '#abi/system-calls.ts';
import { System } from './system.ts';

class TestPort implements Port {
	readonly sent: { message: unknown; transfer: readonly ArrayBufferLike[] | undefined }[] = [];
	closed = false;
	deliver: (message: unknown) => void = () => undefined;

	send(message: unknown, transfer?: readonly ArrayBufferLike[]): void {
		this.sent.push({ message, transfer });
	}

	onMessage(listener: (message: unknown) => void): void {
		this.deliver = listener;
	}

	close(): void {
		this.closed = true;
	}
}

function connect(): { port: TestPort; system: System } {
	const port = new TestPort();
	return { port, system: new System(port) };
}

const isCancelled = (error: unknown): boolean => error instanceof OsError && error.code === 'ECANCELED';

describe('the client of the system calls', () => {
	it('gives each reply to its own call, in whatever order they come', async () => {
		const { port, system } = connect();
		const first = system.pathStat('/a');
		const second = system.pathRead('/b', 10);
		port.deliver([2, 0, new Uint8Array([7])]);
		port.deliver([1, 2, '/a']);
		assert.deepEqual(await second, new Uint8Array([7]));
		await assert.rejects(first, (error: unknown) => error instanceof OsError && error.detail === '/a');
	});

	it('ignores replies that nobody waits for', () => {
		const { port } = connect();
		port.deliver([99, 0, undefined]);
	});

	it('fails every call under way when it is closed, and every later one', async () => {
		const { port, system } = connect();
		const pending = assert.rejects(system.watchRead(1), isCancelled);
		system.close();
		await pending;
		await assert.rejects(system.processSelf(), isCancelled);
		assert.equal(port.closed, true);
	});

	it('fails a call whose arguments cannot be sent, and no other', async () => {
		const { port, system } = connect();
		port.send = () => {
			throw new TypeError('cannot be cloned');
		};
		await assert.rejects(system.processSetTitle('x'), TypeError);
	});

	it('hands the buffer of a given write over, by the number that the contract gives file_write', () => {
		const { port, system } = connect();
		const bytes = new Uint8Array(5);
		void system.fileWriteGiving(3, 10, bytes);
		const number = systemCalls.find(({ name }) => name === 'file_write')?.number;
		assert.deepEqual(port.sent[0], { message: [1, number, 3, 10, bytes], transfer: [bytes.buffer] });
	});

	it('tells signals to those who listen', () => {
		const { port, system } = connect();
		const signals: string[] = [];
		system.onSignal((signal) => signals.push(signal));
		port.deliver([0, 'interrupt']);
		assert.deepEqual(signals, ['interrupt']);
	});
});
