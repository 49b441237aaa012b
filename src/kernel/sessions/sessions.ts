/**
 * Who is logged on: the sessions of this computer, from logging on to logging off.
 *
 * Rules of use:
 * - Whoever calls `start` or `unlock` has seen proof of the person. The host hears of a new session (`onStarted`) and attaches
 *   a desktop to it; the logon screen hears of all that happens by `next`.
 *
 * Invariants:
 * - An account has one session at most, and one session at most is active.
 * - When a session has ended, no process of it runs, and nothing of a guest is left.
 */
import { OsError } from '#abi/errors.ts';
import { signalExitCode } from '#abi/signals.ts';
import type { SessionEvent, SessionEventKind, SessionInfo } from '#abi/structures.generated.ts';
import type { AccountRecord } from '#accounts/account-record.ts';
import { tokenOf } from '#accounts/account-rules.ts';
import { Emitter } from '#base/emitter.ts';
import { foldersOf } from '#base/known-folders.ts';
import type { Sid } from '#security/sid.ts';
import { isAdministrator } from '#security/token.ts';
import type { OpenedRing } from '#vault/key-vault.ts';
import type { Answer } from '../caller.ts';
import type { Changes } from '../change-groups.ts';
import type { Kernel } from '../kernel.ts';
import { Namespace } from '../namespace.ts';
import type { Process } from '../process.ts';
import { WaitQueue } from '../wait.ts';
import { HomeFolders } from './home-folders.ts';
import { LogonSession } from './logon-session.ts';

export class Sessions {
	readonly #kernel: Kernel;
	readonly #sessions = new Map<number, LogonSession>();
	readonly #started = new Emitter<LogonSession>();
	readonly #ended = new Emitter<LogonSession>();
	readonly #events: SessionEvent[] = [];
	readonly #listeners = new WaitQueue<SessionEvent>();
	readonly homes: HomeFolders;
	#next = 1;

	constructor(kernel: Kernel) {
		this.#kernel = kernel;
		this.homes = new HomeFolders(kernel.volume);
	}

	/** Fires with each new session; the host attaches a desktop to it. */
	get onStarted() {
		return this.#started.event;
	}

	get onEnded() {
		return this.#ended.event;
	}

	get all(): readonly LogonSession[] {
		return [...this.#sessions.values()];
	}

	/** ESRCH when there is none of this number. */
	get(id: number): LogonSession {
		const session = this.#sessions.get(id);
		if (session === undefined) throw new OsError('ESRCH', `session ${id}`);
		return session;
	}

	findOf(account: Sid): LogonSession | undefined {
		return this.all.find((session) => session.account === account);
	}

	describe(session: LogonSession): SessionInfo {
		const { id, account, kind, home, state, startedTime, mustChange } = session;
		const processes = this.#kernel.processes.all.filter((process) => process.logon === session).length;
		const name = this.#kernel.access.nameOf(account);
		return { id, account, name, kind, home, state, startedTime, processes, mustChange };
	}

	/** The session of an account that has proved itself: a new one, or its own that was locked. It takes the open ring. */
	enter(record: AccountRecord, ring?: OpenedRing): LogonSession {
		if (ring !== undefined) this.#kernel.sessionKeys?.install(record.sid, ring);
		const session = this.findOf(record.sid) ?? this.#start(record);
		this.#activate(session);
		return session;
	}

	lock(session: LogonSession): void {
		if (session.state === 'locked') return;
		session.state = 'locked';
		this.#tell('locked', session);
	}

	/** Ends all that belongs to the session. */
	end(session: LogonSession): void {
		if (!this.#sessions.delete(session.id)) return;
		const status = { code: signalExitCode('terminate'), reason: 'signal' };
		for (const process of this.#kernel.processes.all) if (process.logon === session) this.#kernel.end(process, status);
		this.#kernel.groups.commitAll();
		this.#kernel.sessionKeys?.close(session.account);
		this.#kernel.access.note('information', `${this.#kernel.access.nameOf(session.account)} logged off`);
		if (session.kind === 'guest')
			this.#store((changes) => this.#removeTraces(session, changes), 'the end of a guest’s files');
		this.#ended.fire(session);
		this.#tell('ended', session);
		void this.#eraseTraces();
	}

	/** What was deleted, and what memory still has of files: before the next person sits down. */
	async #eraseTraces(): Promise<void> {
		try {
			await this.#kernel.volume.eraseFreed();
		} catch (error) {
			this.#kernel.log.write('warning', 'sessions', `What was deleted could not be erased: ${error}`);
		}
	}

	/** The vault has ended, and with it every key: whoever had some proves again who they are. */
	loseKeys(reason: string): void {
		this.#kernel.log.write('error', 'sessions', `The keys of those who are logged on are lost: ${reason}`);
		for (const session of this.all) {
			if (this.#kernel.sessionKeys?.openRingOf(session.account) === undefined) continue;
			this.#kernel.sessionKeys.close(session.account);
			this.lock(session);
		}
	}

	/** What happens next; for the logon screen. */
	next(process: Process): Answer<SessionEvent> {
		const event = this.#events.shift();
		if (event !== undefined) return event;
		if (this.#listeners.first() !== undefined) throw new OsError('EAGAIN', 'somebody waits already');
		return this.#listeners.add(process.wait<SessionEvent>());
	}

	#start(record: AccountRecord): LogonSession {
		const { sid, kind, home } = record;
		this.#prepareHome(record);
		const token = this.#kernel.isUnsecured ? (tokenOf(sid, kind).elevated ?? tokenOf(sid, kind)) : tokenOf(sid, kind);
		const namespace = kind === 'guest' ? guestNamespace(this.#kernel.namespace, home) : this.#kernel.namespace;
		const startedTime = this.#kernel.clock.now();
		const session = new LogonSession({ id: this.#next++, account: sid, kind, home, token, namespace, startedTime });
		this.#sessions.set(session.id, session);
		const { accounts, accountFiles } = this.#kernel;
		this.#store((changes) => accounts.noteLogon(sid, startedTime, accountFiles.writer(changes)), 'a logon');
		const rights = isAdministrator(token.elevated ?? token) ? 'an administrator' : `a ${kind} user`;
		this.#kernel.access.note('information', `${record.name} logged on as ${rights}`);
		this.#started.fire(session);
		this.#tell('started', session);
		return session;
	}

	#activate(session: LogonSession): void {
		for (const other of this.all) if (other !== session) this.lock(other);
		if (session.state === 'active') return;
		session.state = 'active';
		this.#tell('unlocked', session);
	}

	/** What cannot be made, because the disk is full, keeps nobody out. */
	#prepareHome({ sid, kind, home }: AccountRecord): void {
		this.#store((changes) => {
			const make = <T>(change: () => T): T => changes.make(this.#kernel.volume, change);
			// Left by a session that a power cut has ended.
			if (kind === 'guest') this.#removeTraces({ account: sid, home }, changes);
			this.homes.ensure(home, sid, make);
		}, 'the folders of a person');
	}

	#removeTraces({ account, home }: Pick<LogonSession, 'account' | 'home'>, changes: Changes): void {
		this.#kernel.settings.forgetUser(account, changes);
		this.homes.remove(home, (change) => changes.make(this.#kernel.volume, change));
		changes.report('removed', home);
	}

	#store(change: (changes: Changes) => void, what: string): void {
		this.#kernel.groups.run(change).catch((error: unknown) => {
			this.#kernel.log.write('warning', 'sessions', `${what} could not be stored: ${error}`);
		});
	}

	#tell(kind: SessionEventKind, session: LogonSession): void {
		const event = { kind, session: this.describe(session) };
		const listener = this.#listeners.first();
		if (listener !== undefined) listener.resolve(event);
		else if (this.#kernel.processes.all.some(({ token }) => token.privileges.has('logon'))) this.#events.push(event);
	}
}

/** A guest changes nothing but in its own folders, so that nothing of it stays. */
function guestNamespace(system: Namespace, home: string): Namespace {
	const own = [home, foldersOf(home).recycleBin].map((path) => ({ path, place: system.find(path) }));
	return Namespace.of([{ path: '/', place: { ...system.root, readOnly: true } }, ...own]);
}
