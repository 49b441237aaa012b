import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OsError } from '#abi/errors.ts';
import type { AccountRecord } from './account-record.ts';
import { AttemptGuard } from './attempt-guard.ts';
import { defaultPolicy } from './password-policy.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

class TestClock {
	wall = 1_000_000_000_000;
	passed = 5_000;

	now(): number {
		return this.wall;
	}

	monotonic(): number {
		return this.passed;
	}

	/** Time goes by, on both clocks. */
	advance(ms: number): void {
		this.wall += ms;
		this.passed += ms;
	}
}

const record = (failures: AccountRecord['failures'] = { count: 0, lastTime: 0 }): AccountRecord => ({
	...{ sid: 'S-1-5-21-1-2-3-1000', name: 'Ada', kind: 'standard', enabled: true, home: '/Users/Ada', picture: '' },
	...{ hint: '', createdTime: 0, lastLogonTime: undefined, passwordTime: undefined, mustChange: false, failures },
	lockedKeys: [],
});

function makeGuard(clock: TestClock): AttemptGuard {
	return new AttemptGuard({ clock, policy: () => defaultPolicy });
}

/** Tries a wrong password; gives whether it was looked at. */
function guess(guard: AttemptGuard, account = record()): boolean {
	try {
		guard.begin(account);
	} catch (error) {
		assert.ok(error instanceof OsError && error.code === 'EAGAIN');
		return false;
	}
	guard.end(account.sid, false);
	return true;
}

describe('guessing at the logon screen', () => {
	it('is paused after five wrong passwords, for longer each time', () => {
		const clock = new TestClock();
		const guard = makeGuard(clock);
		for (let count = 0; count < 5; count++) assert.equal(guess(guard), true);
		assert.equal(guess(guard), false);
		const pauses = [30_000, 60_000, 120_000, 240_000, 480_000, 900_000, 900_000];
		for (const pause of pauses) {
			assert.equal(guard.pauseOf(record()), pause);
			clock.advance(pause - 1);
			assert.equal(guess(guard), false, `${pause} ms have not passed`);
			clock.advance(1);
			assert.equal(guess(guard), true, `${pause} ms have passed`);
		}
	});

	it('gets no more than 100 tries a day', () => {
		const clock = new TestClock();
		const guard = makeGuard(clock);
		let tries = 0;
		for (let second = 0; second < 86_400; second++) {
			if (guess(guard)) tries++;
			clock.advance(1000);
		}
		assert.ok(tries <= 105, `${tries} tries`);
	});

	it('starts again where it was after a restart', () => {
		const clock = new TestClock();
		const failures = { count: 5, lastTime: clock.wall - 10_000 };
		const guard = makeGuard(clock);
		assert.equal(guess(guard, record(failures)), false);
		assert.equal(guard.pauseOf(record(failures)), 20_000);
	});

	it('is one try at a time, so that many at once are no way round', () => {
		const guard = makeGuard(new TestClock());
		guard.begin(record());
		assert.throws(() => guard.begin(record()), OsError);
	});

	it('is not helped by a clock that is set forward', () => {
		const clock = new TestClock();
		const guard = makeGuard(clock);
		while (guess(guard));
		clock.wall += 24 * hourMs;
		assert.equal(guess(guard), false);
	});
});

describe('locking somebody else out', () => {
	it('works for a quarter of an hour at most, however often it is tried', () => {
		const clock = new TestClock();
		const guard = makeGuard(clock);
		for (let tries = 0; tries < 1000; ) {
			if (guess(guard)) tries++;
			else clock.advance(minuteMs);
		}
		assert.ok(guard.pauseOf(record()) <= 15 * minuteMs);
	});

	it('does not last longer when the record or the clock says so', () => {
		const clock = new TestClock();
		for (const failures of [
			{ count: 1_000_000, lastTime: clock.wall },
			{ count: Number.MAX_SAFE_INTEGER, lastTime: clock.wall + 1000 * hourMs },
			{ count: 6, lastTime: Number.MAX_SAFE_INTEGER },
		])
			assert.ok(makeGuard(clock).pauseOf(record(failures)) <= 15 * minuteMs);
	});

	it('is over when the person has come in', () => {
		const clock = new TestClock();
		const guard = makeGuard(clock);
		while (guess(guard));
		clock.advance(15 * minuteMs);
		guard.begin(record());
		guard.end(record().sid, true);
		assert.equal(guard.pauseOf(record()), 0);
		assert.equal(guess(guard), true);
	});

	it('does not happen by attempts that could not be looked at', () => {
		const guard = makeGuard(new TestClock());
		for (let count = 0; count < 100; count++) {
			guard.begin(record());
			guard.withdraw(record().sid);
		}
		assert.equal(guard.pauseOf(record()), 0);
	});
});
