import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type Asking, CallTurns } from './call-turns.ts';

/** Asks `left` times, and tells by a letter each time that it was its turn. */
class Client implements Asking {
	readonly #turns: CallTurns;
	readonly #name: string;
	readonly #told: string[];
	left: number;
	isAsleep = false;

	constructor(turns: CallTurns, name: string, { left, told }: { left: number; told: string[] }) {
		this.#turns = turns;
		this.#name = name;
		this.left = left;
		this.#told = told;
		turns.wake(this);
	}

	take(): boolean {
		if (this.left === 0) return false;
		this.left--;
		this.#told.push(this.#name);
		this.#turns.defer(() => this.#told.push(`${this.#name}'`));
		return true;
	}

	sleep(): boolean {
		this.isAsleep = this.left === 0;
		return this.isAsleep;
	}
}

suite('The turns of calls', () => {
	test('one that asks without a pause does not keep another waiting', async () => {
		const told: string[] = [];
		const turns = new CallTurns({ defer: queueMicrotask, now: () => 0, watchMs: 0 });
		const greedy = new Client(turns, 'g', { left: 4, told });
		const modest = new Client(turns, 'm', { left: 2, told });
		await Promise.resolve();
		assert.deepEqual(
			told.filter((name) => name.length === 1),
			['g', 'm', 'g', 'm', 'g', 'g'],
		);
		assert.ok(greedy.isAsleep && modest.isAsleep);
	});

	test('what was deferred is done after the round, for all calls of it together', async () => {
		const told: string[] = [];
		const turns = new CallTurns({ defer: queueMicrotask, now: () => 0, watchMs: 0 });
		new Client(turns, 'a', { left: 1, told });
		new Client(turns, 'b', { left: 1, told });
		await Promise.resolve();
		assert.deepEqual(told, ['a', 'b', "a'", "b'"]);
	});

	test('the event loop gets its turn, however much is asked', () => {
		const told: string[] = [];
		const later: (() => void)[] = [];
		let now = 0;
		const turns = new CallTurns({ defer: (callback) => later.push(callback), now: () => now++, watchMs: 0 });
		const client = new Client(turns, 'a', { left: 1_000_000, told });
		return Promise.resolve().then(() => {
			assert.equal(later.length, 1);
			assert.ok(told.length < 100 && client.left > 0);
			later.shift()?.();
			assert.equal(later.length, 1);
		});
	});

	test('a request that comes while it is put to sleep is taken', async () => {
		const told: string[] = [];
		const turns = new CallTurns({ defer: queueMicrotask, now: () => 0, watchMs: 0 });
		const client = new Client(turns, 'a', { left: 1, told });
		let tries = 0;
		client.sleep = () => {
			if (tries++ > 0) return true;
			client.left = 1;
			return false;
		};
		await Promise.resolve();
		assert.equal(told.filter((name) => name === 'a').length, 2);
	});
});
