/**
 * Overwrites what SQLite's memory still has of what it no longer needs: pages of its cache, and arguments of statements.
 *
 * The memory of SQLite is one block of WebAssembly, of which freed parts keep their bytes until they are used again. All of
 * it that is free is taken, in blocks from large to small, made zero, and freed again; it does not grow meanwhile.
 *
 * Rules of use: the cache has been given back before (`PRAGMA shrink_memory`), and no statement stands at a row.
 */
import type { Pointer, SqliteModule } from './sqlite-module.ts';

type Memory = Pick<SqliteModule['wasm'], 'alloc' | 'dealloc' | 'heap8u' | 'memory'>;

const largestBlock = 1 << 20;
/** The allocator gives nothing smaller out. */
const smallestBlock = 32;
/** Of a block that is not the caller's: the allocator's word, and the length that SQLite keeps before what it hands out. */
const overhead = 16;

export function wipeFreeMemory(wasm: Memory): void {
	const taken: Pointer[] = [];
	Object.defineProperty(wasm.memory, 'grow', { configurable: true, value: refuseToGrow });
	try {
		for (let room = largestBlock; room >= smallestBlock; room >>= 1) {
			const size = room - overhead;
			for (let block = tryAlloc(wasm, size); block !== undefined; block = tryAlloc(wasm, size)) {
				taken.push(block);
				wasm.heap8u().fill(0, block, block + size);
			}
		}
	} finally {
		Reflect.deleteProperty(wasm.memory, 'grow');
		for (const block of taken) wasm.dealloc(block);
	}
}

/** The allocator takes it for a host without memory. */
function refuseToGrow(): never {
	throw new RangeError('only free memory is wanted');
}

/** `undefined` when no block of this size is free. */
function tryAlloc(wasm: Memory, size: number): Pointer | undefined {
	try {
		return wasm.alloc(size);
	} catch {
		// The library tells it by an error of its own, and there is no other reason.
		return undefined;
	}
}
