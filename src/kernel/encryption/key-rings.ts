/**
 * What accounts know of the keys of their people: a port, which the sessions of the kernel stand behind.
 *
 * Rules of use: `onClosed` calls back before a ring is closed in the vault, so that what it opened can be let go.
 */
import type { Sid } from '#security/sid.ts';
import type { OpenKey, RingId } from '#vault/key-vault.ts';
import type { Changes } from '../change-groups.ts';
import type { KeyOwner } from './person-keys.ts';

/** Of somebody who is logged on. */
export interface OpenRing {
	readonly ring: RingId;
	/** The newest first: new files are encrypted for it. */
	readonly keys: readonly OpenKey[];
}

export interface KeyRings {
	openRingOf(user: Sid): OpenRing | undefined;
	/** Everybody who has a key, with the newest. */
	people(): readonly KeyOwner[];
	/** Whether a recovery code was typed back. */
	hasRecoveryCode(user: Sid): boolean;
	/** What slots and key records of the person are bound to. */
	contextOf(user: Sid): Uint8Array;
	/** Identifier of the key of which a backup was opened; stands in the record of the account. */
	backedUpKeyOf(user: Sid): string | undefined;
	setBackedUpKey(user: Sid, key: string, changes: Changes): void;
	/** Adds key pairs after those that the account has: they open, and nothing new is encrypted for them. */
	addOlderKeys(user: Sid, keys: readonly OpenKey[], changes: Changes): void;
	onClosed(listener: (user: Sid) => void): void;
}
