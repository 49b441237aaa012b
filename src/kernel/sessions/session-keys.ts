/**
 * The keys of people that are open now: from logging on to logging off, and no longer.
 *
 * Rules of use: what has proved a person gives an open ring; the session of the person installs it here, and closes it at its end.
 * Encrypted files and their calls ask here whose keys are at hand, and store here what they add to a person's keys.
 *
 * Invariant: a person has one open ring at most, and none after the end of the session.
 */
import { OsError } from '#abi/errors.ts';
import type { AccountBook } from '#accounts/account-book.ts';
import type { AccountRecord } from '#accounts/account-record.ts';
import { bytesOf, encodeContext, type KeySet, storePair } from '#accounts/key-set.ts';
import type { FileEncryption } from '#efs/file-encryption.ts';
import type { Sid } from '#security/sid.ts';
import type { KeyVault, OpenedRing, OpenKey } from '#vault/key-vault.ts';
import type { Changes } from '../change-groups.ts';
import type { KeyRings, OpenRing } from '../encryption/key-rings.ts';
import type { KeyOwner } from '../encryption/person-keys.ts';
import type { AccountFiles } from './account-files.ts';

export interface SessionKeysParts {
	readonly vault: KeyVault;
	readonly book: AccountBook;
	readonly files: AccountFiles;
	/** Closes files that only the keys of a person had opened. */
	readonly encryption: Pick<FileEncryption, 'forgetKeysOf'> | undefined;
}

export class SessionKeys implements KeyRings {
	readonly #parts: SessionKeysParts;
	readonly #open = new Map<Sid, OpenedRing>();
	readonly #listeners: ((user: Sid) => void)[] = [];

	constructor(parts: SessionKeysParts) {
		this.#parts = parts;
	}

	/** Takes a ring for the session of a person; one that is there already stays, and this one is closed. */
	install(user: Sid, ring: OpenedRing): void {
		if (this.#open.has(user)) this.#parts.vault.closeRing(ring.ring);
		else this.#open.set(user, ring);
	}

	/** Forgets the keys of a person, and closes what only they had opened. */
	close(user: Sid): void {
		const ring = this.#open.get(user);
		if (ring === undefined) return;
		this.#parts.encryption?.forgetKeysOf(user);
		for (const listener of this.#listeners) listener(user);
		this.#open.delete(user);
		this.#parts.vault.closeRing(ring.ring);
	}

	openRingOf(user: Sid): OpenRing | undefined {
		return this.#open.get(user);
	}

	people(): readonly KeyOwner[] {
		return this.#parts.book.all.flatMap(({ sid, keys }) => {
			const [newest] = keys?.pairs ?? [];
			return newest === undefined ? [] : [{ sid, publicKey: bytesOf(newest.publicKey) }];
		});
	}

	hasRecoveryCode(user: Sid): boolean {
		return this.#parts.book.find(user)?.keys?.slots.some(({ kind }) => kind === 'recovery') ?? false;
	}

	contextOf(user: Sid): Uint8Array {
		return encodeContext(this.#requireKeys(user));
	}

	backedUpKeyOf(user: Sid): string | undefined {
		return this.#parts.book.find(user)?.keys?.backedUp;
	}

	setBackedUpKey(user: Sid, key: string, changes: Changes): void {
		this.#put(user, { ...this.#requireKeys(user), backedUp: key }, changes);
	}

	addOlderKeys(user: Sid, keys: readonly OpenKey[], changes: Changes): void {
		const before = this.#requireKeys(user);
		this.#put(user, { ...before, pairs: [...before.pairs, ...keys.map(({ record }) => storePair(record))] }, changes);
		const ring = this.#open.get(user);
		if (ring === undefined) return;
		this.#open.set(user, { ...ring, keys: [...ring.keys, ...keys] });
		changes.whenLost(() => this.#open.set(user, ring));
	}

	onClosed(listener: (user: Sid) => void): void {
		this.#listeners.push(listener);
	}

	/** Replaces the keys of an account in a group of changes. */
	#put(user: Sid, keys: KeySet, changes: Changes): void {
		const { book, files } = this.#parts;
		const record: AccountRecord = { ...book.get(user), keys };
		book.put(record, files.writer(changes));
	}

	#requireKeys(user: Sid): KeySet {
		// The system, and an account that was removed while a program of it runs, have none either.
		const keys = this.#parts.book.find(user)?.keys;
		if (keys === undefined) throw new OsError('EACCES', 'this account has no keys yet');
		return keys;
	}
}
