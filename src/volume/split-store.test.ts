import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type BlockFile, BlockFileError, type BlockStore } from '#base/ports.ts';
import { splitStore } from './split-store.ts';

/** The simplest file that can be right: an array. */
class ModelFile implements BlockFile {
	readonly name: string;
	bytes: number[];

	constructor(name: string, bytes: readonly number[] = []) {
		this.name = name;
		this.bytes = [...bytes];
	}

	size(): number {
		return this.bytes.length;
	}

	read(into: Uint8Array, at: number): number {
		const part = this.bytes.slice(at, at + into.length);
		into.set(part);
		return part.length;
	}

	write(bytes: Uint8Array, at: number): void {
		while (this.bytes.length < at) this.bytes.push(0);
		this.bytes.splice(at, bytes.length, ...bytes);
	}

	truncate(size: number): void {
		this.bytes.length = Math.min(this.bytes.length, size);
		while (this.bytes.length < size) this.bytes.push(0);
	}

	flush(): void {
		// An array is as durable as it gets.
	}

	close(): void {
		// Nothing holds it.
	}
}

function storeOf(file: ModelFile): BlockStore {
	return { open: () => Promise.resolve(file), exists: () => Promise.resolve(true) };
}

/** A repeatable number from 0 to below `limit` (a linear congruential generator). */
function makeRandom(seed: number): (limit: number) => number {
	let state = seed;
	return (limit) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * limit);
	};
}

function contentOf(file: BlockFile): number[] {
	const bytes = new Uint8Array(file.size());
	assert.equal(file.read(bytes, 0), bytes.length);
	return [...bytes];
}

function change(file: BlockFile, model: ModelFile, random: (limit: number) => number): void {
	if (random(5) === 0) {
		const size = random(30_000);
		file.truncate(size);
		model.truncate(size);
		return;
	}
	const bytes = new Uint8Array(random(9000)).fill(1 + random(255));
	const at = random(20_000);
	if (bytes.length === 0) return;
	file.write(bytes, at);
	model.write(bytes, at);
}

suite('A store in two views', () => {
	test('Whatever is written and cut off, in any order, each view has its own and no other', async () => {
		for (let seed = 1; seed <= 60; seed++) {
			const random = makeRandom(seed);
			const first = Array.from({ length: random(25_000) }, () => random(256));
			const base = new ModelFile('volume', first);
			const { live, session } = await splitStore(storeOf(base), ['volume'], 1 << 30);
			const views = await Promise.all([live.open('volume'), session.open('volume')]);
			const models = [new ModelFile('live', first), new ModelFile('session', first)];
			for (let step = 0; step < 12; step++) {
				const which = random(2);
				change(views[which] as BlockFile, models[which] as ModelFile, random);
				for (const [place, view] of views.entries())
					assert.deepEqual(contentOf(view), models[place]?.bytes, `seed ${seed}, step ${step}, view ${place}`);
			}
			assert.deepEqual(base.bytes, models[0]?.bytes, `seed ${seed}: what is on the disk`);
		}
	});

	test('A full memory refuses the write, and takes nothing from what is there', async () => {
		const base = new ModelFile('volume', new Array(20_000).fill(7));
		const { live, session, endSession } = await splitStore(storeOf(base), ['volume'], 8192);
		const [kept, forgotten] = await Promise.all([live.open('volume'), session.open('volume')]);
		forgotten.write(new Uint8Array(8192).fill(1), 0);
		const isFull = (error: unknown) => error instanceof BlockFileError && error.reason === 'full';
		assert.throws(() => forgotten.write(new Uint8Array(1), 9000), isFull);
		assert.throws(() => kept.write(new Uint8Array(1), 9000), isFull);
		assert.equal(base.bytes[9000], 7);
		endSession();
		kept.write(new Uint8Array(1), 9000);
		assert.equal(base.bytes[9000], 0);
	});
});
