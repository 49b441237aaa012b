/**
 * What proves a person, and how that is changed: passwords, recovery codes and passkeys as slots of the person's keys.
 *
 * Rules of use:
 * - `prove` gives a proof that is used once: its ring is installed for a session, used for a change, or closed by `drop`.
 * - A change is prepared with the vault, which takes its time, and gives the next keys; whoever asked stores them as one step.
 *
 * Invariants:
 * - Whoever proves nothing changes nothing: each change but a reset begins with an open ring, and a slot is only ever sealed by
 *   the vault from one.
 * - A password is never the only secret that goes: a change puts the new slot in the old one's place in one step. So a crash
 *   leaves the old password or the new one, never neither and never both.
 * - A reset by an administrator opens nothing. The old keys stay, locked, until their person opens them.
 */
import { OsError } from '#abi/errors.ts';
import type { Credential, CredentialKind, NewPasskey } from '#abi/structures.generated.ts';
import { formatHexadecimal } from '#base/hexadecimal.ts';
import type { Clock, Random } from '#base/ports.ts';
import type { Sid } from '#security/sid.ts';
import type { KeyVault, OpenedRing, SlotSecret } from '#vault/key-vault.ts';
import { parseRecoveryCode } from '#vault/recovery-code.ts';
import type { AccountRecord } from './account-record.ts';
import {
	bytesOf,
	encodeContext,
	type KeySet,
	loadPair,
	type StoredPasskey,
	type StoredSlot,
	storePair,
} from './key-set.ts';
import { readSecret } from './password-policy.ts';

/** What has proved a person. */
export interface Proof {
	readonly kind: CredentialKind;
	/** Absent for an account that has no keys yet, which needs no proof either. */
	readonly ring: OpenedRing | undefined;
	readonly secret: SlotSecret;
}

/** New keys, sealed by a secret. */
export interface NewKeys {
	readonly keys: KeySet;
	readonly ring: OpenedRing;
}

const longestPasskeyId = 1023;
const passkeyBytes = 32;
const longestPasskeyName = 64;
const mostPasskeys = 8;

export class AccountSecrets {
	readonly #vault: KeyVault;
	readonly #clock: Pick<Clock, 'now'>;
	readonly #random: Random;

	constructor(parts: { vault: KeyVault; clock: Pick<Clock, 'now'>; random: Random }) {
		this.#vault = parts.vault;
		this.#clock = parts.clock;
		this.#random = parts.random;
	}

	/** `undefined` when the credential is not the account's. */
	async prove({ keys }: AccountRecord, credential: Credential): Promise<Proof | undefined> {
		const secret = readCredential(credential);
		const { kind } = credential;
		if (keys === undefined) return kind === 'none' ? { kind, ring: undefined, secret } : undefined;
		// No slot is sealed by an empty password.
		if (secret.kind === 'password' && secret.password === '') return undefined;
		const ring = await this.open(keys, kind, secret);
		return ring === undefined ? undefined : { kind, ring, secret };
	}

	/** Tries the slots of one kind. */
	async open(keys: KeySet, kind: CredentialKind, secret: SlotSecret): Promise<OpenedRing | undefined> {
		const context = encodeContext(keys);
		const pairs = keys.pairs.map(loadPair);
		for (const slot of keys.slots) {
			if (slot.kind !== kind) continue;
			const request = { slot: bytesOf(slot.sealed), opener: secret, context, keys: pairs };
			const ring = await this.#vault.openRing(request);
			if (ring !== undefined) return ring;
		}
		return undefined;
	}

	/** Closes the ring of a proof that is not needed any more. */
	drop({ ring }: Proof): void {
		if (ring !== undefined) this.#vault.closeRing(ring.ring);
	}

	/** Keys for an account that has none, or gets new ones. */
	async makeKeys(sid: Sid, password: string): Promise<NewKeys> {
		const context = `vitrine account ${sid} ${formatHexadecimal(this.#random.bytes(8))}`;
		const ring = await this.#vault.createRing(encodeContext({ context }));
		const empty: KeySet = { context, slots: [], pairs: ring.keys.map(({ record }) => storePair(record)) };
		const slot = await this.#sealPassword(empty, ring, password);
		return { keys: { ...empty, slots: [slot] }, ring };
	}

	/** The keys with another password; an empty one takes it away, and passkeys with it. */
	async changePassword(keys: KeySet, ring: OpenedRing, password: string): Promise<KeySet> {
		const slot = await this.#sealPassword(keys, ring, password);
		const keeps = ({ kind }: StoredSlot): boolean => kind === 'recovery' || (kind === 'passkey' && password !== '');
		return { ...keys, slots: [slot, ...keys.slots.filter(keeps)] };
	}

	/** A recovery code, and the slot that it opens; it is stored when the code was typed back. */
	async makeRecovery(keys: KeySet, ring: OpenedRing): Promise<{ readonly code: string; readonly slot: StoredSlot }> {
		const code = await this.#vault.createRecoveryCode();
		return { code, slot: await this.#seal(keys, ring, 'recovery', { kind: 'recovery-code', code }) };
	}

	async addPasskey(keys: KeySet, ring: OpenedRing, passkey: NewPasskey): Promise<KeySet> {
		const { id, salt, secret, name } = passkey;
		if (id.length === 0 || id.length > longestPasskeyId) throw new OsError('EINVAL', 'the identifier of the passkey');
		if (salt.length !== passkeyBytes || secret.length !== passkeyBytes)
			throw new OsError('EINVAL', `the salt and the secret of a passkey have ${passkeyBytes} bytes`);
		if (name === '' || name.length > longestPasskeyName)
			throw new OsError('EINVAL', `the name of a passkey has 1 to ${longestPasskeyName} characters`);
		const passkeys = keys.slots.filter(({ kind }) => kind === 'passkey');
		const stored: StoredPasskey = { id: formatHexadecimal(id), salt: formatHexadecimal(salt), name };
		if (passkeys.some((slot) => slot.passkey?.id === stored.id))
			throw new OsError('EEXIST', 'this passkey is there already');
		if (passkeys.length >= mostPasskeys) throw new OsError('EINVAL', `an account has at most ${mostPasskeys} passkeys`);
		const slot = await this.#seal(keys, ring, 'passkey', { kind: 'passkey', output: secret });
		return { ...keys, slots: [...keys.slots, { ...slot, passkey: stored }] };
	}

	/** The keys with one more recovery slot in the old one's place. */
	withRecovery(keys: KeySet, slot: StoredSlot): KeySet {
		return { ...keys, slots: [...keys.slots.filter(({ kind }) => kind !== 'recovery'), slot] };
	}

	#sealPassword(keys: KeySet, ring: OpenedRing, password: string): Promise<StoredSlot> {
		return password === ''
			? this.#seal(keys, ring, 'none', { kind: 'none' })
			: this.#seal(keys, ring, 'password', { kind: 'password', password });
	}

	async #seal(keys: KeySet, { ring }: OpenedRing, kind: CredentialKind, secret: SlotSecret): Promise<StoredSlot> {
		const sealed = await this.#vault.sealSlot(ring, secret, encodeContext(keys));
		return { kind, sealed: formatHexadecimal(sealed), createdTime: this.#clock.now() };
	}
}

/** EINVAL for what cannot be a credential of its kind. */
export function readCredential({ kind, secret }: Credential): SlotSecret {
	if (kind === 'passkey') return { kind, output: secret };
	const text = readSecret(secret);
	if (kind === 'password') return { kind, password: text };
	if (kind === 'none') return { kind };
	const parsed = parseRecoveryCode(text);
	if ('problem' in parsed) throw new OsError('EINVAL', parsed.problem);
	return { kind: 'recovery-code', code: text };
}
