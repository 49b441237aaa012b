/** Commits that fail: the calls of the group get the error, and nothing of them stays. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OsError } from '#abi/errors.ts';
import { rights } from '#abi/rights.ts';
import { type FileSystem, GroupLost } from '#fs/file-system.ts';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import { hostClock } from '#hosts/common/host-clock.ts';
import type { System } from '#runtime/system.ts';
import { NodeMachine } from './node-machine.ts';

const outcomesOf = async (calls: readonly Promise<unknown>[]): Promise<string[]> =>
	(await Promise.allSettled(calls)).map((outcome) =>
		outcome.status === 'fulfilled' ? 'done' : outcome.reason instanceof OsError ? outcome.reason.code : 'other',
	);

/** Volumes whose system has started: from then on planted failures count. */
const started = new WeakSet<MemoryFileSystem>();

async function withSystem(
	volume: MemoryFileSystem,
	run: (system: System, machine: NodeMachine) => Promise<void>,
): Promise<void> {
	const machine = new NodeMachine(volume);
	try {
		// What the start of the system changes is stored before.
		await machine.system.pathMakeDirectory('/started');
		started.add(volume);
		await run(machine.system, machine);
	} finally {
		machine.close();
	}
}

describe('a full disk', () => {
	it('fails every call of the group, and what was there is unharmed', async () => {
		const volume = new MemoryFileSystem({ clock: hostClock, capacityBytes: 10_000 });
		await withSystem(volume, async (system) => {
			await system.pathWrite('/kept', new Uint8Array(6000).fill(1), 'create-new');
			const outcomes = await outcomesOf([
				system.pathWrite('/small', new Uint8Array(10), 'create-new'),
				system.pathWrite('/kept', new Uint8Array(8000).fill(2), 'open'),
				system.pathWrite('/large', new Uint8Array(8000), 'create-new'),
			]);
			assert.deepEqual(outcomes, ['ENOSPC', 'ENOSPC', 'ENOSPC']);
			assert.deepEqual(await system.pathRead('/kept', 10_000), new Uint8Array(6000).fill(1));
			assert.equal((await system.pathList('/', '', 100)).names.includes('small'), false);
			await system.pathUnlink('/kept');
			await system.pathWrite('/large', new Uint8Array(8000), 'create-new');
		});
	});

	it('closes handles that the lost group had opened, and sets positions back', async () => {
		const volume = new MemoryFileSystem({ clock: hostClock, capacityBytes: 10_000 });
		await withSystem(volume, async (system, machine) => {
			const file = await system.fileOpen('/log', 'create-new', rights.read | rights.write);
			await system.streamWrite(file, new TextEncoder().encode('first '));
			const handles = machine.headless.kernel.processes.get(1).handles.size;
			const outcomes = await outcomesOf([
				system.streamWrite(file, new TextEncoder().encode('lost ')),
				system.fileOpen('/new', 'create-new', rights.write),
				system.pathWrite('/large', new Uint8Array(11_000), 'create-new'),
			]);
			assert.deepEqual(outcomes, ['ENOSPC', 'ENOSPC', 'ENOSPC']);
			assert.equal(machine.headless.kernel.processes.get(1).handles.size, handles);
			assert.equal(machine.headless.kernel.openNodes.size, 1);
			await system.streamWrite(file, new TextEncoder().encode('second'));
			assert.equal(new TextDecoder().decode(await system.pathRead('/log', 100)), 'first second');
		});
	});

	it('keeps the paths of open files right when a rename is lost', async () => {
		const volume = new MemoryFileSystem({ clock: hostClock, capacityBytes: 10_000 });
		await withSystem(volume, async (system) => {
			const file = await system.fileOpen('/a', 'create-new', rights.write);
			const outcomes = await outcomesOf([
				system.pathRename('/a', '/b', false),
				system.fileWrite(file, 0, new Uint8Array(11_000)),
			]);
			assert.deepEqual(outcomes, ['ENOSPC', 'ENOSPC']);
			const watch = await system.watchOpen('/', true);
			const told = system.watchRead(watch);
			await system.fileWrite(file, 0, new Uint8Array(10));
			assert.deepEqual(await told, [{ kind: 'changed', path: '/a' }]);
		});
	});

	it('tells watches nothing of what was lost', async () => {
		const volume = new MemoryFileSystem({ clock: hostClock, capacityBytes: 10_000 });
		await withSystem(volume, async (system) => {
			const watch = await system.watchOpen('/', true);
			await outcomesOf([system.pathWrite('/large', new Uint8Array(11_000), 'create-new')]);
			await system.pathWrite('/small', new Uint8Array(1), 'create-new');
			assert.deepEqual(await system.watchRead(watch), [{ kind: 'created', path: '/small' }]);
		});
	});
});

/** A memory file system in which one method fails at one call. */
function failing(method: Exclude<keyof FileSystem, 'versions'>, error: Error, atCall: number): MemoryFileSystem {
	const volume = new MemoryFileSystem({ clock: hostClock });
	const original = (volume[method] as (...values: unknown[]) => unknown).bind(volume);
	let calls = 0;
	Object.defineProperty(volume, method, {
		value: (...values: unknown[]) => {
			if (!started.has(volume) || ++calls !== atCall) return original(...values);
			if (error instanceof GroupLost || method === 'commit') volume.rollback();
			throw error;
		},
	});
	return volume;
}

describe('a file system that fails', () => {
	it('in the second step of a call takes the first step back', async () => {
		// Writing a shorter content is a write and a cut.
		const volume = failing('truncate', new OsError('EIO', 'planted'), 1);
		await withSystem(volume, async (system) => {
			await system.pathWrite('/f', new TextEncoder().encode('the whole old text'), 'create-new');
			assert.deepEqual(await outcomesOf([system.pathWrite('/f', new TextEncoder().encode('new'), 'open')]), ['EIO']);
			assert.equal(new TextDecoder().decode(await system.pathRead('/f', 100)), 'the whole old text');
			await system.pathWrite('/f', new TextEncoder().encode('new'), 'open');
			assert.equal(new TextDecoder().decode(await system.pathRead('/f', 100)), 'new');
		});
	});

	it('and loses its group fails all calls of the group with the same error', async () => {
		const volume = failing('create', new GroupLost('ENOSPC', 'planted'), 3);
		await withSystem(volume, async (system) => {
			const outcomes = await outcomesOf([
				system.pathMakeDirectory('/a'),
				system.pathMakeDirectory('/b'),
				system.pathMakeDirectory('/c'),
			]);
			assert.deepEqual(outcomes, ['ENOSPC', 'ENOSPC', 'ENOSPC']);
			const { names } = await system.pathList('/', '', 100);
			assert.equal(names.includes('a') || names.includes('b') || names.includes('c'), false);
			await system.pathMakeDirectory('/a');
		});
	});

	it('by a defect is answered with EIO and logged, and the system goes on', async () => {
		const volume = failing('stat', new TypeError('planted'), 20);
		await withSystem(volume, async (system, machine) => {
			const calls = Array.from({ length: 40 }, () => system.pathStat('/'));
			const outcomes = await outcomesOf(calls);
			assert.equal(outcomes.filter((outcome) => outcome === 'EIO').length, 1);
			assert.equal(outcomes.filter((outcome) => outcome === 'done').length, 39);
			const errors = machine.headless.kernel.log.read(0, 100).filter(({ level }) => level === 'error');
			assert.equal(errors.length, 1);
			assert.match(errors[0]?.message ?? '', /TypeError: planted/);
		});
	});

	it('at a commit by a defect fails the group with EIO', async () => {
		const volume = failing('commit', new TypeError('planted'), 1);
		await withSystem(volume, async (system) => {
			assert.deepEqual(await outcomesOf([system.pathMakeDirectory('/a')]), ['EIO']);
			await system.pathMakeDirectory('/a');
		});
	});
});
