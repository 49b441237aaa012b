/**
 * Proof of people: whether what somebody gives is what their account knows, and how that is changed.
 *
 * Rules of use: every question and every change that needs a proof goes through `prove`, which counts wrong passwords and
 * writes them down. Who may ask is for the calls to decide.
 *
 * Invariants:
 * - An attempt at the screen is stored as a wrong one before it is looked at: pulling the plug gives no guess for free.
 * - What a program tries is counted apart: a program that guesses keeps its person from nothing.
 * - Between a proof and the change that it allows nobody else has changed the account's keys; else nothing is changed (EBUSY).
 */
import { OsError } from '#abi/errors.ts';
import type { Credential, NewPasskey, NewPassword } from '#abi/structures.generated.ts';
import { type AccountRecord, hasPassword, noFailures } from '#accounts/account-record.ts';
import { requireHint } from '#accounts/account-rules.ts';
import { type AccountSecrets, type Proof, readCredential } from '#accounts/account-secrets.ts';
import type { AttemptGuard } from '#accounts/attempt-guard.ts';
import { bytesOf, type KeySet, type StoredSlot } from '#accounts/key-set.ts';
import { findExpiry, type PasswordPolicy, readSecret, requireFitPassword } from '#accounts/password-policy.ts';
import { formatHexadecimal } from '#base/hexadecimal.ts';
import type { Sid } from '#security/sid.ts';
import type { KeyVault, OpenedRing, OpenKey } from '#vault/key-vault.ts';
import type { Changes } from '../change-groups.ts';
import type { Kernel } from '../kernel.ts';
import type { LogonSession } from './logon-session.ts';
import type { SessionKeys } from './session-keys.ts';

/** Who tries: a person at the logon screen or on the secure desktop, or a program that acts for one. */
export type Asker = 'screen' | 'program';

/** What needs keys, and is there when the host has given a vault. */
export interface KeyParts {
	readonly vault: KeyVault;
	readonly secrets: AccountSecrets;
	readonly keys: SessionKeys;
}

const wrong: Readonly<Record<Credential['kind'], string>> = {
	none: 'this account has a password',
	password: 'the password is not right',
	recovery: 'this is not the recovery code of the account',
	passkey: 'this is not a passkey of the account',
};

export class Credentials {
	readonly #kernel: Kernel;
	readonly #guards: Readonly<Record<Asker, AttemptGuard>>;
	readonly #parts: KeyParts | undefined;
	readonly #policy: () => PasswordPolicy;
	/** Recovery codes that were made and not typed back yet. */
	readonly #pending = new WeakMap<LogonSession, StoredSlot>();

	constructor(
		kernel: Kernel,
		parts: { guards: Readonly<Record<Asker, AttemptGuard>>; policy: () => PasswordPolicy; keys: KeyParts | undefined },
	) {
		this.#kernel = kernel;
		this.#guards = parts.guards;
		this.#policy = parts.policy;
		this.#parts = parts.keys;
	}

	/** Until when nobody may try a password; `undefined`: now. */
	lockedUntil(record: AccountRecord): number | undefined {
		const pause = this.#guards.screen.pauseOf(record);
		return pause === 0 ? undefined : this.#kernel.clock.now() + pause;
	}

	expiryOf({ passwordTime }: AccountRecord): number | undefined {
		return findExpiry(this.#policy(), passwordTime);
	}

	/** Whether another password has to be chosen now. */
	mustChange(record: AccountRecord): boolean {
		if (!hasPassword(record)) return record.mustChange;
		return record.mustChange || (this.expiryOf(record) ?? Number.POSITIVE_INFINITY) <= this.#kernel.clock.now();
	}

	/** EACCES, with what was wrong, unless it is the credential of the account; EAGAIN while nobody may try. */
	async prove(record: AccountRecord, credential: Credential, asker: Asker = 'screen'): Promise<Proof> {
		if (!record.enabled) throw new OsError('EACCES', `${record.name} cannot log on: the account is switched off`);
		const proof =
			credential.kind === 'password'
				? await this.#tryPassword(record, credential, asker)
				: await this.#look(record, credential);
		if (proof !== undefined) {
			try {
				this.#requireUnchanged(record);
				return proof;
			} catch (error) {
				this.drop(proof.ring);
				throw error;
			}
		}
		this.#kernel.access.note('warning', `${record.name}: an attempt to log on failed: ${wrong[credential.kind]}`);
		throw new OsError('EACCES', wrong[credential.kind]);
	}

	/** As `prove`, of what an administrator has typed for somebody else. */
	async proveAdministrator(record: AccountRecord, credential: Credential): Promise<void> {
		if (record.kind !== 'administrator') throw new OsError('EACCES', `${record.name} is no administrator`);
		const { ring } = await this.prove(record, credential);
		this.drop(ring);
	}

	/** Closes a ring that no session has taken. */
	drop(ring: OpenedRing | undefined): void {
		if (ring !== undefined) this.#parts?.vault.closeRing(ring.ring);
	}

	/** Keys for a new account; none when it has no password. EINVAL when the password does not fit. */
	async makeFirstKeys(sid: Sid, name: string, password: Uint8Array): Promise<KeySet | undefined> {
		const text = readSecret(password);
		requireFitPassword(this.#policy(), text, { name });
		if (text === '') return undefined;
		const { keys, ring } = await this.#requireParts().secrets.makeKeys(sid, text);
		this.drop(ring);
		return keys;
	}

	/** Keys for the person of a session, who may have been without a password and so without keys. */
	async ensureKeys(sid: Sid): Promise<void> {
		const record = this.#kernel.accounts.book.find(sid);
		if (record === undefined) throw new OsError('EACCES', 'who has no account has no keys');
		if (record.keys !== undefined) return;
		const { secrets, keys } = this.#requireParts();
		const made = await secrets.makeKeys(sid, '');
		await this.#store(record, made.ring, { keys: made.keys });
		if (this.#kernel.sessions.findOf(sid) === undefined) this.drop(made.ring);
		else keys.install(sid, made.ring);
	}

	async setPassword(
		sid: Sid,
		{ credential, asker }: { readonly credential: Credential; readonly asker: Asker },
		{ password, hint }: NewPassword,
	): Promise<void> {
		const record = this.#kernel.accounts.book.get(sid);
		const text = this.#readNew(record, password, hint);
		const proof = await this.prove(record, credential, asker);
		if (this.mustChange(record) && proof.secret.kind === 'password' && proof.secret.password === text) {
			this.drop(proof.ring);
			throw new OsError('EINVAL', 'another password than the old one is needed');
		}
		const { secrets } = this.#requireParts();
		const { keys, ring } = await this.#withRing(proof.ring, async () => {
			if (proof.ring === undefined || record.keys === undefined) return secrets.makeKeys(sid, text);
			return { keys: await secrets.changePassword(record.keys, proof.ring, text), ring: proof.ring };
		});
		await this.#store(record, ring, { ...this.#freshPassword(text, hint), keys });
		for (const guard of Object.values(this.#guards)) guard.forget(sid);
		this.#keepFor(sid, ring);
		this.#kernel.access.note('information', `${record.name}: the password was changed`);
	}

	/** Closes all that the account has encrypted until its person opens it, but for an account without a password. */
	async resetPassword(sid: Sid, { password, hint, mustChange }: NewPassword): Promise<void> {
		const record = this.#kernel.accounts.book.get(sid);
		const text = this.#readNew(record, password, hint);
		const requireAway = (): void => {
			if (this.#kernel.sessions.findOf(sid) !== undefined) throw new OsError('EBUSY', `${record.name} is logged on`);
		};
		requireAway();
		const { secrets } = this.#requireParts();
		const open =
			record.keys === undefined || hasPassword(record)
				? undefined
				: await secrets.open(record.keys, 'none', { kind: 'none' });
		const { keys, ring } = await this.#withRing(open, async () => {
			if (open === undefined || record.keys === undefined) return secrets.makeKeys(sid, text);
			return { keys: await secrets.changePassword(record.keys, open, text), ring: open };
		});
		await this.#withRing(ring, async () => requireAway());
		const closed = open === undefined && record.keys !== undefined ? [record.keys] : [];
		const lockedKeys = [...closed, ...record.lockedKeys];
		await this.#store(record, ring, { ...this.#freshPassword(text, hint), keys, lockedKeys, mustChange });
		for (const guard of Object.values(this.#guards)) guard.forget(sid);
		this.drop(ring);
	}

	/** Opens sets of keys that a reset has closed; gives how many. */
	async unlockKeys(sid: Sid, credential: Credential): Promise<number> {
		const record = this.#kernel.accounts.book.get(sid);
		const { keys, vault } = this.#requireParts();
		const own = keys.openRingOf(sid);
		if (own === undefined) throw new OsError('EACCES', 'your own keys are not at hand');
		const opened = await this.#openLocked(record, credential);
		if (opened.size === 0) throw new OsError('EACCES', 'this opens none of your older keys');
		try {
			const added: OpenKey[] = [];
			for (const ring of opened.values()) added.push(...(await vault.adoptKeys(own.ring, ring.ring)));
			await this.#kernel.groups.run((changes) => {
				const current = this.#requireUnchanged(record);
				const lockedKeys = current.lockedKeys.filter((set) => !opened.has(set));
				this.#put({ ...current, lockedKeys }, changes);
				keys.addOlderKeys(sid, added, changes);
			});
		} finally {
			for (const ring of opened.values()) this.drop(ring);
		}
		this.#kernel.access.note('information', `${record.name}: ${opened.size} sets of older keys were opened`);
		return opened.size;
	}

	/** A recovery code; it counts when it was typed back. */
	async makeRecovery(session: LogonSession, credential: Credential): Promise<string> {
		const sid = session.account;
		const proof = await this.prove(this.#kernel.accounts.book.get(sid), credential, 'program');
		this.drop(proof.ring);
		await this.ensureKeys(sid);
		const { keys, secrets } = this.#requireParts();
		const [own, set] = [keys.openRingOf(sid), this.#kernel.accounts.book.get(sid).keys];
		if (own === undefined || set === undefined) throw new OsError('EACCES', 'your keys are not at hand');
		const { code, slot } = await secrets.makeRecovery(set, own);
		this.#pending.set(session, slot);
		return code;
	}

	async confirmRecovery(session: LogonSession, typed: Uint8Array): Promise<void> {
		const record = this.#kernel.accounts.book.get(session.account);
		const slot = this.#pending.get(session);
		if (slot === undefined || record.keys === undefined) throw new OsError('ENOENT', 'no recovery code waits for this');
		const secret = readCredential({ kind: 'recovery', secret: typed as Uint8Array<ArrayBuffer> });
		const { secrets } = this.#requireParts();
		const ring = await secrets.open({ ...record.keys, slots: [slot] }, 'recovery', secret);
		if (ring === undefined) throw new OsError('EACCES', 'this is not the code that was made');
		this.drop(ring);
		await this.#store(record, undefined, { keys: secrets.withRecovery(record.keys, slot) });
		this.#pending.delete(session);
		this.#kernel.access.note('information', `${record.name}: a recovery code was made and typed back`);
	}

	async addPasskey(sid: Sid, credential: Credential, passkey: NewPasskey): Promise<void> {
		const record = this.#kernel.accounts.book.get(sid);
		if (!hasPassword(record)) throw new OsError('EINVAL', 'a passkey is never the only way: set a password first');
		const { ring } = await this.prove(record, credential, 'program');
		if (ring === undefined || record.keys === undefined) throw new OsError('EINVAL', 'the account has no keys');
		const set = record.keys;
		const keys = await this.#withRing(ring, () => this.#requireParts().secrets.addPasskey(set, ring, passkey));
		await this.#store(record, ring, { keys });
		this.drop(ring);
		this.#kernel.access.note('information', `${record.name}: a passkey was added`);
	}

	removePasskey(sid: Sid, id: Uint8Array, changes: Changes): void {
		const record = this.#kernel.accounts.book.get(sid);
		const text = formatHexadecimal(id);
		const slots = record.keys?.slots.filter((slot) => slot.passkey?.id !== text);
		if (record.keys === undefined || slots?.length === record.keys.slots.length || slots === undefined)
			throw new OsError('ENOENT', 'the account has no such passkey');
		this.#put({ ...record, keys: { ...record.keys, slots } }, changes);
	}

	async #tryPassword(record: AccountRecord, credential: Credential, asker: Asker): Promise<Proof | undefined> {
		const guard = this.#guards[asker];
		const failures = guard.begin(record);
		try {
			if (asker === 'screen') await this.#storeFailures(record.sid, failures);
			const proof = await this.#look(record, credential);
			guard.end(record.sid, proof !== undefined);
			if (asker === 'screen' && proof !== undefined) void this.#storeFailures(record.sid, noFailures);
			return proof;
		} catch (error) {
			guard.withdraw(record.sid);
			throw error;
		}
	}

	/** What cannot be stored is counted in memory; a full disk keeps nobody out. */
	async #storeFailures(sid: Sid, failures: AccountRecord['failures']): Promise<void> {
		try {
			await this.#kernel.groups.run((changes) =>
				this.#put({ ...this.#kernel.accounts.book.get(sid), failures }, changes),
			);
		} catch (error) {
			this.#kernel.log.write('warning', 'accounts', `An attempt to log on could not be stored: ${error}`);
		}
	}

	#look(record: AccountRecord, credential: Credential): Promise<Proof | undefined> {
		if (this.#parts !== undefined) return this.#parts.secrets.prove(record, credential);
		const secret = readCredential(credential);
		const isFree = record.keys === undefined && credential.kind === 'none';
		return Promise.resolve(isFree ? { kind: 'none', ring: undefined, secret } : undefined);
	}

	async #openLocked(record: AccountRecord, credential: Credential): Promise<Map<KeySet, OpenedRing>> {
		const { secrets } = this.#requireParts();
		const secret = readCredential(credential);
		const opened = new Map<KeySet, OpenedRing>();
		const isGuess = credential.kind === 'password';
		if (isGuess) this.#guards.program.begin(record);
		try {
			for (const set of record.lockedKeys) {
				const ring = await secrets.open(set, credential.kind, secret);
				if (ring !== undefined) opened.set(set, ring);
			}
		} catch (error) {
			for (const ring of opened.values()) this.drop(ring);
			throw error;
		} finally {
			if (isGuess) this.#guards.program.end(record.sid, opened.size > 0);
		}
		return opened;
	}

	/** Closes the ring when what is done with it fails. */
	async #withRing<T>(ring: OpenedRing | undefined, action: () => Promise<T>): Promise<T> {
		try {
			return await action();
		} catch (error) {
			this.drop(ring);
			throw error;
		}
	}

	/** Stores a change of a record that nobody else has changed the keys of. A ring that was opened for it is closed when that fails. */
	#store(before: AccountRecord, ring: OpenedRing | undefined, change: Partial<AccountRecord>): Promise<void> {
		return this.#withRing(ring, () =>
			this.#kernel.groups.run((changes) => this.#put({ ...this.#requireUnchanged(before), ...change }, changes)),
		);
	}

	#keepFor(sid: Sid, ring: OpenedRing): void {
		const session = this.#kernel.sessions.findOf(sid);
		if (session === undefined) this.drop(ring);
		else {
			session.mustChange = false;
			this.#requireParts().keys.install(sid, ring);
		}
	}

	#freshPassword(text: string, hint: string): Partial<AccountRecord> {
		const isNone = text === '';
		return {
			...{ hint: isNone ? '' : hint, mustChange: false, failures: noFailures },
			passwordTime: isNone ? undefined : this.#kernel.clock.now(),
		};
	}

	#readNew(record: AccountRecord, password: Uint8Array, hint: string): string {
		if (record.kind === 'guest') throw new OsError('EINVAL', 'a guest has no password');
		const text = readSecret(password);
		requireFitPassword(this.#policy(), text, record);
		requireHint(hint);
		if (text !== '' && hint.toLowerCase().includes(text.toLowerCase()))
			throw new OsError('EINVAL', 'the hint tells the password');
		return text;
	}

	#put(record: AccountRecord, changes: Changes): void {
		this.#kernel.accounts.book.put(record, this.#kernel.accountFiles.writer(changes));
	}

	#requireUnchanged({ sid, keys }: AccountRecord): AccountRecord {
		const current = this.#kernel.accounts.book.get(sid);
		if (current.keys !== keys || !current.enabled) throw new OsError('EBUSY', 'the account was changed meanwhile');
		return current;
	}

	#requireParts(): KeyParts {
		if (this.#parts === undefined) throw new OsError('ENOTSUP', 'there are no keys here, so no passwords');
		return this.#parts;
	}
}

/** What a passkey is asked with. */
export function passkeysOf({ keys }: AccountRecord) {
	return (keys?.slots ?? []).flatMap(({ passkey, createdTime }) =>
		passkey === undefined
			? []
			: [{ id: bytesOf(passkey.id), salt: bytesOf(passkey.salt), name: passkey.name, createdTime }],
	);
}
