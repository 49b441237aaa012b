/**
 * Accounts as those who ask see them: what is told of one, what may be changed, and what a new one is.
 *
 * Rules of use: the kernel decides who may ask and gives the group of changes; every change is one step of that group.
 *
 * Invariant: there is always an account that can administer this computer.
 */
import { OsError } from '#abi/errors.ts';
import type { AccountChange, AccountInfo, AccountKind, CredentialKind, NewAccount } from '#abi/structures.generated.ts';
import type { Sid } from '#security/sid.ts';
import { type AccountBook, foldName, type RecordWriter } from './account-book.ts';
import { type AccountRecord, hasPassword, noFailures } from './account-record.ts';
import { requireAccountName, requireHint, requirePicture } from './account-rules.ts';
import type { KeySet } from './key-set.ts';

/** What the kernel knows of a new account. */
export interface NewPlace {
	readonly sid: Sid;
	readonly home: string;
	readonly now: number;
	/** Absent for an account without a password. */
	readonly keys?: KeySet | undefined;
}

export class Accounts {
	readonly book: AccountBook;

	constructor(book: AccountBook) {
		this.book = book;
	}

	/** What is told of an account to somebody who may, or may not, read its hint. */
	describe(
		record: AccountRecord,
		{
			tellsHint,
			...times
		}: Pick<AccountInfo, 'passwordExpiresTime' | 'lockedUntilTime'> & { readonly tellsHint: boolean },
	): AccountInfo {
		const { sid, name, kind, enabled, home, picture, hint, createdTime, lastLogonTime, passwordTime } = record;
		return {
			...{ sid, name, kind, enabled, home, picture, createdTime, lastLogonTime, passwordTime },
			...times,
			credentials: credentialsOf(record),
			hint: tellsHint ? hint : '',
			lockedKeys: record.lockedKeys.length,
		};
	}

	/** The only account, when it needs nothing to log on. */
	findAutomatic(): AccountRecord | undefined {
		const [only, ...others] = this.book.all.filter(({ enabled }) => enabled);
		return only !== undefined && others.length === 0 && !hasPassword(only) ? only : undefined;
	}

	/** Makes an account; EEXIST when its name is taken. */
	create(wish: NewAccount, place: NewPlace, writer: RecordWriter): AccountRecord {
		const record = this.compose(wish, place);
		this.book.put(record, writer);
		this.book.keepCount(writer);
		return record;
	}

	/** The record of a new account. EINVAL when the wish does not fit, EEXIST when the name is taken. */
	compose({ name, kind, hint, mustChange }: NewAccount, { home, now, sid, keys }: NewPlace): AccountRecord {
		this.#requireFreeName(name);
		requireHint(hint);
		return {
			...{ sid, name, kind, enabled: true, home, picture: '', hint, createdTime: now },
			...{ lastLogonTime: undefined, passwordTime: keys === undefined ? undefined : now, mustChange },
			...{ failures: noFailures, keys, lockedKeys: [] },
		};
	}

	change(sid: Sid, change: AccountChange, writer: RecordWriter): void {
		const record = this.book.get(sid);
		if (change.name !== undefined && foldName(change.name) !== foldName(record.name))
			this.#requireFreeName(change.name);
		else if (change.name !== undefined) requireAccountName(change.name);
		if (change.picture !== undefined) requirePicture(change.picture);
		const next: AccountRecord = {
			...record,
			name: change.name ?? record.name,
			kind: change.kind ?? record.kind,
			enabled: change.enabled ?? record.enabled,
			picture: change.picture ?? record.picture,
		};
		if ((record.kind === 'guest') !== (next.kind === 'guest'))
			throw new OsError('EINVAL', 'a guest stays a guest, and nobody becomes one');
		if (!isAdministering(next)) this.#requireOtherAdministrator(record);
		this.book.put(next, writer);
	}

	remove(sid: Sid, writer: RecordWriter): void {
		this.#requireOtherAdministrator(this.book.get(sid));
		this.book.remove(sid, writer);
	}

	/** Writes down that the account has logged on. */
	noteLogon(sid: Sid, now: number, writer: RecordWriter): void {
		this.book.put({ ...this.book.get(sid), lastLogonTime: now }, writer);
	}

	#requireFreeName(name: string): void {
		requireAccountName(name);
		if (this.book.findByName(name) !== undefined) throw new OsError('EEXIST', `${name} is the name of another account`);
	}

	#requireOtherAdministrator(record: AccountRecord): void {
		if (!isAdministering(record)) return;
		if (!this.book.all.some((other) => other !== record && isAdministering(other)))
			throw new OsError('EBUSY', 'nobody else could administer this computer');
	}
}

/** `none` alone for an account that has no password. */
function credentialsOf(record: AccountRecord): CredentialKind[] {
	if (!hasPassword(record)) return ['none'];
	return [...new Set(record.keys?.slots.map(({ kind }) => kind))];
}

function isAdministering({ kind, enabled }: { kind: AccountKind; enabled: boolean }): boolean {
	return kind === 'administrator' && enabled;
}
