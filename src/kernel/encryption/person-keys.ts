/**
 * The keys of people, as the calls about encrypted files need them: a port, behind which accounts and the key vault stand.
 *
 * Rules of use: what is a promise goes to the vault and takes its time; what changes stored records takes the group of
 * changes that it belongs to, when the vault has answered.
 */
import type { KeyBackupFormat, EncryptionKeys as KeyStatus } from '#abi/structures.generated.ts';
import type { EncryptionKeys } from '#efs/encryption-keys.ts';
import type { Sid } from '#security/sid.ts';
import type { Changes } from '../change-groups.ts';

/** Somebody with whom files can be shared. */
export interface KeyOwner {
	readonly sid: Sid;
	/** X25519, 32 bytes. */
	readonly publicKey: Uint8Array;
}

/** Keys that the vault has opened from a file; `close` forgets them. */
export interface OpenedBackup {
	/** Public halves, the newest first. */
	readonly publicKeys: readonly Uint8Array[];
	close(): void;
}

export interface PersonKeys<Backup extends OpenedBackup = OpenedBackup> extends EncryptionKeys {
	/** Everybody who has a key, logged on or not. */
	people(): readonly KeyOwner[];
	/** What the person is told of its keys, but for the agents of the policy. */
	statusOf(user: Sid): KeyStatus;
	/** EACCES when the keys are not at hand. */
	backUp(user: Sid, format: KeyBackupFormat, passphrase: string): Promise<Uint8Array<ArrayBuffer>>;
	/** EACCES when it is not the passphrase, EINVAL for what is no backup. */
	openBackup(backup: Uint8Array, passphrase: string): Promise<Backup>;
	/** Notes that a backup of the person's newest key was kept. */
	noteBackup(user: Sid, changes: Changes): void;
	/** Opens files with what was opened until the person logs off. */
	lend(user: Sid, opened: Backup): void;
	/** Adds what was opened to the person's keys. What it answers stores them: it is called in a group of changes. */
	adopt(user: Sid, opened: Backup): Promise<(changes: Changes) => void>;
	/** Keys of a new agent, as an age file. */
	makeAgent(passphrase: string): Promise<Uint8Array<ArrayBuffer>>;
}
