import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OsError } from '#abi/errors.ts';
import type { ExitStatus, ProcessStart, Signal } from '#abi/structures.generated.ts';
import type { Clock } from '#base/ports.ts';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import { systemToken } from '#security/token.ts';
import { Kernel } from './kernel.ts';
import type { ProcessConnection } from './process-connection.ts';
import type { ProgramLauncher } from './program-launcher.ts';

const clock: Clock = { now: () => 1000, monotonic: () => 0, after: () => () => undefined };

/** A connection that a test works by hand. */
class TestConnection implements ProcessConnection {
	readonly handlesSignals = true;
	readonly replies: unknown[] = [];
	readonly signals: Signal[] = [];
	closed = false;
	#listener: (request: unknown) => void = () => undefined;

	onRequest(listener: (request: unknown) => void): void {
		this.#listener = listener;
	}

	request(...message: readonly unknown[]): void {
		this.#listener(message);
	}

	reply(id: number, errno: number, value: unknown): void {
		this.replies.push([id, errno, value]);
	}

	signal(signal: Signal): void {
		this.signals.push(signal);
	}

	setStopped(): void {}

	close(): void {
		this.closed = true;
	}
}

interface Launched {
	readonly start: ProcessStart;
	readonly connection: TestConnection;
	readonly crashed: (reason: string) => void;
	status?: ExitStatus;
}

function startKernel() {
	const launched: Launched[] = [];
	const deferred: (() => void)[] = [];
	const launcher: ProgramLauncher = {
		launch(start, _grants, crashed) {
			if (start.program !== 'test') throw new OsError('ENOENT', start.program);
			const entry: Launched = { start, connection: new TestConnection(), crashed };
			launched.push(entry);
			return {
				connection: entry.connection,
				terminate(status) {
					entry.status = status;
				},
			};
		},
		launchImage() {
			throw new OsError('ENOENT');
		},
	};
	const volume = new MemoryFileSystem({ clock });
	const kernel = new Kernel({
		volume,
		clock,
		random: { bytes: (length) => new Uint8Array(length) },
		launcher,
		version: '0',
		host: 'node',
		afterArrived: (callback) => deferred.push(callback),
	});
	const connection = new TestConnection();
	kernel.attach('first', systemToken, { connection, terminate: () => undefined });
	const runDeferred = (): void => {
		for (const callback of deferred.splice(0)) callback();
	};
	return { kernel, volume, connection, launched, runDeferred };
}

const spawnOptions = { arguments: [], environment: [], workingDirectory: '/' };
const content = () => new Uint8Array(1);

describe('the kernel', () => {
	it('answers what changes files only after the commit, and what reads at once', () => {
		const { connection, volume, runDeferred } = startKernel();
		connection.request(1, 51, '/a', content(), 'create-new');
		connection.request(2, 51, '/b', content(), 'create-new');
		connection.request(3, 48, '/a');
		assert.deepEqual(
			connection.replies.map((reply) => (reply as number[])[0]),
			[3],
		);
		assert.equal(volume.dirty, true);
		runDeferred();
		assert.equal(volume.dirty, false);
		assert.deepEqual(connection.replies.slice(1), [
			[1, 0, undefined],
			[2, 0, undefined],
		]);
	});

	it('commits at once when a group has become large', () => {
		const { connection, volume } = startKernel();
		connection.request(1, 51, '/a', new Uint8Array(5_000_000), 'create-new');
		assert.equal(volume.dirty, false);
		assert.equal(connection.replies.length, 1);
	});

	it('ends a crashed program, logs why, and releases what it held', () => {
		const { kernel, connection, launched } = startKernel();
		connection.request(1, 20);
		connection.request(2, 3, 'test', { ...spawnOptions, standardOutput: 2 });
		connection.request(3, 16, 2);
		connection.request(4, 18, 1, 100);
		assert.equal(connection.replies.length, 3);
		launched[0]?.crashed('it divided by zero');
		assert.deepEqual(launched[0]?.status, { code: 134, reason: 'crashed: it divided by zero' });
		assert.equal(launched[0]?.connection.closed, true);
		assert.deepEqual(connection.replies[3], [4, 0, new Uint8Array(0)], 'the pipe has ended');
		assert.match(kernel.log.read(0, 10)[0]?.message ?? '', /test \(2\) crashed: it divided by zero/);
		assert.equal(kernel.log.read(0, 10)[0]?.level, 'error');
	});

	it('listens to no process that has ended, and answers none', () => {
		const { kernel, connection, launched, runDeferred } = startKernel();
		connection.request(1, 3, 'test', spawnOptions);
		const child = launched[0] as Launched;
		child.connection.request(1, 51, '/late', content(), 'create-new');
		connection.request(2, 5, child.start.pid, 'kill');
		runDeferred();
		child.connection.request(2, 1);
		assert.equal(child.connection.closed, true);
		assert.equal(kernel.processes.all.length, 1);
		// What it had asked for before its end is done.
		assert.ok(kernel.namespace.find('/late'));
	});

	it('takes back a process whose program cannot be started', () => {
		const { kernel, connection } = startKernel();
		connection.request(1, 20);
		connection.request(2, 3, 'nothing', { ...spawnOptions, standardInput: 1 });
		assert.deepEqual(connection.replies[1], [2, 2, 'nothing']);
		assert.equal(kernel.processes.all.length, 1);
		// The read end has only the handle it had before: closing it breaks the pipe.
		connection.request(3, 16, 1);
		connection.request(4, 19, 2, content());
		assert.equal((connection.replies[3] as number[])[1], 32);
	});

	it('keeps the status of an ended process for its parent, and forgets the oldest of many', () => {
		const { connection, launched } = startKernel();
		for (let count = 0; count < 300; count++) {
			connection.request(count + 1, 3, 'test', spawnOptions);
			launched.at(-1)?.connection.request(1, 6, 3);
		}
		connection.request(1001, 4, launched[0]?.start.pid);
		connection.request(1002, 4, launched[299]?.start.pid);
		assert.equal((connection.replies.at(-2) as number[])[1], 3, 'ESRCH for the oldest');
		assert.deepEqual(connection.replies.at(-1), [1002, 0, { code: 3, reason: 'exited' }]);
	});

	it('refuses more waits than a process may have', () => {
		const { connection } = startKernel();
		connection.request(1, 74, false);
		for (let id = 2; id < 5000; id++) connection.request(id, 76, 1, 0xffff_ffff);
		const refused = connection.replies.filter((reply) => (reply as number[])[1] === 11);
		assert.equal(refused.length, 4998 - 4096);
	});

	it('shuts down with everything stored', () => {
		const { kernel, connection, volume, launched } = startKernel();
		connection.request(1, 3, 'test', spawnOptions);
		connection.request(2, 51, '/last', content(), 'create-new');
		kernel.shutDown();
		assert.equal(volume.dirty, false);
		assert.ok(volume.find(volume.root, 'last'));
		assert.equal(kernel.processes.all.length, 0);
		assert.equal(launched[0]?.status?.code, 143);
	});
});
