import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OverlayBlocks } from './overlay-blocks.ts';

const size = 1024 * 1024;

function make(image = new Uint8Array(size).fill(1)) {
	const reads: [number, number][] = [];
	const failures: unknown[] = [];
	const changes: number[] = [];
	const read = (at: number, length: number) => {
		reads.push([at, length]);
		return Promise.resolve(image.slice(at, at + length));
	};
	const blocks = new OverlayBlocks(image.length, read, {
		onChange: (bytes) => changes.push(bytes),
		onFailure: (error) => failures.push(error),
	});
	return { blocks, reads, failures, changes, image };
}

function get(blocks: OverlayBlocks, at: number, length: number): Promise<Uint8Array> {
	return new Promise((resolve) => blocks.get(at, length, resolve));
}

test('blocks are read when they are wanted, once', async () => {
	const { blocks, reads } = make();
	assert.deepEqual(await get(blocks, 512, 1024), new Uint8Array(1024).fill(1));
	await get(blocks, 4096, 512);
	assert.equal(reads.length, 1);
	await get(blocks, 500_000, 512);
	assert.equal(reads.length, 2);
});

test('what the guest writes is seen at once, and the image stays as it is', async () => {
	const { blocks, image, changes } = make();
	blocks.set(1024, new Uint8Array(1024).fill(9), () => undefined);
	const seen = await get(blocks, 512, 2048);
	assert.deepEqual([seen[0], seen[512], seen[1535], seen[1536]], [1, 9, 9, 1]);
	assert.ok(image.every((byte) => byte === 1));
	assert.deepEqual(changes, [1024]);
});

test('what was written is collected in order, neighbours together', () => {
	const { blocks } = make();
	blocks.set(2048, new Uint8Array(512).fill(4), () => undefined);
	blocks.set(0, new Uint8Array(512).fill(2), () => undefined);
	blocks.set(512, new Uint8Array(512).fill(3), () => undefined);
	const runs = blocks.collect();
	assert.deepEqual(
		runs.map(({ at, bytes }) => [at, bytes.length]),
		[
			[0, 1024],
			[2048, 512],
		],
	);
});

test('a request past the end gets zeros there', async () => {
	const { blocks } = make(new Uint8Array(1000).fill(1));
	const bytes = await get(blocks, 512, 1024);
	assert.deepEqual([bytes[0], bytes[487], bytes[488], bytes[1023]], [1, 1, 0, 0]);
});

test('an image that cannot be read is told to the owner', async () => {
	const failures: unknown[] = [];
	const failed = Promise.withResolvers<void>();
	const blocks = new OverlayBlocks(4096, () => Promise.reject(new Error('gone')), {
		onChange: () => undefined,
		onFailure: (error) => {
			failures.push(error);
			failed.resolve();
		},
	});
	blocks.get(0, 512, () => assert.fail('there is nothing to give'));
	await failed.promise;
	assert.match(String(failures[0]), /gone/);
});
