/** What becomes of events: over restarts, floods, a full disk, damage, and time. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SettingValue } from '#abi/structures.generated.ts';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import { ChangeGroups } from '../change-groups.ts';
import { SystemFiles } from '../system-files.ts';
import { segmentBytes } from './event-channel.ts';
import { EventLog } from './event-log.ts';

class TestClock {
	time = 1_000_000;
	#timers = new Set<{ at: number; callback: () => void }>();
	now = (): number => this.time;
	monotonic = (): number => this.time;
	after = (delayMs: number, callback: () => void): (() => void) => {
		const timer = { at: this.time + delayMs, callback };
		this.#timers.add(timer);
		return () => void this.#timers.delete(timer);
	};
	advance(ms: number): void {
		this.time += ms;
		for (const timer of [...this.#timers].filter(({ at }) => at <= this.time)) {
			this.#timers.delete(timer);
			timer.callback();
		}
	}
}

interface Parts {
	readonly fileSystem?: MemoryFileSystem;
	readonly clock?: TestClock;
	readonly keptMebibytes?: number;
}

function start({
	clock = new TestClock(),
	fileSystem = new MemoryFileSystem({ clock }),
	keptMebibytes = 16,
}: Parts = {}) {
	const log = new EventLog({ clock, fileSystem });
	const groups = new ChangeGroups({ afterArrived: queueMicrotask, publish: () => undefined, log });
	const valueFor = (name: string): SettingValue => ({
		type: 'integer',
		number: name.endsWith('days') ? 30 : keptMebibytes,
	});
	log.storeBy({ groups, settings: { valueFor } });
	return { clock, fileSystem, log };
}

const messages = (log: EventLog): string[] => log.read(0, 100_000).map(({ message }) => message);
const files = (fileSystem: MemoryFileSystem, channel = 'system'): string[] =>
	new SystemFiles(fileSystem).list(`/System/Events/${channel}`);

function damage(fileSystem: MemoryFileSystem, change: (text: string) => string): void {
	const system = new SystemFiles(fileSystem);
	const name = files(fileSystem).at(-1);
	const inode = system.find(`/System/Events/system/${name}`) as number;
	const bytes = new TextEncoder().encode(change(new TextDecoder().decode(system.read(inode))));
	fileSystem.truncate(inode, 0);
	fileSystem.write(inode, 0, bytes);
	fileSystem.commit();
}

describe('the system log', () => {
	it('is there after a restart, and its numbers go on', () => {
		const { log, fileSystem } = start();
		log.write('information', 'test', 'one', { code: 'first', fields: ['a=b'], pid: 3, user: 'S-1-5-18' });
		log.write('debug', 'test', 'not stored');
		log.write('warning', 'security', 'two');
		const before = log.read(0, 10).filter(({ level }) => level !== 'debug');
		log.close();
		const { log: again } = start({ fileSystem });
		assert.equal(again.newest, 3);
		assert.deepEqual(again.read(0, 10), before);
		again.write('information', 'test', 'three');
		assert.deepEqual(
			again.read(1, 10).map(({ sequence }) => sequence),
			[3, 4],
		);
	});

	it('is stored in one go a moment later, an error at once', () => {
		const { log, fileSystem, clock } = start();
		for (let index = 0; index < 100; index++) log.write('information', 'test', `event ${index}`);
		assert.equal(log.status().unstored, 100);
		clock.advance(1000);
		assert.equal(log.status().unstored, 0);
		log.write('error', 'test', 'bad');
		clock.advance(20);
		assert.equal(log.status().unstored, 0);
		assert.equal(files(fileSystem).length, 1);
	});

	it('a tail that was cut off costs that event alone, and nothing is written behind it', () => {
		const { log, fileSystem, clock } = start();
		for (const message of ['one', 'two', 'three']) log.write('information', 'test', message);
		log.close();
		damage(fileSystem, (text) => text.slice(0, -20));
		const { log: again } = start({ fileSystem, clock });
		assert.equal(again.newest, 2);
		again.write('information', 'test', 'four');
		again.close();
		const third = start({ fileSystem, clock }).log;
		assert.deepEqual(messages(third), ['one', 'two', 'four']);
		assert.match(third.status().damaged.join(), /1 lines are no events/);
		assert.equal(files(fileSystem).length, 2);
	});

	it('garbage in the middle costs what it hit', () => {
		const { log, fileSystem } = start();
		for (const message of ['one', 'two', 'three']) log.write('information', 'test', message);
		log.close();
		damage(fileSystem, (text) => text.replace('"two"', '\u0000"two'));
		assert.deepEqual(messages(start({ fileSystem }).log), ['one', 'three']);
	});

	it('a flood of one log pushes out its own events and no others', () => {
		const { log, fileSystem, clock } = start({ keptMebibytes: 1 });
		log.write('warning', 'security', 'somebody logged on');
		const flood = { channel: 'application' } as const;
		for (let round = 0; round < 60; round++) {
			for (let index = 0; index < 1000; index++) log.write('error', 'flood', 'x'.repeat(200), flood);
			clock.advance(1000);
		}
		assert.ok(log.status().storedBytes < 1024 * 1024 + 2 * segmentBytes, `${log.status().storedBytes} bytes`);
		assert.equal([...log.forwards(0, ['security'])][0]?.message, 'somebody logged on');
		assert.equal([...start({ fileSystem }).log.forwards(0, ['security'])].length, 1);
	});

	it('events that are too old go', () => {
		const { log, clock } = start();
		const fill = (): void => {
			for (let index = 0; index < 1500; index++) log.write('information', 'test', 'x'.repeat(200));
			clock.advance(1000);
		};
		fill();
		clock.advance(40 * 86_400_000);
		fill();
		assert.equal(log.read(0, 1)[0]?.sequence, 1501);
	});

	it('on a full disk the system goes on: what waits is bounded, dropped ones are counted, and said later', () => {
		const clock = new TestClock();
		const fileSystem = new MemoryFileSystem({ clock, capacityBytes: 100_000 });
		const { log } = start({ clock, fileSystem });
		for (let index = 0; index < 20_000; index++) {
			log.write('information', 'test', 'x'.repeat(200));
			if (index % 1000 === 0) clock.advance(1000);
		}
		const { unstored, dropped, newest } = log.status();
		assert.ok(unstored <= 5000, `${unstored} wait`);
		assert.ok(dropped > 14_000, `${dropped} dropped`);
		assert.ok(newest > 20_000);
		assert.equal(fileSystem.dirty, false);
		// The events themselves are too much for this disk; with room for them they are stored.
		const roomy = start({ clock, fileSystem: new MemoryFileSystem({ clock, capacityBytes: 3_000_000 }) }).log;
		for (let index = 0; index < 7000; index++) roomy.write('information', 'test', 'x'.repeat(200));
		clock.advance(60_000);
		assert.equal(roomy.read(0, 10_000).at(-1)?.code, 'events-dropped');
	});

	it('a hundred thousand events are found from both ends, page by page', () => {
		const { log, clock } = start({ keptMebibytes: 64 });
		for (let index = 1; index <= 100_000; index++) {
			log.write('information', index % 2 === 0 ? 'even' : 'odd', `event ${index}`);
			if (index % 2000 === 0) clock.advance(1000);
		}
		const page = [...log.backwards(50_001, ['system']).take(3)];
		assert.deepEqual(
			page.map(({ message }) => message),
			['event 50000', 'event 49999', 'event 49998'],
		);
		assert.equal([...log.forwards(99_990, ['system'])].length, 10);
		assert.equal([...log.forwards(0, ['system', 'security'])].length, 100_000);
	});
});
