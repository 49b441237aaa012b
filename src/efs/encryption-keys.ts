/**
 * Whose keys there are, as a port: accounts and the policy stand behind it. Encrypted files ask; they keep no keys.
 */
import type { Sid } from '#security/sid.ts';
import type { PrivateKey } from './file-cipher.ts';

/** Who can open a file: a person, or a recovery agent of the policy. */
export interface Recipient {
	readonly kind: 'user' | 'agent';
	/** X25519, 32 bytes. */
	readonly publicKey: Uint8Array;
	/** SID of a person, name of an agent. Stands in the file in clear, at most 255 bytes of UTF-8. */
	readonly name: string;
}

/** A private key that the vault holds open. */
export interface UnlockedKey {
	readonly publicKey: Uint8Array;
	readonly key: PrivateKey;
}

export interface EncryptionKeys {
	/** Every key of a person that is open now, the current one first, older ones after it; none before logon. */
	unlockedKeysOf(user: Sid): readonly UnlockedKey[];
	/** For whom new files of a person are encrypted; `undefined` when it has no key, or has not proved a way back. */
	recipientOf(user: Sid): Recipient | undefined;
	/** The recovery agents of the policy. */
	agents(): readonly Recipient[];
}
