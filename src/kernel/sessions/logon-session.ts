/**
 * A session: the work of one person at this computer, from logging on to logging off.
 *
 * Rules of use: `Sessions` makes and ends it. A process belongs to the session of the process that started it, whatever
 * token it got since; services and the logon screen belong to none.
 */
import type { AccountKind, SessionState } from '#abi/structures.generated.ts';
import type { Sid } from '#security/sid.ts';
import type { Token } from '#security/token.ts';
import type { Namespace } from '../namespace.ts';

export class LogonSession {
	readonly id: number;
	readonly account: Sid;
	readonly kind: AccountKind;
	/** Folder of the person's files. */
	readonly home: string;
	/** For everyday work. */
	readonly token: Token;
	/** What its processes see of the files. */
	readonly namespace: Namespace;
	readonly startedTime: number;
	state: SessionState = 'active';
	/** The password has served its time. */
	mustChange = false;

	constructor(parts: Omit<LogonSession, 'state' | 'mustChange'>) {
		this.id = parts.id;
		this.account = parts.account;
		this.kind = parts.kind;
		this.home = parts.home;
		this.token = parts.token;
		this.namespace = parts.namespace;
		this.startedTime = parts.startedTime;
	}
}
