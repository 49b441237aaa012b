/**
 * The system without a desktop: a kernel on a volume, and one process for whoever uses it.
 *
 * Rules of use: `close` ends all processes, makes their changes durable and closes the volume and the vault. Encrypted files
 * open for somebody who has logged on (`logOn`); the first process has only what stands open.
 */
import { OsError } from '#abi/errors.ts';
import type { Credential, LogEvent } from '#abi/structures.generated.ts';
import { type AccountRecord, hasPassword } from '#accounts/account-record.ts';
import type { SystemVolume } from '#fs/system-volume.ts';
import type { CallTurns } from '#kernel/call-turns.ts';
import type { Kernel } from '#kernel/kernel.ts';
import type { PcHost } from '#kernel/pc/pc-host.ts';
import type { ProgramLauncher } from '#kernel/program-launcher.ts';
import type { ServiceDefinition } from '#kernel/services/service-definition.ts';
import { ensureFirstAccount } from '#kernel/sessions/first-account.ts';
import type { LogonSession } from '#kernel/sessions/logon-session.ts';
import type { System } from '#runtime/system.ts';
import { childToken, consoleToken } from '#security/token.ts';
import type { KeyVault } from '#vault/key-vault.ts';
import { ArrivalQueue } from './arrival-queue.ts';
import { assembleKernel, type KeptFolders } from './assemble-kernel.ts';
import { attachProcess } from './attach-process.ts';
import { makeCallTurns } from './make-call-turns.ts';

export interface HeadlessOptions {
	readonly volume: SystemVolume;
	/** Nobody has a password, and nothing is encrypted, when absent. */
	readonly vault?: KeyVault | undefined;
	/** Makes what starts programs. */
	readonly makeLauncher: (turns: CallTurns) => ProgramLauncher;
	/** `web` or `node`. */
	readonly host: string;
	/** Those of the system when absent. They are started by `kernel.services.startAll`. */
	readonly services?: readonly ServiceDefinition[];
	/** None when absent. */
	readonly pc?: PcHost;
	readonly onLogEvent?: (event: LogEvent) => void;
	/** None when absent: all of it is on `volume`. */
	readonly kept?: KeptFolders;
}

/** Somebody's process, and where their files are. */
export interface Person {
	readonly system: System;
	readonly home: string;
}

const nothing: Credential = { kind: 'none', secret: new Uint8Array() };

export class HeadlessSystem implements Person {
	/** The first process: it acts for an administrator, who may do everything here. Nobody could ask who is at the console. */
	readonly system: System;
	readonly kernel: Kernel;
	/** Folder of the files of whom the first process acts for. */
	readonly home: string;
	readonly #arrivals = new ArrivalQueue();
	readonly #vault: KeyVault | undefined;

	constructor({ makeLauncher, volume, vault, host, ...options }: HeadlessOptions) {
		const turns = makeCallTurns(this.#arrivals.defer);
		this.#vault = vault;
		const launcher = makeLauncher(turns);
		this.kernel = assembleKernel({ ...options, volume, vault, host, launcher, afterArrived: turns.defer });
		ensureFirstAccount(this.kernel, 'automatic');
		const session = this.kernel.sessions.enter(firstAdministrator(this.kernel));
		this.home = session.home;
		this.system = this.#attach(session, 'console');
	}

	/** Opens the keys of whom the first process acts for, when that takes no password. */
	async openKeys(): Promise<void> {
		const record = firstAdministrator(this.kernel);
		if (record.keys === undefined || hasPassword(record)) return;
		const { ring } = await this.kernel.credentials.prove(record, nothing);
		this.kernel.sessions.enter(record, ring);
	}

	/**
	 * Logs somebody on, by the name of their account; `ask` is asked for a password when there is one. ENOENT, EACCES, EAGAIN.
	 */
	async logOn(name: string, ask: () => Promise<Uint8Array<ArrayBuffer>>): Promise<Person> {
		const { accounts, credentials, sessions } = this.kernel;
		const record = accounts.book.findByName(name);
		if (record === undefined) throw new OsError('ENOENT', `there is no account ${name}`);
		const credential: Credential = hasPassword(record) ? { kind: 'password', secret: await ask() } : nothing;
		const { ring } = await credentials.prove(record, credential);
		const session = sessions.enter(accounts.book.get(record.sid), ring);
		return { system: this.#attach(session, 'logon'), home: session.home };
	}

	close(): void {
		this.kernel.shutDown();
		this.#arrivals.close();
		this.kernel.volume.close();
		this.#vault?.close();
	}

	#attach(session: LogonSession, program: 'console' | 'logon'): System {
		const { token } = session;
		const own = program === 'console' ? consoleToken(token.elevated ?? token) : childToken(token);
		return attachProcess(this.kernel, program, own, session);
	}
}

/** Who sits at the console has the computer's files in hand anyway. */
function firstAdministrator({ accounts }: Kernel): AccountRecord {
	const found = accounts.book.all.find(({ kind, enabled }) => kind === 'administrator' && enabled);
	if (found === undefined) throw new OsError('ENOENT', 'no account can administer this computer');
	return found;
}
