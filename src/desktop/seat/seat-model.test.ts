import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OsError } from '#abi/errors.ts';
import type { AccountInfo, SessionEvent, SessionInfo } from '#abi/structures.generated.ts';
import type { System } from '#runtime/system.ts';
import type { DesktopModel } from '../desktop-model.ts';
import { SeatModel } from './seat-model.ts';
import { hintFor, type StartHint } from './start-hint.ts';

const account = (name: string, credentials: AccountInfo['credentials']): AccountInfo => ({
	...{ sid: `S-${name}`, name, kind: 'administrator', enabled: true, home: `/Users/${name}`, picture: '', credentials },
	...{ hint: '', createdTime: 0, lockedKeys: 0, lastLogonTime: undefined, passwordTime: undefined },
	...{ passwordExpiresTime: undefined, lockedUntilTime: undefined, session: undefined },
});

const sessionOf = (id: number, name: string): SessionInfo => ({
	...{ id, account: `S-${name}`, name, kind: 'administrator', home: `/Users/${name}`, state: 'active' },
	...{ startedTime: 0, processes: 1, mustChange: false },
});

/** The system as the logon screen knows it: `people` with their passwords, and what happens to sessions. */
class FakeSystem {
	readonly events: ((event: SessionEvent) => void)[] = [];
	readonly locked: number[] = [];
	people: AccountInfo[];
	sessions: SessionInfo[] = [];

	constructor(people: AccountInfo[]) {
		this.people = people;
	}

	accountList = async () => this.people;
	sessionList = async () => this.sessions;
	sessionNext = () => new Promise<SessionEvent>((resolve) => this.events.push(resolve));

	async logon(sid: string, { secret }: { secret: Uint8Array }): Promise<SessionInfo> {
		const name = sid.slice(2);
		if (new TextDecoder().decode(secret) !== name.toLowerCase()) throw new OsError('EACCES');
		return sessionOf(name.length, name);
	}

	get system(): System {
		return this as unknown as System;
	}
}

/** What the seat needs of a desktop. */
class FakeDesktop {
	readonly log: string[];
	readonly popups = { close: () => undefined };
	readonly menu = { close: () => undefined };
	readonly ready: Promise<unknown>;

	constructor(log: string[]) {
		this.log = log;
		this.ready = Promise.resolve({ sessionLock: async () => void log.push('lock asked') });
	}

	async connect(_system: System, { name }: SessionInfo): Promise<void> {
		this.log.push(`connect ${name}`);
	}

	dispose(): void {
		this.log.push('disposed');
	}
}

function makeSeat(expected: StartHint['screen']) {
	const log: string[] = [];
	const hints: StartHint[] = [];
	const seat = new SeatModel(
		{
			makeDesktop: () => new FakeDesktop(log) as unknown as DesktopModel,
			storeHint: (hint) => hints.push(hint),
			hasWholePc: false,
			report: (error) => log.push(String(error)),
			restart: () => undefined,
			shutDown: async () => undefined,
		},
		expected,
	);
	seat.subscribe(() => log.push(seat.active === undefined ? seat.screen : 'shown'));
	return { seat, log, hints };
}

const nobody = {} as System;

test('who logs on by themselves finds the desktop that stood from the beginning', async () => {
	const { seat, hints } = makeSeat('desktop');
	const before = seat.active;
	assert.notEqual(before, undefined);
	const fake = new FakeSystem([account('Anna', ['none'])]);
	fake.sessions = [sessionOf(4, 'Anna')];
	await seat.addSession(sessionOf(4, 'Anna'), nobody);
	await seat.connect(fake.system);
	assert.equal(seat.active, before);
	assert.deepEqual(hints.at(-1), { screen: 'desktop' });
});

test('a hint that was wrong shows no desktop', async () => {
	const { seat } = makeSeat('desktop');
	await seat.connect(new FakeSystem([account('Anna', ['password'])]).system);
	assert.equal(seat.screen, 'logon');
	assert.equal(seat.active, undefined);
});

test('nobody is shown a desktop by a wrong password, and by the right one only their own', async () => {
	const { seat } = makeSeat('logon');
	const fake = new FakeSystem([account('Anna', ['password']), account('Berthold', ['password'])]);
	await seat.connect(fake.system);
	await seat.addSession(sessionOf(8, 'Berthold'), nobody);
	seat.logon.choose('S-Anna');
	const enter = (text: string) => seat.logon.enter({ kind: 'password', secret: new TextEncoder().encode(text) });
	await enter('berthold');
	assert.equal(seat.active, undefined);
	assert.match(seat.logon.view.problem, /not the password/);
	await enter('anna');
	assert.equal(seat.active, undefined, 'her desktop is not there yet');
	await seat.addSession(sessionOf(4, 'Anna'), nobody);
	assert.equal(seat.active, seat.desktopOf(4));
	assert.notEqual(seat.active, seat.desktopOf(8));
});

test('a desktop is covered before the system is asked to lock', async () => {
	const { seat, log } = makeSeat('desktop');
	await seat.connect(new FakeSystem([account('Anna', ['password'])]).system);
	await seat.addSession(sessionOf(4, 'Anna'), nobody);
	await seat.logon.enter({ kind: 'password', secret: new TextEncoder().encode('anna') });
	log.length = 0;
	seat.lock();
	assert.equal(seat.active, undefined);
	await seat.logon.refresh();
	await Promise.resolve();
	assert.deepEqual(log, ['logon', 'lock asked']);
});

test('a session that ends takes its desktop with it, and the logon screen stands', async () => {
	const { seat, log } = makeSeat('logon');
	const fake = new FakeSystem([account('Anna', ['password'])]);
	await seat.connect(fake.system);
	await seat.addSession(sessionOf(4, 'Anna'), nobody);
	await seat.logon.enter({ kind: 'password', secret: new TextEncoder().encode('anna') });
	assert.notEqual(seat.active, undefined);
	seat.removeSession(4);
	assert.equal(seat.active, undefined);
	assert.equal(seat.screen, 'logon');
	assert.equal(seat.desktops.length, 0);
	assert.ok(log.includes('disposed'));
});

test('the hint tells names and pictures and nothing else', () => {
	const [people] = [hintFor([account('Anna', ['password']), account('Bert', ['none'])])];
	assert.deepEqual(people, {
		screen: 'logon',
		people: [
			{ name: 'Anna', picture: '', hue: 322 },
			{ name: 'Bert', picture: '', hue: 7 },
		],
	});
	assert.deepEqual(hintFor([]), { screen: 'set-up' });
	assert.deepEqual(hintFor([{ ...account('Anna', ['none']) }, { ...account('Bert', ['none']), enabled: false }]), {
		screen: 'desktop',
	});
});
