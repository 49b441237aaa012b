/**
 * The keys of people, from the rings that accounts have opened in the vault.
 *
 * Rules of use: keys that are lent to a person (`lend`) go with the person's own ring.
 *
 * Invariant: a person for whom new files are encrypted has a way back: a recovery code, a backup of this very key, or an
 * agent of the policy.
 */
import { OsError } from '#abi/errors.ts';
import type { KeyBackupFormat, EncryptionKeys as KeyStatus, RecoveryPath } from '#abi/structures.generated.ts';
import type { Recipient, UnlockedKey } from '#efs/encryption-keys.ts';
import { keyIdentifier } from '#efs/key-identifier.ts';
import type { Sid } from '#security/sid.ts';
import type { KeyVault, OpenedRing, RingId } from '#vault/key-vault.ts';
import type { Changes } from '../change-groups.ts';
import type { KeyRings, OpenRing } from './key-rings.ts';
import type { KeyOwner, OpenedBackup, PersonKeys } from './person-keys.ts';

interface VaultBackup extends OpenedBackup {
	readonly opened: OpenedRing;
}

/** What the kernel gives when it is there: the volume, which needs these keys, is older than the kernel. */
export interface KeySources {
	readonly rings: KeyRings;
	readonly agents: () => readonly Recipient[];
	readonly nameOf: (sid: Sid) => string;
}

export class VaultPersonKeys implements PersonKeys<VaultBackup> {
	readonly #vault: KeyVault;
	#sources: KeySources | undefined;
	/** Rings of backups, until their person logs off. */
	readonly #lent = new Map<Sid, OpenedRing[]>();

	constructor(vault: KeyVault) {
		this.#vault = vault;
	}

	/** Until then nobody has a key. */
	attach(sources: KeySources): void {
		this.#sources = sources;
		sources.rings.onClosed((user) => this.#close(user));
	}

	unlockedKeysOf(user: Sid): readonly UnlockedKey[] {
		const own = this.#sources?.rings.openRingOf(user);
		if (own === undefined) return [];
		const rings = [own, ...(this.#lent.get(user) ?? [])];
		return rings.flatMap(({ keys }) => keys.map(({ key, record }) => ({ key, publicKey: record.publicKey })));
	}

	recipientOf(user: Sid): Recipient | undefined {
		const owner = this.#find(user);
		if (owner === undefined) return undefined;
		const { publicKey } = owner;
		const isSafe = this.#waysBack(user, publicKey).length > 0 || this.agents().length > 0;
		return isSafe ? { kind: 'user', publicKey, name: user } : undefined;
	}

	agents(): readonly Recipient[] {
		return this.#sources?.agents() ?? [];
	}

	people(): readonly KeyOwner[] {
		return this.#sources?.rings.people() ?? [];
	}

	statusOf(user: Sid): KeyStatus {
		const owner = this.#find(user);
		if (owner === undefined) return { key: '', loaded: false, older: [], recovery: [] };
		const key = keyIdentifier(owner.publicKey);
		const open = this.unlockedKeysOf(user).map(({ publicKey }) => keyIdentifier(publicKey));
		return {
			key,
			loaded: open.includes(key),
			older: open.filter((each) => each !== key),
			recovery: this.#waysBack(user, owner.publicKey),
		};
	}

	async backUp(user: Sid, format: KeyBackupFormat, passphrase: string): Promise<Uint8Array<ArrayBuffer>> {
		const { ring } = this.#requireRing(user);
		const label = this.#sources?.nameOf(user) ?? user;
		return (await this.#vault.exportKeys({ ring, format, passphrase, label })).slice();
	}

	async openBackup(backup: Uint8Array, passphrase: string): Promise<VaultBackup> {
		const opened = await this.#vault.openExport(backup, passphrase).catch((error: unknown) => {
			throw error instanceof OsError && error.code === 'EILSEQ' ? notABackup(error) : error;
		});
		if (opened === undefined) throw new OsError('EACCES', 'this is not the passphrase of the backup');
		const publicKeys = opened.keys.map(({ record }) => record.publicKey);
		return { opened, publicKeys, close: () => this.#closeRing(opened.ring) };
	}

	noteBackup(user: Sid, changes: Changes): void {
		const owner = this.#find(user);
		if (owner === undefined) throw new OsError('EACCES', 'you have no key');
		this.#rings.setBackedUpKey(user, keyIdentifier(owner.publicKey), changes);
	}

	lend(user: Sid, { opened }: VaultBackup): void {
		this.#requireRing(user);
		this.#lent.set(user, [...(this.#lent.get(user) ?? []), opened]);
	}

	async adopt(user: Sid, { opened }: VaultBackup): Promise<(changes: Changes) => void> {
		const rings = this.#rings;
		const { ring } = this.#requireRing(user);
		const added = await this.#vault.adoptKeys(ring, opened.ring);
		return (changes) => rings.addOlderKeys(user, added, changes);
	}

	async makeAgent(passphrase: string): Promise<Uint8Array<ArrayBuffer>> {
		const { file } = await this.#vault.createAgent(passphrase, 'Recovery agent');
		return file.slice();
	}

	get #rings(): KeyRings {
		if (this.#sources === undefined) throw new OsError('EACCES', 'nobody is logged on yet');
		return this.#sources.rings;
	}

	#find(user: Sid): KeyOwner | undefined {
		return this.people().find(({ sid }) => sid === user);
	}

	#waysBack(user: Sid, publicKey: Uint8Array): RecoveryPath[] {
		const rings = this.#rings;
		const ways: RecoveryPath[] = [];
		if (rings.hasRecoveryCode(user)) ways.push('code');
		if (rings.backedUpKeyOf(user) === keyIdentifier(publicKey)) ways.push('backup');
		return ways;
	}

	#requireRing(user: Sid): OpenRing {
		const open = this.#sources?.rings.openRingOf(user);
		if (open === undefined) throw new OsError('EACCES', 'your keys are not at hand: log on with your password');
		return open;
	}

	#close(user: Sid): void {
		for (const { ring } of this.#lent.get(user) ?? []) this.#closeRing(ring);
		this.#lent.delete(user);
	}

	#closeRing(ring: RingId): void {
		this.#vault.closeRing(ring);
	}
}

function notABackup(cause: OsError): OsError {
	return new OsError('EINVAL', 'this is no backup of keys', { cause });
}
