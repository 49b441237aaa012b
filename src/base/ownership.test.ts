import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DisposableStore, toDisposable } from './disposable.ts';
import { Emitter } from './emitter.ts';

describe('ownership', () => {
	it('releases once, newest first', () => {
		const released: string[] = [];
		const store = new DisposableStore();
		for (const name of ['first', 'second']) store.defer(() => released.push(name));
		store.dispose();
		store.dispose();
		assert.deepEqual(released, ['second', 'first']);
	});

	it('releases at once what comes too late', () => {
		const store = new DisposableStore();
		store.dispose();
		let released = 0;
		store.add(toDisposable(() => released++));
		assert.equal(released, 1);
	});
});

describe('an event', () => {
	it('reaches every listener, whatever another one throws', () => {
		const errors: unknown[] = [];
		const emitter = new Emitter<number>((error) => errors.push(error));
		const heard: number[] = [];
		emitter.event(() => {
			throw new Error('planted');
		});
		emitter.event((value) => heard.push(value));
		emitter.fire(7);
		assert.deepEqual(heard, [7]);
		assert.equal(errors.length, 1);
	});

	it('reaches no listener that has left, not even in mid-call', () => {
		const emitter = new Emitter<void>();
		const heard: string[] = [];
		const second = { dispose: (): void => undefined };
		emitter.event(() => {
			heard.push('first');
			second.dispose();
		});
		second.dispose = emitter.event(() => heard.push('second')).dispose;
		emitter.fire();
		emitter.fire();
		assert.deepEqual(heard, ['first', 'first']);
		assert.equal(emitter.listenerCount, 1);
	});
});
