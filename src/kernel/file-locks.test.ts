/** Locks against the simplest model there is: for each byte, who holds it and how. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { LockKind } from '#abi/structures.generated.ts';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import { hostClock } from '#hosts/common/host-clock.ts';
import { FileLocks } from './file-locks.ts';
import { type OpenFile, OpenNodes } from './open-node.ts';

const files = 4;
const bytes = 24;
/** The last stands for all that lies beyond. */
const cells = bytes + 1;

/** Holders by byte and file. */
type Model = (LockKind | undefined)[][];

function randomFrom(seed: number): (limit: number) => number {
	let state = seed;
	return (limit) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * limit);
	};
}

function openFiles(locks: FileLocks): OpenFile[] {
	const fileSystem = new MemoryFileSystem({ clock: hostClock });
	const inode = fileSystem.create(fileSystem.root, 'f', 'file');
	const nodes = new OpenNodes((node) => locks.release(node as OpenFile));
	return Array.from({ length: files }, () => {
		const file = nodes.openFile({ fileSystem, inode, path: '/f', readOnly: false }, false);
		file.retain();
		return file;
	});
}

function mayTake(model: Model, file: number, kind: LockKind, part: readonly number[]): boolean {
	return part.every((byte) =>
		model.every(
			(held, other) => other === file || held[byte] === undefined || (held[byte] === 'shared' && kind === 'shared'),
		),
	);
}

/** What `list` tells, byte by byte. */
function listed(locks: FileLocks, file: OpenFile): (LockKind | undefined)[] {
	const held = new Array<LockKind | undefined>(cells).fill(undefined);
	for (const { kind, offset, length, own } of locks.list(file))
		if (own) held.fill(kind, offset, length === 0 ? cells : offset + length);
	return held;
}

for (const seed of [1, 2, 3, 4]) {
	it(`locks do what the model does (seed ${seed})`, () => {
		const random = randomFrom(seed);
		const locks = new FileLocks();
		const opened = openFiles(locks);
		const model: Model = opened.map(() => new Array<LockKind | undefined>(cells).fill(undefined));
		for (let step = 0; step < 3000; step++) {
			const number = random(files);
			const file = opened[number] as OpenFile;
			const held = model[number] as (LockKind | undefined)[];
			const start = random(bytes);
			const end = random(6) === 0 ? Number.POSITIVE_INFINITY : start + 1 + random(bytes - start);
			const part = Array.from({ length: Math.min(end, cells) - start }, (_, index) => start + index);
			const kind: LockKind = random(2) === 0 ? 'shared' : 'exclusive';
			if (random(3) === 0) {
				locks.unlock(file, { start, end });
				for (const byte of part) held[byte] = undefined;
			} else {
				const expected = mayTake(model, number, kind, part);
				assert.equal(locks.tryLock({ file, kind, start, end }), expected, `step ${step}`);
				if (expected) for (const byte of part) held[byte] = kind;
			}
			for (const [index, other] of opened.entries()) assert.deepEqual(listed(locks, other), model[index]);
		}
		for (const file of opened) file.release();
		for (const file of opened) assert.deepEqual(locks.list(file), []);
	});
}
