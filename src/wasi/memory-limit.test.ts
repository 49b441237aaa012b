import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OsError } from '#abi/errors.ts';
import { limitMemory } from './memory-limit.ts';

const page = 65_536;

/** A module with nothing but a memory, exported as `m`. */
function makeModule(...limits: number[]): Uint8Array<ArrayBuffer> {
	const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
	const memory = [1, ...limits];
	return Uint8Array.of(...header, 5, memory.length, ...memory, 7, 5, 1, 1, 0x6d, 2, 0);
}

function grow(module: Uint8Array<ArrayBuffer>, pages: number): number {
	const { m } = new WebAssembly.Instance(new WebAssembly.Module(module)).exports;
	assert.ok(m instanceof WebAssembly.Memory);
	return m.grow(pages);
}

describe('the limit of a module’s memory', () => {
	it('lets it grow so far and no further', () => {
		const limited = limitMemory(makeModule(0, 1), 300 * page);
		assert.equal(grow(limited, 299), 1);
		assert.throws(() => grow(limited, 300), RangeError);
	});

	it('keeps a smaller maximum', () => {
		assert.throws(() => grow(limitMemory(makeModule(1, 1, 4), 100 * page), 4), RangeError);
	});

	it('refuses a module that needs more from the start', () => {
		assert.throws(
			() => limitMemory(makeModule(0, 9), 8 * page),
			(error) => error instanceof OsError && error.code === 'ENOMEM',
		);
	});

	it('refuses a module that ends in mid-number', () => {
		assert.throws(() => limitMemory(makeModule(0, 1).subarray(0, 10), page), OsError);
	});
});
