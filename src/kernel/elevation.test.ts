import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { OsError } from '#abi/errors.ts';
import type { ElevationEvent, ProcessStart, SpawnOptions } from '#abi/structures.generated.ts';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import { administratorToken, childToken, desktopToken, type Token } from '#security/token.ts';
import { Kernel } from './kernel.ts';
import type { Process } from './process.ts';
import type { ProcessConnection } from './process-connection.ts';
import { Wait } from './wait.ts';

const owner = administratorToken('S-1-5-21-1-2-3-1000');
const nothing: SpawnOptions = { arguments: [], environment: [], workingDirectory: '/' };
const connection: ProcessConnection = {
	onRequest: () => undefined,
	reply: () => undefined,
	signal: () => undefined,
	setStopped: () => undefined,
	handlesSignals: true,
	close: () => undefined,
};

interface Outcome {
	pid?: number;
	error?: OsError;
}

class Fixture {
	readonly started: ProcessStart[] = [];
	readonly events: ElevationEvent[] = [];
	readonly kernel: Kernel;
	readonly volume: MemoryFileSystem;
	readonly desktop: Process;
	readonly program: Process;
	#now = 1;

	constructor(token: Token = childToken(owner)) {
		const clock = { now: () => this.#now++, monotonic: () => this.#now++, after: () => () => undefined };
		const launch = (start: ProcessStart) => {
			this.started.push(start);
			return { connection, terminate: () => undefined };
		};
		this.volume = new MemoryFileSystem({ clock });
		this.kernel = new Kernel({
			...{ volume: this.volume, clock, version: '0', host: 'node', afterArrived: () => undefined },
			random: { bytes: (length) => new Uint8Array(length) },
			launcher: { launch, launchImage: launch },
		});
		const running = { connection, terminate: () => undefined };
		this.desktop = this.kernel.attach('desktop', desktopToken(owner), running);
		this.program = this.kernel.attach('program', token, running);
		this.#listen();
	}

	/** What the program asks for, and how that ended so far. */
	ask(program: string, options = nothing): Outcome {
		const outcome: Outcome = {};
		const answer = this.kernel.elevation.request(this.program, { program, options, reason: 'to see' });
		assert.ok(answer instanceof Wait);
		answer.whenOver((over) => {
			if (over.kind === 'resolved') outcome.pid = over.value;
			else if (over.kind === 'rejected') outcome.error = over.error;
		});
		return outcome;
	}

	answer(granted: boolean): void {
		this.kernel.elevation.answer(this.desktop, this.events.at(-1)?.request ?? 0, granted);
	}

	/** A program in a file, which everybody may run. */
	putProgram(): number {
		const everybody = 'O:SYG:SYD:(A;;0x1f01ff;;;WD)';
		this.volume.setDescriptor(this.volume.root, everybody);
		const inode = this.volume.create(this.volume.root, 'tool.wasm', 'file', everybody);
		this.volume.write(inode, 0, Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
		this.volume.commit();
		return inode;
	}

	#listen(): void {
		const next = this.kernel.elevation.next(this.desktop);
		assert.ok(next instanceof Wait);
		next.whenOver((over) => {
			if (over.kind !== 'resolved') return;
			this.events.push(over.value);
			this.#listen();
		});
	}
}

describe('elevation', () => {
	it('starts nothing before the person agrees, and then exactly what was shown, as an administrator', () => {
		const fixture = new Fixture();
		const outcome = fixture.ask('sh', {
			...nothing,
			arguments: ['-c', 'date'],
			environment: ['PATH=/mine', 'TERM=xterm', 'LD_PRELOAD=/x', 'LANG=de'],
		});
		assert.equal(fixture.started.length, 0);
		const { program, arguments: list, requester, reason } = fixture.events[0] as ElevationEvent;
		assert.deepEqual([program, list, requester, reason], ['sh', ['-c', 'date'], 'program', 'to see']);
		fixture.answer(true);
		const child = fixture.kernel.processes.get(outcome.pid as number);
		assert.equal(child.token, owner.elevated);
		assert.equal(child.parent, fixture.program.pid);
		assert.deepEqual(fixture.started[0]?.environment, ['TERM=xterm', 'LANG=de']);
	});

	it('hears a no, and after some asks no more', () => {
		const fixture = new Fixture();
		for (let count = 0; count < 5; count++) {
			const outcome = fixture.ask('sh');
			fixture.answer(false);
			assert.equal(outcome.error?.code, 'EPERM');
		}
		assert.throws(() => fixture.ask('sh'), { code: 'EPERM', detail: /too often/ });
		assert.equal(fixture.started.length, 0);
	});

	it('refuses a program whose file was changed while the person was asked', () => {
		const fixture = new Fixture();
		const inode = fixture.putProgram();
		const unchanged = fixture.ask('/tool.wasm');
		fixture.answer(true);
		assert.ok(unchanged.pid);
		const changed = fixture.ask('/tool.wasm');
		fixture.volume.write(inode, 8, Uint8Array.of(1));
		fixture.answer(true);
		assert.deepEqual([changed.pid, changed.error?.code], [undefined, 'EACCES']);
	});

	it('is withdrawn with the program that asks, and can no longer be answered', () => {
		const fixture = new Fixture();
		fixture.ask('sh');
		fixture.kernel.end(fixture.program, { code: 0, reason: 'exited' });
		assert.deepEqual(
			fixture.events.map(({ kind }) => kind),
			['asked', 'withdrawn'],
		);
		assert.throws(() => fixture.answer(true), { code: 'ESRCH' });
		assert.equal(fixture.started.length, 0);
	});

	it('asks one thing at a time, nothing for who acts for nobody, and nothing where nobody could be asked', () => {
		const fixture = new Fixture();
		fixture.ask('sh');
		assert.throws(() => fixture.ask('sh'), { code: 'EAGAIN' });
		const restricted = new Fixture(childToken(owner, { privileges: [], groups: [] }));
		assert.throws(() => restricted.ask('sh'), { code: 'EPERM' });
		const alone = new Fixture();
		alone.kernel.end(alone.desktop, { code: 0, reason: 'exited' });
		assert.throws(() => alone.ask('sh'), { code: 'ENOTSUP' });
	});
});
